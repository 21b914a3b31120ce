//! `VerifiedShare` counts the messages that a guard let through and the codes that were approved.

use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::Relaxed;

use crate::trace;

/// How many messages a guard let through in this process, and how many codes were approved through
/// it.
///
/// Bots that pump SMS never type a code: where the share of approved codes falls, look at what is
/// sent. The guard itself decides nothing by it. The same numbers are in its traces, for a fleet:
/// `monotonic_counter.onay_guard_sent` and `monotonic_counter.onay_guard_verified`, which
/// `tracing-opentelemetry` reads as metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct VerifiedShare {
    /// Messages that went out, or may have.
    pub sent: u64,
    /// Codes that were approved.
    pub verified: u64,
}

/// The counts of one guard.
#[derive(Default)]
pub(crate) struct Counts {
    sent: AtomicU64,
    verified: AtomicU64,
}

impl Counts {
    pub(crate) fn sent(&self, scope: &str) {
        self.sent.fetch_add(1, Relaxed);
        trace::sent(scope);
    }

    pub(crate) fn verified(&self, scope: &str) {
        self.verified.fetch_add(1, Relaxed);
        trace::verified(scope);
    }

    pub(crate) fn share(&self) -> VerifiedShare {
        VerifiedShare {
            sent: self.sent.load(Relaxed),
            verified: self.verified.load(Relaxed),
        }
    }
}
