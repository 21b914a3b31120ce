//! PayTR Link: create a payment link, send it by SMS or e-mail, delete it, and know that it was paid.
//!
//! [`PaytrLink`] is a [`LinkNotifier`](onay_core::LinkNotifier). What a merchant needs around it is
//! here too: without [`create`](PaytrLink::create) there is no link to send, and without
//! [`verify_callback`] no shop learns that it was paid.
//!
//! ```
//! use onay_core::{LinkNotice, LinkNotifier, PhoneNumber};
//! use onay_paytr_link::{Credentials, Environment, PaytrLink, ProductLink};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let sandbox = onay_sandbox::Sandbox::start().await?;
//! # let sandbox_url = sandbox.paytr_url();
//! let credentials =
//!     Credentials::parse("100001", "sandbox-merchant-key", "sandbox-merchant-salt")?;
//! let paytr = PaytrLink::builder()
//!     .credentials(credentials)
//!     .base_url(sandbox_url.parse()?) // or .environment(Environment::Test)
//!     .build()?;
//!
//! let product = ProductLink::new("Çiçek buketi", "14.45 TL".parse()?, 1)?;
//! let link = paytr.create(product).await?;
//! let customer = PhoneNumber::parse("0555 000 00 42")?;
//! paytr.notify(&LinkNotice::new(link.id().clone(), customer)).await?;
//! # assert_eq!(sandbox.messages()[0].link(), link.url().map(|url| url.as_str()));
//! # Ok(())
//! # }
//! ```
//!
//! # What is known, and what is assumed
//!
//! Calls, fields, tokens and the callback are documented at dev.paytr.com ("Link API") and in PayTR's
//! own samples, whose form bodies these are. **Assumed**: errors come with HTTP 200,
//! a reason that names `paytr_token` means wrong credentials, one that speaks of a timeout or a server
//! error does not say whether a message went out, and a success beside a reason or an `err_no` is no
//! success. Unknown are the form of `success_deletes` and `failed_deletes`, rate limits, when a link may be sent again, and the time
//! zone of an expiry. Nothing here was ever tried against the live service.
//!
//! # Features
//!
//! `rustls` (default), `rustls-ring` or `native-tls`, as in [`onay_http`](onay_http#features). With
//! `axum`, [`Payment`] and [`IframePayment`] are extractors of axum 0.8.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod callback;
mod callback_link;
mod client;
mod code;
mod config;
mod create;
mod credentials;
mod environment;
#[cfg(feature = "axum")]
mod extract;
mod fields;
mod iframe;
mod money;
mod outcome;
mod token;
mod verdict;
mod wire;

#[cfg(test)]
mod fuzz;

pub use crate::callback::{CALLBACK_REPLY, Payment, UnsignedFields, verify_callback};
pub use crate::client::PaytrLink;
pub use crate::code::{CODES, find_reason};
pub use crate::config::PaytrLinkBuilder;
pub use crate::create::{CollectionLink, Language, NewLink, ProductLink};
pub use crate::credentials::Credentials;
pub use crate::environment::Environment;
#[cfg(feature = "axum")]
pub use crate::extract::{CallbackRejection, PaytrOk};
pub use crate::iframe::{IframePayment, verify_iframe_callback};
pub use crate::money::{Currency, Money};
pub use crate::outcome::{CreatedLink, Deleted};
pub use crate::token::Signed;

/// How errors and events name this provider.
pub(crate) const PROVIDER: &str = "paytr-link";

/// Names the argument that PayTR would not take and what is wrong with it; the value is never quoted.
pub(crate) fn refuse(argument: &'static str, why: onay_core::Reason) -> onay_core::Error {
    onay_core::Error::invalid_input(argument, why).with_provider(PROVIDER)
}
