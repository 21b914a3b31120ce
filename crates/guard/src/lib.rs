//! Stops a second message to the same customer, on one machine or on many.
//!
//! Customers press "resend" five times on three tabs, bots press it a thousand times, and the shop
//! runs on eight machines. [`Guarded`] wraps any [`OtpSender`] or [`LinkNotifier`] and is itself
//! one: before a call it takes the recipient's slot in one decision of its store, and after it the
//! slot stays taken for as long as the provider says. Whoever comes meanwhile is told how long to
//! wait, and costs no call.
//!
//! The store is a [`MemoryStore`] for one process, [`RedisStore`](#features) for many, or any
//! [`GuardStore`] of your own.
//!
//! # What it promises
//!
//! - **At most one message per recipient and wait**, as long as the store remembers what it was told
//!   and no call takes longer than [`longest_call`](GuardedBuilder::longest_call).
//! - **A settlement that is lost** costs no second message within the
//!   [minimum wait](GuardedBuilder::minimum_wait). It is lost where the call is dropped or the process
//!   dies before the store heard of the provider's answer, or where the store failed twice: the slot
//!   then stays taken until the longest call and the minimum wait, counted from before the call, are
//!   over. The minimum wait is 180 seconds unless told otherwise, and so covers Paynet's own; where a
//!   provider names a longer one, a second message could go out before that is over, unless you make
//!   it as long.
//! - **Nothing is sent while in doubt**: a store that is away, slow or wrong means
//!   [`Unreachable`](onay_core::ErrorKind::Unreachable) with
//!   [`NotSent`](onay_core::Delivery::NotSent), unless you
//!   [choose otherwise](WhenStoreIsAway::SendAnyway).
//! - **Nobody waits longer** than the provider's wait, or, where it names none, the outcome is unknown
//!   or the settlement was lost, the longest call and the minimum wait. Limits are their windows.
//! - **Time is the store's**, and the provider's wait is counted from its own answer
//!   ([`OtpSent::resend_in`](onay_core::OtpSent::resend_in)): a wrong local clock changes nothing.
//! - **Nothing personal is stored**: a store knows keyed hashes ([`Key`]).
//!
//! # Who is a recipient
//!
//! | the challenge or link | slot | limits count |
//! |---|---|---|
//! | an OTP to a number | the number, whatever the session | the number |
//! | an OTP to a token, or to nobody yet (Masterpass) | the session; where the provider renews it with its answer, the new one too | the session |
//! | a link by SMS or e-mail | the link and the address | the address |
//!
//! Only Masterpass knows the number behind its tokens, and a token is another one after every resend;
//! so there the session is guarded. Whoever can open new sessions without end can ask for a code in
//! each of them: give [`for_caller`](Guarded::for_caller) the customer's id or address, and bound how
//! often your shop opens one. Calls that are outside the traits pass no guard, such as the one that
//! links a Masterpass account and sends its first code.
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
//! One `tracing` event per decision, with the scope and no personal data: `allowed` and `held` at
//! debug, `limit` at info, `store_away` at warn. `RedisStore` adds
//! `memory_unknown` at warn, when it connects and may not ask.
//!
//! [`OtpSender`]: onay_core::OtpSender
//! [`LinkNotifier`]: onay_core::LinkNotifier

#![cfg_attr(docsrs, feature(doc_cfg))]

mod builder;
mod forward;
mod guarded;
mod key;
mod limit;
mod memory;
#[cfg(feature = "redis")]
mod redis;
mod rules;
mod store;
#[cfg(feature = "testing")]
pub mod store_conformance;
mod trace;

pub use crate::builder::{GuardedBuilder, WhenStoreIsAway};
pub use crate::guarded::Guarded;
pub use crate::key::Key;
pub use crate::limit::Limit;
pub use crate::memory::MemoryStore;
#[cfg(feature = "redis")]
pub use crate::redis::{RedisStore, RedisStoreBuilder};
pub use crate::store::{
    Counter, Decision, GuardStore, Request, Reservation, Settlement, StoreError,
};

/// What the store in memory locks with; a test puts loom's own here.
mod sync {
    pub(crate) use std::sync::Mutex;
}
