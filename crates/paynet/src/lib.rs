//! Paynet card OTP: send a code to a cardholder, check what they typed.
//!
//! Where OTP is mandatory for a merchant, both calls come before a card is saved. [`Paynet`] is an
//! [`OtpSender`](onay_core::OtpSender) and an [`OtpVerifier`](onay_core::OtpVerifier).
//!
//! ```
//! use onay_core::{
//!     ErrorKind, OtpChallenge, OtpCode, OtpSender, OtpVerifier, PhoneNumber, SessionId,
//! };
//! use onay_paynet::{Environment, Paynet, SecretKey};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let sandbox = onay_sandbox::Sandbox::start().await?;
//! # let sandbox_url = sandbox.paynet_url();
//! let paynet = Paynet::builder()
//!     .secret_key(SecretKey::parse("sck_test_demo")?)
//!     .base_url(sandbox_url.parse()?) // or .environment(Environment::Test)
//!     .build()?;
//!
//! // The session is yours to choose: unique, and the same for both calls.
//! let challenge = OtpChallenge::for_phone(
//!     SessionId::parse("order-1")?,
//!     PhoneNumber::parse("0555 000 00 42")?,
//! );
//! let sent = paynet.send_otp(&challenge).await?;
//!
//! let wrong = paynet.verify_otp(sent.challenge(), &OtpCode::parse("WRONG")?).await;
//! assert_eq!(wrong.unwrap_err().kind(), ErrorKind::WrongCode);
//!
//! # let typed = sandbox.messages()[0].otp().ok_or("no code")?.to_owned();
//! paynet.verify_otp(sent.challenge(), &OtpCode::parse(&typed)?).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # What is known, and what is assumed
//!
//! The calls, their fields, the return codes 0 to 21 and 100 and the two-fold meaning of
//! `otp_expire` (the code's expiry, and the time before which no other may be asked for) are
//! documented at doc.paynet.com.tr, pages "OTP Gönderme" and "OTP Kontrol". No page says
//! which code answers a wrong, expired or repeated OTP. Until one was observed, these are **assumed**;
//! they stand in one place, [`CODES`], and are easy to change:
//!
//! | case | code | read as |
//! |---|---|---|
//! | `send_otp` before `otp_expire` | 5 | [`TooSoon`](onay_core::ErrorKind::TooSoon) |
//! | wrong code | 1 | [`WrongCode`](onay_core::ErrorKind::WrongCode) |
//! | expired or used code, or no such session and number | 12 | [`Expired`](onay_core::ErrorKind::Expired) |
//! | too many wrong codes | 6 | [`LimitReached`](onay_core::ErrorKind::LimitReached) |
//! | `verify_otp` of what "had already succeeded" | 100 | [`Expired`](onay_core::ErrorKind::Expired) |
//!
//! Nothing here was ever tried against the live service. Paynet also wants the caller's IP address
//! to be static and registered.
//!
//! # Features
//!
//! `rustls` (default), `rustls-ring` or `native-tls`, as in [`onay_http`](onay_http#features).

#![cfg_attr(docsrs, feature(doc_cfg))]

mod client;
mod code;
mod config;
mod verdict;
mod wire;

#[cfg(test)]
mod fuzz;

/// How errors, events and challenges name this provider.
pub(crate) const PROVIDER: &str = "paynet";

pub use crate::client::Paynet;
pub use crate::code::CODES;
pub use crate::config::{Environment, PaynetBuilder, SecretKey};
