//! The guard before a provider that says what the test wrote down.

use std::sync::Arc;
use std::time::Duration;

use onay_core::{
    Delivery, EmailAddress, Error, ErrorKind, Gsm, LinkId, LinkNotifier, LinkRecipient,
    OtpChallenge, OtpCode, OtpSender, OtpToken, OtpVerifier, SessionId, async_trait,
};
use onay_guard::{
    Decision, GuardStore, GuardedBuilder, MemoryStore, Request, Settlement, StoreError,
    WhenStoreIsAway,
};
use onay_testkit::{NullSender, Recording, Reply, Scripted, TraceCapture};

use crate::support::{Clock, builder, challenge, held, seconds};

const PHONE: &str = "0555 000 00 42";
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

#[tokio::test]
async fn each_outcome_holds_for_as_long_as_it_should() {
    let wait = || Error::new(ErrorKind::Interrupted).with_retry_after(seconds(300));
    let year = || Error::new(ErrorKind::TooSoon).with_retry_after(365 * DAY);
    for (reply, expected) in [
        (Reply::accepted().with_resend_in(seconds(90)), seconds(90)),
        // No wait is named, or none that could be: the minimum holds.
        (Reply::accepted(), seconds(180)),
        (
            Reply::accepted().with_resend_in(Duration::ZERO),
            seconds(180),
        ),
        (Reply::interrupted(), seconds(180)),
        (Reply::upstream(), seconds(180)),
        (Reply::error(wait), seconds(300)),
        (Reply::unreachable(), Duration::ZERO),
        (Reply::too_soon(seconds(90)), seconds(90)),
        (Reply::error(year), DAY),
        (Reply::refused("7"), seconds(5)),
        // Shorter than a bot's pause, or nothing at all: that would open the slot to everybody.
        (Reply::too_soon(seconds(1)), seconds(5)),
        (Reply::too_soon(Duration::ZERO), seconds(5)),
        // Dropped in mid-call: the longest call, and the minimum.
        (Reply::never(), seconds(240)),
    ] {
        let told = format!("{reply:?}");
        let clock = Clock::default();
        let script = Scripted::new().on_send(reply).on_send(Reply::accepted());
        let guarded = builder(script, clock.store()).build().expect("a guard");
        let first = challenge("a", PHONE);
        tokio::select! {
            biased;
            _ = guarded.send_otp(&first) => {}
            () = tokio::task::yield_now() => {}
        }
        // Another session and another spelling are the same customer.
        let again = challenge("b", "+905550000042");
        if expected > Duration::ZERO {
            let early = guarded.send_otp(&again).await;
            assert_eq!(held(early, ErrorKind::TooSoon), expected, "{told}");
            clock.advance(expected);
        }
        guarded.send_otp(&again).await.expect(&told);
    }
}

#[tokio::test]
async fn limits_hold_per_recipient_and_per_caller() {
    let clock = Clock::default();
    let provider = Recording::new(Scripted::new().on_send(Reply::accepted().from_now_on()));
    let guarded = builder(provider.clone(), clock.store())
        .minimum_wait(seconds(60))
        .limit(2, DAY)
        .caller_limit(3, seconds(3600))
        .build()
        .expect("a guard");
    for _ in 0..2 {
        guarded
            .send_otp(&challenge("a", PHONE))
            .await
            .expect("sent");
        clock.advance(seconds(60));
    }
    let full = guarded.send_otp(&challenge("a", PHONE)).await;
    assert_eq!(held(full, ErrorKind::LimitReached) + seconds(120), DAY);

    for last in 0..3 {
        let other = challenge("b", &format!("0555 000 01 0{last}"));
        let caller = guarded.for_caller("203.0.113.7");
        caller.send_otp(&other).await.expect("sent");
    }
    let fourth = challenge("b", "0555 000 01 09");
    let full = guarded.for_caller("203.0.113.7").send_otp(&fourth).await;
    assert_eq!(held(full, ErrorKind::LimitReached), seconds(3600));
    guarded
        .for_caller("203.0.113.8")
        .send_otp(&fourth)
        .await
        .expect("sent");
    assert_eq!(provider.calls().len(), 6);
}

