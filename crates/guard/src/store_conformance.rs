//! The conformance suite tries every promise of [`Store`] on a real one.
//!
//! It needs no empty store, because its keys are its own, and takes about two seconds of the
//! store's own time.
//!
//! ```
//! use std::sync::Arc;
//! use onay_guard::{MemoryStore, store_conformance};
//!
//! # fn main() {
//! # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
//! // In a #[tokio::test(flavor = "multi_thread")]:
//! store_conformance::assert(Arc::new(MemoryStore::new())).await;
//! # });
//! # }
//! ```

#![expect(clippy::panic, reason = "a suite fails by panicking")]

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::{
    Counter, Decision, Exchange, Key, Limit, Record, RecordStore, Request, Reservation, Settlement,
    Store,
};

/// Long enough that nothing runs out while a check is at work.
const LONG: Duration = Duration::from_secs(60);
const SHORT: Duration = Duration::from_millis(300);
const WINDOW: Duration = Duration::from_secs(1);
const AT_ONCE: usize = 64;

/// Tries every promise on this store, within a tokio runtime; best one of several threads.
///
/// # Panics
///
/// When the store breaks one, or answers with an error.
pub async fn assert(store: Arc<dyn Store>) {
    let suite = Suite { store };
    tokio::join!(
        suite.one_of_many_gets_the_slot(),
        suite.a_hold_runs_out_by_itself(),
        suite.a_settled_slot_is_free_or_stays_for_the_wait(),
        suite.a_late_settlement_leaves_a_newer_slot_alone(),
        suite.a_late_settlement_takes_a_slot_that_is_free(),
        suite.the_next_slot_is_taken_too(),
        suite.a_window_has_room_for_so_many(),
        suite.every_limit_and_every_counter_holds(),
        suite.what_was_not_decided_changes_nothing(),
        suite.a_message_is_taken_back_once_and_no_other(),
        suite.the_same_reservation_again_is_as_good_as_once(),
    );
}

/// Tries what a store of records promises, within a tokio runtime.
///
/// # Panics
///
/// When the store breaks a promise, or answers with an error.
pub async fn assert_records(store: Arc<dyn RecordStore>) {
    let (key, keep) = (new_key(), LONG);
    let exchange = async |expected, text, keep| {
        let exchange = Exchange::new(key, expected, text, keep);
        let before = store.exchange(&exchange).await;
        before.unwrap_or_else(|error| panic!("the store gave an error: {error:?}"))
    };
    let text = |record: Option<Record>| record.map(|record| record.text);
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(exchange(Some("one"), "two", keep).await, None);
    assert_eq!(exchange(None, "one", keep).await, None);
    let kept = exchange(None, "two", keep).await;
    within(kept.as_ref().map_or(LONG, |kept| kept.remaining), LONG);
    assert_eq!(text(kept), some("one"), "a record that was not expected");
    assert_eq!(
        text(exchange(Some("two"), "three", keep).await),
        some("one")
    );
    assert_eq!(text(exchange(Some("one"), "two", SHORT).await), some("one"));
    let kept = exchange(None, "three", keep).await;
    let left = kept.as_ref().map_or(SHORT, |kept| kept.remaining);
    within(left, SHORT);
    assert_eq!(text(kept), some("two"));
    sleep(left + Duration::from_millis(2)).await;
    assert_eq!(exchange(None, "four", keep).await, None, "it is over");
    assert_eq!(text(exchange(Some("four"), "", keep).await), some("four"));
    assert_eq!(exchange(None, "five", keep).await, None, "it was removed");

    let mut tasks = JoinSet::new();
    let key = new_key();
    for number in 0..AT_ONCE {
        let store = Arc::clone(&store);
        tasks.spawn(async move {
            let text = number.to_string();
            store.exchange(&Exchange::new(key, None, &text, LONG)).await
        });
    }
    let mut first = 0;
    while let Some(ended) = tasks.join_next().await {
        match ended {
            Ok(Ok(None)) => first += 1,
            Ok(Ok(Some(_))) => {}
            other => panic!("a record that many want: {other:?}"),
        }
    }
    assert_eq!(first, 1, "records of one key at one moment");
}

struct Suite {
    store: Arc<dyn Store>,
}

