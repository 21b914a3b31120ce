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
//! | no decompression, a bounded response | 256 KiB by default, read in chunks |
//! | a connect timeout (5 s), a total timeout (30 s), short idle connections (4 s) | adjustable, and none can be switched off |
//! | `https` only | except to a loopback address, and in the sandbox environment to a host that `ONAY_SANDBOX_HOSTS` names |
//! | a retry of our own only for what was certainly not sent | off by default, bounded, with jitter |
//! | nothing leaks | secret headers are marked, errors lose their URL, traces hold no body, number or key |
//!
//! # Writing a provider
//!
//! Make an [`Endpoint`] per operation when the provider is built: address and headers are checked
//! once, and a call only adds its body. The response is read field by field, leniently, and judged
//! by one table.
//!
//! ```
//! use onay_core::{Error, ErrorKind, Operation, ProviderText, Reason, Secret};
//! use onay_http::{BaseUrl, Endpoint, Field, HttpClient, Verdict};
//!
//! const NO_RESULT: Reason =
//!     Reason::new("acme_no_result", "the response has no result", "yanıtta sonuç yok");
//! const ODD_RESULT: Reason =
//!     Reason::new("acme_odd_result", "the result is not known", "sonuç bilinmiyor");
//!
//! fn endpoint(key: &Secret) -> Result<Endpoint, Error> {
//!     let base = BaseUrl::parse("http://127.0.0.1:8027/acme")?;
//!     HttpClient::new()?
//!         .endpoint("acme", Operation::SEND_OTP, &base, "/otp/send")?
//!         .with_secret_header("x-api-key", key)
//! }
//!
//! async fn send(endpoint: &Endpoint, session: &str) -> Result<(), Error> {
//!     let body = serde_json::json!({ "to": "5550000042", "session": session });
//!     endpoint
//!         .json(&body)?
//!         .send(|response| {
//!             let object = response.object()?;
//!             let verdict = match object.text("result").as_deref() {
//!                 Field::Value("sent") => Verdict::Yes,
//!                 Field::Value("refused") => Verdict::No(ErrorKind::Refused),
//!                 Field::Absent => Verdict::Unclear(NO_RESULT),
//!                 // It may have been a yes.
//!                 Field::Value(_) | Field::Malformed => Verdict::Contradictory(ODD_RESULT),
//!             };
//!             response.judge(verdict, || {
//!                 let text = object.text("text").value();
//!                 (None, text.map(|text| ProviderText::new(&text)))
//!             })
//!         })
//!         .await
//! }
//! # endpoint(&Secret::new("test")).unwrap();
//! ```
//!
//! # Dropped calls
//!
//! A web framework drops a handler when its client goes away, and with it a call that is under way.
//! The request may have left by then, and its answer is lost. [`run_to_end`] lets a call
//! finish although its caller is gone.
//!
//! # Features
//!
//! Features only add. Of the three that bring TLS the first one that is on is used; without any,
//! only plain `http` to loopback works.
//!
//! | feature | TLS | wants |
//! |---|---|---|
//! | `rustls` (default) | rustls with aws-lc-rs | a C compiler |
//! | `rustls-ring` | rustls with ring: fewer crates, quicker to build; nothing is installed process-wide | a C compiler; for a [reqwest builder of one's own](HttpClientBuilder::reqwest) a process-wide provider |
//! | `native-tls` | OpenSSL, Schannel or Secure Transport | OpenSSL's headers, on Linux |
//!
//! `bundled-roots` compiles certificates in, for machines that have no store of their own.
//!
//! All three speak TLS 1.2 and newer and trust what the system trusts.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod base_url;
mod builder;
mod cause;
mod classify;
mod client;
pub mod datetime;
mod endpoint;
mod exchange;
mod harden;
mod json;
mod key;
mod one_shot;
mod request;
mod responder;
mod response;
mod retry;
mod run_to_end;
mod service;
mod settings;
#[cfg(any(feature = "simulation", test))]
#[doc(hidden)]
pub mod simulation;
mod site;
mod tls;
mod trace;
mod transport;
mod variables;
mod verdict;

#[cfg(test)]
mod fuzz;

pub use reqwest;

pub use crate::base_url::BaseUrl;
pub use crate::builder::HttpClientBuilder;
pub use crate::client::HttpClient;
pub use crate::endpoint::Endpoint;
pub use crate::json::{Field, Item, Object};
pub use crate::key::Key;
pub use crate::request::Request;
pub use crate::response::Response;
pub use crate::retry::ConnectRetry;
pub use crate::run_to_end::run_to_end;
pub use crate::service::Service;
pub use crate::site::{Profile, Site, Stage};
pub use crate::variables::Variables;
pub use crate::verdict::Verdict;
