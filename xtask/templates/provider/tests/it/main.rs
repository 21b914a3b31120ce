//! The {{Title}} client against everything that a network can do.

#![expect(clippy::expect_used, reason = "tests fail by panicking")]

mod conformance;
mod requests;
