//! What the benches share: the calls, the clients that make them, the server that answers, the parts of a call.

#![allow(dead_code, reason = "no bench uses all of it")]

pub(crate) mod by_hand;
pub(crate) mod clients;
pub(crate) mod parts;
pub(crate) mod server;
pub(crate) mod wire;

use tokio::runtime::{Builder, Runtime};

pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A runtime on one thread: the client has one of its own, and the server another.
pub(crate) fn runtime() -> std::io::Result<Runtime> {
    Builder::new_current_thread().enable_all().build()
}

/// Keeps this thread on one core, where there are several: client and server that share one by chance, or are moved
/// to and fro, take up to twice as long.
pub(crate) fn pin(core: usize) {
    let cores = core_affinity::get_core_ids().unwrap_or_default();
    if let Some(core) = cores.get(core) {
        core_affinity::set_for_current(*core);
    }
}
