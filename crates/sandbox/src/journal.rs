//! `Journal` keeps the provider calls that came: masked, with their answers and what was wrong.

use std::collections::VecDeque;
use std::time::SystemTime;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

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
    /// Records a call, and traces it.
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
        self.put(self.last_id + 1, call);
        self.entries.back()
    }

    /// Keeps a call under this number, which is greater than those of the calls that are there.
    pub(crate) fn put(&mut self, id: u64, call: Call) {
        self.last_id = self.last_id.max(id);
        self.entries.push_back(Entry { id, call });
        if self.entries.len() > CALLS_KEPT {
            self.entries.pop_front();
        }
    }

    pub(crate) fn oldest_first(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
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

/// A call that was made: by a client to a provider, or by a provider to the merchant.
///
/// Serialises as the test API writes it. Holds no key, no code and no full number.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Entry {
    id: u64,
    #[serde(flatten)]
    call: Call,
}

impl Entry {
    /// Its number in this sandbox: a newer call has a greater one.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// When it was decided, on the tenant's virtual clock.
    pub fn at(&self) -> SystemTime {
        self.call.at.into()
    }

    /// Who was called, or called back.
    pub fn provider(&self) -> Provider {
        self.call.provider
    }

    /// Whose credentials it brought; absent where they were refused.
    pub fn tenant(&self) -> Option<&str> {
        self.call.tenant.as_ref().map(TenantId::name)
    }

    /// The operation by its name on the wire, `callback` for a call to the merchant; absent where the
    /// path names none.
    pub fn operation(&self) -> Option<&str> {
        self.call.operation
    }

    /// The methods of the traits that the operation serves: `send_otp`.
    pub fn serves(&self) -> &[&'static str] {
        self.call.serves
    }

    /// What came of it.
    pub fn outcome(&self) -> Outcome {
        self.call.outcome
    }

    /// The HTTP status that was answered; absent where nothing was.
    pub fn status(&self) -> Option<u16> {
        self.call.answer.status
    }

    /// The kind of the fault that struck it.
    pub fn fault(&self) -> Option<&str> {
        self.call.fault
    }

    /// What was wrong and how to mend it, in plain English.
    pub fn doctor(&self) -> Option<&str> {
        self.call.doctor.as_deref()
    }

    /// The number of the message that it sent.
    pub fn message(&self) -> Option<u64> {
        self.call.message
    }

    /// The number of the callback, by which it is sent again.
    pub fn callback(&self) -> Option<u64> {
        self.call.callback
    }

    pub(crate) fn call(&self) -> &Call {
        &self.call
    }
}

/// One call to a provider. Holds no key, no code and no full number.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Call {
    pub(crate) at: Timestamp,
    #[schema(value_type = String)]
    pub(crate) provider: Provider,
    /// Absent where the credentials were refused.
    #[schema(value_type = Option<String>)]
    pub(crate) tenant: Option<TenantId>,
    /// Absent where the path names no operation.
    pub(crate) operation: Option<&'static str>,
    /// The methods of the traits that it serves.
    #[schema(value_type = Vec<String>)]
    pub(crate) serves: &'static [&'static str],
    pub(crate) outcome: Outcome,
    /// The known fields of the body, masked.
    #[schema(value_type = Object)]
    pub(crate) request: Map<String, Value>,
    pub(crate) answer: Answered,
    /// The kind of the fault that struck it.
    pub(crate) fault: Option<&'static str>,
    /// What was wrong, in plain English; never part of the provider's answer.
    pub(crate) doctor: Option<String>,
    /// The number of the message that it sent.
    pub(crate) message: Option<u64>,
    /// The number of the callback, where the call went to the merchant.
    pub(crate) callback: Option<u64>,
}

impl Call {
    /// A call of which nothing else is known.
    pub(crate) fn new(at: Timestamp, provider: Provider, outcome: Outcome) -> Self {
        Self {
            at,
            provider,
            tenant: None,
            operation: None,
            serves: &[],
            outcome,
            request: Map::new(),
            answer: Answered {
                status: None,
                body: Map::new(),
            },
            fault: None,
            doctor: None,
            message: None,
            callback: None,
        }
    }
}

/// What came of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Outcome {
    /// The provider did what it was asked, even if its answer was lost.
    Accepted,
    /// The provider said no.
    Refused,
    /// A fault kept the provider from looking at it.
    Unhandled,
}

impl Outcome {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Unhandled => "unhandled",
        }
    }
}

/// How the provider answered.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct Answered {
    /// Absent where nothing left.
    pub(crate) status: Option<u16>,
    #[schema(value_type = Object)]
    pub(crate) body: Map<String, Value>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_call_is_dropped() {
        let mut journal = Journal::default();
        for _ in 0..CALLS_KEPT + 2 {
            let provider = Provider::new("paynet");
            journal.record(Call::new(Timestamp::UNIX_EPOCH, provider, Outcome::Refused));
        }
        let ids: Vec<u64> = journal.newest_first().map(|entry| entry.id).collect();
        assert_eq!(ids.len(), CALLS_KEPT);
        assert_eq!((ids.first(), ids.last()), (Some(&1_002), Some(&3)));
    }
}
