//! `Rules` ask the store before a message and tell it the outcome after it.

use std::fmt;
use std::time::{Duration, Instant};

use onay_core::{Dispatch, Error, ErrorKind, Operation, Reason, Wait};

use crate::key::{Keyring, Target};
use crate::owed::{Owed, Queue};
use crate::verified_share::Counts;
use crate::{
    Counter, Decision, FailMode, Key, Limit, Request, Reservation, Settlement, Store, StoreError,
    now, trace,
};

/// After a plain no. Nothing went out, so the customer may soon try again; a bot may not hammer.
const PAUSE_AFTER_REFUSAL: Duration = Duration::from_secs(5);

/// The longest hold that a wait by the local clock brings: the clock may be wrong.
const LONGEST_BY_LOCAL_CLOCK: Duration = Duration::from_secs(600);

/// So many settlements that were owed are said after one message.
const OWED_AT_ONCE: usize = 4;

const HELD: Reason = Reason::new(
    "guard_held",
    "a message went to this recipient, or may have: the guard waits",
    "bu alıcıya bir mesaj gitti ya da gitmiş olabilir: koruma bekletiyor",
);
const LIMIT: Reason = Reason::new(
    "guard_limit",
    "this recipient, its number range or this caller had as many messages as the guard lets through",
    "bu alıcıya, numara aralığına ya da bu istemciye korumanın izin verdiği kadar mesaj gitti",
);
const NOT_ASKED: Reason = Reason::new(
    "guard_store_not_asked",
    "the guard's store could not be asked, so nothing was sent",
    "korumanın deposundan yanıt alınamadı, bu yüzden hiçbir şey gönderilmedi",
);

/// What a guard was told: see [`GuardedBuilder`](crate::GuardedBuilder).
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) scope: String,
    pub(crate) minimum_wait: Duration,
    pub(crate) unsure_wait: Duration,
    pub(crate) longest_call: Duration,
    pub(crate) limits: Vec<Limit>,
    pub(crate) range_limits: Vec<Limit>,
    pub(crate) caller_limits: Vec<Limit>,
    pub(crate) fail_mode: FailMode,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            scope: String::new(),
            // Customers press "resend" after 30 to 45 seconds; a message that is late still comes.
            minimum_wait: Duration::from_secs(60),
            // Paynet's own: the longest wait that a provider here is known to name.
            unsure_wait: Duration::from_secs(180),
            longest_call: Duration::from_secs(60),
            limits: Vec::new(),
            range_limits: Vec::new(),
            caller_limits: Vec::new(),
            fail_mode: FailMode::default(),
        }
    }
}

/// The settings of a guard, its store, and what it counts and owes.
pub(crate) struct Rules<S> {
    pub(crate) store: S,
    pub(crate) keyring: Keyring,
    pub(crate) settings: Settings,
    pub(crate) owed: Queue,
    pub(crate) counts: Counts,
}

/// One message that a guard is asked for.
#[derive(Clone, Copy)]
pub(crate) struct Ask<'a> {
    pub(crate) target: Target,
    pub(crate) caller: Option<&'a str>,
    pub(crate) operation: Option<Operation>,
}

/// A message that may go out now.
pub(crate) struct Permit {
    target: Target,
    caller: Option<Key>,
    /// None where the store is unavailable and the message goes out all the same.
    reservation: Option<Reservation>,
    asked: Instant,
}

/// How a call ended, as far as a guard needs to know.
#[derive(Clone, Copy)]
pub(crate) enum Ending {
    /// A yes, with the provider's wait until the next message.
    Sent(Option<Wait>),
    /// An error, with its wait.
    Failed(Dispatch, Option<Wait>),
}

impl<S: Store> Rules<S> {
    /// Asks the store whether the message may go out.
    pub(crate) async fn before(&self, ask: Ask<'_>) -> Result<Permit, Error> {
        let target = ask.target;
        let caller = ask.caller.map(|caller| self.keyring.caller(caller));
        let permit = Permit {
            target,
            caller,
            reservation: None,
            asked: now(),
        };
        let reservation = match Reservation::draw() {
            Ok(reservation) => reservation,
            Err(error) => return self.without_store(ask, permit, error),
        };
        // Reservations of this recipient whose answers were lost are taken back before anything else.
        while let Some(owed) = self.owed.take(target.slot) {
            if self.say(owed, owed.left()).await.is_err() {
                // The store may still be unavailable: the reservation that follows says so.
                break;
            }
        }
        let settings = &self.settings;
        let mut counters = [Counter::new(target.recipient, &settings.limits); 3];
        let mut count = 1;
        let others = [
            (target.range, &settings.range_limits),
            (caller, &settings.caller_limits),
        ];
        for (key, limits) in others {
            if let (Some(key), Some(place)) = (key, counters.get_mut(count)) {
                *place = Counter::new(key, limits);
                count += 1;
            }
        }
        let counters = counters.get(..count).unwrap_or_default();
        let request = Request::new(target.slot, reservation, self.hold()).with_counters(counters);
        let taken_back = self.owed.open(Owed {
            slot: target.slot,
            reservation,
            wait: Duration::ZERO,
            since: permit.asked,
            next: None,
            uncount: [Some(target.recipient), target.range, caller],
        });
        let (kind, retry_after, reason) = match self.store.reserve(&request).await {
            Ok(Decision::Reserved) => {
                taken_back.close();
                trace::allowed(&settings.scope);
                return Ok(Permit {
                    reservation: Some(reservation),
                    ..permit
                });
            }
            Ok(Decision::Held { retry_after }) => {
                trace::held(&settings.scope, retry_after);
                (ErrorKind::TooSoon, retry_after, HELD)
            }
            Ok(Decision::Full { retry_after }) => {
                trace::limit(&settings.scope, retry_after);
                (ErrorKind::LimitReached, retry_after, LIMIT)
            }
            Err(error) => {
                if error.is_unavailable() {
                    taken_back.close();
                }
                return self.without_store(ask, permit, error);
            }
        };
        taken_back.close();
        let wait = Wait::new(now(), retry_after);
        self.say_owed().await;
        let error = Error::new(kind)
            .with_dispatch(Dispatch::NotSent)
            .with_wait(wait)
            .with_reason(reason);
        Err(of_operation(error, ask))
    }

