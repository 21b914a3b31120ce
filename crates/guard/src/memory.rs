//! A store in memory serves one process.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use onay_core::async_trait;

// Not std's by name: the tests put loom's in its place.
use crate::sync::Mutex;
use crate::{
    Counter, Decision, Exchange, Key, Record, RecordStore, Request, Reservation, Settlement, Store,
    StoreError,
};

const CAPACITY: usize = 1_000_000;
/// Below this many entries nothing is looked through.
const FEW: usize = 1024;
/// Entries leave at the latest this long after their time, if the store is asked at all.
const SWEEP: Duration = Duration::from_secs(600);
/// A full store looks for room this often.
const FULL: Duration = Duration::from_secs(1);

/// A store in memory, for one process. Clones are the same store.
///
/// It reserves at most a million slots, and keeps as many counters and records, unless
/// [told otherwise](Self::with_capacity); where a provider renews its session, a message can take two
/// slots. A slot is kept while it holds a message back, so minutes (31 days in a
/// [`PaymentBook`](crate::PaymentBook)); a counter for the window of its limit, so a day perhaps.
/// Where it is full:
///
/// - **of slots that hold**, new recipients are refused, because to forget a slot would mean a second
///   message. With a wait of a minute that takes more than 16,000 new recipients in each second.
/// - **of counters**, those with the most room left are forgotten first: their recipients may get
///   more messages in a window than the limit says, never a second one within the wait. Counters that
///   have reached a limit are kept; where all have, new recipients are refused.
///
/// Everything is forgotten when the process ends. Where that matters, or where there is a second
/// process, use Redis (feature `redis`).
///
/// ```
/// use onay_guard::MemoryStore;
///
/// let store = MemoryStore::new().with_capacity(10_000);
/// ```
#[derive(Clone)]
pub struct MemoryStore {
    ledger: Arc<Mutex<Ledger>>,
    clock: Arc<dyn Fn() -> Duration + Send + Sync>,
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        let start = Instant::now();
        Self::with_clock(move || start.elapsed())
    }

    /// An empty store with a clock of its own, for tests: the time since any start. Where it goes
    /// back, time stands still until it is where it was.
    pub fn with_clock(clock: impl Fn() -> Duration + Send + Sync + 'static) -> Self {
        Self {
            ledger: Arc::new(Mutex::new(Ledger::new(CAPACITY))),
            clock: Arc::new(clock),
        }
    }

    /// The same clock and an empty store for so many slots, counters and records: at least one of each,
    /// or nothing could be sent.
    #[must_use]
    pub fn with_capacity(self, entries: usize) -> Self {
        Self {
            ledger: Arc::new(Mutex::new(Ledger::new(entries.max(1)))),
            ..self
        }
    }

    /// One decision: no other comes between.
    fn decide<T>(&self, decide: impl FnOnce(&mut Ledger) -> T) -> T {
        let mut ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        // Read under the lock: else a later time could be followed by an earlier one.
        ledger.now = ledger.now.max((self.clock)());
        decide(&mut ledger)
    }
}

impl Default for MemoryStore {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryStore").finish_non_exhaustive()
    }
}

#[async_trait]
impl Store for MemoryStore {
    async fn reserve(&self, request: &Request<'_>) -> Result<Decision, StoreError> {
        self.decide(|ledger| ledger.reserve(request))
    }

    async fn settle(&self, settlement: &Settlement<'_>) -> Result<(), StoreError> {
        self.decide(|ledger| ledger.settle(settlement));
        Ok(())
    }
}

#[async_trait]
impl RecordStore for MemoryStore {
    async fn exchange(&self, exchange: &Exchange<'_>) -> Result<Option<Record>, StoreError> {
        self.decide(|ledger| ledger.exchange(exchange))
    }
}

/// Slots, counts and records, and the rules of all three. It knows no clock and no lock.
struct Ledger {
    now: Duration,
    capacity: usize,
    slots: HashMap<Key, Slot>,
    counts: HashMap<Key, Count>,
    records: HashMap<Key, (Duration, String)>,
    /// How many entries, and what time, make a sweep due: its work is spread over the calls between.
    sweep_at: usize,
    sweep_after: Duration,
    full_after: Duration,
}

