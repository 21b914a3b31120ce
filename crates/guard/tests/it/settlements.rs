//! A settlement or a reservation that is lost costs neither a second message nor a lock-out.

use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use onay_core::{ErrorKind, OtpSender, async_trait};
use onay_guard::{Decision, Key, MemoryStore, Request, Settlement, Store, StoreError};

use crate::support::{Clock, Provider, Reply, builder, challenge, held, seconds, whole};

const PHONE: &str = "0555 000 00 42";
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A store in memory that does not hear the first so many settlements.
#[derive(Debug)]
struct Deaf {
    store: MemoryStore,
    left: Mutex<usize>,
}

#[async_trait]
impl Store for Deaf {
    async fn reserve(&self, request: &Request<'_>) -> Result<Decision, StoreError> {
        self.store.reserve(request).await
    }

    async fn settle(&self, settlement: &Settlement<'_>) -> Result<(), StoreError> {
        {
            let mut left = self.left.lock().expect("not poisoned");
            if *left > 0 {
                *left -= 1;
                return Err(StoreError::indeterminate("the connection broke"));
            }
        }
        self.store.settle(settlement).await
    }
}

#[tokio::test]
async fn a_settlement_is_tried_twice_and_one_that_is_lost_holds_for_the_unsure_wait() {
    for (failures, hold) in [(0, 60), (1, 60), (2, 180)] {
        let clock = Clock::default();
        let store = Deaf {
            store: clock.store(),
            left: Mutex::new(failures),
        };
        let store = Arc::new(store);
        let guard = || builder(Provider::default(), Arc::clone(&store)).build();
        let guarded = guard().expect("a guard");
        // Another machine, which knows nothing of what is owed.
        let elsewhere = guard().expect("a guard");
        let challenge = challenge("a", PHONE);
        let sent = guarded.send_otp(&challenge).await.expect("sent");
        // What it says is what holds.
        let told = sent.resend().expect("a wait").remaining_now();
        assert_eq!(whole(told), seconds(hold), "{failures} failed");
        clock.advance(Duration::from_millis(1000 * hold - 1));
        held(elsewhere.send_otp(&challenge).await, ErrorKind::TooSoon);
        clock.advance(Duration::from_millis(1));
        elsewhere.send_otp(&challenge).await.expect("sent");
    }
}

/// A store in memory that decides, and whose answers are lost while it stalls.
#[derive(Clone, Debug)]
struct Stalling {
    store: MemoryStore,
    stalls: Arc<AtomicBool>,
}

#[async_trait]
impl Store for Stalling {
    async fn reserve(&self, request: &Request<'_>) -> Result<Decision, StoreError> {
        let decision = self.store.reserve(request).await?;
        if self.stalls.load(SeqCst) {
            return Err(StoreError::indeterminate("timed out"));
        }
        Ok(decision)
    }

    async fn settle(&self, settlement: &Settlement<'_>) -> Result<(), StoreError> {
        self.store.settle(settlement).await?;
        if self.stalls.load(SeqCst) {
            return Err(StoreError::indeterminate("timed out"));
        }
        Ok(())
    }
}

#[tokio::test]
async fn a_reservation_whose_answer_was_lost_is_taken_back_and_counts_nothing() {
    let clock = Clock::default();
    let store = Stalling {
        store: clock.store(),
        stalls: Arc::new(AtomicBool::new(true)),
    };
    let provider = Provider::default();
    let guarded = builder(provider.clone(), store.clone())
        .limit(1, DAY)
        .caller_limit(2, DAY)
        .build()
        .expect("a guard");
    // Another machine of the shop, with the same store.
    let elsewhere = builder(Provider::default(), store.clone())
        .limit(1, DAY)
        .build()
        .expect("a guard");
    let number = |number| challenge("a", number).for_caller("203.0.113.7");
    let (one, other) = (number(PHONE), number("0555 000 00 43"));
    for press in [&one, &one, &other] {
        let error = guarded.send_otp(press).await.expect_err("no answer");
        assert_eq!(error.kind(), ErrorKind::Unreachable);
    }
    assert_eq!(provider.calls(), 0);
    store.stalls.store(false, SeqCst);
    guarded.send_otp(&one).await.expect("sent");
    held(guarded.send_otp(&one).await, ErrorKind::TooSoon);
    // That call took back the other customer's too.
    elsewhere.send_otp(&other).await.expect("sent");
    let third = number("0555 000 00 44");
    guarded.send_otp(&third).await.expect("the caller's second");
    let fourth = guarded.send_otp(&number("0555 000 00 45")).await;
    held(fourth, ErrorKind::LimitReached);
}

/// A store in memory that records which counters a message was counted in, and taken back from.
#[derive(Debug, Default)]
struct Spy {
    store: MemoryStore,
    counted: Mutex<Vec<Key>>,
    uncounted: Mutex<Vec<Key>>,
}

#[async_trait]
impl Store for Spy {
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
async fn it_takes_a_message_back_from_the_counters_it_was_counted_in_each_named_once() {
    use ErrorKind::{Interrupted, Refused, Unreachable};
    let caller = Some("203.0.113.7");
    for (caller, reply, taken_back) in [
        (None, Reply::Fails(Unreachable), 1),
        (caller, Reply::Fails(Unreachable), 2),
        (None, Reply::Fails(Refused), 1),
        (caller, Reply::Fails(Refused), 1),
        (None, Reply::Fails(Interrupted), 0),
        (caller, Reply::Sent, 0),
    ] {
        let case = format!("{caller:?} {reply:?}");
        let spy = Arc::new(Spy::default());
        let guarded = builder(Provider::new(&[reply]), Arc::clone(&spy))
            .limit(5, DAY)
            .caller_limit(5, DAY)
            .build()
            .expect("a guard");
        let mut press = challenge("a", PHONE);
        if let Some(caller) = caller {
            press = press.for_caller(caller);
        }
        let _ = guarded.send_otp(&press).await;
        let counted = spy.counted.lock().expect("not poisoned").clone();
        let uncounted = spy.uncounted.lock().expect("not poisoned").clone();
        assert_eq!(counted.len(), 1 + usize::from(caller.is_some()), "{case}");
        assert_eq!(uncounted, counted[..taken_back], "{case}");
    }
}
