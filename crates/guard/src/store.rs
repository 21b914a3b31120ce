//! Where slots and counts are kept: the trait of a store, and the words it speaks.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use onay_core::async_trait;

use crate::{Key, Limit};

/// What is to be decided before a message may go out.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Request<'a> {
    /// What must not happen twice.
    pub slot: Key,
    /// How long the slot stays taken if nobody ever [settles](GuardStore::settle) it: longer than a
    /// call can take, and the wait after it.
    pub hold: Duration,
    /// Who is counted, and how many messages each may have.
    pub counters: &'a [Counter<'a>],
}

impl<'a> Request<'a> {
    /// Asks for this slot.
    pub fn new(slot: Key, hold: Duration) -> Self {
        Self {
            slot,
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

/// Somebody whose messages are counted.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Counter<'a> {
    /// Who.
    pub key: Key,
    /// How many in how long. All of them hold.
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
    /// The slot was free, every window had room: the slot is taken now and the message counted.
    Reserved(Reservation),
    /// The slot is taken. Nothing was changed.
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

/// The number under which a store took a slot. No two reservations of a store ever have the same:
/// whoever settles late cannot touch a slot that somebody else has taken since.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reservation(u128);

impl Reservation {
    /// A reservation under this number.
    pub const fn new(number: u128) -> Self {
        Self(number)
    }

    /// The number.
    pub const fn number(self) -> u128 {
        self.0
    }
}

/// What became of a reservation.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Settlement<'a> {
    /// The slot that was taken.
    pub slot: Key,
    /// Under which number.
    pub reservation: Reservation,
    /// How long the slot stays taken from now on. Zero frees it.
    pub wait: Duration,
    /// Another slot to take for as long, if it is free: the conversation goes on under that key.
    pub next: Option<Key>,
    /// Counters from which the message is taken back, because it did not go out. No key stands here
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

    /// Takes the message back from these counters, each named once.
    #[must_use]
    pub fn with_uncount(mut self, keys: &'a [Key]) -> Self {
        self.uncount = keys;
        self
    }
}

/// Where slots and counts are kept.
///
/// # Contract
///
/// - [`reserve`](Self::reserve) is one decision that nobody else's decision comes between. Of any
///   number of callers at the same moment one gets the slot.
/// - Time is the store's own, in both calls. A caller's clock is never asked.
/// - [`settle`](Self::settle) changes a slot that is still this reservation's, or that nobody has:
///   a message may have gone out, so it takes the slot again where the hold has run out or the store
///   has forgotten it. It never frees, shortens or stretches a slot that somebody else has taken.
/// - [`settle`](Self::settle) is idempotent; the guard retries it once on error.
/// - An error of `reserve` never leaves behind a decision that somebody acted on.
///
/// `onay_guard::store_conformance`, under the feature `testing`, examines a store.
///
/// ```
/// use std::time::Duration;
/// use onay_guard::{Decision, GuardStore, Key, MemoryStore, Request, Settlement, StoreError};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), StoreError> {
/// let store: &dyn GuardStore = &MemoryStore::new();
/// let slot = Key::new([7; 16]);
/// let request = Request::new(slot, Duration::from_secs(120));
/// let Decision::Reserved(reservation) = store.reserve(&request).await? else {
///     panic!("the store is empty");
/// };
/// assert!(matches!(store.reserve(&request).await?, Decision::Held { .. }));
/// store.settle(&Settlement::new(slot, reservation, Duration::ZERO)).await?;
/// assert!(matches!(store.reserve(&request).await?, Decision::Reserved(_)));
/// # Ok(())
/// # }
/// ```
#[async_trait]
pub trait GuardStore: Send + Sync + fmt::Debug {
    /// Takes the slot and counts the message, or says how long to wait.
    ///
    /// # Errors
    ///
    /// Nothing could be decided, or nobody can tell what was.
    async fn reserve(&self, request: &Request<'_>) -> Result<Decision, StoreError>;

    /// Says what became of a reservation.
    ///
    /// # Errors
    ///
    /// It could not be written down, or nobody can tell. The slot's hold then runs out by itself.
    async fn settle(&self, settlement: &Settlement<'_>) -> Result<(), StoreError>;
}

/// A store that did not answer as it should.
///
/// ```
/// use onay_guard::StoreError;
///
/// assert!(StoreError::away("connection refused").is_away());
/// assert!(!StoreError::unclear("timed out").is_away());
/// ```
#[derive(Debug)]
pub struct StoreError {
    is_away: bool,
    source: Box<dyn StdError + Send + Sync>,
}

impl StoreError {
    /// The store cannot be reached or cannot serve, and certainly decided nothing.
    pub fn away(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            is_away: true,
            source: source.into(),
        }
    }

    /// The store may have decided, and its answer is not known; or it will not decide. Nothing is
    /// ever sent on that, whatever [`WhenStoreIsAway`](crate::WhenStoreIsAway) says: the answer may
    /// have been a no.
    pub fn unclear(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            is_away: false,
            source: source.into(),
        }
    }

    /// Whether the store certainly decided nothing.
    pub fn is_away(&self) -> bool {
        self.is_away
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_away {
            "the guard's store is away"
        } else {
            "the guard's store gave no clear answer"
        })
    }
}

impl StdError for StoreError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}
