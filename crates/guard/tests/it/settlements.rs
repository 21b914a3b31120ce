//! A settlement or a reservation that is lost costs neither a second message nor a lock-out.

use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::atomic::{AtomicBool, AtomicUsize};
use std::time::Duration;

use onay_core::{ErrorKind, OtpSender};

use crate::support::{
    Clock, Fate, Faulty, Provider, builder, challenge, held, held_seconds, seconds, whole,
};

const PHONE: &str = "0555 000 00 42";
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

#[tokio::test]
async fn a_settlement_is_tried_twice_and_one_that_is_lost_holds_for_the_unsure_wait() {
    for (failures, hold) in [(0, 60), (1, 60), (2, 180)] {
        let clock = Clock::default();
        let settled = AtomicUsize::new(0);
        let fate = move |question| match question {
            "settle" if settled.fetch_add(1, SeqCst) < failures => Fate::QuestionLost,
            _ => Fate::Answered,
        };
        let store = Arc::new(Faulty {
            store: clock.store(),
            fate,
        });
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

#[tokio::test]
async fn what_was_not_heard_is_said_before_the_next_call_and_holds_for_what_is_left() {
    let settled = AtomicUsize::new(0);
    let store = Faulty {
        store: Clock::default().store(),
        fate: move |question| match question {
            "settle" if settled.fetch_add(1, SeqCst) < 2 => Fate::QuestionLost,
            _ => Fate::Answered,
        },
    };
    let guarded = builder(Provider::default(), store).build();
    let guarded = guarded.expect("a guard");
    let challenge = challenge("a", PHONE);
    let sent = guarded.send_otp(&challenge).await.expect("sent");
    let told = sent.resend().expect("a wait").remaining_now();
    assert_eq!(whole(told), seconds(180));
    let again = guarded.send_otp(&challenge).await;
    assert_eq!(held_seconds(again, ErrorKind::TooSoon), seconds(60));
}

#[tokio::test]
async fn a_reservation_whose_answer_was_lost_is_taken_back_and_counts_nothing() {
    let stalls = Arc::new(AtomicBool::new(true));
    let stalling = Arc::clone(&stalls);
    let store = Arc::new(Faulty {
        store: Clock::default().store(),
        fate: move |_| {
            if stalling.load(SeqCst) {
                Fate::AnswerLost
            } else {
                Fate::Answered
            }
        },
    });
    let provider = Provider::default();
    let guarded = builder(provider.clone(), Arc::clone(&store))
        .limit(1, DAY)
        .caller_limit(2, DAY)
        .build()
        .expect("a guard");
    // Another machine of the shop, with the same store.
    let elsewhere = builder(Provider::default(), store)
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
    stalls.store(false, SeqCst);
    guarded.send_otp(&one).await.expect("sent");
    held(guarded.send_otp(&one).await, ErrorKind::TooSoon);
    // That call took back the other customer's too.
    elsewhere.send_otp(&other).await.expect("sent");
    let third = number("0555 000 00 44");
    guarded.send_otp(&third).await.expect("the caller's second");
    let fourth = guarded.send_otp(&number("0555 000 00 45")).await;
    held(fourth, ErrorKind::LimitReached);
}
