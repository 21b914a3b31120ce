//! The store in memory: its bounds, and the suite where it is there.

use onay_core::{ErrorKind, OtpSender};
use onay_guard::MemoryStore;
use onay_testkit::NullSender;

use crate::support::{Clock, builder, challenge, held, seconds};

#[cfg(feature = "testing")]
#[tokio::test(flavor = "multi_thread")]
async fn it_keeps_every_promise() {
    let store = std::sync::Arc::new(MemoryStore::new());
    onay_guard::store_conformance::assert(store).await;
}

#[tokio::test]
async fn when_it_is_full_nobody_is_forgotten_and_what_expired_makes_room() {
    let clock = Clock::default();
    let time = clock.clone();
    let store = MemoryStore::with_capacity_and_clock(2, move || time.now());
    let guarded = builder(NullSender, store)
        .limit(3, seconds(3600))
        .build()
        .expect("a guard");
    let [a, b, c] = ["0555 000 00 42", "0555 000 00 43", "0555 000 00 44"];
    guarded.send_otp(&challenge("a", a)).await.expect("sent");
    guarded.send_otp(&challenge("b", b)).await.expect("sent");
    let full = guarded.send_otp(&challenge("c", c)).await;
    assert_eq!(full.expect_err("full").kind(), ErrorKind::Unreachable);
    held(
        guarded.send_otp(&challenge("a", a)).await,
        ErrorKind::TooSoon,
    );
    // Whoever is known is still served.
    clock.advance(seconds(180));
    guarded.send_otp(&challenge("a", a)).await.expect("sent");
    clock.advance(seconds(3421));
    guarded.send_otp(&challenge("c", c)).await.expect("sent");
}

#[tokio::test]
async fn a_clock_that_goes_back_frees_nobody_and_locks_nobody_out() {
    let clock = Clock::default();
    let shift = Clock::default();
    let (time, back) = (clock.clone(), shift.clone());
    let store = MemoryStore::with_clock(move || time.now().saturating_sub(back.now()));
    let guarded = builder(NullSender, store).build().expect("a guard");
    clock.advance(seconds(7200));
    guarded
        .send_otp(&challenge("a", "0555 000 00 42"))
        .await
        .expect("sent");
    shift.advance(seconds(3600));
    let early = guarded.send_otp(&challenge("a", "0555 000 00 42")).await;
    assert_eq!(held(early, ErrorKind::TooSoon), seconds(180));
}

#[tokio::test]
async fn a_store_for_nobody_is_one_for_one() {
    let store = MemoryStore::with_capacity(0);
    let guarded = builder(NullSender, store).build().expect("a guard");
    let challenge = challenge("a", "0555 000 00 42");
    guarded.send_otp(&challenge).await.expect("sent");
    held(guarded.send_otp(&challenge).await, ErrorKind::TooSoon);
}
