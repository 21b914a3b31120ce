//! The HTTP client under the providers: it sends a request at most once.
//!
//! Sending an SMS twice costs money and trust, so nothing in here repeats a request that may have
//! left, and every failure says whether it left.
//!
//! | rule | how |
//! |---|---|
//! | no retry by the HTTP library | reqwest's retry policy is off, HTTP/1.1 only, and the body can be read once and never copied |
//! | no redirects | a 3xx is an error; nothing is sent on |
//! | no `Referer`, no cookies | off; a cookie store only where the caller hands one in |
//! | no proxy from the environment | a proxy only where the caller hands one in |
//! | no decompression, a bounded answer | 256 KiB by default, read in chunks |
//! | a connect timeout (5 s), a total timeout (30 s), short idle connections (4 s) | adjustable, and none can be switched off |
//! | `https` only | except to a loopback address |
//! | a retry of our own only for what was certainly not sent | off by default, bounded, with jitter |
//! | nothing leaks | secret headers are marked, errors lose their URL, traces hold no body, number or key |
//!
//! # Writing a provider
//!
//! Make an [`Endpoint`] per operation when the provider is built: address and headers are checked
//! once, and a call only adds its body.
//!
//! ```
//! use onay_core::{Error, ErrorKind, Secret};
//! use onay_http::{BaseUrl, Endpoint, HttpClient, Judgement, Said, Verdict};
//!
//! /// A field that is missing is no failure of the parser.
//! #[derive(serde::Deserialize)]
//! struct Sent {
//!     #[serde(default)]
//!     result: Said<String>,
//!     code: Option<String>,
//!     text: Option<String>,
//! }
//!
//! fn endpoint(key: &Secret) -> Result<Endpoint, Error> {
//!     let base = BaseUrl::parse("https://api.example.com")?;
//!     HttpClient::new()?
//!         .endpoint("acme", "send_otp", &base, "/otp/send")?
//!         .with_header("content-type", "application/json")?
//!         .with_secret_header("x-api-key", key)
//! }
//!
//! async fn send(endpoint: &Endpoint, session: &str) -> Result<(), Error> {
//!     let request = serde_json::json!({ "to": "5550000042", "session": session });
//!     endpoint
//!         .post(endpoint.json(&request)?, |answer| {
//!             let sent: Sent = answer.json()?;
//!             let verdict = match sent.result.as_deref() {
//!                 Said::This("sent") => Verdict::Yes,
//!                 Said::This("refused") => Verdict::No(ErrorKind::Refused),
//!                 Said::Nothing => Verdict::Unclear("the answer has no result"),
//!                 // It may have been a yes.
//!                 _ => Verdict::Contradictory("the result is none that is known"),
//!             };
//!             // What went out may come back in the provider's words.
//!             let hidden = [session];
//!             let judgement = Judgement::new(verdict)
//!                 .with_code(sent.code.as_deref().unwrap_or_default())
//!                 .with_message(sent.text.as_deref().unwrap_or_default())
//!                 .hiding(&hidden);
//!             answer.judge(&judgement)
//!         })
//!         .await
//! }
//! # endpoint(&Secret::new("test")).unwrap();
//! ```
//!
//! # Dropped calls
//!
//! A web framework drops a handler when its client goes away, and with it a call that is under way.
//! The request may have left by then, and nobody reads the answer. [`run_to_end`] lets a call
//! finish although its caller is gone.
//!
//! # Features
//!
//! Features only add. Of the three that bring TLS the first one that is on is used, whatever else is
//! in the tree; without any, only plain `http` to loopback works.
//!
//! | feature | TLS | wants |
//! |---|---|---|
//! | `rustls` (default) | rustls with aws-lc-rs | a C compiler |
//! | `rustls-ring` | rustls with ring: fewer crates, quicker to build; nothing is installed process-wide | a C compiler; for a [reqwest builder of one's own](HttpClientBuilder::reqwest) a process-wide provider |
//! | `native-tls` | OpenSSL, Schannel or Secure Transport | OpenSSL's headers, on Linux |
//!
//! All three speak TLS 1.2 and newer and trust what the system trusts.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod answer;
mod base_url;
mod builder;
mod classify;
mod client;
mod connection;
pub mod datetime;
mod endpoint;
mod harden;
pub mod loose;
mod object;
mod one_shot;
mod retry;
mod run_to_end;
mod said;
mod tls;
mod trace;
mod variables;
mod verdict;

#[cfg(test)]
mod fuzz;

pub use reqwest;

pub use crate::answer::Answer;
pub use crate::base_url::BaseUrl;
pub use crate::builder::HttpClientBuilder;
pub use crate::client::HttpClient;
pub use crate::connection::Connection;
pub use crate::endpoint::Endpoint;
pub use crate::object::Object;
pub use crate::retry::UnreachableRetry;
pub use crate::run_to_end::run_to_end;
pub use crate::said::Said;
pub use crate::variables::Variables;
pub use crate::verdict::{Judgement, Verdict};
