//! The three calls that are measured: what they say, and what a provider answers according to its documentation.

use serde::{Deserialize, Serialize};

pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// What is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    /// Paynet's `send_otp`: JSON both ways.
    SendOtp,
    /// Masterpass's `resend`: JSON both ways, a larger answer.
    Resend,
    /// PayTR's `send-sms`: a form with a token, and a small answer.
    Notify,
}

impl Call {
    pub(crate) const ALL: [Self; 3] = [Self::SendOtp, Self::Resend, Self::Notify];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::SendOtp => "send_otp",
            Self::Resend => "resend",
            Self::Notify => "notify",
        }
    }

    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::SendOtp => "Paynet `send_otp`",
            Self::Resend => "Masterpass `resend`",
            Self::Notify => "PayTR `notify` by SMS",
        }
    }

    pub(crate) fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|call| call.name() == name)
    }

    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::SendOtp => "/v1/card/send_otp",
            Self::Resend => "/api/paywall/masterpass/otp/resend",
            Self::Notify => "/odeme/api/link/send-sms",
        }
    }

    /// The provider's documented success, byte for byte.
    pub(crate) fn answer(self) -> &'static str {
        match self {
            Self::SendOtp => {
                include_str!("../../paynet/tests/fixtures/send_otp.success.json")
            }
            Self::Resend => {
                include_str!("../../paywall-masterpass/tests/fixtures/otp_resend.success.json")
            }
            Self::Notify => r#"{"status":"success"}"#,
        }
    }

    /// Header names and values that the provider wants to see, besides the content type.
    pub(crate) fn headers(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::SendOtp => &[
                ("accept", "application/json; charset=UTF-8"),
                ("authorization", "Basic sck_test_demo"),
            ],
            Self::Resend => &[
                ("accept", "application/json"),
                ("apikeyprivate", PRIVATE_KEY),
                ("apiclientprivate", PRIVATE_CLIENT),
            ],
            Self::Notify => &[],
        }
    }

    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Self::SendOtp => "application/json; charset=UTF-8",
            Self::Resend => "application/json",
            Self::Notify => "application/x-www-form-urlencoded",
        }
    }

    /// Whether a body says what this call has to say.
    pub(crate) fn is_said_by(self, body: &[u8]) -> bool {
        match self {
            Self::SendOtp => {
                serde_json::from_slice(body).is_ok_and(|said: SendOtp| said == SEND_OTP)
            }
            Self::Resend => serde_json::from_slice(body).is_ok_and(|said: Resend| said == RESEND),
            Self::Notify => body == NOTIFY_FORM.as_bytes(),
        }
    }

    /// The body, written beforehand.
    pub(crate) fn body(self) -> Result<Vec<u8>, Failure> {
        Ok(match self {
            Self::SendOtp => serde_json::to_vec(&SEND_OTP)?,
            Self::Resend => serde_json::to_vec(&RESEND)?,
            Self::Notify => NOTIFY_FORM.into(),
        })
    }
}

pub(crate) const SECRET_KEY: &str = "sck_test_demo";
pub(crate) const PRIVATE_KEY: &str = "test-private-key";
pub(crate) const PRIVATE_CLIENT: &str = "test-private-client";
pub(crate) const MERCHANT_ID: &str = "123456";
pub(crate) const MERCHANT_KEY: &str = "K3yForTests-0001";
pub(crate) const MERCHANT_SALT: &str = "S4ltForTests-001";
pub(crate) const LINK: &str = "NB2Zlz3";
pub(crate) const LINK_PHONE: &str = "05551234567";
/// What a client of PayTR signs for this call.
pub(crate) const NOTIFY_SIGNED: &str = "NB2Zlz312345605551234567S4ltForTests-001";
pub(crate) const NOTIFY_TOKEN: &str = "i1i6HmTzhx96RyqZVq5AFMotWHrKSqZRQT/AVfcfL94=";
const NOTIFY_FORM: &str = "merchant_id=123456&id=NB2Zlz3&cell_phone=05551234567&debug_on=1\
    &paytr_token=i1i6HmTzhx96RyqZVq5AFMotWHrKSqZRQT%2FAVfcfL94%3D";

/// Paynet's request.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub(crate) struct SendOtp<'a> {
    pub(crate) user_gsm: &'a str,
    pub(crate) otp_session_id: &'a str,
}

pub(crate) const SEND_OTP: SendOtp<'static> = SendOtp {
    user_gsm: "5550000042",
    otp_session_id: "s-1",
};

/// Masterpass's request.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Resend<'a> {
    pub(crate) otp_token: &'a str,
    pub(crate) session_id: &'a str,
}

pub(crate) const RESEND: Resend<'static> = Resend {
    otp_token: "67a40b720d564a878dd46579b3d2eff3",
    session_id: "6489433e-f36b-1410-825e-001264113a90",
};

/// PayTR's request.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Notify<'a> {
    pub(crate) merchant_id: &'a str,
    pub(crate) id: &'a str,
    pub(crate) cell_phone: &'a str,
    pub(crate) debug_on: &'a str,
    pub(crate) paytr_token: &'a str,
}

impl<'a> Notify<'a> {
    pub(crate) fn with_token(paytr_token: &'a str) -> Self {
        Self {
            merchant_id: MERCHANT_ID,
            id: LINK,
            cell_phone: LINK_PHONE,
            debug_on: "1",
            paytr_token,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_call_is_said_by_its_own_body_and_by_no_other() {
        for call in Call::ALL {
            assert_eq!(Call::find(call.name()), Some(call));
            for other in Call::ALL {
                let body = other.body().expect("a body");
                assert_eq!(call.is_said_by(&body), call == other, "{call:?} {other:?}");
            }
            assert!(!call.is_said_by(b"{}"));
        }
    }

    #[test]
    fn the_form_is_what_a_form_encoder_writes() {
        let form = serde_urlencoded::to_string(Notify::with_token(NOTIFY_TOKEN)).expect("a form");
        assert_eq!(form, NOTIFY_FORM);
        assert_eq!(
            NOTIFY_SIGNED,
            [LINK, MERCHANT_ID, LINK_PHONE, MERCHANT_SALT].concat()
        );
    }
}
