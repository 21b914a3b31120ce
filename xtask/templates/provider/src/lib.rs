//! {{Title}} OTP: send a code to a customer, check what they typed.
//!
//! [`{{Type}}`] is an [`OtpSender`](onay_core::OtpSender) and an [`OtpVerifier`](onay_core::OtpVerifier).
//!
//! ```
//! use onay_{{module}}::{ApiKey, Environment, {{Type}}};
//!
//! let client = {{Type}}::builder()
//!     .api_key(ApiKey::parse("test-key")?)
//!     .environment(Environment::Test)
//!     .build()?;
//! # Ok::<(), onay_core::Error>(())
//! ```
//!
//! # What is known, and what is assumed
//!
//! Not written yet: which page says what a request and an answer of {{Title}} look like, and what is assumed.
//!
//! Nothing here was ever tried against the live service.
//!
//! # Features
//!
//! `rustls` (default), `rustls-ring` or `native-tls`, as in [`onay_http`](onay_http#features).

#![cfg_attr(docsrs, feature(doc_cfg))]

mod client;
mod code;
mod config;
mod wire;

pub use crate::client::{{Type}};
pub use crate::code::ReturnCode;
pub use crate::config::{ApiKey, Environment, {{Type}}Builder};