impl Suite {
    async fn one_of_many_gets_the_slot(&self) {
        let slot = new_key();
        let mut tasks = JoinSet::new();
        for _ in 0..AT_ONCE {
            let store = Arc::clone(&self.store);
            tasks.spawn(async move { store.reserve(&request(slot, LONG)).await });
        }
        let mut reserved = 0;
        while let Some(ended) = tasks.join_next().await {
            match ended {
                Ok(Ok(Decision::Reserved)) => reserved += 1,
                Ok(Ok(Decision::Held { retry_after })) => within(retry_after, LONG),
                other => panic!("a slot that many want: {other:?}"),
            }
        }
        assert_eq!(reserved, 1, "reservations of one slot at one moment");
    }

    async fn a_hold_runs_out_by_itself(&self) {
        let slot = new_key();
        self.reserved(&request(slot, SHORT)).await;
        let wait = self.held(slot).await;
        within(wait, SHORT);
        sleep(wait).await;
        self.reserved(&request(slot, LONG)).await;
    }

    async fn a_settled_slot_is_free_or_stays_for_the_wait(&self) {
        let slot = new_key();
        let reservation = self.reserved(&request(slot, LONG)).await;
        self.settle(&Settlement::new(slot, reservation, Duration::ZERO))
            .await;
        let reservation = self.reserved(&request(slot, LONG)).await;
        // Shorter than the hold, and then longer.
        self.settle(&Settlement::new(slot, reservation, SHORT))
            .await;
        let wait = self.held(slot).await;
        within(wait, SHORT);
        sleep(wait).await;
        let reservation = self.reserved(&request(slot, SHORT)).await;
        self.settle(&Settlement::new(slot, reservation, LONG)).await;
        assert!(self.held(slot).await > SHORT, "a wait longer than the hold");
    }

    async fn a_late_settlement_leaves_a_newer_slot_alone(&self) {
        let slot = new_key();
        let late = self.reserved(&request(slot, SHORT)).await;
        sleep(self.held(slot).await).await;
        self.reserved(&request(slot, LONG)).await;
        for wait in [Duration::ZERO, SHORT, LONG * 10] {
            self.settle(&Settlement::new(slot, late, wait)).await;
            let left = self.held(slot).await;
            assert!(left > LONG / 2, "a late settlement freed or shortened it");
            within(left, LONG);
        }
    }

    async fn a_late_settlement_takes_a_slot_that_is_free(&self) {
        let slot = new_key();
        let late = self.reserved(&request(slot, SHORT)).await;
        sleep(self.held(slot).await).await;
        self.settle(&Settlement::new(slot, late, LONG)).await;
        self.held(slot).await;
    }

    async fn the_next_slot_is_taken_too(&self) {
        let (slot, next, foreign) = (new_key(), new_key(), new_key());
        let reservation = self.reserved(&request(slot, LONG)).await;
        let settlement = Settlement::new(slot, reservation, LONG).with_next(Some(next));
        self.settle(&settlement).await;
        self.held(slot).await;
        self.held(next).await;

        let slot = new_key();
        self.reserved(&request(foreign, LONG)).await;
        let reservation = self.reserved(&request(slot, LONG)).await;
        let settlement = Settlement::new(slot, reservation, SHORT).with_next(Some(foreign));
        self.settle(&settlement).await;
        assert!(
            self.held(foreign).await > SHORT,
            "another reservation's slot"
        );
        let settlement = Settlement::new(slot, reservation, Duration::ZERO).with_next(Some(next));
        self.settle(&settlement).await;
        self.held(next).await;
    }

    async fn a_window_has_room_for_so_many(&self) {
        let counted = new_key();
        let limits = [Limit::new(3, WINDOW)];
        let counters = [Counter::new(counted, &limits)];
        let ask = || request(new_key(), LONG).with_counters(&counters);
        self.reserved(&ask()).await;
        self.reserved(&ask()).await;
        let last = ask();
        let reservation = self.reserved(&last).await;
        within(self.full(&ask()).await, WINDOW);

        // Taken back, there is room for one.
        let uncount = [counted];
        let free = Settlement::new(last.slot, reservation, Duration::ZERO).with_uncount(&uncount);
        self.settle(&free).await;
        self.reserved(&ask()).await;
        let wait = self.full(&ask()).await;
        within(wait, WINDOW);
        sleep(wait).await;
        self.reserved(&ask()).await;
    }

    async fn every_limit_and_every_counter_holds(&self) {
        let two = [Limit::new(9, WINDOW), Limit::new(1, LONG)];
        let wide = [Limit::new(9, LONG)];
        for swapped in [false, true] {
            let (tight, loose) = (new_key(), new_key());
            let mut counters = [Counter::new(tight, &two), Counter::new(loose, &wide)];
            if swapped {
                counters.reverse();
            }
            let ask = || request(new_key(), LONG).with_counters(&counters);
            self.reserved(&ask()).await;
            assert!(self.full(&ask()).await > WINDOW, "the longer window");
            let other = [Counter::new(loose, &wide)];
            self.reserved(&request(new_key(), LONG).with_counters(&other))
                .await;
        }
        let unlimited = [Counter::new(new_key(), &[])];
        for _ in 0..2 {
            let ask = request(new_key(), LONG).with_counters(&unlimited);
            self.reserved(&ask).await;
        }
    }

