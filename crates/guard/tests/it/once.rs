//! One order gets one message, and a later call is told what happened the first time.

use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::atomic::{AtomicBool, AtomicUsize};

use onay_core::{
    Dispatch, Error, ErrorKind, LinkAccepted, LinkId, LinkNotice, LinkNotifier, NextStep,
    Reference, async_trait,
};
use onay_guard::{Guarded, RecordStore, Store};

use crate::support::{Clock, Fate, Faulty, Provider, Reply, builder, held_seconds, phone, seconds};

fn notice() -> LinkNotice {
    let link = LinkId::parse("NB2Zlz3").expect("a link");
    LinkNotice::new(link, phone("0555 000 00 42"))
}

/// Names a reference of its own for each message.
#[derive(Clone, Debug, Default)]
struct Numbering(Arc<AtomicUsize>);

#[async_trait]
impl LinkNotifier for Numbering {
    async fn notify(&self, _: &LinkNotice) -> Result<LinkAccepted, Error> {
        let number = self.0.fetch_add(1, SeqCst);
        let reference = Reference::parse(&format!("reference-{number}"));
        Ok(LinkAccepted::new().with_reference(reference.expect("a reference")))
    }
}

async fn one_message<S: Store + RecordStore>(guarded: &Guarded<Numbering, S>, again: bool) {
    let before = guarded.provider().0.load(SeqCst);
    for _ in 0..3 {
        let sent = guarded.once("order-1").notify(&notice()).await;
        let sent = sent.expect("sent, now or then");
        let reference = sent.reference().map(Reference::as_str);
        assert_eq!(reference, Some("reference-0"));
    }
    let sent = guarded.provider().0.load(SeqCst) - before;
    assert_eq!(sent, usize::from(!again));
}

#[tokio::test]
async fn the_same_yes_is_told_again_long_after_the_wait() {
    let clock = Clock::default();
    let guarded = builder(Numbering::default(), clock.store());
    let guarded = guarded.build().expect("a guard");
    one_message(&guarded, false).await;
    clock.advance(seconds(24 * 3600));
    one_message(&guarded, true).await;
}

#[tokio::test]
async fn each_first_outcome_is_told_or_may_be_tried_again() {
    use ErrorKind::{Interrupted, Refused, Unreachable};
    for (reply, is_tried_again) in [
        (Reply::Sent, false),
        (Reply::Fails(Interrupted), false),
        (Reply::Fails(Unreachable), true),
        (Reply::Fails(Refused), true),
    ] {
        let clock = Clock::default();
        let provider = Provider::new(&[reply]);
        let guarded = builder(provider.clone(), clock.store());
        let guarded = guarded.build().expect("a guard");
        let first = guarded.once("order-1").notify(&notice()).await;
        clock.advance(seconds(24 * 3600));
        let second = guarded.once("order-1").notify(&notice()).await;
        assert_eq!(provider.calls(), 1 + usize::from(is_tried_again));
        if matches!(reply, Reply::Fails(Interrupted)) {
            for error in [first.expect_err("lost"), second.expect_err("lost")] {
                assert_eq!(error.dispatch(), Dispatch::MaybeSent);
            }
        } else {
            second.expect("sent, now or then");
        }
    }
}

#[tokio::test]
async fn a_call_that_is_at_work_is_waited_for_and_one_that_died_is_to_be_settled() {
    let clock = Clock::default();
    let provider = Provider::new(&[Reply::Never]);
    let guarded = builder(provider.clone(), clock.store());
    let guarded = guarded.build().expect("a guard");
    let (once, notice) = (guarded.once("order-1"), notice());
    tokio::select! {
        biased;
        _ = once.notify(&notice) => panic!("it never ends"),
        () = tokio::task::yield_now() => {}
    }
    clock.advance(seconds(20));
    let early = once.notify(&notice).await;
    assert_eq!(held_seconds(early, ErrorKind::TooSoon), seconds(40));
    for later in [40, 24 * 3600] {
        clock.advance(seconds(later));
        let error = once.notify(&notice).await.expect_err("it died");
        assert_eq!(error.dispatch(), Dispatch::MaybeSent);
        assert_eq!(error.next_step(), NextStep::Escalate);
    }
    assert_eq!(provider.calls(), 1);
    // Another order is another message.
    let other = guarded.once("order-2").notify(&notice).await;
    other.expect("sent");
}

#[tokio::test]
async fn what_the_guard_holds_back_is_not_the_orders_message() {
    let clock = Clock::default();
    let guarded = builder(Provider::default(), clock.store());
    let guarded = guarded.build().expect("a guard");
    guarded.notify(&notice()).await.expect("sent");
    let held = guarded.once("order-1").notify(&notice()).await;
    assert_eq!(held_seconds(held, ErrorKind::TooSoon), seconds(60));
    clock.advance(seconds(60));
    let sent = guarded.once("order-1").notify(&notice()).await;
    sent.expect("sent");
}

#[tokio::test]
async fn questions_that_are_asked_twice_send_one_message() {
    let store = Faulty {
        store: Clock::default().store(),
        fate: |_| Fate::Doubled,
    };
    let guarded = builder(Numbering::default(), store).build();
    one_message(&guarded.expect("a guard"), false).await;
}

#[tokio::test]
async fn an_answer_that_the_store_lost_locks_no_order() {
    let is_lost = AtomicBool::new(true);
    let store = Faulty {
        store: Clock::default().store(),
        fate: move |question| match question {
            "exchange" if is_lost.swap(false, SeqCst) => Fate::AnswerLost,
            _ => Fate::Answered,
        },
    };
    let guarded = builder(Numbering::default(), store)
        .build()
        .expect("a guard");
    let lost = guarded.once("order-1").notify(&notice()).await;
    let lost = lost.expect_err("not asked");
    assert_eq!(
        (lost.kind(), lost.dispatch()),
        (ErrorKind::Unreachable, Dispatch::NotSent)
    );
    let sent = guarded.once("order-1").notify(&notice()).await;
    sent.expect("sent at the second call");
}
