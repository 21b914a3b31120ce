//! Masterpass OTP through Paywall: open a session, link an account, resend a code, verify it.
//!
//! [`PaywallMasterpass`] is an [`OtpSender`](onay_core::OtpSender) and an
//! [`OtpVerifier`](onay_core::OtpVerifier). A session comes first; `send_otp` on its account link
//! sends the first code, and on the challenge that comes back sends it again.
//!
//! ```
//! use std::time::Duration;
//!
//! use onay_core::{OtpCode, OtpSender, OtpVerifier, PhoneNumber};
//! use onay_paywall_masterpass::{
//!     Environment, Keys, OpenSession, PaywallMasterpass, ReferenceCode, UserId,
//! };
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let sandbox = onay_sandbox::Sandbox::start().await?;
//! # let sandbox_url = sandbox.paywall_url();
//! let paywall = PaywallMasterpass::builder()
//!     .keys(Keys::parse("test-private-key", "test-private-client")?)
//!     .base_url(sandbox_url.parse()?) // or .environment(Environment::Test)
//!     .build()?;
//!
//! let request = OpenSession::new(
//!     ReferenceCode::parse("order-1")?,
//!     UserId::parse("user-1")?,
//!     PhoneNumber::parse("0555 000 00 42")?,
//! );
//! let opened = paywall.open_session(&request).await?;
//! let sent = paywall.send_otp(&opened.account_link()).await?;
//!
//! // The code never arrived: send it again, and go on with the new challenge.
//! # sandbox.advance(Duration::from_secs(60));
//! let resent = paywall.send_otp(sent.challenge()).await?;
//!
//! # let typed = sandbox.messages()[0].otp().ok_or("no code")?.to_owned();
//! paywall.verify_otp(resent.challenge(), &OtpCode::parse(&typed)?).await?;
//! # Ok(())
//! # }
//! ```
//!
//! [`link_account`](PaywallMasterpass::link_account) does what the first `send_otp` does, and also
//! says who sends the code, and for which card.
//!
//! # Tokens and sessions rotate
//!
//! The response to a resend has a new token, and the old one is dead. Any response can renew the session, a
//! refusal too. So go on with [`OtpSent::challenge`](onay_core::OtpSent::challenge) after a yes and
//! with [`Error::challenge`](onay_core::Error::challenge), where it is there, after a no.
//!
//! # What is known, and what is assumed
//!
//! Calls, fields, headers and the response codes 0000, 5001, 5008 and 5010 are documented at
//! developer.paywall.one ("Masterpass entegrasyonu", pages 1, 5, 6 and 7, and "Masterpass cevap
//! kodları"). The order in which a response's three verdicts are read, and the exception codes, stand
//! in the vendor's own code. **Assumed** is that a business failure comes with HTTP 200. Unknown are
//! the lifetime of a code, the limit and the wait between resends, the lifetime of a session, and
//! the answer to wrong keys. Nothing here was ever tried against the live service.
//!
//! # Features
//!
//! `rustls` (default), `rustls-ring` or `native-tls`, as in [`onay_http`](onay_http#features).

#![cfg_attr(docsrs, feature(doc_cfg))]

mod client;
mod code;
mod config;
mod rotation;
mod session;
mod verdict;
mod wire;

#[cfg(test)]
mod fuzz;

/// How errors, events and challenges name this provider.
pub(crate) const PROVIDER: &str = "paywall-masterpass";

pub use crate::client::PaywallMasterpass;
pub use crate::code::CODES;
pub use crate::config::{Environment, Keys, PaywallMasterpassBuilder};
pub use crate::session::{
    AccountLink, CodeSender, OpenSession, OtpPurpose, ReferenceCode, Resent, SessionOpened, UserId,
    Verified,
};
