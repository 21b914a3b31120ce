//! Nothing leaks: not into errors, not into traces, not into the log, at any level.

use onay_core::Secret;
use onay_http::{BaseUrl, HttpClient};
use onay_testkit::{Behaviour, ClosedPort, SocketServer, TraceCapture, printed};

use crate::support::{SHORT, builder, to_hand_in};

const KEY: &str = "canary-key";
const BODY: &str = r#"{"code":"canary-body"}"#;

/// One call with secrets in header and body; what it printed, whatever came of it.
async fn call(client: &HttpClient, base: &str) -> String {
    let base = BaseUrl::parse(&format!("{base}/canary-path")).expect("a base URL");
    let endpoint = client
        .endpoint("acme", "send_otp", &base, "/send")
        .and_then(|endpoint| endpoint.with_secret_header("x-key", &Secret::new(KEY)))
        .expect("an endpoint");
    let shown = format!("{client:?} {:?}", HttpClient::builder());
    match endpoint.post(BODY.into(), Ok).await {
        Ok(answer) => format!("{shown} {answer:?}"),
        Err(error) => format!("{shown} {}", printed(&error)),
    }
}

#[tokio::test]
async fn no_canary_in_any_outcome() {
    let capture = TraceCapture::start();
    let canary_answer = r#"{"message":"canary-answer"}"#;
    let nobody = ClosedPort::take();
    let mut printed = String::new();
    for behaviour in [
        Behaviour::json(canary_answer),
        Behaviour::answer(500, "text/html; canary=1", "<html>canary-answer</html>"),
        Behaviour::AnswerAndClose(b"canary-garbage canary\r\n\r\n".to_vec()),
        Behaviour::AnswerAndClose(b"HTTP/1.1 200 OK\r\ncanary\x01: canary\r\n\r\n".to_vec()),
        Behaviour::CloseAfterRequest,
        Behaviour::ResetAfterRequest,
        Behaviour::NeverAnswer,
        Behaviour::Endless,
    ] {
        let server = SocketServer::start(behaviour).await;
        // A caller's builder that logs every byte is told to be quiet.
        let verbose = to_hand_in().connection_verbose(true);
        let client = builder()
            .timeout(SHORT)
            .reqwest(verbose)
            .build()
            .expect("a client");
        printed.push_str(&call(&client, &server.url()).await);
        let client = builder().timeout(SHORT).build().expect("a client");
        printed.push_str(&call(&client, &nobody.url()).await);
        printed.push_str(&call(&client, &server.url().replace("http", "https")).await);
    }
    let traced = capture.text();
    assert!(traced.contains("onay.call"), "the capture works");
    assert!(
        traced.contains("reqwest"),
        "the log of the library below is captured too"
    );
    assert!(!traced.contains("canary"), "{traced}");
    assert!(!printed.contains("canary"), "{printed}");
}

#[tokio::test]
async fn a_span_says_what_happened() {
    let capture = TraceCapture::start();
    let server = SocketServer::start(Behaviour::CloseAfterRequest).await;
    let client = builder().build().expect("a client");
    call(&client, &server.url()).await;
    let text = capture.text();
    for said in [
        "provider=\"acme\"",
        "operation=\"send_otp\"",
        "outcome=\"interrupted\"",
        "delivery=\"maybe_sent\"",
        "elapsed_ms=",
        "WARN",
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }
    let server = SocketServer::start(Behaviour::answer(404, "text/plain", "")).await;
    call(&client, &server.url()).await;
    assert!(capture.text().contains("status=404"));
}

#[tokio::test]
async fn a_dropped_call_says_whether_it_may_have_left() {
    for (behaviour, https, delivery) in [
        (Behaviour::NeverAnswer, false, "maybe_sent"),
        (Behaviour::Silent, true, "not_sent"),
    ] {
        let capture = TraceCapture::start();
        let server = SocketServer::start(behaviour).await;
        let client = builder().build().expect("a client");
        let scheme = if https { "https" } else { "http" };
        let url = server.url().replace("http", scheme);
        let call = call(&client, &url);
        tokio::time::timeout(SHORT, call)
            .await
            .expect_err("dropped");
        let text = capture.text();
        assert!(text.contains("outcome=\"dropped\""), "{text}");
        assert!(text.contains(&format!("delivery=\"{delivery}\"")), "{text}");
    }
}
