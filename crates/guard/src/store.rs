//! A store keeps slots and counts: the trait of a store, and the types of its questions.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use onay_core::async_trait;

use crate::{Key, Limit, StoreError};

/// What a store decides before a message may go out.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Request<'a> {
    /// What must not happen twice.
    pub slot: Key,
    /// The number under which the slot is taken.
    pub reservation: Reservation,
    /// How long the slot stays taken if it is never [settled](Store::settle): longer than a call can
    /// take, and the wait after it.
    pub hold: Duration,
    /// The recipient and the caller whose messages are counted, and their limits.
    pub counters: &'a [Counter<'a>],
}

impl<'a> Request<'a> {
    /// Asks for this slot under this number.
    pub fn new(slot: Key, reservation: Reservation, hold: Duration) -> Self {
        Self {
            slot,
            reservation,
            hold,
            counters: &[],
        }
    }

    /// Counts the message too.
    #[must_use]
    pub fn with_counters(mut self, counters: &'a [Counter<'a>]) -> Self {
        self.counters = counters;
        self
    }
}

/// A recipient or a caller whose messages are counted.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Counter<'a> {
    /// The recipient or the caller.
    pub key: Key,
    /// How many messages in how long a time. All of the limits hold.
    pub limits: &'a [Limit],
}

impl<'a> Counter<'a> {
    /// Counts messages of `key` against these limits.
    pub fn new(key: Key, limits: &'a [Limit]) -> Self {
        Self { key, limits }
    }
}

/// What a store decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Decision {
    /// The slot was free and every window had room: the slot is taken now and the message counted.
    Reserved,
    /// The slot is taken by another reservation. Nothing was changed.
    Held {
        /// Until it is free.
        retry_after: Duration,
    },
    /// A window is full. Nothing was changed.
    Full {
        /// Until every window has room.
        retry_after: Duration,
    },
}

/// The number under which a slot is taken. The guard draws a new one at random for each message, so
/// a settlement that comes late cannot touch a slot that another message has taken since.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reservation(u128);

impl Reservation {
    /// A reservation under this number, for the tests of a store.
    pub const fn new(number: u128) -> Self {
        Self(number)
    }

    /// The number.
    pub const fn number(self) -> u128 {
        self.0
    }

    /// Draws a number: 128 bits of the operating system's own randomness. Two reservations of one
    /// number on two machines would be a second message, so nothing weaker will do.
    pub(crate) fn draw() -> Result<Self, StoreError> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(StoreError::unavailable)?;
        Ok(Self(u128::from_ne_bytes(bytes)))
    }
}

/// What became of a reservation.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Settlement<'a> {
    /// The slot that was taken.
    pub slot: Key,
    /// The number under which it was taken.
    pub reservation: Reservation,
    /// How long the slot stays taken from now on. Zero frees it.
    pub wait: Duration,
    /// Another slot to take for as long, if it is free: the session goes on under that key.
    pub next: Option<Key>,
    /// Counters from which the message is taken back, because it did not go out. No key is listed
    /// twice.
    pub uncount: &'a [Key],
}

impl<'a> Settlement<'a> {
    /// Keeps the slot for this long; zero frees it.
    pub fn new(slot: Key, reservation: Reservation, wait: Duration) -> Self {
        Self {
            slot,
            reservation,
            wait,
            next: None,
            uncount: &[],
        }
    }

    /// Takes another slot too.
    #[must_use]
    pub fn with_next(mut self, next: Option<Key>) -> Self {
        self.next = next;
        self
    }

    /// Takes the message back from these counters, each listed once.
    #[must_use]
    pub fn with_uncount(mut self, keys: &'a [Key]) -> Self {
        self.uncount = keys;
        self
    }
}

/// The longest that a slot is held by a payment that is not dealt with: a lease, or a store that lost
/// data and lets nothing through for a while (`RedisStoreBuilder::hold_after_loss`).
pub(crate) const LONGEST_HOLD: Duration = Duration::from_secs(24 * 60 * 60);

/// Keeps slots and counts.
///
/// # Contract
///
/// - [`reserve`](Self::reserve) is one atomic decision. Of any number of reservations at the same
///   moment one gets the slot.
/// - To reserve again under the same number, while the slot is still its own, is as good as once: it
///   is [`Reserved`](Decision::Reserved), and counted once.
/// - Time is the store's own, in both calls. A caller's clock is never asked.
/// - [`settle`](Self::settle) changes a slot that is still this reservation's, or that is free: a
///   message may have gone out, so it takes the slot again where the hold has run out or the store
///   has forgotten it. It never frees, shortens or stretches a slot of another reservation.
/// - [`settle`](Self::settle) is idempotent; the guard repeats it after an error, later too.
/// - A slot that no settlement holds is never said to be held for more than a day: a
///   [`PaymentBook`](crate::PaymentBook) tells by it what is done.
///
/// `onay_guard::store_conformance`, under the feature `testing`, examines a store.
///
/// ```
/// use std::time::Duration;
/// use onay_guard::{
///     Decision, Key, MemoryStore, Request, Reservation, Settlement, Store, StoreError,
/// };
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), StoreError> {
/// let store: &dyn Store = &MemoryStore::new();
/// let slot = Key::new([7; 16]);
/// let hold = Duration::from_secs(120);
/// let (first, second) = (Reservation::new(1), Reservation::new(2));
/// assert_eq!(store.reserve(&Request::new(slot, first, hold)).await?, Decision::Reserved);
/// let held = store.reserve(&Request::new(slot, second, hold)).await?;
/// assert!(matches!(held, Decision::Held { .. }));
/// store.settle(&Settlement::new(slot, first, Duration::ZERO)).await?;
/// assert_eq!(store.reserve(&Request::new(slot, second, hold)).await?, Decision::Reserved);
/// # Ok(())
/// # }
/// ```
#[async_trait]
pub trait Store: Send + Sync + fmt::Debug {
    /// Takes the slot and counts the message, or says how long to wait.
    ///
    /// # Errors
    ///
    /// Nothing could be decided, or the decision is not known. A reservation that is not known is
    /// taken back by the guard: it is settled with a wait of zero as soon as the store answers again.
    async fn reserve(&self, request: &Request<'_>) -> Result<Decision, StoreError>;

    /// Says what became of a reservation.
    ///
    /// # Errors
    ///
    /// It could not be written down, or that is not known. The guard says it again; until then the
    /// slot stays taken, and its hold runs out by itself.
    async fn settle(&self, settlement: &Settlement<'_>) -> Result<(), StoreError>;
}

#[async_trait]
impl<T: Store + ?Sized> Store for Arc<T> {
    async fn reserve(&self, request: &Request<'_>) -> Result<Decision, StoreError> {
        (**self).reserve(request).await
    }

    async fn settle(&self, settlement: &Settlement<'_>) -> Result<(), StoreError> {
        (**self).settle(settlement).await
    }
}
