//! The client against real sockets, with a neighbour in the tree that switched everything on.

#![expect(clippy::expect_used, reason = "tests fail by panicking")]

mod faults;
mod proxies;
mod race;
mod retries;
mod rules;
mod silence;
mod support;
mod tls;
