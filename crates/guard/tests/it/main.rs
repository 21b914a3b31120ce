//! The guard before scripted providers, the sandbox and a real Redis.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests fail by panicking"
)]

mod clocks;
mod guarded;
mod memory;
mod outcomes;
mod support;
