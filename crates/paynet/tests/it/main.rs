//! The Paynet client: on the wire, against broken servers, against the sandbox.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

mod answers;
mod conformance;
mod requests;
mod sandbox;
mod support;
