//! A provider on a bare HTTP client passes the conformance suite; with one mistake at a time it fails, rule by rule.

#![expect(clippy::expect_used, reason = "tests fail by panicking")]

mod dialect;
mod mistake;
mod mistakes;
mod provider;
mod suite;
