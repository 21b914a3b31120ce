//! The facade as its users meet it: the examples, the tables of the guides, pasted input, two processes.

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
mod spellings;
#[cfg(feature = "serde")]
mod two_processes;
mod who_answered;