struct Slot {
    until: Duration,
    reservation: Reservation,
}

/// The messages that count, oldest first, for as long as the longest window.
#[derive(Default)]
struct Count {
    sent: VecDeque<(Duration, Reservation)>,
    longest: Duration,
    /// How many more the strictest limit had room for when the newest was added.
    room: usize,
}

impl Ledger {
    fn new(capacity: usize) -> Self {
        Self {
            now: Duration::ZERO,
            capacity,
            slots: HashMap::new(),
            counts: HashMap::new(),
            records: HashMap::new(),
            sweep_at: FEW,
            sweep_after: SWEEP,
            full_after: Duration::ZERO,
        }
    }

    fn reserve(&mut self, request: &Request<'_>) -> Result<Decision, StoreError> {
        let now = self.now;
        let until = now.saturating_add(request.hold);
        let reservation = request.reservation;
        if let Some(slot) = self.slots.get_mut(&request.slot) {
            let retry_after = slot.until.saturating_sub(now);
            if !retry_after.is_zero() && slot.reservation == reservation {
                slot.until = slot.until.max(until);
                return Ok(Decision::Reserved);
            }
            if !retry_after.is_zero() {
                return Ok(Decision::Held { retry_after });
            }
        }
        let counters = request.counters.iter();
        let waits =
            counters.filter_map(|counter| self.counts.get(&counter.key)?.wait(counter, now));
        if let Some(retry_after) = waits.max() {
            return Ok(Decision::Full { retry_after });
        }
        self.sweep_if_due(request);
        if !self.has_room(request) {
            return Err(StoreError::indeterminate("the store in memory is full"));
        }
        self.slots.insert(request.slot, Slot { until, reservation });
        let counters = request.counters.iter();
        for counter in counters.filter(|counter| !counter.limits.is_empty()) {
            let count = self.counts.entry(counter.key).or_default();
            count.add(counter, now, reservation);
        }
        Ok(Decision::Reserved)
    }

    fn settle(&mut self, settlement: &Settlement<'_>) {
        let now = self.now;
        let reservation = settlement.reservation;
        let until = now.saturating_add(settlement.wait);
        let is_ours = |slot: &Slot| slot.reservation == reservation || slot.until <= now;
        let is_free = settlement.wait.is_zero();
        let next = settlement.next.filter(|_| !is_free);
        for key in [Some(settlement.slot), next].into_iter().flatten() {
            if self.slots.get(&key).is_none_or(is_ours) {
                if is_free {
                    self.slots.remove(&key);
                } else {
                    self.slots.insert(key, Slot { until, reservation });
                }
            }
        }
        for key in settlement.uncount {
            if let Some(count) = self.counts.get_mut(key) {
                count.remove(reservation);
            }
        }
    }

    fn exchange(&mut self, exchange: &Exchange<'_>) -> Result<Option<Record>, StoreError> {
        let now = self.now;
        let kept = self.records.get(&exchange.key);
        let before = kept.and_then(|(until, text)| {
            let remaining = until.saturating_sub(now);
            (!remaining.is_zero()).then(|| Record::new(text, remaining))
        });
        if before.as_ref().map(|record| record.text.as_str()) != exchange.expected {
            return Ok(before);
        }
        if exchange.text.is_empty() {
            self.records.remove(&exchange.key);
            return Ok(before);
        }
        let is_full = before.is_none() && self.records.len() >= self.capacity;
        if is_full && now >= self.full_after {
            self.records.retain(|_, (until, _)| *until > now);
            self.full_after = now.saturating_add(FULL);
        }
        if self.records.len() >= self.capacity && before.is_none() {
            return Err(StoreError::unavailable("the store in memory is full"));
        }
        let kept = (now.saturating_add(exchange.keep), exchange.text.to_owned());
        self.records.insert(exchange.key, kept);
        Ok(before)
    }

