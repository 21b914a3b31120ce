//! The examples, run as a reader would run them.

#![expect(clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

mod checkout;
mod checkout_door;
mod checkout_races;
mod documents;
mod examples;
mod faults;
#[path = "../shared/npm.rs"]
mod npm;
mod npm_client;
mod shop;
mod support;
