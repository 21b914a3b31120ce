//! What becomes of connections: slow ones, and those that are there when the sandbox ends.

use std::time::Duration;

use onay_sandbox::Sandbox;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::Instant;

use crate::support::KEY;

const GRACE: Duration = Duration::from_secs(2);
const PATIENCE: Duration = Duration::from_secs(10);
const BODY: &str = r#"{"user_gsm": "5550000042", "otp_session_id": "s"}"#;

fn head() -> String {
    format!(
        "POST /paynet/v1/card/send_otp HTTP/1.1\r\nhost: localhost\r\n\
         authorization: Basic {KEY}\r\naccept: application/json\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n",
        BODY.len()
    )
}

/// Where a call breaks off: within its head, and within its body.
fn breaks() -> [usize; 2] {
    [20, head().len() + 10]
}

/// A call that has begun, and the rest of it.
async fn half_a_call(sandbox: &Sandbox, sent: usize) -> (TcpStream, String) {
    let mut stream = TcpStream::connect(sandbox.local_addr())
        .await
        .expect("a connection");
    let mut call = format!("{}{BODY}", head());
    let rest = call.split_off(sent);
    stream.write_all(call.as_bytes()).await.expect("written");
    tokio::time::sleep(Duration::from_millis(100)).await;
    (stream, rest)
}

/// What is answered until the connection ends, however it ends.
async fn answer(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8(answer).expect("text")
}

#[tokio::test]
async fn a_call_under_way_is_answered_within_the_grace() {
    for sent in breaks() {
        let sandbox = Sandbox::start().await.expect("a sandbox");
        let (mut stream, rest) = half_a_call(&sandbox, sent).await;
        let stopping = tokio::spawn(sandbox.stop());
        tokio::task::yield_now().await;
        stream.write_all(rest.as_bytes()).await.expect("written");
        assert!(answer(&mut stream).await.starts_with("HTTP/1.1 200 OK"));
        stopping.await.expect("no panic");
    }
}

#[tokio::test]
async fn after_stopping_nothing_is_answered() {
    for sent in breaks() {
        let sandbox = Sandbox::start().await.expect("a sandbox");
        let (mut stream, rest) = half_a_call(&sandbox, sent).await;
        tokio::time::pause();
        let started = Instant::now();
        sandbox.stop().await;
        let waited = started.elapsed();
        assert!(waited >= GRACE && waited < GRACE * 2, "{waited:?}");
        tokio::time::resume();
        let _ = stream.write_all(rest.as_bytes()).await;
        assert_eq!(answer(&mut stream).await, "");
    }
}

async fn nothing_is_answered_after_dropping() {
    for sent in breaks() {
        let sandbox = Sandbox::start().await.expect("a sandbox");
        let (mut stream, rest) = half_a_call(&sandbox, sent).await;
        drop(sandbox);
        let _ = stream.write_all(rest.as_bytes()).await;
        assert_eq!(answer(&mut stream).await, "");
    }
}

#[tokio::test]
async fn after_dropping_nothing_is_answered() {
    nothing_is_answered_after_dropping().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_dropping_nothing_is_answered_on_other_threads() {
    nothing_is_answered_after_dropping().await;
}

#[tokio::test]
async fn giving_up_on_stopping_ends_every_connection() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let (mut stream, rest) = half_a_call(&sandbox, 20).await;
    let stopped = tokio::time::timeout(Duration::from_millis(10), sandbox.stop()).await;
    assert!(stopped.is_err());
    let _ = stream.write_all(rest.as_bytes()).await;
    assert_eq!(answer(&mut stream).await, "");
}

#[tokio::test]
async fn a_head_that_never_comes_is_not_waited_for() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let (mut stream, _) = half_a_call(&sandbox, 20).await;
    tokio::time::pause();
    let started = Instant::now();
    assert_eq!(answer(&mut stream).await, "");
    assert!(started.elapsed() <= PATIENCE);
}

#[tokio::test]
async fn a_body_that_never_comes_is_not_waited_for() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let (mut provider, _) = half_a_call(&sandbox, head().len() + 10).await;
    let mut api = TcpStream::connect(sandbox.local_addr())
        .await
        .expect("a connection");
    api.write_all(
        b"POST /api/v1/clock/advance HTTP/1.1\r\nhost: localhost\r\ncontent-length: 20\r\n\r\n{",
    )
    .await
    .expect("written");
    tokio::time::sleep(Duration::from_millis(100)).await;
    tokio::time::pause();
    let started = Instant::now();
    let refused = answer(&mut provider).await;
    assert!(refused.starts_with("HTTP/1.1 400 Bad Request"), "{refused}");
    let refused = answer(&mut api).await;
    assert!(
        refused.starts_with("HTTP/1.1 413 Payload Too Large"),
        "{refused}"
    );
    assert!(started.elapsed() <= PATIENCE);
}
