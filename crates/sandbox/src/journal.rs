//! The journal: which provider calls came, masked, how they were answered, what was wrong.

use std::collections::VecDeque;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::provider::Provider;
use crate::tenant::TenantId;

/// How many calls are kept.
const CALLS_KEPT: usize = 1_000;

/// The calls that are kept, newest last.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    entries: VecDeque<Entry>,
    last_id: u64,
}

impl Journal {
    /// Writes a call down, for whoever asks and for whoever traces.
    pub(crate) fn record(&mut self, call: Call) {
        tracing::debug!(
            provider = %call.provider,
            operation = call.operation,
            tenant = call.tenant.as_ref().map(TenantId::name),
            status = call.answer.status,
            doctor = call.doctor,
            "a provider was called"
        );
        self.last_id += 1;
        self.entries.push_back(Entry {
            id: self.last_id,
            call,
        });
        if self.entries.len() > CALLS_KEPT {
            self.entries.pop_front();
        }
    }

    pub(crate) fn newest_first(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().rev()
    }

    /// Forgets every call. Numbers go on where they were.
    pub(crate) fn clear(&mut self) {
        self.entries.clear();
    }
}

/// One call with its number.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Entry {
    id: u64,
    #[serde(flatten)]
    call: Call,
}

impl Entry {
    pub(crate) fn call(&self) -> &Call {
        &self.call
    }
}

/// One call to a provider. Holds no key, no code and no full number.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Call {
    pub(crate) at: Timestamp,
    pub(crate) provider: Provider,
    /// Absent where the credentials were refused.
    pub(crate) tenant: Option<TenantId>,
    /// Absent where the path names no operation.
    pub(crate) operation: Option<&'static str>,
    pub(crate) request: Map<String, Value>,
    pub(crate) answer: Answered,
    /// What was wrong, in plain English; never part of the provider's answer.
    pub(crate) doctor: Option<String>,
}

/// How the provider answered.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Answered {
    pub(crate) status: u16,
    pub(crate) body: Map<String, Value>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_call_leaves() {
        let mut journal = Journal::default();
        for _ in 0..CALLS_KEPT + 2 {
            journal.record(Call {
                at: Timestamp::UNIX_EPOCH,
                provider: Provider::Paynet,
                tenant: None,
                operation: None,
                request: Map::new(),
                answer: Answered {
                    status: 404,
                    body: Map::new(),
                },
                doctor: None,
            });
        }
        let ids: Vec<u64> = journal.newest_first().map(|entry| entry.id).collect();
        assert_eq!(ids.len(), CALLS_KEPT);
        assert_eq!((ids.first(), ids.last()), (Some(&1_002), Some(&3)));
    }
}
