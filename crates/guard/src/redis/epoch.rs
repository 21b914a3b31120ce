//! What a process remembers of Redis, so that it notices what Redis forgot.

use std::sync::{Mutex, PoisonError};

/// The data set that was seen last, and how many writes of it.
#[derive(Clone, Default)]
pub(super) struct Seen {
    pub(super) epoch: String,
    pub(super) sequence: u64,
}

#[derive(Default)]
pub(super) struct Memory(Mutex<Seen>);

impl Memory {
    pub(super) fn seen(&self) -> Seen {
        let seen = self.0.lock();
        seen.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Answers overtake each other: the highest counts. A new data set begins above the lost one.
    pub(super) fn learn(&self, epoch: String, sequence: u64) {
        let seen = self.0.lock();
        let mut seen = seen.unwrap_or_else(PoisonError::into_inner);
        if seen.epoch.is_empty() || sequence > seen.sequence {
            *seen = Seen { epoch, sequence };
        }
    }
}
