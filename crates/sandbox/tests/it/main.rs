//! The sandbox over real sockets.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::unreachable,
    reason = "tests may panic"
)]

mod api;
#[cfg(unix)]
mod binary;
mod clock;
mod lifecycle;
mod page;
mod paynet;
mod paywall;
mod paywall_refusals;
mod refusals;
mod renewal;
mod support;
mod tenants;
mod wait;
