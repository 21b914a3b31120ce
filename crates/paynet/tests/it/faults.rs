//! Broken connections: one request at most, and the truth about it, on both calls.

use onay_core::{Delivery, Error, ErrorKind};
use onay_testkit::{Behaviour, ClosedPort, SocketServer};

use crate::support::{SHORT, check, paynet, paynet_within, send};

async fn both(behaviour: Behaviour) -> [(Error, usize); 2] {
    let server = SocketServer::start(behaviour).await;
    let paynet = paynet_within(&server.url(), SHORT);
    let sent = send(&paynet).await.expect_err("it broke");
    let after_send = server.requests().len();
    let checked = check(&paynet).await.expect_err("it broke");
    let after_check = server.requests().len() - after_send;
    [(sent, after_send), (checked, after_check)]
}

#[tokio::test]
async fn once_the_request_may_have_left_it_is_one_request_and_maybe_sent() {
    for (behaviour, kind) in [
        (Behaviour::CloseAfterRequest, ErrorKind::Interrupted),
        (Behaviour::ResetAfterRequest, ErrorKind::Interrupted),
        (Behaviour::NeverAnswer, ErrorKind::Interrupted),
        (
            Behaviour::Drip(b"HTTP/1.1 200 OK\r\n".repeat(9), SHORT / 20),
            ErrorKind::Interrupted,
        ),
        (
            Behaviour::AnswerAndClose(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{".to_vec()),
            ErrorKind::Interrupted,
        ),
        (
            Behaviour::AnswerAndClose(b"garbage\r\n\r\n".to_vec()),
            ErrorKind::Unreadable,
        ),
        (Behaviour::Endless, ErrorKind::Unreadable),
    ] {
        let shown = format!("{behaviour:?}");
        for (error, requests) in both(behaviour).await {
            assert_eq!(error.kind(), kind, "{shown:.60}: {error:?}");
            assert_eq!(error.delivery(), Delivery::MaybeSent, "{shown:.60}");
            assert_eq!(requests, 1, "{shown:.60}");
        }
    }
}

#[tokio::test]
async fn without_a_connection_nothing_was_sent() {
    let nobody = ClosedPort::take();
    for base in [nobody.url(), "https://no-such-host.invalid".to_owned()] {
        for error in [
            send(&paynet(&base)).await.expect_err("nobody there"),
            check(&paynet(&base)).await.expect_err("nobody there"),
        ] {
            assert_eq!(error.kind(), ErrorKind::Unreachable, "{base}");
            assert_eq!(error.delivery(), Delivery::NotSent, "{base}");
        }
    }
}

#[tokio::test]
async fn a_failed_tls_handshake_is_not_sent() {
    let server = SocketServer::start(Behaviour::CloseOnAccept).await;
    let paynet = paynet(&server.url().replace("http", "https"));
    let error = send(&paynet).await.expect_err("no TLS");
    assert_eq!(error.kind(), ErrorKind::Unreachable);
    assert_eq!(error.delivery(), Delivery::NotSent);
    assert_eq!(server.connections(), 1);
}
