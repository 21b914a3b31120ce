//! The example provider passes the conformance suite; a careless copy of it fails, rule by rule.

#![expect(clippy::expect_used, reason = "tests fail by panicking")]

mod broken;
mod careless;
mod conformance;
#[path = "../../examples/pigeon/provider.rs"]
pub mod provider;
