//! The measured calls as they are on the wire: the exact request, and the provider's two documented answers.

use serde::Serialize;

use super::Failure;

pub(crate) const SECRET_KEY: &str = "sck_test_demo";
pub(crate) const PRIVATE_KEY: &str = "test-private-key";
pub(crate) const PRIVATE_CLIENT: &str = "test-private-client";
pub(crate) const MERCHANT_ID: &str = "123456";
pub(crate) const MERCHANT_KEY: &str = "K3yForTests-0001";
pub(crate) const MERCHANT_SALT: &str = "S4ltForTests-001";
pub(crate) const LINK: &str = "NB2Zlz3";
pub(crate) const LINK_PHONE: &str = "05551234567";

/// A call: its name, its request, and a status and body for a success and for a refusal.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    pub(crate) path: &'static str,
    pub(crate) headers: &'static [(&'static str, &'static str)],
    pub(crate) body: &'static str,
    pub(crate) success: (u16, &'static str),
    pub(crate) refusal: (u16, &'static str),
}

impl Operation {
    pub(crate) fn find(name: &str) -> Result<&'static Self, Failure> {
        let found = OPERATIONS.iter().find(|operation| operation.name == name);
        Ok(found.ok_or_else(|| format!("there is no operation {name}"))?)
    }

    pub(crate) fn response(&self, accepts: bool) -> (u16, &'static str) {
        if accepts { self.success } else { self.refusal }
    }
}

pub(crate) static OPERATIONS: [Operation; 3] = [
    Operation {
        name: "send_otp",
        title: "Paynet `send_otp`",
        path: "/v1/card/send_otp",
        headers: &[
            ("content-type", "application/json; charset=UTF-8"),
            ("accept", "application/json; charset=UTF-8"),
            ("authorization", "Basic sck_test_demo"),
        ],
        body: r#"{"user_gsm":"5550000042","otp_session_id":"s-1"}"#,
        success: (
            200,
            include_str!("../../../paynet/tests/fixtures/send_otp.success.json"),
        ),
        refusal: (
            400,
            r#"{"type":"invalid_request_error","message":"Hatalı istek","code":400,"result_code":11}"#,
        ),
    },
    Operation {
        name: "resend",
        title: "Masterpass `resend`",
        path: "/api/paywall/masterpass/otp/resend",
        headers: &[
            ("content-type", "application/json"),
            ("accept", "application/json"),
            ("apikeyprivate", PRIVATE_KEY),
            ("apiclientprivate", PRIVATE_CLIENT),
        ],
        body: r#"{"OtpToken":"67a40b720d564a878dd46579b3d2eff3","SessionId":"6489433e-f36b-1410-825e-001264113a90"}"#,
        success: (
            200,
            include_str!("../../../paywall-masterpass/tests/fixtures/otp_resend.success.json"),
        ),
        refusal: (
            200,
            include_str!(
                "../../../paywall-masterpass/tests/fixtures/otp_resend.failure_token_not_valid.json"
            ),
        ),
    },
    Operation {
        name: "notify",
        title: "PayTR `notify` by SMS",
        path: "/odeme/api/link/send-sms",
        headers: &[("content-type", "application/x-www-form-urlencoded")],
        body: "merchant_id=123456&id=NB2Zlz3&cell_phone=05551234567&debug_on=1\
               &paytr_token=i1i6HmTzhx96RyqZVq5AFMotWHrKSqZRQT%2FAVfcfL94%3D",
        success: (200, r#"{"status":"success"}"#),
        refusal: (
            200,
            r#"{"status":"error","reason":"İşlem başarısız. Geçersiz id."}"#,
        ),
    },
];

/// Paynet's request.
#[derive(Serialize)]
pub(crate) struct SendOtp {
    pub(crate) user_gsm: &'static str,
    pub(crate) otp_session_id: &'static str,
}

pub(crate) const SEND_OTP: SendOtp = SendOtp {
    user_gsm: "5550000042",
    otp_session_id: "s-1",
};

/// Masterpass' request.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Resend {
    pub(crate) otp_token: &'static str,
    pub(crate) session_id: &'static str,
}

pub(crate) const RESEND: Resend = Resend {
    otp_token: "67a40b720d564a878dd46579b3d2eff3",
    session_id: "6489433e-f36b-1410-825e-001264113a90",
};
