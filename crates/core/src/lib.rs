//! Traits, value types and the error for payment OTPs and payment links.
//!
//! A back end asks an [`OtpSender`] to send a one-time password, checks the customer's answer with
//! an [`OtpVerifier`], and has a [`LinkNotifier`] send a payment link. Each provider is a crate of
//! its own; this one holds no I/O, no HTTP and no runtime.
//!
//! Two rules hold for everything here:
//!
//! - **At most once.** No implementation repeats a call that may have left. Every [`Error`] answers
//!   the question that matters through [`Error::dispatch`]: did the request take effect?
//! - **`?` never lets a wrong code through.** [`OtpVerifier::verify_otp`] is `Ok` for an approved
//!   code and for nothing else.
//!
//! ```
//! use onay_core::{Error, NextStep, OtpChallenge, OtpSender, PhoneNumber, SessionId};
//!
//! async fn ask_for_code(sender: &dyn OtpSender) -> Result<OtpChallenge, Error> {
//!     let challenge = OtpChallenge::for_phone(
//!         SessionId::parse("order-1")?,
//!         PhoneNumber::parse("0555 000 00 42")?,
//!     );
//!     match sender.send_otp(&challenge).await {
//!         Ok(sent) => Ok(sent.into_challenge()),
//!         Err(error) => match error.next_step() {
//!             // A code is out, or may be: ask for it, send nothing. A refusal can renew the
//!             // challenge too: always go on with the newest.
//!             NextStep::AwaitCode(_) => Ok(error.challenge().unwrap_or(&challenge).clone()),
//!             _ => Err(error),
//!         },
//!     }
//! }
//! ```
//!
//! # Features
//!
//! `serde`: an [`OtpChallenge`] and an [`OtpSent`] can be stored between two requests. Without it
//! there is no serde in the tree.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod challenge;
mod code;
mod digits;
mod dispatch;
mod email;
mod error;
mod forward;
mod kind;
mod link;
mod next_step;
mod operation;
mod otp;
mod phone;
mod provider_text;
mod reason;
mod recipient;
mod reference;
mod secret;
mod sent;
mod unseen;
mod wait;
mod web;
mod word;

#[cfg(test)]
mod fuzz;

pub use async_trait::async_trait;

pub use crate::challenge::OtpChallenge;
pub use crate::code::{CodeRow, CodeTable, Grade, Meaning, ProviderCode};
pub use crate::dispatch::Dispatch;
pub use crate::email::EmailAddress;
pub use crate::error::{Error, Subject};
pub use crate::kind::ErrorKind;
pub use crate::link::{LinkNotice, LinkNotifier};
pub use crate::next_step::NextStep;
pub use crate::operation::{Effect, Operation};
pub use crate::otp::{OtpProvider, OtpSender, OtpVerifier};
pub use crate::phone::{PhoneNumber, TurkishMobile};
pub use crate::provider_text::ProviderText;
pub use crate::reason::{Bilingual, Language, Reason};
pub use crate::recipient::Recipient;
pub use crate::reference::Reference;
pub use crate::secret::Secret;
pub use crate::sent::{LinkAccepted, OtpSent, OtpVerified};
pub use crate::wait::Wait;
pub use crate::web::WebAddress;
pub use crate::word::{LinkId, OtpCode, OtpToken, SessionId};
