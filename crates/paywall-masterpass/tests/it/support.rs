//! A client at any address, and challenges for it.

#![expect(
    clippy::disallowed_methods,
    reason = "tests compare what the provider wrote"
)]

use onay_core::{Error, OtpChallenge, OtpCode, OtpToken, PhoneNumber, SessionId};
use onay_paywall_masterpass::{
    Keys, OpenSession, OtpPurpose, PaywallMasterpass, ReferenceCode, UserId,
};
use onay_testkit::{Behaviour, SocketServer};

pub(crate) const SESSION: &str = "6489433e-f36b-1410-825e-001264113a90";
pub(crate) const TOKEN: &str = "67a40b720d564a878dd46579b3d2eff3";

pub(crate) const SUCCESS: &str = include_str!("../fixtures/otp_resend.success.json");
pub(crate) const FAILURE: &str =
    include_str!("../fixtures/otp_resend.failure_token_not_valid.json");

pub(crate) fn paywall(base: &str) -> PaywallMasterpass {
    PaywallMasterpass::builder()
        .keys(Keys::parse("test-private-key", "test-private-client").expect("keys"))
        .base_url(base.parse().expect("a base URL"))
        .build()
        .expect("built")
}

pub(crate) fn phone() -> PhoneNumber {
    PhoneNumber::parse("0555 000 00 42").expect("a number")
}

pub(crate) fn session(text: &str) -> SessionId {
    SessionId::parse(text).expect("a session")
}

pub(crate) fn challenge() -> OtpChallenge {
    OtpPurpose::Transaction.challenge(session(SESSION), token(TOKEN))
}

pub(crate) fn token(text: &str) -> OtpToken {
    OtpToken::parse(text).expect("a token")
}

pub(crate) fn code(text: &str) -> OtpCode {
    OtpCode::parse(text).expect("a code")
}

/// Session and token of a challenge.
pub(crate) fn parts(challenge: &OtpChallenge) -> (&str, &str) {
    let token = challenge.token().expect("a token");
    (challenge.session().expose(), token.expose())
}

/// A client, and the server that answers it with this JSON.
pub(crate) async fn answering(json: &str) -> (PaywallMasterpass, SocketServer) {
    let server = SocketServer::start(Behaviour::json(json)).await;
    (paywall(&server.url()), server)
}

/// The code of an error, where it can be printed.
pub(crate) fn printable(error: &Error) -> Option<&str> {
    error.code().and_then(|code| code.printable())
}

/// The provider's text of an error.
pub(crate) fn said(error: &Error) -> Option<&str> {
    error.provider_text().map(onay_core::ProviderText::expose)
}

/// Asks for a session of one customer.
pub(crate) fn open_session() -> OpenSession {
    OpenSession::new(
        ReferenceCode::parse("order-1").expect("a reference"),
        UserId::parse("user-1").expect("an id"),
        phone(),
    )
}
