//! `Fields` reads the fields of a call, and `tenant` its two keys.

use serde_json::{Map, Value};

use super::doctor::Problem;
use super::fidelity::CODE_LONGEST;
use super::operation::Operation;
use crate::body::{self, BodyProblem, Mask};
use crate::fake::{Call, Tenant};
use crate::number::MobileNumber;

/// What the journal keeps of a body.
pub(super) const MASKS: &[(&str, Mask)] = &[
    ("ReferenceCode", Mask::Fingerprint),
    ("UserId", Mask::Fingerprint),
    ("UserPhone", Mask::Number),
    ("Force3D", Mask::Boolean),
    ("PhoneVerifiedByMerchant", Mask::Boolean),
    ("SessionId", Mask::Fingerprint),
    ("OtpToken", Mask::Fingerprint),
    ("OtpCode", Mask::Hidden),
    ("ForLinkToMerchant", Mask::Boolean),
];

/// The token of the step that asked for the OTP.
pub(super) const TOKEN: &str = "OtpToken";

/// The code that the customer typed.
pub(super) const CODE: &str = "OtpCode";

/// The fields of a call that is well-formed.
#[derive(Debug)]
pub(super) enum Fields<'body> {
    /// Opens a session.
    Session { phone: MobileNumber },
    /// Goes on within one.
    Within {
        session: &'body str,
        asked: Asked<'body>,
    },
}

/// What is asked for within a session.
#[derive(Debug)]
pub(super) enum Asked<'body> {
    Link,
    Resend {
        token: &'body str,
    },
    Verify {
        token: &'body str,
        code: &'body str,
        for_link: bool,
    },
}

impl<'body> Fields<'body> {
    pub(super) fn read(
        operation: Operation,
        all: &'body Map<String, Value>,
    ) -> Result<Self, Problem> {
        let within = |asked| -> Result<Self, Problem> {
            let session = text(all, "SessionId")?;
            Ok(Self::Within { session, asked })
        };
        match operation {
            Operation::Session => {
                text(all, "ReferenceCode")?;
                text(all, "UserId")?;
                let phone = phone(text(all, "UserPhone")?)?;
                boolean(all, "Force3D")?;
                boolean(all, "PhoneVerifiedByMerchant")?;
                Ok(Self::Session { phone })
            }
            Operation::Link => within(Asked::Link),
            Operation::Resend => within(Asked::Resend {
                token: text(all, TOKEN)?,
            }),
            Operation::Verify => within(Asked::Verify {
                token: text(all, TOKEN)?,
                code: code(text(all, CODE)?)?,
                for_link: boolean(all, "ForLinkToMerchant")?,
            }),
        }
    }
}

/// The tenant whom the two keys in the headers belong to.
pub(super) fn tenant(call: &Call) -> Result<Tenant, Problem> {
    let [private, client] = KEYS.map(|name| call.header(name));
    tenant_of(private.as_deref(), client.as_deref())
}

const KEYS: [&str; 2] = ["apikeyprivate", "apiclientprivate"];

fn tenant_of(private: Option<&str>, client: Option<&str>) -> Result<Tenant, Problem> {
    let [first, second] = KEYS;
    let private = key(first, private)?;
    let client = key(second, client)?;
    // No key can hold a line break, so no other pair reads the same.
    Ok(Tenant::of_credentials(&format!("{private}\n{client}")))
}

fn key<'key>(name: &'static str, value: Option<&'key str>) -> Result<&'key str, Problem> {
    match value {
        None => Err(Problem::NoKey(name)),
        Some("") => Err(Problem::EmptyKey(name)),
        Some(key) => Ok(key),
    }
}

/// A field that has to be there; one that is null is not.
fn text<'body>(
    all: &'body Map<String, Value>,
    field: &'static str,
) -> Result<&'body str, BodyProblem> {
    if all.get(field).is_some_and(Value::is_null) {
        return Err(BodyProblem::Missing(field));
    }
    body::text(all, field)
}

/// A field that means false where it is not there.
fn boolean(all: &Map<String, Value>, field: &'static str) -> Result<bool, BodyProblem> {
    match all.get(field) {
        None | Some(Value::Null) => Ok(false),
        Some(value) => value.as_bool().ok_or(BodyProblem::NoBoolean(field)),
    }
}

fn phone(text: &str) -> Result<MobileNumber, Problem> {
    MobileNumber::international(text).ok_or_else(|| {
        if MobileNumber::any_spelling(text).is_some() {
            Problem::PhoneSpelling
        } else {
            Problem::PhoneNotMobile
        }
    })
}

fn code(text: &str) -> Result<&str, Problem> {
    if text.chars().count() > CODE_LONGEST {
        return Err(Problem::CodeTooLong);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of_pair(private: &str, client: &str) -> Result<Tenant, Problem> {
        tenant_of(Some(private), Some(client))
    }

    fn problem(operation: Operation, body: &Value) -> Problem {
        let all = body.as_object().expect("an object");
        Fields::read(operation, all).expect_err("a problem")
    }

    #[test]
    fn any_pair_of_keys_is_a_tenant_of_its_own() {
        let demo = of_pair("test-key", "test-client").expect("a tenant");
        assert_eq!(of_pair("test-key", "test-client"), Ok(demo.clone()));
        for (private, client) in [
            ("test-client", "test-key"),
            ("test-keyt", "est-client"),
            ("test-kéy", "test-client"),
        ] {
            assert_ne!(of_pair(private, client), Ok(demo.clone()));
        }
        assert_eq!(
            tenant_of(None, Some("test-client")),
            Err(Problem::NoKey("apikeyprivate"))
        );
        assert_eq!(
            of_pair("test-key", ""),
            Err(Problem::EmptyKey("apiclientprivate"))
        );
    }

    #[test]
    fn each_field_is_asked_for() {
        let session = |change: Value| {
            let mut body = json!({
                "ReferenceCode": "order-1",
                "UserId": "test-user",
                "UserPhone": "905550000042",
            });
            for (name, value) in change.as_object().expect("an object") {
                body[name] = value.clone();
            }
            problem(Operation::Session, &body)
        };
        assert_eq!(
            session(json!({"ReferenceCode": null})),
            BodyProblem::Missing("ReferenceCode").into()
        );
        assert_eq!(
            session(json!({"UserId": 7})),
            BodyProblem::NoText("UserId").into()
        );
        assert_eq!(
            session(json!({"Force3D": "false"})),
            BodyProblem::NoBoolean("Force3D").into()
        );
        for spelling in ["5550000042", "05550000042", "+90 555 000 00 42"] {
            assert_eq!(
                session(json!({"UserPhone": spelling})),
                Problem::PhoneSpelling
            );
        }
        for other in ["902120000042", "90555000004", "test"] {
            assert_eq!(
                session(json!({"UserPhone": other})),
                Problem::PhoneNotMobile
            );
        }

        let longest = "1".repeat(CODE_LONGEST);
        let verify = |code: &str| json!({"SessionId": "s", "OtpToken": "t", "OtpCode": code});
        assert!(
            Fields::read(
                Operation::Verify,
                verify(&longest).as_object().expect("an object")
            )
            .is_ok()
        );
        assert_eq!(
            problem(Operation::Verify, &verify(&format!("{longest}1"))),
            Problem::CodeTooLong
        );
        assert_eq!(
            problem(Operation::Verify, &verify("")),
            BodyProblem::Empty("OtpCode").into()
        );
    }
}
