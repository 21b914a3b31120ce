//! Broken connections: one request at most, and the truth about it, on all four calls.

use onay_core::{Delivery, Error, ErrorKind, Gsm, OtpSender, OtpVerifier};
use onay_paywall_masterpass::{OpenSession, PaywallMasterpass};
use onay_testkit::{Behaviour, ClosedPort, SocketServer};

use crate::support::{SESSION, SHORT, challenge, code, paywall_within, session};

/// All four calls, one after another.
async fn all(paywall: &PaywallMasterpass) -> [Error; 4] {
    let gsm = Gsm::parse("0555 000 00 42").expect("a number");
    let request = OpenSession::new("order-1", "user-1", gsm);
    [
        paywall.open_session(&request).await.expect_err("it broke"),
        paywall
            .link_account(&session(SESSION))
            .await
            .expect_err("it broke"),
        paywall.send_otp(&challenge()).await.expect_err("it broke"),
        paywall
            .verify_otp(&challenge(), &code("1"))
            .await
            .expect_err("it broke"),
    ]
}

#[tokio::test]
async fn once_a_request_may_have_left_it_is_one_request_and_maybe_sent() {
    for (behaviour, kind) in [
        (Behaviour::CloseAfterRequest, ErrorKind::Interrupted),
        (Behaviour::ResetAfterRequest, ErrorKind::Interrupted),
        (Behaviour::NeverAnswer, ErrorKind::Interrupted),
        (
            Behaviour::AnswerAndClose(b"garbage\r\n\r\n".to_vec()),
            ErrorKind::Unreadable,
        ),
        (Behaviour::Endless, ErrorKind::Unreadable),
    ] {
        let shown = format!("{behaviour:?}");
        let server = SocketServer::start(behaviour).await;
        for error in all(&paywall_within(&server.url(), SHORT)).await {
            assert_eq!(
                (error.kind(), error.delivery()),
                (kind, Delivery::MaybeSent),
                "{shown:.40}"
            );
        }
        assert_eq!(server.requests().len(), 4, "{shown:.40}");
    }
}

#[tokio::test]
async fn without_a_connection_nothing_was_sent() {
    let nobody = ClosedPort::take();
    for error in all(&paywall_within(&nobody.url(), SHORT)).await {
        assert_eq!(error.kind(), ErrorKind::Unreachable);
        assert_eq!(error.delivery(), Delivery::NotSent);
    }
}
