//! Tests of the scripted provider and of its replies.

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::task::Poll;
use std::time::Duration;

use onay_core::{Delivery, ErrorKind, Gsm, SessionId};

use super::*;
use crate::assert_error;

fn challenge(session: &str) -> OtpChallenge {
    OtpChallenge::for_gsm(
        SessionId::parse(session).expect("a session"),
        Gsm::parse("0555 000 00 42").expect("a number"),
    )
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
async fn every_no_has_the_kind_and_the_delivery_of_its_name() {
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
        .map(|(reply, kind)| (reply, kind, Delivery::Refused))
        .into_iter()
        .chain(maybe.map(|(reply, kind)| (reply, kind, Delivery::MaybeSent)))
        .chain([(
            Reply::unreachable(),
            ErrorKind::Unreachable,
            Delivery::NotSent,
        )]);
    for (reply, kind, delivery) in rows {
        let provider = Scripted::new()
            .on_send(reply.clone())
            .on_verify(reply.clone())
            .on_notify(reply);
        let sent = provider.send_otp(&challenge("s")).await;
        let error = assert_error(&sent, kind, delivery);
        assert_eq!(error.provider(), Some("scripted"));
        assert_eq!(
            error.retry_after(),
            (kind == ErrorKind::TooSoon).then_some(wait)
        );
        assert_eq!(error.code(), (kind == ErrorKind::Refused).then_some("4711"));
        assert_eq!(
            error.action_url(),
            (kind == ErrorKind::ActionRequired).then_some("https://example.com/3d")
        );
        let verified = provider.verify_otp(&challenge("s"), &code()).await;
        assert_error(&verified, kind, delivery);
        let link = LinkId::parse("NB2Zlz3").expect("a link");
        let gsm = Gsm::parse("0555 000 00 42").expect("a number");
        let notified = provider.notify(&link, &gsm.into()).await;
        assert_error(&notified, kind, delivery);
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
                .with_resend_in(wait)
                .with_expires_in(rest)
                .with_reference("r-1"),
        )
        .on_send(Reply::accepted())
        .on_verify(Reply::accepted().with_reference("r-2"))
        .on_notify(Reply::accepted().with_reference("r-3"));
    let sent = provider.send_otp(&challenge("s")).await.expect("a yes");
    assert_eq!(sent.challenge(), &challenge("next"));
    assert_eq!(
        (sent.resend_in(), sent.expires_in()),
        (Some(wait), Some(rest))
    );
    assert!(sent.resend_after() < sent.expires_at());
    assert_eq!(sent.reference(), Some("r-1"));
    let plain = provider.send_otp(&challenge("s")).await.expect("a yes");
    assert_eq!(plain, OtpSent::new(challenge("s")));
    let verified = provider.verify_otp(&challenge("s"), &code()).await;
    assert_eq!(verified.expect("a yes").reference(), Some("r-2"));
    let link = LinkId::parse("NB2Zlz3").expect("a link");
    let gsm = Gsm::parse("0555 000 00 42").expect("a number");
    let accepted = provider.notify(&link, &gsm.into()).await;
    assert_eq!(accepted.expect("a yes").reference(), Some("r-3"));
}

#[tokio::test]
async fn a_no_can_renew_the_challenge() {
    let reply = Reply::error(|| Error::new(ErrorKind::WrongCode).with_code("9"));
    let provider = Scripted::new().on_verify(reply.with_challenge(challenge("next")));
    let wrong = provider.verify_otp(&challenge("s"), &code()).await;
    let error = assert_error(&wrong, ErrorKind::WrongCode, Delivery::Refused);
    assert_eq!(error.challenge(), Some(&challenge("next")));
    assert_eq!(error.code(), Some("9"));
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
        assert_error(&answer, ErrorKind::LimitReached, Delivery::Refused);
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
    let panic = panic_of(|| provider.assert_finished());
    assert!(panic.contains("send_otp: the script expects no call here; calls made: 2"));
    assert_eq!(provider.calls().len(), 2);
}

#[test]
fn what_is_left_over_is_told_by_name() {
    let provider = Scripted::new()
        .on_send(Reply::accepted())
        .on_send(Reply::accepted())
        .on_notify(Reply::upstream());
    let panic = panic_of(|| provider.assert_finished());
    assert!(panic.contains("send_otp: replies left over: 2, calls made: 0"));
    assert!(panic.contains("notify: replies left over: 1, calls made: 0"));
}

#[test]
fn only_a_yes_has_times_and_a_reference() {
    let second = Duration::from_secs(1);
    panic_of(|| Reply::wrong_code().with_resend_in(second));
    panic_of(|| Reply::never().with_expires_in(second));
    panic_of(|| Reply::upstream().with_reference("r-1"));
}