    async fn what_was_not_decided_changes_nothing(&self) {
        let slot = new_key();
        let limits = [Limit::new(2, LONG)];
        let counters = [Counter::new(new_key(), &limits)];
        self.reserved(&request(slot, LONG).with_counters(&counters))
            .await;
        // Held: not counted.
        for _ in 0..3 {
            let again = request(slot, LONG).with_counters(&counters);
            let decision = self.decide(&again).await;
            assert!(matches!(decision, Decision::Held { .. }), "{decision:?}");
        }
        self.reserved(&request(new_key(), LONG).with_counters(&counters))
            .await;
        // Full: not taken.
        let untaken = new_key();
        self.full(&request(untaken, LONG).with_counters(&counters))
            .await;
        self.reserved(&request(untaken, LONG)).await;
    }

    async fn a_message_is_taken_back_once_and_no_other(&self) {
        let (one, other, uncounted) = (new_key(), new_key(), new_key());
        let limits = [Limit::new(2, LONG)];
        let counters = [Counter::new(one, &limits), Counter::new(other, &limits)];
        let ask = || request(new_key(), LONG).with_counters(&counters);
        let first = ask();
        let reservation = self.reserved(&first).await;
        self.reserved(&ask()).await;
        // Said twice, as the guard does where it got no answer, and of a key that counted nothing.
        let keys = [one, other, uncounted];
        let free = Settlement::new(first.slot, reservation, Duration::ZERO).with_uncount(&keys);
        self.settle(&free).await;
        self.settle(&free).await;
        self.reserved(&ask()).await;
        for counter in &counters {
            let alone = std::slice::from_ref(counter);
            self.full(&request(new_key(), LONG).with_counters(alone))
                .await;
        }
    }

    async fn the_same_reservation_again_is_as_good_as_once(&self) {
        let limits = [Limit::new(2, LONG)];
        let counters = [Counter::new(new_key(), &limits)];
        let ask = || request(new_key(), LONG).with_counters(&counters);
        let first = ask();
        for _ in 0..3 {
            self.reserved(&first).await;
        }
        self.held(first.slot).await;
        self.reserved(&ask()).await;
        self.full(&ask()).await;
    }

    async fn decide(&self, request: &Request<'_>) -> Decision {
        let decision = self.store.reserve(request).await;
        decision.unwrap_or_else(|error| panic!("the store gave an error: {error:?}"))
    }

    async fn reserved(&self, request: &Request<'_>) -> Reservation {
        match self.decide(request).await {
            Decision::Reserved => request.reservation,
            other => panic!("a slot that is free, and room: {other:?}"),
        }
    }

    async fn held(&self, slot: Key) -> Duration {
        match self.decide(&request(slot, LONG)).await {
            Decision::Held { retry_after } => retry_after,
            other => panic!("a slot that is taken: {other:?}"),
        }
    }

    async fn full(&self, request: &Request<'_>) -> Duration {
        match self.decide(request).await {
            Decision::Full { retry_after } => retry_after,
            other => panic!("a window that is full: {other:?}"),
        }
    }

    async fn settle(&self, settlement: &Settlement<'_>) {
        if let Err(error) = self.store.settle(settlement).await {
            panic!("the store gave an error: {error:?}");
        }
    }
}

/// Not nothing, and not longer: stores may count whole milliseconds and round up.
fn within(wait: Duration, longest: Duration) {
    assert!(!wait.is_zero(), "a wait of nothing");
    let longest = longest + Duration::from_millis(2);
    assert!(wait <= longest, "{wait:?} is longer than {longest:?}");
}

/// A question under a number of its own.
fn request<'a>(slot: Key, hold: Duration) -> Request<'a> {
    let number = u128::from_be_bytes(*new_key().as_bytes());
    Request::new(slot, Reservation::new(number), hold)
}

/// A key that no other check and no other run has.
fn new_key() -> Key {
    let half = || RandomState::new().hash_one(0).to_be_bytes();
    let mut bytes = [0; 16];
    for (place, byte) in bytes.iter_mut().zip(half().into_iter().chain(half())) {
        *place = byte;
    }
    Key::new(bytes)
}
