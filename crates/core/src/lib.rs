//! Traits, value types and the error for payment OTPs and payment links.
//!
//! A back end asks an [`OtpSender`] to send a one-time password, checks the customer's answer with
//! an [`OtpVerifier`], and has a [`LinkNotifier`] send a payment link. Each provider is a crate of
//! its own; this one holds no I/O, no HTTP and no runtime.
//!
//! Two rules hold for everything here:
//!
//! - **At most once.** No implementation repeats a call that may have left. Every [`Error`] answers
//!   the question that matters through [`Error::delivery`]: did a message go out?
//! - **`?` never lets a wrong code through.** [`OtpVerifier::verify_otp`] is `Ok` for an approved
//!   code and for nothing else.
//!
//! ```
//! use onay_core::{Delivery, Error, ErrorKind, Gsm, OtpChallenge, OtpSender, SessionId};
//!
//! async fn ask_for_code(sender: &dyn OtpSender) -> Result<OtpChallenge, Error> {
//!     let challenge = OtpChallenge::for_gsm(
//!         SessionId::parse("order-1")?,
//!         Gsm::parse("0555 000 00 42")?,
//!     );
//!     match sender.send_otp(&challenge).await {
//!         Ok(sent) => Ok(sent.into_challenge()),
//!         // The customer has a code already, or may have one: ask for it, send nothing.
//!         Err(error)
//!             if error.delivery() == Delivery::MaybeSent
//!                 || (error.kind(), error.delivery())
//!                     == (ErrorKind::TooSoon, Delivery::Refused) =>
//!         {
//!             // A refusal can renew the challenge too: always go on with the newest.
//!             Ok(error.challenge().unwrap_or(&challenge).clone())
//!         }
//!         // `TooSoon` with `NotSent` is a guard's: the code that is out may be another conversation's,
//!         // so there is `error.retry_after()` to count down and no field to show.
//!         Err(error) => Err(error),
//!     }
//! }
//! ```
//!
//! # Features
//!
//! `serde`: an [`OtpChallenge`] can be written down between two requests. Without it there is no
//! serde in the tree.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod challenge;
mod delivery;
mod email;
mod error;
mod escape;
mod explanation;
mod forward;
mod gsm;
mod hidden;
mod kind;
mod link;
mod mask;
mod otp;
mod outcome;
mod search;
mod secret;
mod unseen;
mod view;
mod web;
mod word;
mod writing;

#[cfg(test)]
mod fuzz;

pub use async_trait::async_trait;

pub use crate::challenge::{OtpChallenge, OtpRecipient};
pub use crate::delivery::Delivery;
pub use crate::email::EmailAddress;
pub use crate::error::Error;
pub use crate::explanation::{Bilingual, Explanation};
pub use crate::gsm::Gsm;
pub use crate::kind::ErrorKind;
pub use crate::link::{LinkNotifier, LinkRecipient};
pub use crate::otp::{OtpSender, OtpVerifier};
pub use crate::outcome::{LinkAccepted, OtpSent, OtpVerified};
pub use crate::secret::Secret;
pub use crate::web::is_web_address;
pub use crate::word::{LinkId, OtpCode, OtpToken, SessionId};
