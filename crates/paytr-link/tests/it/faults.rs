//! Broken connections: one request at most, and the truth about it, on all four calls.

use onay_core::{Delivery, Error, ErrorKind};
use onay_paytr_link::PaytrLink;
use onay_testkit::{Behaviour, ClosedPort, SocketServer};

use crate::support::{SHORT, email, gsm, link, paytr_within, product};

async fn all(paytr: &PaytrLink) -> [Error; 4] {
    [
        paytr.create(product()).await.expect_err("it broke"),
        paytr.send_sms(&link(), &gsm()).await.expect_err("it broke"),
        paytr
            .send_email(&link(), &email())
            .await
            .expect_err("it broke"),
        paytr.delete(&[link()]).await.expect_err("it broke"),
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
        for error in all(&paytr_within(&server.url(), SHORT)).await {
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
    for error in all(&paytr_within(&nobody.url(), SHORT)).await {
        assert_eq!(error.kind(), ErrorKind::Unreachable);
        assert_eq!(error.delivery(), Delivery::NotSent);
    }
}
