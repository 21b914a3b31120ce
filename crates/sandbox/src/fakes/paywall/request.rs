//! `Fields` reads the fields of a call, and `tenant` its two keys.

use axum::http::StatusCode;
use serde_json::{Map, Value};

use super::doctor::Problem;
use super::fidelity::{CODE_LONGEST, LINK, RESEND, SESSION};
use crate::body::{self, BodyProblem};
use crate::fake::{Call, Tenant};
use crate::mask::Mask;
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
    pub(super) fn read(operation: &str, all: &'body Map<String, Value>) -> Result<Self, Problem> {
        let within = |asked| -> Result<Self, Problem> {
            let session = text(all, "SessionId")?;
            Ok(Self::Within { session, asked })
        };
        match operation {
            SESSION => {
                text(all, "ReferenceCode")?;
                text(all, "UserId")?;
                let phone = phone(text(all, "UserPhone")?)?;
                boolean(all, "Force3D")?;
                boolean(all, "PhoneVerifiedByMerchant")?;
                Ok(Self::Session { phone })
            }
            LINK => within(Asked::Link),
            RESEND => within(Asked::Resend {
                token: text(all, TOKEN)?,
            }),
            _ => within(Asked::Verify {
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
    let wrong = |what| {
        let doctor = format!("the {name} header is {what}");
        Problem::turned_away(StatusCode::UNAUTHORIZED, doctor)
    };
    match value {
        None => Err(wrong("missing")),
        Some("") => Err(wrong("empty")),
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
        let doctor = if MobileNumber::any_spelling(text).is_some() {
            "UserPhone is a mobile number in another spelling; Paywall wants 905…: \
             12 digits, with 90 in front and without + or blanks"
        } else {
            "UserPhone is no Turkish mobile number; Paywall wants 905…, 12 digits"
        };
        Problem::new("VALIDATION_FAILED", doctor)
    })
}

fn code(text: &str) -> Result<&str, Problem> {
    if text.chars().count() > CODE_LONGEST {
        let doctor = format!("OtpCode has more than {CODE_LONGEST} characters");
        return Err(Problem::new("OTP_CODE_MAX_LENGTH_EXCEEDED", doctor));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_pair_of_keys_is_a_tenant_of_its_own() {
        let of_pair = |private, client| tenant_of(Some(private), Some(client)).expect("a tenant");
        let demo = of_pair("test-key", "test-client");
        assert_eq!(of_pair("test-key", "test-client"), demo);
        for (private, client) in [
            ("test-client", "test-key"),
            ("test-keyt", "est-client"),
            ("test-kéy", "test-client"),
        ] {
            assert_ne!(of_pair(private, client), demo);
        }
    }
}
