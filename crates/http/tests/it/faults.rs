//! Every way in which a connection can break: at most one request, and the truth about it.

use std::time::Duration;

use onay_core::{Delivery, ErrorKind};
use onay_testkit::{Behaviour, ClosedPort, SocketServer, printed};

use crate::support::{BODY, SHORT, builder, call};

/// Runs one call against one behaviour; the error's kind, delivery and status, and how many
/// requests the server received whole.
async fn run(behaviour: Behaviour) -> (ErrorKind, Delivery, Option<u16>, usize) {
    run_within(behaviour, SHORT).await
}

async fn run_within(
    behaviour: Behaviour,
    timeout: Duration,
) -> (ErrorKind, Delivery, Option<u16>, usize) {
    let server = SocketServer::start(behaviour).await;
    let client = builder().timeout(timeout).build().expect("a client");
    let url = server.url();
    let call = tokio::time::timeout(Duration::from_secs(15), call(&client, &url));
    let result = call.await.expect("the total timeout ends every call");
    let error = result.expect_err("it broke");
    assert_eq!(error.provider(), Some("acme"));
    assert!(!printed(&error).contains("/send"), "{error:?}");
    let requests = server.requests();
    for request in &requests {
        assert_eq!(request.text(), BODY);
    }
    (
        error.kind(),
        error.delivery(),
        error.http_status(),
        requests.len(),
    )
}

#[tokio::test]
async fn after_the_request_nobody_can_tell() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
    let cut_head = head.as_bytes().to_vec();
    let cut_body = format!("{head}content-length: 100\r\n\r\n{{\"code\":").into_bytes();
    let cut_chunk = format!("{head}transfer-encoding: chunked\r\n\r\n5\r\n{{\"co").into_bytes();
    for (behaviour, kind, status) in [
        (Behaviour::CloseAfterRequest, ErrorKind::Interrupted, None),
        (Behaviour::ResetAfterRequest, ErrorKind::Interrupted, None),
        (Behaviour::NeverAnswer, ErrorKind::Interrupted, None),
        (
            Behaviour::AnswerAndClose(cut_head),
            ErrorKind::Interrupted,
            None,
        ),
        (
            Behaviour::AnswerAndClose(cut_body),
            ErrorKind::Interrupted,
            Some(200),
        ),
        (
            Behaviour::AnswerAndClose(cut_chunk),
            ErrorKind::Interrupted,
            Some(200),
        ),
        (
            Behaviour::AnswerAndClose(b"SMTP ready\r\n\r\n".to_vec()),
            ErrorKind::Unreadable,
            None,
        ),
        (Behaviour::Endless, ErrorKind::Unreadable, Some(200)),
    ] {
        let shown = format!("{behaviour:?}");
        let seen = run(behaviour).await;
        assert_eq!(seen, (kind, Delivery::MaybeSent, status, 1), "{shown:.60}");
    }
}

#[tokio::test]
async fn a_slow_drip_ends_with_the_total_timeout() {
    let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n".repeat(2);
    let pause = Duration::from_millis(20);
    let seen = run(Behaviour::Drip(answer, pause)).await;
    assert_eq!(
        (seen.0, seen.1, seen.3),
        (ErrorKind::Interrupted, Delivery::MaybeSent, 1)
    );
}

#[tokio::test]
async fn a_slow_body_ends_with_the_total_timeout_too() {
    let mut answer = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n".to_vec();
    answer.extend([b' '; 500]);
    // The head has to be there in time on a busy machine, and the body must not.
    let seen = run_within(
        Behaviour::Drip(answer, Duration::from_millis(5)),
        Duration::from_secs(2),
    )
    .await;
    assert_eq!(
        seen,
        (ErrorKind::Interrupted, Delivery::MaybeSent, Some(200), 1)
    );
}

#[tokio::test]
async fn no_connection_is_not_sent() {
    let client = builder().build().expect("a client");
    let nobody = ClosedPort::take();
    for base in [
        nobody.url(),
        "https://no-such-host.invalid".to_owned(),
        nobody.url().replace("http", "https"),
    ] {
        let error = call(&client, &base).await.expect_err("nobody there");
        assert_eq!(error.kind(), ErrorKind::Unreachable, "{base}: {error:?}");
        assert_eq!(error.delivery(), Delivery::NotSent, "{base}");
    }
}

/// Whether the client has written before the server's close arrives is a race. Whatever comes of
/// it, "not sent" must be true.
#[tokio::test]
async fn closed_or_reset_on_accept_never_lies() {
    for behaviour in [Behaviour::CloseOnAccept, Behaviour::ResetOnAccept] {
        for _ in 0..20 {
            let (kind, delivery, status, requests) = run(behaviour.clone()).await;
            assert_eq!((status, requests), (None, 0));
            match delivery {
                Delivery::NotSent => assert_eq!(kind, ErrorKind::Unreachable),
                _ => assert_eq!(
                    (kind, delivery),
                    (ErrorKind::Interrupted, Delivery::MaybeSent)
                ),
            }
        }
    }
}

#[tokio::test]
async fn many_calls_over_one_client_stay_one_request_each() {
    let server = SocketServer::start(Behaviour::json(r#"{"code":0}"#)).await;
    let client = builder().build().expect("a client");
    let calls = (0..64).map(|_| {
        let (client, url) = (client.clone(), server.url());
        tokio::spawn(async move { call(&client, &url).await })
    });
    for call in calls.collect::<Vec<_>>() {
        assert_eq!(call.await.expect("ran").expect("answered").status(), 200);
    }
    assert_eq!(server.requests().len(), 64);
}

#[tokio::test]
async fn an_empty_body_is_refused_before_the_wire() {
    let server = SocketServer::start(Behaviour::json("{}")).await;
    let client = builder().build().expect("a client");
    let base = onay_http::BaseUrl::parse(&server.url()).expect("a base URL");
    let endpoint = client
        .endpoint("acme", "send_otp", &base, "/send")
        .expect("an endpoint");
    let error = endpoint.post(Vec::new(), Ok).await.expect_err("refused");
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert_eq!(server.connections(), 0);
}
