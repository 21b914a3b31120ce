//! Paynet's requests and responses, field by field.

use std::time::SystemTime;

use onay_core::{ProviderCode, ProviderText};
use onay_http::{Field, Object, datetime};
use serde::Serialize;

use crate::code::CODES;

pub(crate) const SEND_OTP: &str = "/v1/card/send_otp";
pub(crate) const CHECK_OTP: &str = "/v1/card/check_otp";

/// The service can also answer XML, so it is told what to answer on every call.
pub(crate) const JSON: &str = "application/json; charset=UTF-8";

/// `POST /v1/card/send_otp`.
#[derive(Serialize)]
pub(crate) struct SendOtp<'a> {
    pub(crate) user_gsm: &'a str,
    pub(crate) otp_session_id: &'a str,
}

/// `POST /v1/card/check_otp`.
#[derive(Serialize)]
pub(crate) struct CheckOtp<'a> {
    pub(crate) user_gsm: &'a str,
    pub(crate) otp_session_id: &'a str,
    pub(crate) otp_code: &'a str,
}

/// Both responses, good and bad.
#[derive(Clone, Debug)]
pub(crate) struct Envelope<'a>(pub(crate) Object<'a>);

impl Envelope<'_> {
    /// The return code; in an error body the HTTP status once more.
    pub(crate) fn code(&self) -> Field<ProviderCode> {
        self.0.code("code", &CODES)
    }

    /// The return code of an error body.
    pub(crate) fn result_code(&self) -> Field<ProviderCode> {
        self.0.code("result_code", &CODES)
    }

    /// Whether the kind of an error is named, readably or not. Only error bodies name one.
    pub(crate) fn names_error(&self) -> bool {
        self.0.has("type")
    }

    pub(crate) fn message(&self) -> Option<ProviderText> {
        let text = self.0.text("message").value()?;
        Some(ProviderText::new(&text))
    }

    /// When the code expires, which is also when another may be asked for.
    pub(crate) fn expiry(&self) -> Option<SystemTime> {
        datetime::parse(&self.0.text("otp_expire").value()?)
    }

    pub(crate) fn expiry_text(&self) -> Option<ProviderText> {
        let text = self.0.text("otp_expire").value()?;
        Some(ProviderText::new(&text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn envelope(json: &str) -> Envelope<'_> {
        Envelope(Object::parse(json).expect(json))
    }

    #[test]
    fn an_error_is_named_in_any_type() {
        for (json, expected) in [
            ("{}", false),
            (r#"{"type":null}"#, false),
            (r#"{"type":""}"#, false),
            (r#"{"type":"api_error"}"#, true),
            (r#"{"type":{}}"#, true),
        ] {
            assert_eq!(envelope(json).names_error(), expected, "{json}");
        }
    }
}
