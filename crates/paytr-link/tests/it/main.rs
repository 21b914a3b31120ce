//! The PayTR Link client: on the wire, and against broken servers.

#![expect(clippy::expect_used, reason = "tests fail by panicking")]

mod answers;
mod conformance;
mod requests;
mod sandbox;
mod support;
