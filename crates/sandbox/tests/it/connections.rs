//! What becomes of connections: slow ones, and those that are there when the sandbox ends.

use std::time::Duration;

use onay_sandbox::Sandbox;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::Instant;

use crate::support::{Caller, KEY, Response, paynet};

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

#[tokio::test]
async fn an_answer_that_is_not_read_is_not_waited_for() {
    const CALLS: usize = 200;
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_recv_buffer_size(4096).expect("a size");
    let stream = socket.connect(sandbox.local_addr()).await;
    let mut stream = stream.expect("a connection");
    let call = "GET /api/v1/openapi.json HTTP/1.1\r\nhost: localhost\r\n\r\n";
    let calls = call.repeat(CALLS);
    stream.write_all(calls.as_bytes()).await.expect("written");
    tokio::time::sleep(Duration::from_millis(300)).await;
    tokio::time::pause();
    tokio::time::sleep(PATIENCE + Duration::from_secs(1)).await;
    tokio::time::resume();
    let mut answers = Vec::new();
    let reading = stream.read_to_end(&mut answers);
    let reading = tokio::time::timeout(Duration::from_secs(5), reading).await;
    assert!(reading.is_ok(), "the connection goes on");
    let heads = answers.windows(15).filter(|it| it == b"HTTP/1.1 200 OK");
    let heads = heads.count();
    assert!((1..CALLS).contains(&heads), "{heads} were answered");
}

#[tokio::test]
async fn so_many_wait_at_once_and_no_more() {
    const MOST: usize = 256;
    let (sandbox, caller) = paynet().await;
    let wait = b"GET /api/v1/messages/wait?timeout_ms=120000 HTTP/1.1\r\nhost: localhost\r\n\r\n";
    let mut waiting = Vec::new();
    for _ in 0..MOST {
        let stream = TcpStream::connect(sandbox.local_addr()).await;
        let mut stream = stream.expect("a connection");
        stream.write_all(wait).await.expect("written");
        waiting.push(stream);
    }
    let refused = loop {
        let one_more = caller.get("/api/v1/messages/wait?timeout_ms=20");
        let answer = Response::of(one_more).await;
        // The others are still coming in.
        if answer.status != 408 {
            break answer;
        }
    };
    assert_eq!(refused.status, 503);
    assert_eq!(refused.json()["error"]["code"], "too_many_waiting");
    assert_eq!(Response::of(caller.get("/livez")).await.status, 200);
    caller.send("s", "5550000042").await;
    let there = Response::of(caller.get("/api/v1/messages/wait")).await;
    assert_eq!(there.status, 200, "who finds a message waits for none");
    let mut head = [0; 15];
    for stream in &mut waiting {
        stream.read_exact(&mut head).await.expect("an answer");
        assert_eq!(&head, b"HTTP/1.1 200 OK");
    }
}

/// All of 127.0.0.0/8 is this machine, on Linux.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn one_address_that_keeps_its_connections_busy_keeps_no_other_out() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let mut busy = Vec::new();
    for _ in 0..520 {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind(([127, 0, 0, 2], 0).into()).expect("an address");
        let stream = socket.connect(sandbox.local_addr()).await;
        let mut stream = stream.expect("a connection");
        // A head without its body, which may come for ten seconds. The last ones are turned away.
        let _ = stream.write_all(head().as_bytes()).await;
        busy.push(stream);
    }
    let alive = Response::of(Caller::new(&sandbox).get("/livez"));
    let alive = tokio::time::timeout(Duration::from_secs(3), alive).await;
    assert_eq!(alive.expect("at once").status, 200);
}

#[tokio::test]
async fn a_head_without_end_is_refused() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let stream = TcpStream::connect(sandbox.local_addr()).await;
    let mut stream = stream.expect("a connection");
    let head = format!("GET /livez HTTP/1.1\r\nx: {}", "a".repeat(80 * 1024));
    let _ = stream.write_all(head.as_bytes()).await;
    let answer = answer(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 431 "), "{answer}");
}
