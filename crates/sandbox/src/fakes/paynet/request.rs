//! `Fields` reads the fields of a call, and `tenant` its key, as strictly as Paynet is assumed to.

use serde_json::{Map, Value};

use super::response::Response;
use crate::body;
use crate::fake::{Call, Tenant};
use crate::mask::Mask;
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
    pub(super) fn read(all: &'body Map<String, Value>) -> Result<Self, Response> {
        let number = mobile_number(body::text(all, "user_gsm")?)?;
        let session = body::text(all, "otp_session_id")?;
        Ok(Self {
            all,
            number,
            session,
        })
    }

    pub(super) fn code(&self) -> Result<&'body str, Response> {
        Ok(body::text(self.all, "otp_code")?)
    }
}

/// The tenant whom the key in the headers belongs to.
pub(super) fn tenant(call: &Call) -> Result<Tenant, Response> {
    let value = call.header("authorization");
    tenant_of(value.as_deref()).map_err(Response::unauthorized)
}

/// The tenant of a header, or what is wrong with it.
fn tenant_of(value: Option<&str>) -> Result<Tenant, &'static str> {
    let value = value.ok_or(
        "the Authorization header is missing; Paynet wants the word Basic, a blank and the secret key",
    )?;
    let basic = value.split_once(' ');
    let basic = basic.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"));
    let (_, key) = basic.ok_or(
        "the Authorization header does not start with Basic and a blank; Paynet wants them before \
         the secret key",
    )?;
    let rest = key.strip_prefix("sck_test_");
    let rest = rest.ok_or_else(|| other_key(key))?;
    if rest.is_empty() {
        Err("the key ends after sck_test_; anything may follow, but something has to")
    } else if rest.contains(':') {
        Err("there is a colon in the key; Paynet wants the secret key alone, without user or colon")
    } else if rest.chars().all(is_key_sign) {
        Ok(Tenant::of_credentials(key))
    } else {
        Err(
            "the key has a sign that no key has: only letters, digits and _ - / + = follow sck_test_",
        )
    }
}

fn other_key(key: &str) -> &'static str {
    // How base64 starts for `sck_…` and for `:sck_…`, which helpers for Basic authentication
    // produce.
    if key.starts_with("c2Nr") || key.starts_with("OnNja1") {
        "the key is base64-encoded; Paynet wants the secret key itself, verbatim"
    } else if key.starts_with("pbk_") {
        "this is the key for browsers (pbk_…); Paynet wants the secret key (sck_…) here"
    } else if key.starts_with("sck_") {
        "this is a live key (sck_… without test): never use one here; \
         take any key that starts with sck_test_"
    } else {
        "this is no secret key of Paynet; the sandbox takes any key that starts with sck_test_"
    }
}

fn is_key_sign(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || matches!(sign, '_' | '-' | '/' | '+' | '=')
}

fn mobile_number(text: &str) -> Result<MobileNumber, Response> {
    MobileNumber::national(text).ok_or_else(|| {
        Response::invalid(if !text.bytes().all(|byte| byte.is_ascii_digit()) {
            "user_gsm has signs other than digits; \
             Paynet wants 10 digits, starting with 5, without +90 or blanks"
                .to_owned()
        } else if text.len() == 10 {
            "user_gsm has 10 digits but does not start with 5, as mobile numbers do".to_owned()
        } else {
            let digits = text.len();
            format!("user_gsm has {digits} digits; Paynet wants 10, starting with 5")
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_test_key_is_a_tenant_of_its_own_and_every_other_has_its_word() {
        let demo = tenant_of(Some("Basic sck_test_demo")).expect("a tenant");
        assert_eq!(tenant_of(Some("basic sck_test_demo")), Ok(demo.clone()));
        assert_ne!(tenant_of(Some("Basic sck_test_aZ09_-/+=")), Ok(demo));
        for (authorization, word) in [
            ("sck_test_demo", "does not start with Basic"),
            ("Bearer sck_test_demo", "does not start with Basic"),
            ("Basic c2NrX3Rlc3RfZGVtbw==", "base64"),
            ("Basic OnNja190ZXN0X2RlbW8=", "base64"),
            ("Basic pbk_test_demo", "for browsers"),
            ("Basic sck_pcs_demo", "a live key"),
            ("Basic sck_test_", "ends after"),
            ("Basic sck_test_demo:", "a colon"),
            ("Basic sck_test_de mo", "a sign that no key has"),
            ("Basic sck_test_demö", "a sign that no key has"),
            ("Basic  sck_test_demo", "no secret key"),
            ("Basic demo", "no secret key"),
        ] {
            let problem = tenant_of(Some(authorization)).expect_err("a problem");
            assert!(problem.contains(word), "{authorization}: {problem}");
        }
    }
}
