//! The one retry there is: only for what was certainly not sent, bounded, off by default.

use std::time::Duration;

use onay_core::{Dispatch, ErrorKind};
use onay_http::ConnectRetry;
use onay_testkit::{Behaviour, SocketServer};

use crate::support::{SHORT, builder, call};

fn twice_more() -> ConnectRetry {
    ConnectRetry::new(2, Duration::from_millis(1)).expect("a retry")
}

/// A server that closes on accept fails every TLS handshake: no request can have left.
async fn tls_refuser() -> (SocketServer, String) {
    let server = SocketServer::start(Behaviour::CloseOnAccept).await;
    let url = server.url().replace("http", "https");
    (server, url)
}

#[tokio::test]
async fn off_by_default() {
    let (server, url) = tls_refuser().await;
    let client = builder().build().expect("a client");
    let error = call(&client, &url).await.expect_err("no TLS");
    assert_eq!(error.kind(), ErrorKind::Unreachable);
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn what_was_not_sent_is_tried_again_so_often_and_no_more() {
    let (server, url) = tls_refuser().await;
    let client = builder()
        .connect_retry(twice_more())
        .build()
        .expect("a client");
    let error = call(&client, &url).await.expect_err("no TLS");
    assert_eq!(error.dispatch(), Dispatch::NotSent);
    assert_eq!(server.connections(), 3);
}

#[tokio::test]
async fn no_try_begins_after_the_total_timeout() {
    let (server, url) = tls_refuser().await;
    let late = ConnectRetry::new(5, Duration::from_secs(1)).expect("a retry");
    let client = builder()
        .timeout(SHORT)
        .connect_retry(late)
        .build()
        .expect("a client");
    call(&client, &url).await.expect_err("no TLS");
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn what_may_have_left_is_never_tried_again() {
    for behaviour in [
        Behaviour::CloseAfterRequest,
        Behaviour::ResetAfterRequest,
        Behaviour::NeverAnswer,
        Behaviour::answer(500, "text/plain", ""),
        Behaviour::answer(503, "text/plain", ""),
        Behaviour::answer(408, "text/plain", ""),
        Behaviour::AnswerAndClose(b"garbage\r\n\r\n".to_vec()),
    ] {
        let shown = format!("{behaviour:?}");
        let server = SocketServer::start(behaviour).await;
        let builder = builder().timeout(SHORT).connect_retry(twice_more());
        let client = builder.build().expect("a client");
        // An HTTP status is an answer, good or bad; the provider judges it.
        let _ = call(&client, &server.url()).await;
        assert_eq!(
            (server.requests().len(), server.connections()),
            (1, 1),
            "{shown}"
        );
    }
}
