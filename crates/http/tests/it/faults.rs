//! Every way in which a connection can break: at most one request, the truth about it, and the reason.

use std::error::Error as _;
use std::time::Duration;

use onay_core::{Dispatch, Error, ErrorKind, Operation};
use onay_http::reqwest::dns::{Name, Resolve, Resolving};
use onay_http::{BaseUrl, HttpClient, HttpClientBuilder};
use onay_testkit::{Behaviour, ClosedPort, SocketServer, printed};

use crate::support::{BODY, SHORT, builder, call, to_hand_in};

/// The error of one call, which has to end long before the timeout of a test.
async fn broken(client: HttpClientBuilder, base: &str) -> Error {
    let client = client.build().expect("a client");
    let call = tokio::time::timeout(Duration::from_secs(15), call(&client, base));
    let result = call.await.expect("every call ends");
    let error = result.expect_err("it broke");
    assert_eq!(error.provider(), Some("acme"));
    assert_eq!(error.operation(), Some(Operation::SEND_OTP));
    assert!(!printed(&error).contains("/send"), "{error:?}");
    error
}

fn ended(bytes: &str) -> Behaviour {
    Behaviour::AnswerAndClose(bytes.as_bytes().to_vec())
}

#[tokio::test]
#[rustfmt::skip]
async fn after_the_request_the_error_says_maybe_sent_and_why() {
    use ErrorKind::{Interrupted, Unreadable};

    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
    let begun = format!("{head}content-length: 100\r\n\r\n{{\"code\":");
    let drip = |bytes: &str| Behaviour::Drip(bytes.into(), Duration::from_millis(5));
    let broke = "the connection broke before a response came";
    let while_read = "the connection broke while the response was read";
    let late = "no response in time";
    // The head has to be there in time on a busy machine, and the body never is.
    let patient = SHORT * 5;
    let too_long = "the response is too long";
    let late_body = "time ran out while the response was read";
    let chunked = format!("{head}transfer-encoding: chunked\r\n\r\n5\r\n{{\"co");
    let cut = (SHORT, Interrupted, None);
    let cut_body = (SHORT, Interrupted, Some(200));
    for (behaviour, (timeout, kind, status), reason) in [
        (Behaviour::CloseAfterRequest, cut, broke),
        (Behaviour::ResetAfterRequest, cut, broke),
        (ended(head), cut, broke),
        (Behaviour::NeverAnswer, cut, late),
        (drip(&head.repeat(3)), cut, late),
        (ended("SMTP ready\r\n\r\n"), (SHORT, Unreadable, None), "the response is not HTTP"),
        (ended(&begun), cut_body, while_read),
        (ended(&chunked), cut_body, while_read),
        (Behaviour::Answer(begun.into_bytes()), (patient, Interrupted, Some(200)), late_body),
        (Behaviour::Endless, (patient, Unreadable, Some(200)), too_long),
    ] {
        let shown = format!("{behaviour:.60?}");
        let server = SocketServer::start(behaviour).await;
        let error = broken(builder().timeout(timeout), &server.url()).await;
        assert_eq!(
            (error.kind(), error.http_status()),
            (kind, status),
            "{shown}"
        );
        assert_eq!(error.dispatch(), Dispatch::MaybeSent, "{shown}");
        assert_eq!(
            error.reason().map(|reason| reason.english()),
            Some(reason),
            "{shown}"
        );
        let requests = server.requests();
        assert_eq!(requests.len(), 1, "{shown}");
        assert_eq!(requests[0].text(), BODY);
    }
}

#[tokio::test]
#[rustfmt::skip]
async fn no_connection_is_not_sent() {
    let refusing = ClosedPort::take();
    let silent = SocketServer::start(Behaviour::Silent).await;
    let closing = SocketServer::start(Behaviour::CloseOnAccept).await;
    let over_tls = |url: String| url.replace("http", "https");
    let closed = "the server cannot be reached";
    let stalled = "no connection in time";
    for (client, base, reason) in [
        (builder(), refusing.url(), closed),
        (builder(), over_tls(refusing.url()), closed),
        (builder(), over_tls(closing.url()), closed),
        (builder(), "https://no-such-host.invalid".to_owned(), "the host name is unknown"),
        // A timeout does not tell; the body knows that nothing asked for it.
        (builder().connect_timeout(SHORT), over_tls(silent.url()), stalled),
        (builder().timeout(SHORT), over_tls(silent.url()), stalled),
    ] {
        let error = broken(client, &base).await;
        assert_eq!(error.kind(), ErrorKind::Unreachable, "{base}: {error:?}");
        assert_eq!(error.dispatch(), Dispatch::NotSent, "{base}");
        let cause = error.source().expect("a cause");
        let (said, shown) = (cause.to_string(), format!("{cause:?}"));
        assert!(!said.is_empty() && shown.contains(&said), "{shown}");
        let is_end_of_time = said == "deadline has elapsed";
        assert!(cause.source().is_some() != is_end_of_time, "{shown} has a cause too");
        assert_eq!(
            error.reason().map(|reason| reason.english()),
            Some(reason),
            "{base}"
        );
    }
    assert!(closing.requests().is_empty());
}

