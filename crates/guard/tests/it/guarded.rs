//! Each outcome of a call holds, and is counted, as documented.

use std::future::ready;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use onay_core::{
    Dispatch, EmailAddress, Error, ErrorKind, LinkId, LinkNotice, LinkNotifier, OtpChallenge,
    OtpCode, OtpSender, OtpSent, OtpVerifier, Recipient,
};
use onay_guard::{FailMode, GuardedBuilder, MemoryStore, Store};

use crate::support::{
    Clock, Fate, Provider, Reply, builder, challenge, gone, held, held_seconds, phone, seconds,
    whole,
};

const PHONE: &str = "0555 000 00 42";
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn notice(link: &str, recipient: Recipient) -> LinkNotice {
    let link = LinkId::parse(link).expect("a link");
    LinkNotice::new(link, recipient)
}

fn email() -> Recipient {
    let address = EmailAddress::parse("musteri@example.com");
    address.expect("an address").into()
}

/// Sends when it is called, and not when the call is awaited.
#[derive(Debug, Default)]
struct Eager(AtomicUsize);

impl OtpSender for Eager {
    fn send_otp<'a, 'b, 'f>(
        &'a self,
        challenge: &'b OtpChallenge,
    ) -> Pin<Box<dyn Future<Output = Result<OtpSent, Error>> + Send + 'f>>
    where
        'a: 'f,
        'b: 'f,
        Self: 'f,
    {
        self.0.fetch_add(1, Ordering::Relaxed);
        Box::pin(ready(Ok(OtpSent::new(challenge.clone()))))
    }
}

