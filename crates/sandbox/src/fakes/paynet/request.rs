//! `Fields` reads the fields of a call, and `tenant` its key, as strictly as Paynet is assumed to.

use serde_json::{Map, Value};

use super::doctor::Problem;
use crate::body::{self, Mask};
use crate::fake::{Call, Tenant};
use crate::number::MobileNumber;

/// What the journal keeps of a body.
pub(super) const MASKS: &[(&str, Mask)] = &[
    ("user_gsm", Mask::Number),
    ("otp_session_id", Mask::Fingerprint),
    ("otp_code", Mask::Hidden),
];

/// The fields of `send_otp`; those of `check_otp` are these and the code.
#[derive(Debug)]
pub(super) struct Fields<'body> {
    all: &'body Map<String, Value>,
    pub(super) number: MobileNumber,
    pub(super) session: &'body str,
}

impl<'body> Fields<'body> {
    pub(super) fn read(all: &'body Map<String, Value>) -> Result<Self, Problem> {
        let number = mobile_number(body::text(all, "user_gsm")?)?;
        let session = body::text(all, "otp_session_id")?;
        Ok(Self {
            all,
            number,
            session,
        })
    }

    pub(super) fn code(&self) -> Result<&'body str, Problem> {
        Ok(body::text(self.all, "otp_code")?)
    }
}

/// The tenant whom the key in the headers belongs to.
pub(super) fn tenant(call: &Call) -> Result<Tenant, Problem> {
    let value = call.header("authorization");
    tenant_of(&value.ok_or(Problem::NoAuthorization)?)
}

fn tenant_of(value: &str) -> Result<Tenant, Problem> {
    let (scheme, key) = value.split_once(' ').ok_or(Problem::NotBasic)?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return Err(Problem::NotBasic);
    }
    let rest = key
        .strip_prefix("sck_test_")
        .ok_or_else(|| other_key(key))?;
    if rest.is_empty() {
        Err(Problem::KeyEmpty)
    } else if rest.contains(':') {
        Err(Problem::KeyWithColon)
    } else if rest.chars().all(is_key_sign) {
        Ok(Tenant::of_credentials(key))
    } else {
        Err(Problem::KeyWithStrangeSigns)
    }
}

fn mobile_number(text: &str) -> Result<MobileNumber, Problem> {
    MobileNumber::national(text).ok_or_else(|| {
        if !text.bytes().all(|byte| byte.is_ascii_digit()) {
            Problem::NumberWithOtherSigns
        } else if text.len() == 10 {
            Problem::NumberNotMobile
        } else {
            Problem::NumberLength(text.len())
        }
    })
}

fn other_key(key: &str) -> Problem {
    // How base64 starts for `sck_…` and for `:sck_…`, which helpers for Basic authentication
    // produce.
    let is_base64 = key.starts_with("c2Nr") || key.starts_with("OnNja1");
    if is_base64 {
        Problem::KeyBase64
    } else if key.starts_with("pbk_") {
        Problem::KeyOfBrowser
    } else if key.starts_with("sck_") {
        Problem::KeyLive
    } else {
        Problem::KeyUnknown
    }
}

fn is_key_sign(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || matches!(sign, '_' | '-' | '/' | '+' | '=')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::body::BodyProblem;

    #[test]
    fn any_test_key_is_a_tenant_of_its_own() {
        let demo = tenant_of("Basic sck_test_demo").expect("a tenant");
        assert_eq!(tenant_of("basic sck_test_demo"), Ok(demo.clone()));
        let other = tenant_of("Basic sck_test_aZ09_-/+=").expect("a tenant");
        assert_ne!(demo, other);
    }

    #[test]
    fn every_other_key_has_its_own_problem() {
        for (authorization, problem) in [
            ("sck_test_demo", Problem::NotBasic),
            ("Bearer sck_test_demo", Problem::NotBasic),
            ("Basic c2NrX3Rlc3RfZGVtbw==", Problem::KeyBase64),
            ("Basic c2NrX3Rlc3RfZGVtbzo=", Problem::KeyBase64),
            ("Basic OnNja190ZXN0X2RlbW8=", Problem::KeyBase64),
            ("Basic pbk_test_demo", Problem::KeyOfBrowser),
            ("Basic sck_demo", Problem::KeyLive),
            ("Basic sck_pcs_demo", Problem::KeyLive),
            ("Basic sck_test_", Problem::KeyEmpty),
            ("Basic sck_test_demo:", Problem::KeyWithColon),
            ("Basic sck_test_de mo", Problem::KeyWithStrangeSigns),
            ("Basic sck_test_demö", Problem::KeyWithStrangeSigns),
            ("Basic  sck_test_demo", Problem::KeyUnknown),
            ("Basic demo", Problem::KeyUnknown),
        ] {
            assert_eq!(tenant_of(authorization), Err(problem), "{authorization}");
        }
    }

    #[test]
    fn each_field_is_asked_for() {
        let fields = |body: Value| body.as_object().cloned().expect("an object");
        let problem = |body: Value| {
            let fields = fields(body);
            Fields::read(&fields).map(|_| ()).expect_err("a problem")
        };
        let with_number = |number: &str| json!({"user_gsm": number, "otp_session_id": "s"});
        assert_eq!(problem(json!({})), BodyProblem::Missing("user_gsm").into());
        assert_eq!(
            problem(json!({"user_gsm": 5_550_000_042_u64})),
            BodyProblem::NoText("user_gsm").into()
        );
        assert_eq!(
            problem(json!({"user_gsm": "5550000042"})),
            BodyProblem::Missing("otp_session_id").into()
        );
        assert_eq!(
            problem(json!({"user_gsm": "5550000042", "otp_session_id": ""})),
            BodyProblem::Empty("otp_session_id").into()
        );
        assert_eq!(
            problem(with_number("05550000042")),
            Problem::NumberLength(11)
        );
        assert_eq!(problem(with_number("2120000042")), Problem::NumberNotMobile);
        assert_eq!(
            problem(with_number("+905550000042")),
            Problem::NumberWithOtherSigns
        );

        let fields = fields(with_number("5550000042"));
        let fields = Fields::read(&fields).expect("fields");
        assert_eq!(fields.code(), Err(BodyProblem::Missing("otp_code").into()));
    }

    #[test]
    fn the_journal_keeps_no_number_no_session_and_no_code() {
        let body = json!({
            "user_gsm": "05550000042",
            "otp_session_id": "5550000042",
            "otp_code": "ART2",
            "x": 1,
        });
        let masked = Value::Object(body::masked(&body, MASKS));
        assert_eq!(masked["user_gsm"], "+90 555 *** ** 42");
        assert_eq!(masked["otp_code"], "****");
        assert_eq!(masked.as_object().map(Map::len), Some(3));
        assert!(!masked.to_string().contains("0000042"));
    }
}
