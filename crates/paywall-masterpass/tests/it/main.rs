//! The Masterpass client: on the wire, against broken servers, against the sandbox.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

mod answers;
mod any_json;
mod conformance;
mod requests;
mod rotation;
mod sandbox;
mod support;
