//! Masterpass OTP through Paywall: open a session, link an account, resend a code, verify it.
//!
//! [`PaywallMasterpass`] is an [`OtpSender`](onay_core::OtpSender), which *resends* (the first code
//! goes out with the call that asks for it), and an [`OtpVerifier`](onay_core::OtpVerifier). Two
//! calls of its own give the session and the first token.
//!
//! ```
//! use std::time::Duration;
//!
//! use onay_core::{Gsm, OtpCode, OtpSender, OtpVerifier};
//! use onay_paywall_masterpass::{Environment, Keys, OpenSession, PaywallMasterpass};
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
//! let gsm = Gsm::parse("0555 000 00 42")?;
//! let opened = paywall.open_session(&OpenSession::new("order-1", "user-1", gsm)).await?;
//! let link = paywall.link_account(opened.session()).await?;
//!
//! // The code never arrived: send it again, and go on with the new challenge.
//! # sandbox.advance(Duration::from_secs(60));
//! let resent = paywall.send_otp(link.challenge()).await?;
//!
//! # let typed = sandbox.messages()[0].otp().ok_or("no code")?.to_owned();
//! paywall.verify_otp(resent.challenge(), &OtpCode::parse(&typed)?).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # Tokens and sessions rotate
//!
//! A resend answers with a new token, and the old one is dead. Any answer can renew the session, a
//! refusal too. So go on with [`OtpSent::challenge`](onay_core::OtpSent::challenge) after a yes and
//! with [`Error::challenge`](onay_core::Error::challenge), where it is there, after a no.
//!
//! # What is known, and what is assumed
//!
//! Calls, fields, headers and the response codes 0000, 5001, 5008 and 5010 are documented at
//! developer.paywall.one ("Masterpass entegrasyonu", pages 1, 5, 6 and 7, and "Masterpass cevap
//! kodları"). The order in which an answer's three verdicts are read, and the exception codes, stand
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
mod conversation;
mod outcome;
mod session;
mod verdict;
mod wire;

#[cfg(test)]
mod fuzz;

pub use crate::client::PaywallMasterpass;
pub use crate::code::ResponseCode;
pub use crate::config::{Environment, Keys, PaywallMasterpassBuilder};
pub use crate::outcome::{Resent, Verified};
pub use crate::session::{AccountLink, CodeSender, OpenSession, OtpPurpose, SessionOpened};
