//! A client at any address, and a challenge for it.

use std::time::Duration;

use onay_core::{
    Error, Gsm, OtpChallenge, OtpCode, OtpSender, OtpSent, OtpVerified, OtpVerifier, SessionId,
};
use onay_http::HttpClient;
use onay_paynet::{Paynet, SecretKey};

pub(crate) const SHORT: Duration = Duration::from_millis(300);

pub(crate) fn paynet(base: &str) -> Paynet {
    paynet_within(base, Duration::from_secs(20))
}

pub(crate) fn paynet_within(base: &str, timeout: Duration) -> Paynet {
    let http = HttpClient::builder()
        .timeout(timeout)
        .build()
        .expect("a client");
    Paynet::builder()
        .secret_key(SecretKey::parse("sck_test_demo").expect("a key"))
        .base_url(base.parse().expect("a base URL"))
        .http_client(http)
        .build()
        .expect("built")
}

pub(crate) fn challenge() -> OtpChallenge {
    challenge_for("0555 000 00 42", "s-1")
}

pub(crate) fn challenge_for(gsm: &str, session: &str) -> OtpChallenge {
    OtpChallenge::for_gsm(
        SessionId::parse(session).expect("a session"),
        Gsm::parse(gsm).expect("a number"),
    )
}

pub(crate) fn code(text: &str) -> OtpCode {
    OtpCode::parse(text).expect("a code")
}

pub(crate) async fn send(paynet: &Paynet) -> Result<OtpSent, Error> {
    paynet.send_otp(&challenge()).await
}

pub(crate) async fn check(paynet: &Paynet) -> Result<OtpVerified, Error> {
    paynet.verify_otp(&challenge(), &code("ART2")).await
}
