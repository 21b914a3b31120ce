//! The `onay` program as a shell sees it: stdout, stderr, exit code.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

mod demo;
mod documents;
mod exit_codes;
mod masterpass;
mod paytr;
mod sandbox;
mod secrets;
mod story;
mod support;
