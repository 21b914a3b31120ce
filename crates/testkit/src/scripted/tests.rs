//! Tests of the scripted provider and of its replies.

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::task::Poll;
use std::time::{Duration, Instant};

use onay_core::{
    Dispatch, ErrorKind, LinkId, PhoneNumber, ProviderCode, ProviderText, Reference, SessionId,
    WebAddress,
};

use super::*;
use crate::assert_error;

fn phone() -> PhoneNumber {
    PhoneNumber::parse("0555 000 00 42").expect("a number")
}

fn unknown(code: &str) -> ProviderCode {
    ProviderCode::Unknown(ProviderText::new(code))
}

fn notice() -> LinkNotice {
    LinkNotice::new(LinkId::parse("NB2Zlz3").expect("a link"), phone())
}

/// How much is left of a wait that has just begun, in whole seconds.
fn seconds(wait: Option<&onay_core::Wait>) -> Option<u64> {
    let left = wait?.remaining(Instant::now());
    Some(left.as_secs() + u64::from(left.subsec_nanos() > 0))
}

fn challenge(session: &str) -> OtpChallenge {
    OtpChallenge::for_phone(SessionId::parse(session).expect("a session"), phone())
}

fn code() -> OtpCode {
    OtpCode::parse("ART2").expect("a code")
}

/// What a closure panics with.
fn panic_of<T>(action: impl FnOnce() -> T) -> String {
    let panic = catch_unwind(AssertUnwindSafe(action))
        .err()
        .expect("it panics");
    match panic.downcast::<String>() {
        Ok(text) => *text,
        Err(panic) => (*panic.downcast::<&str>().expect("a text")).to_owned(),
    }
}

/// Polls a call once; a script answers at once or never.
async fn once<T>(call: impl Future<Output = T>) -> Option<T> {
    let mut call = std::pin::pin!(call);
    poll_fn(|context| {
        Poll::Ready(match call.as_mut().poll(context) {
            Poll::Ready(answer) => Some(answer),
            Poll::Pending => None,
        })
    })
    .await
}

#[tokio::test]
async fn every_no_has_the_kind_and_the_dispatch_of_its_name() {
    let wait = Duration::from_secs(171);
    let refused = [
        (Reply::wrong_code(), ErrorKind::WrongCode),
        (Reply::expired(), ErrorKind::Expired),
        (Reply::too_soon(wait), ErrorKind::TooSoon),
        (Reply::limit_reached(), ErrorKind::LimitReached),
        (
            Reply::action_required("https://example.com/3d"),
            ErrorKind::ActionRequired,
        ),
        (Reply::refused("4711"), ErrorKind::Refused),
        (Reply::credentials(), ErrorKind::Credentials),
    ];
    let maybe = [
        (Reply::interrupted(), ErrorKind::Interrupted),
        (Reply::unreadable(), ErrorKind::Unreadable),
        (Reply::upstream(), ErrorKind::Upstream),
    ];
    let rows = refused
        .map(|(reply, kind)| (reply, kind, Dispatch::Refused))
        .into_iter()
        .chain(maybe.map(|(reply, kind)| (reply, kind, Dispatch::MaybeSent)))
        .chain([(
            Reply::unreachable(),
            ErrorKind::Unreachable,
            Dispatch::NotSent,
        )]);
    for (reply, kind, dispatch) in rows {
        let provider = Scripted::new()
            .on_send(reply.clone())
            .on_verify(reply.clone())
            .on_notify(reply);
        let sent = provider.send_otp(&challenge("s")).await;
        let error = assert_error(&sent, kind, dispatch);
        assert_eq!(error.provider(), Some("scripted"));
        assert_eq!(error.operation(), Some(Operation::SEND_OTP));
        let waits = kind == ErrorKind::TooSoon;
        assert_eq!(seconds(error.wait()), waits.then_some(171));
        let is_refused = kind == ErrorKind::Refused;
        let given = is_refused.then(|| unknown("4711"));
        assert_eq!(error.code(), given.as_ref());
        assert_eq!(
            error.action().map(WebAddress::as_str),
            (kind == ErrorKind::ActionRequired).then_some("https://example.com/3d")
        );
        let verified = provider.verify_otp(&challenge("s"), &code()).await;
        assert_error(&verified, kind, dispatch);
        let notified = provider.notify(&notice()).await;
        assert_error(&notified, kind, dispatch);
        provider.assert_finished();
    }
}

