//! `Callbacks` are the calls to the merchant, repeated until the answer is `OK`.

pub(crate) mod post;
mod response;

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

pub use self::response::{CallbackCause, CallbackResponse};
use crate::provider::Provider;
use crate::tenant::TenantId;

/// How many callbacks are kept.
const KEPT: usize = 1_000;

/// How many attempts of one callback are kept, more than any schedule has: it can be posted again
/// without end.
const ATTEMPTS_KEPT: usize = 100;

/// What the journal calls the operation of a callback.
pub(crate) const CALLBACK: &str = "callback";

/// The callbacks that are kept, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Callbacks {
    last_id: u64,
    by_id: BTreeMap<u64, Callback>,
}

impl Callbacks {
    /// Keeps a callback, which has not been posted yet, and tells its number.
    pub(crate) fn add(&mut self, new: NewCallback) -> u64 {
        self.put(self.last_id + 1, new, Vec::new());
        self.last_id
    }

    /// Keeps a callback of this number with what was answered to it, and none that waits.
    pub(crate) fn put(&mut self, id: u64, new: NewCallback, attempts: Vec<Attempt>) {
        let callback = Callback {
            id,
            new,
            attempts,
            is_under_way: false,
            next_at: None,
        };
        self.by_id.insert(id, callback);
        self.last_id = self.last_id.max(id);
        if self.by_id.len() > KEPT {
            self.by_id.pop_first();
        }
    }

    pub(crate) fn get(&self, id: u64) -> Option<&Callback> {
        self.by_id.get(&id)
    }

    pub(crate) fn get_mut(&mut self, id: u64) -> Option<&mut Callback> {
        self.by_id.get_mut(&id)
    }

    pub(crate) fn oldest_first(&self) -> impl DoubleEndedIterator<Item = &Callback> {
        self.by_id.values()
    }

    /// What is to be posted again, with when and whose clock says so.
    pub(crate) fn due(&self) -> impl Iterator<Item = (u64, Timestamp, &TenantId)> {
        let waiting = self.by_id.values().filter(|it| !it.is_under_way);
        waiting.filter_map(|it| Some((it.id, it.next_at?, &it.new.tenant)))
    }

    pub(crate) fn forget(&mut self, tenant: &TenantId) {
        self.by_id
            .retain(|_, callback| callback.new.tenant != *tenant);
    }

    /// Forgets every callback. Numbers go on where they were.
    pub(crate) fn clear(&mut self) {
        self.by_id.clear();
    }
}

/// A callback before it is posted.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct NewCallback {
    #[schema(value_type = String)]
    pub(crate) provider: Provider,
    #[schema(value_type = String)]
    pub(crate) tenant: TenantId,
    /// What it is about, such as the number of an order.
    pub(crate) reference: String,
    pub(crate) url: String,
    /// The form that is posted.
    #[serde(skip)]
    #[schema(ignore)]
    pub(crate) form: String,
    /// What the journal keeps of it.
    #[serde(skip)]
    #[schema(ignore)]
    pub(crate) shown: Map<String, Value>,
    /// How long it waits before each repetition.
    #[serde(skip)]
    #[schema(ignore)]
    pub(crate) schedule: &'static [Duration],
}

/// A callback, and what was answered to it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Callback {
    id: u64,
    #[serde(flatten)]
    pub(crate) new: NewCallback,
    attempts: Vec<Attempt>,
    #[serde(skip)]
    #[schema(ignore)]
    is_under_way: bool,
    /// When it is posted again, on the tenant's virtual clock.
    next_at: Option<Timestamp>,
}

/// One time that it was posted.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Attempt {
    pub(crate) at: Timestamp,
    pub(crate) answer: CallbackResponse,
}

impl Callback {
    /// Begins to post it, unless that is under way already.
    pub(crate) fn begin(&mut self) -> Option<(String, String)> {
        if self.is_under_way {
            return None;
        }
        self.is_under_way = true;
        Some((self.new.url.clone(), self.new.form.clone()))
    }

    /// Writes down what was answered, and when it is posted next if that was not `OK`.
    pub(crate) fn answered(&mut self, answer: CallbackResponse, now: Timestamp) {
        self.is_under_way = false;
        let pause = self.new.schedule.get(self.attempts.len());
        let pause = pause.and_then(|pause| SignedDuration::try_from(*pause).ok());
        let is_over = answer.is_accepted() || self.was_accepted();
        self.next_at = pause
            .filter(|_| !is_over)
            .and_then(|pause| now.checked_add(pause).ok());
        if self.attempts.len() >= ATTEMPTS_KEPT {
            self.attempts.remove(0);
        }
        self.attempts.push(Attempt { at: now, answer });
    }

    /// What was answered last.
    pub(crate) fn last_answer(&self) -> Option<&CallbackResponse> {
        self.attempts.last().map(|attempt| &attempt.answer)
    }

    fn was_accepted(&self) -> bool {
        let mut attempts = self.attempts.iter();
        attempts.any(|attempt| attempt.answer.is_accepted())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn a_callback_is_due_until_ok_or_until_the_schedule_ends() {
        let mut callbacks = Callbacks::default();
        let provider = Provider::new("paytr");
        let id = callbacks.add(NewCallback {
            provider,
            tenant: TenantId::of(provider, "100001"),
            reference: "PT1".to_owned(),
            url: "http://127.0.0.1/".to_owned(),
            form: String::new(),
            shown: Map::new(),
            schedule: &[MINUTE, MINUTE],
        });
        let late = || CallbackResponse::read(503, b"");
        let now = Timestamp::UNIX_EPOCH;
        let callback = callbacks.get_mut(id).expect("one");
        assert!(callback.begin().is_some() && callback.begin().is_none());
        callback.answered(late(), now);
        assert_eq!(callback.next_at, Timestamp::from_second(60).ok());
        assert_eq!(callbacks.due().count(), 1);
        let callback = callbacks.get_mut(id).expect("one");
        callback.answered(late(), now);
        callback.answered(late(), now);
        assert_eq!(callback.next_at, None, "the schedule ended");
        callback.answered(CallbackResponse::read(200, b"OK"), now);
        callback.answered(late(), now);
        assert_eq!(callback.next_at, None, "it was accepted before");
        assert_eq!(callback.attempts.len(), 5);
        for _ in 0..ATTEMPTS_KEPT {
            callback.answered(late(), now);
        }
        assert_eq!(callback.attempts.len(), ATTEMPTS_KEPT);
        assert_eq!(callback.next_at, None, "the schedule is still over");
    }
}