#[tokio::test]
async fn a_provider_is_not_called_before_the_permit() {
    let eager = Eager::default();
    let guarded = builder(&eager, MemoryStore::new()).build();
    let guarded = guarded.expect("a guard");
    let challenge = challenge("order-1", PHONE);
    guarded.send_otp(&challenge).await.expect("sent");
    let error = guarded.send_otp(&challenge).await.expect_err("held back");
    assert_eq!(error.kind(), ErrorKind::TooSoon);
    assert_eq!(eager.0.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn each_outcome_holds_for_as_long_as_it_should_and_says_so() {
    use ErrorKind::{Interrupted, Refused, TooSoon, Unreachable, Upstream};
    for (reply, expected) in [
        (Reply::Wait(90), 90),
        // No wait is named, none that could be, or a shorter one: the minimum holds.
        (Reply::Sent, 60),
        (Reply::Wait(0), 60),
        (Reply::Wait(30), 60),
        (Reply::Wait(86_400), 86_400),
        // The clock may be an hour off.
        (Reply::LocalWait(3780), 600),
        (Reply::LocalWait(10), 60),
        (Reply::LocalWait(180), 180),
        (Reply::FailsForLocal(TooSoon, 3780), 600),
        (Reply::FailsForLocal(TooSoon, 0), 60),
        (Reply::Fails(Interrupted), 180),
        (Reply::Fails(Upstream), 180),
        (Reply::FailsFor(Interrupted, 300), 300),
        (Reply::FailsFor(Interrupted, 30), 180),
        (Reply::Fails(Unreachable), 0),
        (Reply::FailsFor(TooSoon, 90), 90),
        (Reply::FailsFor(TooSoon, 365 * 86_400), 86_400),
        (Reply::Fails(Refused), 5),
        // Shorter than a bot's pause, or nothing at all: that would open the slot to everybody.
        (Reply::FailsFor(TooSoon, 1), 5),
        (Reply::FailsFor(TooSoon, 0), 5),
        // Dropped in mid-call.
        (Reply::Never, 180),
    ] {
        let case = format!("{reply:?}");
        let expected = seconds(expected);
        let clock = Clock::default();
        let provider = Provider::new(&[reply]);
        let guarded = builder(provider, clock.store()).build().expect("a guard");
        let first = challenge("a", PHONE);
        let told = tokio::select! {
            biased;
            sent = guarded.send_otp(&first) => match sent {
                Ok(sent) => sent.resend().copied(),
                Err(error) => error.wait().copied(),
            },
            () = tokio::task::yield_now() => None,
        };
        let is_silent = matches!(reply, Reply::Never | Reply::Fails(Refused | Unreachable));
        let told = told.map(|wait| whole(wait.remaining_now()));
        assert_eq!(told, (!is_silent).then_some(expected), "{case}");
        // Another session and another spelling are the same customer.
        let again = challenge("b", "+905550000042");
        if expected > Duration::ZERO {
            let early = guarded.send_otp(&again).await;
            assert_eq!(held_seconds(early, TooSoon), expected, "{case}");
            clock.advance(expected);
        }
        guarded.send_otp(&again).await.expect(&case);
    }
}

#[tokio::test]
async fn a_range_of_numbers_is_limited_for_all_callers_and_sessions() {
    let clock = Clock::default();
    let provider = Provider::new(&[
        Reply::Fails(ErrorKind::Unreachable),
        Reply::Fails(ErrorKind::Refused),
    ]);
    let guarded = builder(provider, clock.store())
        .range_limit(9, 3, DAY)
        .build()
        .expect("a guard");
    // The first two were not sent, and count nothing.
    for number in 0..5 {
        let caller = format!("203.0.113.{number}");
        let press = challenge("a", &format!("0555 000 01 0{number}"));
        let sent = guarded.send_otp(&press.for_caller(&caller)).await;
        assert_eq!(sent.is_ok(), number >= 2);
    }
    // Codes and links alike.
    let sixth = notice("a", phone("0555 000 09 99").into());
    held(guarded.notify(&sixth).await, ErrorKind::LimitReached);
    let other = guarded.send_otp(&challenge("a", "0555 001 00 42")).await;
    other.expect("another range");
    guarded
        .notify(&notice("a", email()))
        .await
        .expect("no number");
}

#[tokio::test]
async fn what_went_out_and_what_was_approved_is_counted_over_all_clones() {
    use onay_testkit::{Reply, Scripted};
    let script = Scripted::new()
        .on_send(Reply::accepted())
        .on_send(Reply::interrupted())
        .on_send(Reply::unreachable())
        .on_verify(Reply::wrong_code())
        .on_verify(Reply::accepted());
    // Any provider, and any store.
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let guarded = builder(Arc::new(script), store);
    let guarded = guarded.build().expect("a guard");
    for number in 0..3 {
        let press = challenge("a", &format!("0555 000 01 0{number}"));
        let _ = guarded.clone().send_otp(&press).await;
    }
    let code = OtpCode::parse("AAAA").expect("a code");
    let verifier: Arc<dyn OtpVerifier> = Arc::new(guarded.clone());
    let wrong = verifier.verify_otp(&challenge("a", PHONE), &code).await;
    assert_eq!(wrong.expect_err("wrong").kind(), ErrorKind::WrongCode);
    let right = verifier.verify_otp(&challenge("a", PHONE), &code).await;
    right.expect("approved");
    let share = guarded.verified_share();
    assert_eq!((share.sent, share.verified), (2, 1));
}

#[tokio::test]
async fn what_did_not_go_out_is_not_counted_and_a_caller_pays_for_a_no() {
    use ErrorKind::{Interrupted, Refused, Unreachable};
    for (reply, recipient_is_full, caller_is_full) in [
        (Reply::Sent, true, true),
        (Reply::Fails(Interrupted), true, true),
        (Reply::Fails(Refused), false, true),
        (Reply::Fails(Unreachable), false, false),
    ] {
        let clock = Clock::default();
        let guarded = builder(Provider::new(&[reply]), clock.store())
            .limit(1, DAY)
            .caller_limit(1, DAY)
            .build()
            .expect("a guard");
        let press = async |number, caller| {
            let press = challenge("a", number).for_caller(caller);
            guarded.send_otp(&press).await.map_err(|error| error.kind())
        };
        let _ = press(PHONE, "customer-7").await;
        clock.advance(seconds(180));
        for (number, caller, is_full) in [
            ("0555 000 00 43", "customer-7", caller_is_full),
            (PHONE, "customer-8", recipient_is_full),
        ] {
            let again = press(number, caller).await.map(drop);
            let expected = if is_full {
                Err(ErrorKind::LimitReached)
            } else {
                Ok(())
            };
            assert_eq!(again, expected, "{reply:?}, {number}");
        }
    }
}

#[tokio::test]
async fn a_link_is_held_per_recipient_and_another_link_is_not() {
    let guarded = builder(Provider::default(), MemoryStore::new())
        .limit(3, DAY)
        .caller_limit(3, DAY)
        .build()
        .expect("a guard");
    let sms = |link| notice(link, phone(PHONE).into());
    guarded.notify(&sms("a")).await.expect("sent");
    let again = guarded.notify(&sms("a")).await;
    assert_eq!(held_seconds(again, ErrorKind::TooSoon), seconds(60));
    guarded.notify(&notice("a", email())).await.expect("sent");
    guarded.notify(&sms("b")).await.expect("sent");
    guarded.notify(&sms("c")).await.expect("sent");
    held(guarded.notify(&sms("d")).await, ErrorKind::LimitReached);
    // The caller counts too.
    for last in 0..4 {
        let recipient = phone(&format!("0555 000 01 0{last}"));
        let called = notice("a", recipient.into()).for_caller("203.0.113.7");
        assert_eq!(guarded.notify(&called).await.is_ok(), last < 3);
    }
}

type Builder = GuardedBuilder<Provider, MemoryStore>;
type Change = fn(Builder) -> Builder;

#[test]
fn wrong_settings_are_named() {
    let build = |change: Change| {
        let error = change(builder(Provider::default(), MemoryStore::new())).build();
        error.map(drop).expect_err("refused")
    };
    let cases: [(&str, Change); 17] = [
        ("scope", |b| b.scope("")),
        ("secret", |b| b.secret(b"")),
        ("secret", |b| b.secret(b"fifteen bytes !")),
        ("minimum_wait", |b| b.minimum_wait(Duration::ZERO)),
        ("minimum_wait", |b| b.minimum_wait(DAY + seconds(1))),
        ("unsure_wait", |b| b.unsure_wait(Duration::ZERO)),
        ("longest_call", |b| b.longest_call(Duration::ZERO)),
        ("longest_call", |b| b.longest_call(Duration::MAX)),
        ("limit", |b| b.limit(0, DAY)),
        ("limit", |b| b.limit(5, DAY).limit(5, Duration::ZERO)),
        ("limit", |b| b.limit(5, Duration::MAX)),
        ("range_limit", |b| b.range_limit(0, 5, DAY)),
        ("range_limit", |b| b.range_limit(15, 5, DAY)),
        ("range_limit", |b| b.range_limit(9, 0, DAY)),
        ("range_limit", |b| {
            b.range_limit(9, 5, DAY).range_limit(8, 9, DAY)
        }),
        ("caller_limit", |b| b.caller_limit(0, DAY)),
        ("caller_limit", |b| b.caller_limit(10_001, DAY)),
    ];
    for (argument, change) in cases {
        let error = build(change);
        assert_eq!(error.kind(), ErrorKind::Config);
        assert_eq!(error.dispatch(), Dispatch::NotSent);
        let subject = error.subject().expect("a subject");
        assert_eq!(subject.name(), argument);
    }
}

#[tokio::test]
async fn without_its_store_it_sends_only_where_it_was_told_to_and_nothing_was_decided() {
    for (fate, mode, sends) in [
        (Fate::Unavailable, FailMode::Closed, false),
        (Fate::QuestionLost, FailMode::Closed, false),
        (Fate::Unavailable, FailMode::Open, true),
        (Fate::QuestionLost, FailMode::Open, false),
    ] {
        let provider = Provider::default();
        let guarded = builder(provider.clone(), gone(fate))
            .fail_mode(mode)
            .build()
            .expect("a guard");
        let answer = guarded.send_otp(&challenge("a", PHONE)).await;
        assert_eq!(answer.is_ok(), sends);
        assert_eq!(provider.calls(), usize::from(sends));
        match answer {
            // Nothing holds, so no wait is named.
            Ok(sent) => assert!(sent.resend().is_none()),
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Unreachable);
                assert_eq!(error.dispatch(), Dispatch::NotSent);
                assert_eq!(error.provider(), None);
                assert!(std::error::Error::source(&error).is_some());
                let reason = error.reason().expect("a reason");
                assert!(reason.english().contains("the guard's store"), "{error}");
            }
        }
    }
}