#[tokio::test]
async fn a_yes_says_what_it_was_told_to() {
    let (wait, rest) = (Duration::from_secs(30), Duration::from_secs(180));
    let provider = Scripted::new()
        .on_send(
            Reply::accepted()
                .with_challenge(challenge("next"))
                .with_resend(wait)
                .with_expiry(rest)
                .with_reference("r-1"),
        )
        .on_send(Reply::accepted())
        .on_verify(Reply::accepted().with_reference("r-2"))
        .on_notify(Reply::accepted().with_reference("r-3"));
    let sent = provider.send_otp(&challenge("s")).await.expect("a yes");
    assert_eq!(sent.challenge(), &challenge("next"));
    assert_eq!(seconds(sent.resend()), Some(30));
    assert_eq!(seconds(sent.expiry()), Some(180));
    assert_eq!(sent.reference().map(Reference::as_str), Some("r-1"));
    let plain = provider.send_otp(&challenge("s")).await.expect("a yes");
    assert_eq!(plain, OtpSent::new(challenge("s")));
    let verified = provider.verify_otp(&challenge("s"), &code()).await;
    assert_eq!(
        verified.expect("a yes").reference().map(Reference::as_str),
        Some("r-2")
    );
    let accepted = provider.notify(&notice()).await;
    assert_eq!(
        accepted.expect("a yes").reference().map(Reference::as_str),
        Some("r-3")
    );
}

#[tokio::test]
async fn a_no_can_renew_the_challenge() {
    let reply = Reply::error(|| Error::new(ErrorKind::WrongCode).with_code(unknown("9")));
    let provider = Scripted::new().on_verify(reply.with_challenge(challenge("next")));
    let wrong = provider.verify_otp(&challenge("s"), &code()).await;
    let error = assert_error(&wrong, ErrorKind::WrongCode, Dispatch::Refused);
    assert_eq!(error.challenge(), Some(&challenge("next")));
    assert_eq!(error.code(), Some(&unknown("9")));
}

#[tokio::test]
async fn what_holds_from_now_on_is_never_used_up() {
    let provider = Scripted::new()
        .on_verify(Reply::accepted())
        .on_verify(Reply::limit_reached().from_now_on())
        .on_send(Reply::accepted().from_now_on());
    assert!(provider.verify_otp(&challenge("s"), &code()).await.is_ok());
    for _ in 0..3 {
        let answer = provider.verify_otp(&challenge("s"), &code()).await;
        assert_error(&answer, ErrorKind::LimitReached, Dispatch::Refused);
    }
    provider.assert_finished();
    let panic = panic_of(|| provider.clone().on_verify(Reply::accepted()));
    assert!(panic.contains("nothing comes after it"), "{panic}");
}

#[tokio::test]
async fn never_is_never() {
    let provider = Scripted::new().on_send(Reply::never());
    let challenge = challenge("s");
    assert!(once(provider.send_otp(&challenge)).await.is_none());
    assert_eq!(provider.calls().len(), 1);
}

#[tokio::test]
async fn an_unexpected_call_is_loud_and_stays_known() {
    let provider = Scripted::new().on_send(Reply::accepted());
    provider.send_otp(&challenge("s")).await.expect("a yes");
    let again = provider.clone();
    let task = tokio::spawn(async move { again.send_otp(&challenge("s")).await });
    assert!(task.await.expect_err("a panic").is_panic());
    assert_eq!(provider.calls().len(), 2);
    // The task swallowed the panic: the test fails at its end all the same.
    let panic = panic_of(|| drop(provider));
    assert!(
        panic.contains("the script expects no call here; calls made: 2"),
        "{panic}"
    );
}

#[tokio::test]
async fn replies_to_one_recipient_are_taken_by_its_calls_alone() {
    let other = PhoneNumber::parse("+49 151 23456789").expect("a number");
    let to_other = OtpChallenge::for_phone(SessionId::parse("t").expect("a session"), other);
    let provider = Scripted::new()
        .on_send_to(other, Reply::limit_reached())
        .on_verify_to(other, Reply::accepted())
        .on_send(Reply::accepted());
    assert!(provider.send_otp(&challenge("s")).await.is_ok());
    let refused = provider.send_otp(&to_other).await;
    assert_error(&refused, ErrorKind::LimitReached, Dispatch::Refused);
    assert!(provider.verify_otp(&to_other, &code()).await.is_ok());

    let late = Scripted::new().on_notify_to(phone(), Reply::accepted());
    let panic = panic_of(|| drop(late));
    let masked = phone().masked().to_string();
    assert!(
        panic.contains(&format!("notify to {masked}: replies left over: 1")),
        "{panic}"
    );
}

#[test]
fn what_is_left_over_is_told_by_name() {
    let provider = Scripted::new()
        .on_send(Reply::accepted())
        .on_send(Reply::accepted())
        .on_notify(Reply::upstream());
    drop(provider.clone());
    let panic = panic_of(|| drop(provider));
    assert!(panic.contains("send_otp: replies left over: 2, calls made: 0"));
    assert!(panic.contains("notify: replies left over: 1, calls made: 0"));
}

#[test]
fn only_a_yes_has_times_and_a_reference() {
    let second = Duration::from_secs(1);
    panic_of(|| Reply::wrong_code().with_resend(second));
    panic_of(|| Reply::never().with_expiry(second));
    panic_of(|| Reply::upstream().with_reference("r-1"));
}