    /// Tells the store how the call ended, and says for how long the recipient is held from now on.
    /// `next` is the slot under which the session goes on.
    pub(crate) async fn after(
        &self,
        permit: Permit,
        ending: Ending,
        next: Option<Key>,
    ) -> Option<Duration> {
        let minimum_wait = self.settings.minimum_wait;
        let target = permit.target;
        let counted = [Some(target.recipient), target.range, permit.caller];
        // No message: the recipient is not charged for it. A caller that made the provider say no is.
        let (wait, uncount) = match ending {
            Ending::Sent(wait) => (minimum_wait.max(self.length(wait)), [None; 3]),
            Ending::Failed(Dispatch::NotSent, _) => (Duration::ZERO, counted),
            Ending::Failed(Dispatch::Refused, wait) => {
                let pause = PAUSE_AFTER_REFUSAL.min(minimum_wait);
                let [recipient, range, _] = counted;
                (self.length(wait).max(pause), [recipient, range, None])
            }
            // It is not known, and that includes any dispatch that core learns later.
            Ending::Failed(_, wait) => (self.unsure_wait().max(self.length(wait)), [None; 3]),
        };
        if permit.reservation.is_some() && uncount == [None; 3] {
            self.counts.sent(&self.settings.scope);
        }
        let owed = Owed {
            slot: target.slot,
            reservation: permit.reservation?,
            wait,
            since: now(),
            next: next.filter(|next| *next != target.slot),
            uncount,
        };
        if self.say(owed, wait).await.is_ok() {
            self.say_owed().await;
            return Some(wait);
        }
        // The provider's answer counts; the slot stays taken until its hold runs out.
        let hold = self.hold().saturating_sub(now() - permit.asked);
        Some(hold.max(wait))
    }

    /// What stays taken when the store hears nothing after a reservation. Counted from before the
    /// call, it covers the longest call and the minimum wait after it.
    fn hold(&self) -> Duration {
        let settings = &self.settings;
        let call = settings.longest_call.saturating_add(settings.minimum_wait);
        settings.unsure_wait.max(call)
    }

    /// How long a provider's wait lasts from now. A wait of nothing comes from a wrong clock: it counts
    /// as none. Where the clock may be wrong, so may every other: no less than the minimum wait holds.
    fn length(&self, wait: Option<Wait>) -> Duration {
        let Some(wait) = wait else {
            return Duration::ZERO;
        };
        let left = wait.remaining(now());
        if wait.is_by_local_clock() {
            left.min(LONGEST_BY_LOCAL_CLOCK)
                .max(self.settings.minimum_wait)
        } else {
            left
        }
    }

    fn unsure_wait(&self) -> Duration {
        self.settings.unsure_wait.max(self.settings.minimum_wait)
    }

    /// A store that cannot be asked: the message goes out where the guard was told to fail open.
    fn without_store(
        &self,
        ask: Ask<'_>,
        permit: Permit,
        error: StoreError,
    ) -> Result<Permit, Error> {
        // An answer that was lost may have been a no: that is never sent on.
        let is_sent = self.settings.fail_mode == FailMode::Open && error.is_unavailable();
        trace::store_failed(&self.settings.scope, "reserve", is_sent, &error);
        if is_sent {
            return Ok(permit);
        }
        Err(of_operation(not_asked(error), ask))
    }

    /// Says what the store has not heard of other recipients, now that it answers.
    async fn say_owed(&self) {
        for _ in 0..OWED_AT_ONCE {
            let Some(owed) = self.owed.oldest(self.hold()) else {
                return;
            };
            if self.say(owed, owed.left()).await.is_err() {
                return;
            }
        }
    }

    /// Settles. What the store does not hear is kept, and said again when it answers.
    async fn say(&self, owed: Owed, wait: Duration) -> Result<(), ()> {
        let uncount: Vec<Key> = owed.uncount.into_iter().flatten().collect();
        let settlement = Settlement::new(owed.slot, owed.reservation, wait)
            .with_next(owed.next)
            .with_uncount(&uncount);
        let open = self.owed.open(owed);
        let mut written = self.store.settle(&settlement).await;
        if written.is_err() {
            // To say it twice changes nothing, and a connection that broke may be back.
            written = self.store.settle(&settlement).await;
        }
        match written {
            Ok(()) => {
                open.close();
                Ok(())
            }
            Err(error) => {
                trace::store_failed(&self.settings.scope, "settle", false, &error);
                Err(())
            }
        }
    }
}

impl<S> Rules<S> {
    /// A question that the store did not answer.
    pub(crate) fn not_asked(&self, step: &'static str, error: StoreError) -> Error {
        trace::store_failed(&self.settings.scope, step, false, &error);
        not_asked(error)
    }
}

impl<S: fmt::Debug> fmt::Debug for Rules<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rules")
            .field("store", &self.store)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

fn not_asked(error: StoreError) -> Error {
    Error::new(ErrorKind::Unreachable)
        .with_reason(NOT_ASKED)
        .with_source(error)
}

fn of_operation(error: Error, ask: Ask<'_>) -> Error {
    match ask.operation {
        Some(operation) => error.with_operation(operation),
        None => error,
    }
}
