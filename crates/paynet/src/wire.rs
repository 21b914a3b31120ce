//! What is on the wire, and nothing else.

use std::time::SystemTime;

use onay_http::{Said, datetime, loose};
use serde::{Deserialize, Serialize};

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

/// Both answers, good and bad. Numbers come as text and text as numbers; fields come and go.
#[derive(Default, Deserialize)]
pub(crate) struct Envelope {
    #[serde(default)]
    code: Said<String>,
    /// In an error body `code` is the HTTP status, and this is the return code.
    #[serde(default)]
    result_code: Said<String>,
    /// The kind of an error. Only error bodies have one.
    #[serde(default, rename = "type")]
    error_type: Said<String>,
    #[serde(default, deserialize_with = "loose::text")]
    message: Option<String>,
    #[serde(default, deserialize_with = "loose::text")]
    otp_expire: Option<String>,
}

impl Envelope {
    /// The return codes, the one that counts first. A `code` that repeats a bad HTTP status is none,
    /// and neither is an empty one. One of another type is one all the same, and nonsense.
    pub(crate) fn return_codes(&self, status: u16) -> [Said<&str>; 2] {
        let bad_status = (!(200..300).contains(&status)).then(|| status.to_string());
        let code = match self.code.as_deref() {
            Said::This(code) if bad_status.as_deref() == Some(code) => Said::Nothing,
            code => code,
        };
        [self.result_code.as_deref(), code].map(|code| match code {
            Said::This(code) if code.trim().is_empty() => Said::Nothing,
            code => code,
        })
    }

    /// Whether the kind of an error is named, readably or not.
    pub(crate) fn names_error(&self) -> bool {
        self.error_type != Said::Nothing
    }

    pub(crate) fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// When the code expires, which is also when another may be asked for.
    pub(crate) fn expiry(&self) -> Option<SystemTime> {
        datetime::parse(self.otp_expire.as_deref()?)
    }

    pub(crate) fn into_expiry_text(self) -> Option<String> {
        self.otp_expire
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn envelope(json: &str) -> Envelope {
        serde_json::from_str(json).expect(json)
    }

    #[test]
    fn the_return_code_is_found_wherever_it_stands() {
        use Said::{Nonsense, Nothing, This};
        for (json, expected) in [
            (r#"{"code":0}"#, [Nothing, This("0")]),
            (r#"{"code":"0"}"#, [Nothing, This("0")]),
            (r#"{"code":401,"result_code":7}"#, [This("7"), Nothing]),
            (r#"{"code":401,"result_code":"7"}"#, [This("7"), Nothing]),
            (r#"{"code":1,"result_code":0}"#, [This("0"), This("1")]),
            (r#"{"code":11}"#, [Nothing, This("11")]),
            (r#"{"code":401,"result_code":null}"#, [Nothing, Nothing]),
            (r#"{"code":"401"}"#, [Nothing, Nothing]),
            (r#"{"code":null}"#, [Nothing, Nothing]),
            (r#"{"code":"","result_code":" "}"#, [Nothing, Nothing]),
            ("{}", [Nothing, Nothing]),
            (r#"{"code":{}}"#, [Nothing, Nonsense]),
            (r#"{"code":401.0,"result_code":7}"#, [This("7"), Nonsense]),
            (r#"{"code":0,"result_code":12e0}"#, [Nonsense, This("0")]),
            (r#"{"result_code":0,"code":[1]}"#, [This("0"), Nonsense]),
            (r#"{"result_code":0,"code":false}"#, [This("0"), Nonsense]),
            (
                r#"{"result_code":0,"code":99999999999999999999}"#,
                [This("0"), Nonsense],
            ),
        ] {
            let envelope = envelope(json);
            let codes = envelope.return_codes(401);
            assert!(codes == expected, "{json}: {codes:?}");
        }
    }

    #[test]
    fn the_kind_of_an_error_is_named_in_whatever_form() {
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

    #[test]
    fn a_time_that_cannot_be_read_is_kept_as_text() {
        let odd = envelope(r#"{"otp_expire":"birazdan"}"#);
        assert_eq!(odd.expiry(), None);
        assert_eq!(odd.into_expiry_text().as_deref(), Some("birazdan"));
        let unset = envelope(r#"{"otp_expire":"0001-01-01T00:00:00"}"#);
        assert_eq!(unset.expiry(), None);
    }
}