    /// Whether what this request adds fits, or nothing new has to be kept for it.
    fn has_room(&self, request: &Request<'_>) -> bool {
        let has_slot = self.slots.len() < self.capacity || self.slots.contains_key(&request.slot);
        has_slot && (self.counts.len() < self.capacity || self.counts_all_of(request))
    }

    fn counts_all_of(&self, request: &Request<'_>) -> bool {
        let mut counters = request.counters.iter();
        counters.all(|counter| counter.limits.is_empty() || self.counts.contains_key(&counter.key))
    }

    fn sweep_if_due(&mut self, request: &Request<'_>) {
        let most = self.slots.len().max(self.counts.len());
        let now = self.now;
        // A flood of new recipients must not have everything looked through at every call.
        let is_full = !self.has_room(request) && now >= self.full_after;
        if most >= self.sweep_at || now >= self.sweep_after || is_full {
            self.slots.retain(|_, slot| slot.until > now);
            self.counts.retain(|_, count| count.lasts(now));
            self.records.retain(|_, (until, _)| *until > now);
            let left = self.slots.len().max(self.counts.len());
            self.sweep_at = left.saturating_mul(2).max(FEW);
            self.sweep_after = now.saturating_add(SWEEP);
            self.full_after = now.saturating_add(FULL);
        }
        if self.counts.len() >= self.capacity && !self.counts_all_of(request) {
            self.forget_counts();
        }
    }

    /// Forgets an eighth of the counters: those with the most room left, and of these the oldest.
    fn forget_counts(&mut self) {
        let mut rooms: Vec<_> = self
            .counts
            .iter()
            .filter(|(_, count)| count.room > 0)
            .map(|(key, count)| (usize::MAX - count.room, count.newest(), *key))
            .collect();
        let some = (self.capacity / 8).max(1).min(rooms.len());
        if some < rooms.len() {
            rooms.select_nth_unstable(some);
        }
        for (_, _, key) in rooms.iter().take(some) {
            self.counts.remove(key);
        }
    }
}

impl Count {
    /// Until every window has room; `None` where all have.
    fn wait(&self, counter: &Counter<'_>, now: Duration) -> Option<Duration> {
        let waits = counter.limits.iter().filter_map(|limit| {
            // A window is full as long as it holds the newest so many.
            let count = usize::try_from(limit.count()).ok()?;
            let oldest = self.sent.len().checked_sub(count)?;
            let (sent, _) = self.sent.get(oldest)?;
            let wait = sent.saturating_add(limit.window()).saturating_sub(now);
            (!wait.is_zero()).then_some(wait)
        });
        waits.max()
    }

    fn add(&mut self, counter: &Counter<'_>, now: Duration, reservation: Reservation) {
        let windows = counter.limits.iter().map(crate::Limit::window);
        self.longest = windows.max().unwrap_or_default();
        // Time never goes back, so the oldest are in front.
        let longest = self.longest;
        while let Some((sent, _)) = self.sent.front() {
            if sent.saturating_add(longest) > now {
                break;
            }
            self.sent.pop_front();
        }
        self.sent.push_back((now, reservation));
        let rooms = counter.limits.iter().map(|limit| {
            let sent = self.sent.iter().rev();
            let used = sent.take_while(|(sent, _)| sent.saturating_add(limit.window()) > now);
            let count = usize::try_from(limit.count()).unwrap_or(usize::MAX);
            count.saturating_sub(used.count())
        });
        self.room = rooms.min().unwrap_or_default();
    }

    /// Takes a message back. It is one of the newest, mostly.
    fn remove(&mut self, reservation: Reservation) {
        let mut newest = self.sent.iter().rev();
        if let Some(back) = newest.position(|(_, counted)| *counted == reservation) {
            self.sent.remove(self.sent.len() - 1 - back);
            self.room += 1;
        }
    }

    fn newest(&self) -> Duration {
        self.sent.back().map(|(sent, _)| *sent).unwrap_or_default()
    }

    fn lasts(&self, now: Duration) -> bool {
        !self.sent.is_empty() && self.newest().saturating_add(self.longest) > now
    }
}