#[tokio::test]
async fn what_did_not_go_out_is_not_counted_and_a_caller_pays_for_a_no() {
    let clock = Clock::default();
    let script = Scripted::new()
        .on_send(Reply::unreachable())
        .on_send(Reply::unreachable())
        .on_send(Reply::refused("7"))
        .on_send(Reply::accepted().from_now_on());
    let guarded = builder(script, clock.store())
        .limit(1, DAY)
        .caller_limit(2, DAY)
        .build()
        .expect("a guard");
    let caller = guarded.for_caller("customer-7");
    for _ in 0..3 {
        caller
            .send_otp(&challenge("a", PHONE))
            .await
            .expect_err("as written");
    }
    clock.advance(seconds(5));
    caller.send_otp(&challenge("a", PHONE)).await.expect("sent");
    let other = challenge("a", "0555 000 00 43");
    held(caller.send_otp(&other).await, ErrorKind::LimitReached);
}

#[tokio::test]
async fn a_renewed_session_is_held_too() {
    let session = |text| SessionId::parse(text).expect("a session");
    let token = |text| OtpToken::parse(text).expect("a token");
    let (old, new) = (
        OtpChallenge::for_token(session("old"), token("1")),
        OtpChallenge::for_token(session("new"), token("2")),
    );
    let script = Scripted::new().on_send(Reply::accepted().with_challenge(new.clone()));
    let guarded = builder(script, MemoryStore::new())
        .build()
        .expect("a guard");
    guarded.send_otp(&old).await.expect("sent");
    held(guarded.send_otp(&new).await, ErrorKind::TooSoon);
    let rotated = OtpChallenge::for_token(session("old"), token("3"));
    held(guarded.send_otp(&rotated).await, ErrorKind::TooSoon);
}

#[tokio::test]
async fn a_link_is_held_per_recipient_and_another_link_is_not() {
    let guarded = builder(NullSender, MemoryStore::new())
        .limit(3, DAY)
        .build()
        .expect("a guard");
    let link = |text| LinkId::parse(text).expect("a link");
    let sms = LinkRecipient::from(Gsm::parse(PHONE).expect("a number"));
    let email = EmailAddress::parse("musteri@example.com").expect("an address");
    guarded.notify(&link("a"), &sms).await.expect("sent");
    held(guarded.notify(&link("a"), &sms).await, ErrorKind::TooSoon);
    guarded
        .notify(&link("a"), &email.into())
        .await
        .expect("sent");
    guarded.notify(&link("b"), &sms).await.expect("sent");
    guarded.notify(&link("c"), &sms).await.expect("sent");
    held(
        guarded.notify(&link("d"), &sms).await,
        ErrorKind::LimitReached,
    );
}

#[tokio::test]
async fn it_stands_in_for_any_provider_and_checks_pass() {
    let script = Arc::new(
        Scripted::new()
            .on_send(Reply::accepted())
            .on_verify(Reply::wrong_code()),
    );
    let store: Arc<dyn GuardStore> = Arc::new(MemoryStore::new());
    let sender: Arc<dyn OtpSender> = script.clone();
    let sender = builder(sender, store.clone()).build().expect("a guard");
    let sender: Arc<dyn OtpSender> = Arc::new(sender);
    let verifier: Arc<dyn OtpVerifier> =
        Arc::new(builder(script, store).build().expect("a guard").clone());
    let challenge = challenge("a", PHONE);
    sender.send_otp(&challenge).await.expect("sent");
    held(sender.send_otp(&challenge).await, ErrorKind::TooSoon);
    let code = OtpCode::parse("AAAA").expect("a code");
    let wrong = verifier.verify_otp(&challenge, &code).await;
    assert_eq!(wrong.expect_err("wrong").kind(), ErrorKind::WrongCode);
}

type Builder = GuardedBuilder<NullSender, MemoryStore>;
type Change = fn(Builder) -> Builder;

