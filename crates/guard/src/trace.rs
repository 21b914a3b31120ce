//! Each decision is one event: the scope and how long to wait, never a number, a session or a key.

use std::time::Duration;

use tracing::{debug, info, warn};

use crate::StoreError;

pub(crate) fn allowed(scope: &str) {
    debug!(
        scope,
        outcome = "allowed",
        "the guard let a message through"
    );
}

/// The names of the fields are what `tracing-opentelemetry` reads as metrics.
pub(crate) fn sent(scope: &str) {
    debug!(
        scope,
        outcome = "sent",
        monotonic_counter.onay_guard_sent = 1_u64,
        "a message went out, or may have"
    );
}

pub(crate) fn verified(scope: &str) {
    debug!(
        scope,
        outcome = "verified",
        monotonic_counter.onay_guard_verified = 1_u64,
        "a code was approved"
    );
}

pub(crate) fn held(scope: &str, retry_after: Duration) {
    debug!(
        scope,
        outcome = "held",
        retry_after_ms = whole(retry_after),
        "the guard held a message back"
    );
}

pub(crate) fn limit(scope: &str, retry_after: Duration) {
    info!(
        scope,
        outcome = "limit",
        retry_after_ms = whole(retry_after),
        "the guard held a message back: a limit is reached"
    );
}

pub(crate) fn store_failed(scope: &str, step: &'static str, is_sent: bool, error: &StoreError) {
    // The cause is the store's own words about itself; keys in it are hashes.
    let cause = std::error::Error::source(error).map(ToString::to_string);
    warn!(
        scope,
        outcome = "store_failed",
        step,
        is_sent,
        cause,
        "{error}"
    );
}

#[cfg(feature = "redis")]
pub(crate) fn memory_unknown(prefix: &str) {
    warn!(
        prefix,
        outcome = "memory_unknown",
        "Redis does not let the guard ask for its maxmemory-policy: it has to be noeviction"
    );
}

fn whole(wait: Duration) -> u64 {
    u64::try_from(wait.as_millis()).unwrap_or(u64::MAX)
}
