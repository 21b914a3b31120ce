//! The store in memory keeps its promises and its bounds.

use onay_core::{ErrorKind, OtpSender};
use onay_guard::MemoryStore;

use crate::support::{Clock, Provider, builder, challenge, held, held_seconds, seconds};

#[cfg(feature = "testing")]
#[tokio::test(flavor = "multi_thread")]
async fn it_keeps_every_promise() {
    let store = std::sync::Arc::new(MemoryStore::new());
    onay_guard::store_conformance::assert(store.clone()).await;
    onay_guard::store_conformance::assert_records(store).await;
}

fn bounded(clock: &Clock, entries: usize) -> MemoryStore {
    let time = clock.clone();
    MemoryStore::with_clock(move || time.now()).with_capacity(entries)
}

#[tokio::test]
async fn when_it_is_full_no_slot_is_forgotten_and_what_expired_makes_room() {
    let clock = Clock::default();
    let guarded = builder(Provider::default(), bounded(&clock, 2));
    let guarded = guarded.build().expect("a guard");
    let [a, b, c] = ["0555 000 00 42", "0555 000 00 43", "0555 000 00 44"];
    guarded.send_otp(&challenge("a", a)).await.expect("sent");
    guarded.send_otp(&challenge("b", b)).await.expect("sent");
    let full = guarded.send_otp(&challenge("c", c)).await;
    assert_eq!(full.expect_err("full").kind(), ErrorKind::Unreachable);
    held(
        guarded.send_otp(&challenge("a", a)).await,
        ErrorKind::TooSoon,
    );
    // A recipient that is known is still served.
    clock.advance(seconds(60));
    guarded.send_otp(&challenge("a", a)).await.expect("sent");
    guarded.send_otp(&challenge("c", c)).await.expect("sent");
}

#[tokio::test]
async fn more_recipients_than_it_counts_are_served_and_a_limit_that_is_reached_stays() {
    let clock = Clock::default();
    let guarded = builder(Provider::default(), bounded(&clock, 8))
        .limit(2, seconds(24 * 3600))
        .build()
        .expect("a guard");
    let strict = challenge("a", "0555 000 00 42");
    for _ in 0..2 {
        guarded.send_otp(&strict).await.expect("sent");
        clock.advance(seconds(60));
    }
    for number in 0..200 {
        let other = challenge("b", &format!("0555 000 1{number:03}"));
        guarded.send_otp(&other).await.expect("sent");
        clock.advance(seconds(60));
    }
    held(guarded.send_otp(&strict).await, ErrorKind::LimitReached);
}

#[tokio::test]
async fn where_every_limit_is_reached_a_new_recipient_waits_until_one_leaves() {
    let clock = Clock::default();
    let guarded = builder(Provider::default(), bounded(&clock, 2))
        .limit(1, seconds(3600))
        .build()
        .expect("a guard");
    for number in ["0555 000 00 42", "0555 000 00 43"] {
        let other = challenge("a", number);
        guarded.send_otp(&other).await.expect("sent");
        clock.advance(seconds(60));
    }
    let third = challenge("a", "0555 000 00 44");
    let full = guarded.send_otp(&third).await;
    assert_eq!(full.expect_err("full").kind(), ErrorKind::Unreachable);
    clock.advance(seconds(3600));
    guarded.send_otp(&third).await.expect("sent");
}

#[tokio::test]
async fn a_clock_that_goes_back_frees_nothing_and_locks_nobody_out() {
    let clock = Clock::default();
    let shift = Clock::default();
    let (time, back) = (clock.clone(), shift.clone());
    let store = MemoryStore::with_clock(move || time.now().saturating_sub(back.now()));
    let guarded = builder(Provider::default(), store);
    let guarded = guarded.build().expect("a guard");
    clock.advance(seconds(7200));
    let press = challenge("a", "0555 000 00 42");
    guarded.send_otp(&press).await.expect("sent");
    shift.advance(seconds(3600));
    let early = guarded.send_otp(&press).await;
    assert_eq!(held_seconds(early, ErrorKind::TooSoon), seconds(60));
}
