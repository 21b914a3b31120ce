//! A payment book remembers which callbacks a shop has dealt with, so that a repeat ships once.

use std::time::Duration;

use onay_core::{Error, ErrorKind, Reason, Wait};

use crate::builder::EMPTY;
use crate::key::Keyring;
use crate::store::LONGEST_HOLD;
use crate::{Decision, Key, Request, Reservation, Settlement, Store, StoreError, now, trace};

const LEASE: Duration = Duration::from_secs(60);
const SHORTEST_LEASE: Duration = Duration::from_secs(1);
const LONGEST_LEASE: Duration = Duration::from_secs(60 * 60);
/// Longer than a provider repeats a callback. What is done is told by how long it is held, so the last
/// day of it cannot be told from a payment that is not.
const MEMORY: Duration = Duration::from_secs(31 * 24 * 60 * 60);

/// The ids of a provider are no secret: they are hashed to one length, not hidden.
const NOT_SECRET: &[u8] = b"onay payment book";

const NOT_ASKED: Reason = Reason::new(
    "payment_book_not_asked",
    "the payment book's store could not be asked, so it is not known whether the callback was seen",
    "ödeme defterinin deposundan yanıt alınamadı, bu yüzden bildirimin daha önce gelip gelmediği bilinmiyor",
);
const NOT_WRITTEN: Reason = Reason::new(
    "payment_book_not_written",
    "the payment book's store could not write that the callback was dealt with",
    "ödeme defterinin deposu, bildirimin işlendiğini yazamadı",
);

/// Remembers for 30 days which payments a shop has dealt with, on one machine or on many.
///
/// A provider repeats a callback until it is answered with `OK`, and may send it twice at the same
/// moment. The book lets one of them do the work. The others are told that it is done, or that it is
/// being done.
///
/// ```
/// use onay_guard::{MemoryStore, PaymentBook, Receipt};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), onay_core::Error> {
/// let book = PaymentBook::new(MemoryStore::new(), "paytr");
/// // The idempotency key of a callback whose signature was checked.
/// for expected in ["OK, shipped", "OK"] {
///     let answer = match book.receive("order-1").await? {
///         Receipt::First(entry) => {
///             // Ship the order here.
///             entry.done().await?;
///             "OK, shipped"
///         }
///         Receipt::Done => "OK",
///         // Anything but OK: the provider asks again.
///         _ => "in progress",
///     };
///     assert_eq!(answer, expected);
/// }
/// # Ok(())
/// # }
/// ```
///
/// # What it cannot do
///
/// A process that dies between its work and [`done`](Entry::done) has shipped, and the book does not
/// know it: after the [lease](Self::with_lease) the next repeat is [`First`](Receipt::First) again.
/// Where that must not happen, note the id in the same database transaction as the work.
///
/// It knows what its store knows. A `MemoryStore` forgets with its process. A Redis without
/// `appendonly yes` forgets when it is killed, and then a payment that was done is
/// [`First`](Receipt::First) again once `hold_after_loss` is over. A `MemoryStore` keeps a slot for 31
/// days for each payment: give the book a store of its own, or it uses up the capacity of the guards.
#[derive(Clone, Debug)]
pub struct PaymentBook<S> {
    store: S,
    scope: String,
    lease: Duration,
}

impl<S: Store> PaymentBook<S> {
    /// A book in this store. Books with the same scope share what they know; usually it is the
    /// provider's name.
    pub fn new(store: S, scope: impl Into<String>) -> Self {
        Self {
            store,
            scope: scope.into(),
            lease: LEASE,
        }
    }

    /// How long the first one may take for its work: a minute unless told otherwise, a second at
    /// least and an hour at most. After it the next repeat is [`First`](Receipt::First) again.
    #[must_use]
    pub fn with_lease(mut self, lease: Duration) -> Self {
        self.lease = lease.clamp(SHORTEST_LEASE, LONGEST_LEASE);
        self
    }

    /// Says whether this payment is new. Give the idempotency key of a callback whose signature was
    /// checked, never one that was not.
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](ErrorKind::InvalidInput) where the id is empty, [`Config`](ErrorKind::Config)
    /// where the scope is.
    /// [`Unreachable`](ErrorKind::Unreachable) where the store cannot be asked: do nothing, and let
    /// the provider ask again.
    pub async fn receive(&self, id: &str) -> Result<Receipt<'_, S>, Error> {
        if id.is_empty() {
            return Err(Error::invalid_input("id", EMPTY));
        }
        let keyring = Keyring::new(NOT_SECRET, &self.scope).filter(|_| !self.scope.is_empty());
        let slot = keyring.ok_or_else(|| Error::config("scope", EMPTY))?;
        let slot = slot.payment(id);
        let failed = |error| self.failed("receive", NOT_ASKED, error);
        let reservation = Reservation::draw().map_err(failed)?;
        let request = Request::new(slot, reservation, self.lease);
        Ok(match self.store.reserve(&request).await.map_err(failed)? {
            Decision::Reserved => Receipt::First(Entry {
                book: self,
                slot,
                reservation,
            }),
            // Never by this book's own lease: another machine may have a longer one.
            Decision::Held { retry_after } if retry_after > LONGEST_HOLD => Receipt::Done,
            Decision::Held { retry_after } | Decision::Full { retry_after } => {
                Receipt::InProgress(Wait::new(now(), retry_after))
            }
        })
    }

    fn failed(&self, step: &'static str, reason: Reason, error: StoreError) -> Error {
        trace::store_failed(&self.scope, step, false, &error);
        let failed = Error::new(ErrorKind::Unreachable).with_reason(reason);
        failed.with_source(error)
    }
}

/// What a book knows of a payment.
#[derive(Debug)]
#[non_exhaustive]
pub enum Receipt<'book, S> {
    /// It is new, and this caller alone deals with it now.
    First(Entry<'book, S>),
    /// Another caller deals with it, for so long at most: let the provider ask again.
    InProgress(Wait),
    /// It was dealt with: answer `OK`, and do nothing else.
    Done,
}

/// A payment that this caller deals with. Dropped, it is new again when its lease is over.
#[derive(Debug)]
#[must_use = "a payment that is not done comes again"]
pub struct Entry<'book, S> {
    book: &'book PaymentBook<S>,
    slot: Key,
    reservation: Reservation,
}

impl<S: Store> Entry<'_, S> {
    /// The work is done: every repeat is [`Done`](Receipt::Done) from now on, unless the lease ran out
    /// before and another caller has the payment: then that one decides.
    ///
    /// # Errors
    ///
    /// [`Unreachable`](ErrorKind::Unreachable) where the store could not write it, tried twice. The
    /// work is done all the same; a repeat that comes after the lease is
    /// [`First`](Receipt::First) again.
    pub async fn done(self) -> Result<(), Error> {
        self.settle(MEMORY).await
    }

    /// The work failed, and nothing of it was done: the next repeat is [`First`](Receipt::First).
    ///
    /// # Errors
    ///
    /// [`Unreachable`](ErrorKind::Unreachable) where the store could not write it: then the next
    /// repeat waits for the end of the lease.
    pub async fn release(self) -> Result<(), Error> {
        self.settle(Duration::ZERO).await
    }

    async fn settle(&self, wait: Duration) -> Result<(), Error> {
        let settlement = Settlement::new(self.slot, self.reservation, wait);
        let mut written = self.book.store.settle(&settlement).await;
        if written.is_err() {
            written = self.book.store.settle(&settlement).await;
        }
        written.map_err(|error| self.book.failed("settle", NOT_WRITTEN, error))
    }
}
