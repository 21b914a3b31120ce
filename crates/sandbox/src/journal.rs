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
    pub(crate) fn record(&mut self, call: Call) -> Option<&Entry> {
        tracing::debug!(
            provider = %call.provider,
            operation = call.operation,
            tenant = call.tenant.as_ref().map(TenantId::name),
            outcome = call.outcome.as_str(),
            status = call.answer.status,
            fault = call.fault,
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
        self.entries.back()
    }

    pub(crate) fn newest_first(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().rev()
    }

    /// Forgets the calls of one tenant.
    pub(crate) fn clear_tenant(&mut self, tenant: &TenantId) {
        self.entries
            .retain(|entry| entry.call.tenant.as_ref() != Some(tenant));
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
    pub(crate) fn id(&self) -> u64 {
        self.id
    }

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
    pub(crate) outcome: Outcome,
    pub(crate) request: Map<String, Value>,
    pub(crate) answer: Answered,
    /// The kind of the fault that struck it.
    pub(crate) fault: Option<&'static str>,
    /// What was wrong, in plain English; never part of the provider's answer.
    pub(crate) doctor: Option<String>,
    /// The number of the message that it sent.
    pub(crate) message: Option<u64>,
}

/// What came of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Outcome {
    /// The provider did what it was asked, whatever became of its answer.
    Accepted,
    /// The provider said no.
    Refused,
    /// A fault kept the provider from looking at it.
    Unhandled,
}

impl Outcome {
    fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Unhandled => "unhandled",
        }
    }
}

/// How the provider answered.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Answered {
    /// Absent where nothing left.
    pub(crate) status: Option<u16>,
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
                outcome: Outcome::Refused,
                request: Map::new(),
                answer: Answered {
                    status: Some(404),
                    body: Map::new(),
                },
                fault: None,
                doctor: None,
                message: None,
            });
        }
        let ids: Vec<u64> = journal.newest_first().map(|entry| entry.id).collect();
        assert_eq!(ids.len(), CALLS_KEPT);
        assert_eq!((ids.first(), ids.last()), (Some(&1_002), Some(&3)));
    }
}
