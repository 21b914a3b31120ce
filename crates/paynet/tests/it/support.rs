//! A client at any address, and values for it.

#![expect(
    clippy::disallowed_methods,
    reason = "tests compare what the provider wrote"
)]

use onay_core::{Error, OtpChallenge, OtpCode, PhoneNumber, SessionId};
use onay_paynet::{Paynet, SecretKey};

pub(crate) fn paynet(base: &str) -> Paynet {
    Paynet::builder()
        .secret_key(SecretKey::parse("sck_test_demo").expect("a key"))
        .base_url(base.parse().expect("a base URL"))
        .build()
        .expect("built")
}

pub(crate) fn challenge() -> OtpChallenge {
    challenge_for("0555 000 00 42", "s-1")
}

pub(crate) fn challenge_for(gsm: &str, session: &str) -> OtpChallenge {
    OtpChallenge::for_phone(
        SessionId::parse(session).expect("a session"),
        PhoneNumber::parse(gsm).expect("a number"),
    )
}

pub(crate) fn code(text: &str) -> OtpCode {
    OtpCode::parse(text).expect("a code")
}

/// The code of an error, where it can be printed.
pub(crate) fn printable(error: &Error) -> Option<&str> {
    error.code().and_then(|code| code.printable())
}

/// The provider's text of an error.
pub(crate) fn said(error: &Error) -> Option<&str> {
    error.provider_text().map(onay_core::ProviderText::expose)
}
