//! Nothing leaks: not into errors, not into traces, not into the log, at any level.

use std::io;
use std::sync::{Arc, Mutex};

use onay_core::{CodeTable, Error, ErrorKind, Operation, Secret};
use onay_http::{BaseUrl, HttpClient, Response};
use onay_testkit::{Behaviour, ClosedPort, SocketServer, TraceCapture, printed};

use crate::support::{SHORT, builder, raw, to_hand_in};

const KEY: &str = "canary-key";
const BODY: &str = r#"{"code":"canary-body"}"#;

/// One call with secrets in header and body; what it printed, with any result.
async fn call(client: &HttpClient, base: &str) -> String {
    let base = BaseUrl::parse(&format!("{base}/canary-path")).expect("a base URL");
    let endpoint = client
        .endpoint("acme", Operation::SEND_OTP, &base, "/send")
        .and_then(|endpoint| endpoint.with_secret_header("x-key", &Secret::new(KEY)))
        .expect("an endpoint");
    let shown = format!("{client:?} {:?}", HttpClient::builder());
    let request = endpoint.json(&raw(BODY)).expect("a body");
    match request.send(|response| Ok(format!("{response:?}"))).await {
        Ok(response) => format!("{shown} {response}"),
        Err(error) => format!("{shown} {}", printed(&error)),
    }
}

#[tokio::test]
async fn no_canary_in_any_outcome() {
    let capture = TraceCapture::start();
    // A caller's builder that logs every byte is told to be quiet.
    let verbose = to_hand_in().connection_verbose(true);
    let client = builder().timeout(SHORT).reqwest(verbose).build();
    let client = client.expect("a client");
    let mut printed = String::new();
    for behaviour in [
        Behaviour::json(r#"{"message":"canary-answer"}"#),
        Behaviour::answer(500, "text/html; canary=1", "<html>canary-answer</html>"),
        Behaviour::AnswerAndClose(b"canary-garbage canary\r\n\r\n".to_vec()),
        Behaviour::AnswerAndClose(b"HTTP/1.1 200 OK\r\ncanary\x01: canary\r\n\r\n".to_vec()),
        Behaviour::CloseAfterRequest,
    ] {
        let server = SocketServer::start(behaviour).await;
        printed.push_str(&call(&client, &server.url()).await);
    }
    let refusing = ClosedPort::take();
    for base in [refusing.url(), refusing.url().replace("http", "https")] {
        printed.push_str(&call(&client, &base).await);
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
        "outcome=\"error\"",
        "kind=\"interrupted\"",
        "dispatch=\"maybe_sent\"",
        "elapsed_ms=",
        "WARN",
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }
    let server = SocketServer::start(Behaviour::answer(404, "text/plain", "")).await;
    call(&client, &server.url()).await;
    assert!(capture.text().contains("http.response.status_code=404"));
}

#[tokio::test]
async fn a_dropped_call_says_whether_it_may_have_left() {
    for (behaviour, https, dispatch) in [
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
        assert!(text.contains(&format!("dispatch=\"{dispatch}\"")), "{text}");
    }
}

/// What a log at the level INFO, which is the usual one, shows of a call.
#[derive(Clone, Default)]
struct AtInfo(Arc<Mutex<Vec<u8>>>);

impl AtInfo {
    fn start() -> (Self, impl Drop) {
        // Beside a second subscriber `tracing` asks each one anew, beside any other test.
        drop(TraceCapture::start());
        let kept = Self::default();
        let writer = kept.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::INFO)
            .with_ansi(false)
            .without_time()
            .with_writer(move || writer.clone())
            .finish();
        (kept, tracing::subscriber::set_default(subscriber))
    }

    /// The lines, without what they measure.
    fn lines(&self) -> Vec<String> {
        let kept = self.0.lock().expect("not poisoned").clone();
        let text = String::from_utf8(kept).expect("text");
        let line = |line: &str| {
            let counted = " monotonic_counter.onay_calls=1 histogram.onay_call_duration=";
            let (said, elapsed) = line.split_once(counted).expect("how long it took");
            assert!(elapsed.parse::<f64>().is_ok(), "nothing follows: {line}");
            said.trim_start().to_owned()
        };
        text.lines().map(line).collect()
    }
}

impl io::Write for AtInfo {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("not poisoned").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

static CODES: CodeTable = CodeTable::new(&[]);

const TROUBLE: &str = "WARN onay_http::trace: the call ended: it needs attention provider=\"acme\" operation=\"send_otp\"";
const DOUBT: &str = "WARN onay_http::trace: the call ended: it may have taken effect provider=\"acme\" operation=\"send_otp\"";

#[tokio::test]
async fn a_warning_says_all_of_it_where_the_span_is_left_out() {
    let (log, _guard) = AtInfo::start();
    let client = builder().timeout(SHORT).build().expect("a client");
    let cut = SocketServer::start(Behaviour::CloseAfterRequest).await;
    call(&client, &cut.url()).await;
    call(&client, &ClosedPort::take().url()).await;
    let patient = builder().build().expect("a client");
    let silent = SocketServer::start(Behaviour::NeverAnswer).await;
    tokio::time::timeout(SHORT, call(&patient, &silent.url()))
        .await
        .expect_err("dropped");
    assert_eq!(
        log.lines(),
        [
            format!("{DOUBT} outcome=\"error\" kind=\"interrupted\" dispatch=\"maybe_sent\""),
            format!("{TROUBLE} outcome=\"error\" kind=\"unreachable\" dispatch=\"not_sent\""),
            format!("{DOUBT} outcome=\"dropped\" dispatch=\"maybe_sent\""),
        ]
    );
}

#[tokio::test]
async fn a_warning_is_for_what_somebody_has_to_act_on() {
    let server = SocketServer::start(Behaviour::answer(403, "text/plain", "canary")).await;
    let base = BaseUrl::parse(&server.url()).expect("a base URL");
    let client = builder().build().expect("a client");
    let endpoint = client.endpoint("acme", Operation::SEND_OTP, &base, "/send");
    let endpoint = endpoint.expect("an endpoint");
    for kind in ErrorKind::ALL.iter().copied() {
        let (log, _guard) = AtInfo::start();
        let request = endpoint.json(&raw(BODY)).expect("a body");
        let code = CODES.code("canary");
        let read = |_: &Response| Err::<(), _>(Error::new(kind).with_code(code));
        request.send(read).await.expect_err("a no");
        let expected = match kind {
            ErrorKind::Credentials | ErrorKind::Config | ErrorKind::Unreachable => Some(TROUBLE),
            ErrorKind::Interrupted | ErrorKind::Unreadable | ErrorKind::Upstream => Some(DOUBT),
            _ => None,
        };
        let dispatch = Error::new(kind).dispatch();
        let expected = expected.map(|begins| {
            let (kind, dispatch) = (kind.as_str(), dispatch.as_str());
            format!(
                "{begins} outcome=\"error\" kind=\"{kind}\" dispatch=\"{dispatch}\" http.response.status_code=403"
            )
        });
        assert_eq!(log.lines(), Vec::from_iter(expected), "{kind:?}");
    }
    let (log, _guard) = AtInfo::start();
    let request = endpoint.json(&raw(BODY)).expect("a body");
    request.send(|_| Ok(())).await.expect("a response");
    assert_eq!(log.lines(), Vec::<String>::new());
}