/// A name server that knows no name, or never answers.
#[derive(Clone, Copy, Debug)]
struct Names {
    silent: bool,
}

impl Resolve for Names {
    fn resolve(&self, _: Name) -> Resolving {
        let silent = self.silent;
        Box::pin(async move {
            if silent {
                std::future::pending::<()>().await;
            }
            Err(std::io::Error::other("the name is unknown").into())
        })
    }
}

#[tokio::test]
async fn without_an_address_nothing_is_sent_and_the_call_ends() {
    for silent in [false, true] {
        let names = to_hand_in().dns_resolver(Names { silent });
        let client = builder().reqwest(names).connect_timeout(SHORT);
        let client = client.build().expect("a client");
        let result = call(&client, "https://api.example.com").await;
        let error = result.expect_err("no address");
        assert_eq!(error.kind(), ErrorKind::Unreachable, "{error:?}");
        assert_eq!(error.dispatch(), Dispatch::NotSent);
    }
}

/// The client refuses the address itself: no other try would do better.
#[tokio::test]
async fn a_client_that_only_speaks_tls_is_wrongly_set_up_for_plain_http() {
    let server = SocketServer::start(Behaviour::json("{}")).await;
    let client = HttpClient::builder().reqwest(to_hand_in().https_only(true));
    let error = broken(client, &server.url()).await;
    assert_eq!(error.kind(), ErrorKind::Config, "{error:?}");
    assert_eq!(error.dispatch(), Dispatch::NotSent);
    assert_eq!(error.reason(), None);
    assert_eq!(server.connections(), 0);
}

/// A body of nothing is asked for like any other: whether it left is known.
#[tokio::test]
async fn a_call_without_a_body_tells_the_truth_too() {
    for get in [false, true] {
        let answered = SocketServer::start(Behaviour::json("{}")).await;
        let empty = |base: String, client: HttpClientBuilder| async move {
            let base = BaseUrl::parse(&base).expect("a base URL");
            let client = client.build().expect("a client");
            let endpoint = client.endpoint("acme", Operation::SEND_OTP, &base, "/send");
            let endpoint = endpoint.expect("an endpoint");
            let endpoint = if get { endpoint.with_get() } else { endpoint };
            let request = endpoint.empty();
            request.send(|response| Ok(response.status())).await
        };
        let status = empty(answered.url(), builder()).await.expect("answered");
        assert_eq!(status, 200);
        let requests = answered.requests();
        let method = if get { "GET" } else { "POST" };
        assert_eq!(requests[0].line, format!("{method} /send HTTP/1.1"));
        assert_eq!(requests[0].text(), "");
        let length = requests[0].header("content-length");
        assert_eq!(length, (!get).then_some("0"));
        assert_eq!(requests[0].header("transfer-encoding"), None);

        let cut = SocketServer::start(Behaviour::CloseAfterRequest).await;
        let error = empty(cut.url(), builder()).await.expect_err("cut");
        assert_eq!(error.kind(), ErrorKind::Interrupted);
        assert_eq!(cut.requests().len(), 1);

        let refusing = ClosedPort::take();
        let error = empty(refusing.url(), builder()).await.expect_err("closed");
        assert_eq!(error.dispatch(), Dispatch::NotSent);

        let silent = SocketServer::start(Behaviour::Silent).await;
        let over_tls = silent.url().replace("http", "https");
        let late = empty(over_tls, builder().timeout(SHORT)).await;
        assert_eq!(late.expect_err("late").dispatch(), Dispatch::NotSent);
    }
}

/// Whether the client has written before the server's close arrives is a race. With either
/// outcome, "not sent" must be true.
#[tokio::test]
async fn closed_or_reset_on_accept_never_lies() {
    for behaviour in [Behaviour::CloseOnAccept, Behaviour::ResetOnAccept] {
        for _ in 0..20 {
            let server = SocketServer::start(behaviour.clone()).await;
            let error = broken(builder(), &server.url()).await;
            assert_eq!((error.http_status(), server.requests().len()), (None, 0));
            let expected = match error.dispatch() {
                Dispatch::NotSent => ErrorKind::Unreachable,
                _ => ErrorKind::Interrupted,
            };
            assert_eq!(error.kind(), expected);
            assert_eq!(error.dispatch(), expected.usual_dispatch());
        }
    }
}
