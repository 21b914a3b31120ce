//! What a settlement says, and one that is lost: what the slot's hold is for.

use std::sync::{Arc, Mutex};

use onay_core::{ErrorKind, OtpSender, async_trait};
use onay_guard::{Decision, GuardStore, Key, MemoryStore, Request, Settlement, StoreError};
use onay_testkit::{Reply, Scripted};

use crate::support::{Clock, builder, challenge, held, seconds};

const PHONE: &str = "0555 000 00 42";

/// A store in memory that does not hear the first so many settlements.
#[derive(Debug)]
struct Deaf {
    store: MemoryStore,
    left: Mutex<usize>,
}

#[async_trait]
impl GuardStore for Deaf {
    async fn reserve(&self, request: &Request<'_>) -> Result<Decision, StoreError> {
        self.store.reserve(request).await
    }

    async fn settle(&self, settlement: &Settlement<'_>) -> Result<(), StoreError> {
        {
            let mut left = self.left.lock().expect("not poisoned");
            if *left > 0 {
                *left -= 1;
                return Err(StoreError::unclear("the connection broke"));
            }
        }
        self.store.settle(settlement).await
    }
}

#[tokio::test]
async fn without_one_the_default_hold_covers_paynets_wait_and_the_second_try_is_heard() {
    for (failures, rest) in [(0, 171), (1, 171), (2, 231)] {
        let clock = Clock::default();
        let store = Deaf {
            store: clock.store(),
            left: Mutex::new(failures),
        };
        let script = Scripted::new()
            .on_send(Reply::accepted().with_resend_in(seconds(180)))
            .on_send(Reply::accepted());
        let guarded = builder(script, store).build().expect("a guard");
        let challenge = challenge("a", PHONE);
        guarded.send_otp(&challenge).await.expect("sent");
        clock.advance(seconds(9));
        let early = guarded.send_otp(&challenge).await;
        let wait = held(early, ErrorKind::TooSoon);
        assert_eq!(wait, seconds(rest), "{failures} failed");
        clock.advance(wait);
        guarded.send_otp(&challenge).await.expect("sent");
    }
}

/// A store in memory that writes down from whom messages were counted, and from whom taken back.
#[derive(Debug, Default)]
struct Spy {
    store: MemoryStore,
    counted: Mutex<Vec<Key>>,
    uncounted: Mutex<Vec<Key>>,
}

#[async_trait]
impl GuardStore for Spy {
    async fn reserve(&self, request: &Request<'_>) -> Result<Decision, StoreError> {
        let keys = request.counters.iter().map(|counter| counter.key);
        *self.counted.lock().expect("not poisoned") = keys.collect();
        self.store.reserve(request).await
    }

    async fn settle(&self, settlement: &Settlement<'_>) -> Result<(), StoreError> {
        *self.uncounted.lock().expect("not poisoned") = settlement.uncount.to_vec();
        self.store.settle(settlement).await
    }
}

#[tokio::test]
async fn it_takes_a_message_back_from_whom_it_was_counted_each_named_once() {
    let day = seconds(24 * 60 * 60);
    for (caller, reply, taken_back) in [
        (None, Reply::unreachable(), 1),
        (Some("203.0.113.7"), Reply::unreachable(), 2),
        (None, Reply::refused("7"), 1),
        (Some("203.0.113.7"), Reply::refused("7"), 1),
        (None, Reply::interrupted(), 0),
        (Some("203.0.113.7"), Reply::accepted(), 0),
    ] {
        let told = format!("{caller:?} {reply:?}");
        let spy = Arc::new(Spy::default());
        let guarded = builder(Scripted::new().on_send(reply), Arc::clone(&spy))
            .limit(5, day)
            .caller_limit(5, day)
            .build()
            .expect("a guard");
        let challenge = challenge("a", PHONE);
        let _ = match caller {
            Some(caller) => guarded.for_caller(caller).send_otp(&challenge).await,
            None => guarded.send_otp(&challenge).await,
        };
        let counted = spy.counted.lock().expect("not poisoned").clone();
        let uncounted = spy.uncounted.lock().expect("not poisoned").clone();
        assert_eq!(counted.len(), 1 + usize::from(caller.is_some()), "{told}");
        assert_eq!(uncounted, counted[..taken_back], "{told}");
    }
}
