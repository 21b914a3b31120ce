//! For testing code that sends payment messages: providers that do what a test says, servers that
//! break on purpose, and a suite that examines a provider.
//!
//! - [`conformance`] examines a provider of your own: one request per call, and the truth about it.
//! - [`Scripted`] is a provider whose answers a test writes down; [`Recording`] keeps what any
//!   provider was asked; [`NullSender`] accepts everything and sends nothing.
//! - [`SocketServer`] answers, or fails to answer, each call as told, and counts the requests that it
//!   received whole. It speaks HTTP/1.1 over a real socket; with the feature `tls` over TLS too, with
//!   lies in TLS and HTTP/2.
//! - [`TraceCapture`] keeps everything that is traced or logged on this thread, at every level.
//!
//! A store for `onay-guard` is examined by that crate's own `store_conformance` (feature `testing`):
//! this one knows the three traits and nothing above them.
//!
//! All are for tests and panic when something is wrong with the test itself.

#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a test helper fails by panicking"
)]

mod assertions;
mod behaviour;
mod call;
mod capture;
pub mod conformance;
mod connection;
#[cfg(feature = "tls")]
mod http2;
mod loopback;
mod null_sender;
mod recording;
mod reply;
mod request;
mod script;
mod scripted;
mod seen;
mod socket_server;
mod stream;
#[cfg(feature = "tls")]
mod tls;

pub use crate::assertions::{assert_error, assert_nothing_sent, assert_sent_once_to, printed};
pub use crate::behaviour::{Behaviour, End};
pub use crate::call::Call;
pub use crate::capture::TraceCapture;
#[cfg(feature = "tls")]
pub use crate::http2::Http2Lie;
pub use crate::loopback::ClosedPort;
pub use crate::null_sender::NullSender;
pub use crate::recording::Recording;
pub use crate::reply::Reply;
pub use crate::request::ReceivedRequest;
pub use crate::scripted::Scripted;
pub use crate::socket_server::SocketServer;
#[cfg(feature = "tls")]
pub use crate::tls::certificate_authority;
