//! A guard stops a second message to the same customer, on one machine or on many.
//!
//! Customers press "resend" five times on three tabs, bots press it a thousand times, and the shop
//! runs on eight machines. [`Guarded`] wraps any [`OtpSender`] or [`LinkNotifier`] and is itself
//! one: before a call it takes the recipient's slot in one decision of its store, and after it the
//! slot stays taken for as long as the provider says. A call in the meantime is told how long to
//! wait, and sends nothing.
//!
//! The store is a [`MemoryStore`] for one process, [`RedisStore`](#features) for many, or any
//! [`Store`] of your own.
//!
//! # What it promises
//!
//! - **At most one message per recipient and wait**, as long as the store remembers what it was told
//!   and no call takes longer than [`longest_call`](GuardedBuilder::longest_call).
//! - **A process that dies**, or a call that is dropped, costs no second message within the
//!   [unsure wait](GuardedBuilder::unsure_wait) at least, counted from before its call.
//! - **Nothing is sent while in doubt**: a store that is unavailable, slow or wrong means
//!   [`Unreachable`](onay_core::ErrorKind::Unreachable) with
//!   [`NotSent`](onay_core::Dispatch::NotSent), unless you [choose otherwise](FailMode::Open).
//! - **A customer is not locked out by a failure of the store**: a reservation whose answer was lost
//!   is taken back, and a settlement that the store did not hear is said again, with the next call on
//!   the same guard that the store answers. `RedisStore` also takes reservations back in the
//!   background.
//! - **A customer waits no longer** than the provider's wait or the
//!   [minimum wait](GuardedBuilder::minimum_wait), whichever is longer; where the outcome is unknown
//!   or the settlement was lost, the unsure wait, or the longest call and the minimum wait together
//!   where that is longer. Limits are their windows.
//! - **Time is the store's**. Only where a provider's response has no date is a wait counted with the
//!   local clock: then it holds for the minimum wait at least, and for ten minutes at most.
//! - **Nothing personal is stored**: a store knows keyed hashes ([`Key`]) and, for
//!   [`once`](Guarded::once), the provider's reference.
//!
//! # The recipient
//!
//! | the challenge or link | slot | limits count |
//! |---|---|---|
//! | an OTP with a recipient, in any country, by SMS or e-mail | the recipient, in any session and with any token | the recipient |
//! | an OTP whose recipient only the provider knows | the session; where the provider renews it with its answer, the new one too | the session |
//! | a link by SMS or e-mail | the link and the recipient | the recipient |
//! | [`run`](Guarded::run), for a call of your own | the recipient, as an OTP | the recipient |
//!
//! Where the session is the slot, a caller that can open new sessions without end can ask for a code
//! in each of them. So give the challenge its recipient where you know it, name the caller
//! ([`OtpChallenge::for_caller`](onay_core::OtpChallenge::for_caller)) and set a
//! [`caller_limit`](GuardedBuilder::caller_limit).
//!
//! # Also here
//!
//! - [`range_limit`](GuardedBuilder::range_limit) bounds what a bot can pump into a range of numbers,
//!   and [`verified_share`](Guarded::verified_share) shows that it does.
//! - [`once`](Guarded::once) sends one message for one order, across restarts and machines.
//! - [`PaymentBook`] says whether a callback was dealt with, so that a repeat ships once.
//!
//! # Features
//!
//! | feature | brings |
//! |---|---|
//! | `redis` | `RedisStore`, for many machines |
//! | `redis-rustls` | `rediss://` addresses, by the rustls crypto provider that your program installs |
//! | `testing` | `store_conformance`, which examines a store of your own |
//!
//! # Traces
//!
//! One `tracing` event per decision, with the scope and no personal data: `allowed`, `sent`, `held`
//! and `verified` at debug, `limit` at info, `store_failed` at warn. `RedisStore` adds `memory_unknown` at warn, when
//! it connects and may not ask.
//!
//! [`OtpSender`]: onay_core::OtpSender
//! [`LinkNotifier`]: onay_core::LinkNotifier

#![cfg_attr(docsrs, feature(doc_cfg))]

mod builder;
mod guarded;
mod key;
mod limit;
mod memory;
mod once;
mod owed;
mod payment_book;
mod records;
#[cfg(feature = "redis")]
mod redis;
mod rules;
mod store;
#[cfg(feature = "testing")]
pub mod store_conformance;
mod store_error;
mod trace;
mod verified_share;

pub use crate::builder::{FailMode, GuardedBuilder};
pub use crate::guarded::Guarded;
pub use crate::key::Key;
pub use crate::limit::Limit;
pub use crate::memory::MemoryStore;
pub use crate::once::Once;
pub use crate::payment_book::{Entry, PaymentBook, Receipt};
pub use crate::records::{Exchange, Record, RecordStore};
#[cfg(feature = "redis")]
pub use crate::redis::{
    RedisCall, RedisConnection, RedisScript, RedisStore, RedisStoreBuilder, SentinelConnection,
};
pub use crate::store::{Counter, Decision, Request, Reservation, Settlement, Store};
pub use crate::store_error::StoreError;
pub use crate::verified_share::VerifiedShare;

/// The time by which a guard counts: tokio's where it has tokio, so that a test can pause it.
pub(crate) fn now() -> std::time::Instant {
    #[cfg(feature = "redis")]
    return tokio::time::Instant::now().into_std();
    #[cfg(not(feature = "redis"))]
    std::time::Instant::now()
}

/// The lock of the store in memory; a test puts loom's own here.
mod sync {
    pub(crate) use std::sync::Mutex;
}
