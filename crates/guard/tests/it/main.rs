//! The guard is tried before providers that answer as written, on a store in memory and a real Redis.

#![expect(clippy::expect_used, reason = "tests fail by panicking")]
#![cfg_attr(
    feature = "redis",
    expect(
        clippy::indexing_slicing,
        clippy::panic,
        reason = "tests fail by panicking"
    )
)]

#[cfg(feature = "redis")]
mod crowd;
mod guarded;
#[cfg(feature = "redis")]
mod histories;
mod memory;
mod once;
mod payment_book;
#[cfg(feature = "redis")]
mod redis;
#[cfg(feature = "redis")]
mod redis_address;
#[cfg(feature = "redis")]
mod redis_broken;
#[cfg(feature = "redis")]
mod redis_cluster;
#[cfg(feature = "redis")]
mod redis_fleet;
#[cfg(feature = "redis")]
mod redis_rights;
#[cfg(feature = "redis")]
mod redis_server;
#[cfg(feature = "redis-rustls")]
mod redis_tls;
mod settlements;
mod stories;
mod support;
mod traces;