#[test]
fn wrong_settings_are_named() {
    let build = |change: Change| {
        let error = change(builder(NullSender, MemoryStore::new())).build();
        error.map(drop).expect_err("refused")
    };
    let cases: [(&str, Change); 12] = [
        ("scope", |b| b.scope("")),
        ("secret", |b| b.secret(b"")),
        ("secret", |b| b.secret(b"fifteen bytes !")),
        ("minimum_wait", |b| b.minimum_wait(Duration::ZERO)),
        ("minimum_wait", |b| b.minimum_wait(DAY + seconds(1))),
        ("longest_call", |b| b.longest_call(Duration::ZERO)),
        ("longest_call", |b| b.longest_call(Duration::MAX)),
        ("limit", |b| b.limit(0, DAY)),
        ("limit", |b| b.limit(5, DAY).limit(5, Duration::ZERO)),
        ("limit", |b| b.limit(5, Duration::MAX)),
        ("caller_limit", |b| b.caller_limit(0, DAY)),
        ("caller_limit", |b| b.caller_limit(10_001, DAY)),
    ];
    for (field, change) in cases {
        let error = build(change);
        assert_eq!(error.kind(), ErrorKind::Config);
        assert_eq!(error.delivery(), Delivery::NotSent);
        assert_eq!(error.field(), Some(field));
    }
}

/// A store that is gone, in one way or the other.
#[derive(Debug)]
struct Gone(fn(&'static str) -> StoreError);

#[async_trait]
impl GuardStore for Gone {
    async fn reserve(&self, _: &Request<'_>) -> Result<Decision, StoreError> {
        Err((self.0)("out of reach"))
    }

    async fn settle(&self, _: &Settlement<'_>) -> Result<(), StoreError> {
        Err((self.0)("out of reach"))
    }
}

#[tokio::test]
async fn without_its_store_it_sends_only_where_it_was_told_to_and_knows_that_nobody_decided() {
    for (gone, choice, sends) in [
        (Gone(StoreError::away), WhenStoreIsAway::Refuse, false),
        (Gone(StoreError::unclear), WhenStoreIsAway::Refuse, false),
        (Gone(StoreError::away), WhenStoreIsAway::SendAnyway, true),
        (
            Gone(StoreError::unclear),
            WhenStoreIsAway::SendAnyway,
            false,
        ),
    ] {
        let provider = Recording::new(NullSender);
        let guarded = builder(provider.clone(), gone)
            .when_store_is_away(choice)
            .build()
            .expect("a guard");
        let answer = guarded.send_otp(&challenge("a", PHONE)).await;
        assert_eq!(answer.is_ok(), sends);
        assert_eq!(provider.calls().len(), usize::from(sends));
        if let Err(error) = answer {
            assert_eq!(error.kind(), ErrorKind::Unreachable);
            assert_eq!(error.delivery(), Delivery::NotSent);
            assert!(std::error::Error::source(&error).is_some());
            // Whoever reads it looks for the store, and at the right guard.
            let message = error.message().expect("a message");
            assert!(message.contains("the guard's store"), "{message}");
            assert!(message.contains("(scope tests)"), "{message}");
        }
    }
}

#[tokio::test]
async fn traces_say_what_was_decided_and_about_nobody() {
    let capture = TraceCapture::start();
    let guarded = builder(NullSender, MemoryStore::new())
        .limit(1, DAY)
        .minimum_wait(Duration::from_millis(1))
        .build()
        .expect("a guard");
    let challenge = challenge("canary-session", PHONE);
    let caller = guarded.for_caller("canary-caller");
    caller.send_otp(&challenge).await.expect("sent");
    let away = builder(NullSender, Gone(StoreError::away));
    let away = away.build().expect("a guard");
    away.send_otp(&challenge).await.expect_err("refused");
    while caller.send_otp(&challenge).await.expect_err("held").kind() == ErrorKind::TooSoon {
        tokio::task::yield_now().await;
    }
    let text = capture.text();
    for outcome in ["allowed", "limit", "store_away"] {
        assert!(text.contains(&format!("outcome=\"{outcome}\"")), "{text}");
    }
    assert!(text.contains("scope=\"tests\""), "{text}");
    let debug = format!("{guarded:?}");
    for setting in ["scope: \"tests\"", "minimum_wait: 1ms"] {
        assert!(debug.contains(setting), "{debug}");
    }
    let shown = format!("{text}{debug}");
    for secret in ["canary", "5550000042", "a secret of the tests"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
