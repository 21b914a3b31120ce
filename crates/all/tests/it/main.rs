//! The examples as a reader runs them, and the tables of the guides.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "tests fail by panicking"
)]

mod checkout;
mod examples;
mod faults;
#[path = "../shared/npm.rs"]
mod npm;
mod npm_client;
mod who_answered;
