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
