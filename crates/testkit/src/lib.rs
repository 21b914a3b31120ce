//! For testing code that sends payment messages: servers that break on purpose, and a trace that
//! must stay silent.
//!
//! - [`SocketServer`] answers, or fails to answer, in exactly one way, and counts the requests that
//!   it received whole. It speaks plain HTTP/1.1 over a real socket.
//! - [`TraceCapture`] keeps everything that is traced or logged on this thread, at every level.
//!
//! Both are for tests and panic when something is wrong with the test itself.

#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a test helper fails by panicking"
)]

mod behaviour;
mod capture;
mod closed_port;
mod printed;
mod request;
mod socket_server;

pub use crate::behaviour::Behaviour;
pub use crate::capture::TraceCapture;
pub use crate::closed_port::ClosedPort;
pub use crate::printed::printed;
pub use crate::request::ReceivedRequest;
pub use crate::socket_server::SocketServer;
