//! Each kind of fault, as a client of Paynet sees it on the wire.

use std::io::ErrorKind;
use std::time::{Duration, Instant};

use onay_sandbox::{Fault, FaultRule, Sandbox};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{Caller, KEY, NUMBER, Response};

async fn with(fault: Fault) -> (Sandbox, Caller) {
    let sandbox = Sandbox::builder()
        .fault(fault)
        .start()
        .await
        .expect("a sandbox");
    let caller = Caller::new(&sandbox);
    (sandbox, caller)
}

/// What comes over the wire for one call, and how it ends.
async fn wire(sandbox: &Sandbox) -> (String, Result<(), ErrorKind>) {
    let body = format!(r#"{{"user_gsm": "{NUMBER}", "otp_session_id": "s"}}"#);
    let call = format!(
        "POST /paynet/v1/card/send_otp HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
         authorization: Basic {KEY}\r\naccept: application/json\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(sandbox.local_addr())
        .await
        .expect("a connection");
    stream.write_all(call.as_bytes()).await.expect("written");
    let mut answer = Vec::new();
    let ended = stream.read_to_end(&mut answer).await;
    let answer = String::from_utf8(answer).expect("text");
    (answer, ended.map(|_| ()).map_err(|error| error.kind()))
}

/// The head and the body of an answer.
fn parts(answer: &str) -> (&str, &str) {
    answer.split_once("\r\n\r\n").expect("a whole head")
}

fn content_length(head: &str) -> usize {
    let line = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    line.expect("a length").parse().expect("a number")
}

async fn entry(caller: &Caller) -> Value {
    caller.ask("/api/v1/journal?limit=1").await["calls"][0].clone()
}

#[tokio::test]
async fn accept_then_cut_delivers_and_hangs_up() {
    let (sandbox, caller) = with(Fault::AcceptThenCut).await;
    assert_eq!(wire(&sandbox).await, (String::new(), Ok(())));
    assert_eq!(sandbox.messages().len(), 1, "the message went out");

    let entry = entry(&caller).await;
    assert_eq!(entry["fault"], "accept_then_cut");
    assert_eq!(entry["outcome"], "accepted");
    assert_eq!(entry["message"], 1);
    assert_eq!(entry["answer"], json!({"status": null, "body": {}}));
    let word = entry["doctor"].as_str().expect("a text");
    assert_eq!(word, "a fault was asked for: accept_then_cut");

    sandbox.clear_faults();
    let code = crate::support::newest_code(&sandbox);
    assert_eq!(caller.check("s", NUMBER, &code).await.json()["code"], 0);
}

#[tokio::test]
async fn cut_before_read_resets_and_does_nothing() {
    let (sandbox, caller) = with(Fault::CutBeforeRead).await;
    let (answer, ended) = wire(&sandbox).await;
    assert_eq!(answer, "");
    assert_eq!(ended, Err(ErrorKind::ConnectionReset));
    assert!(sandbox.messages().is_empty());
    let entry = entry(&caller).await;
    assert_eq!(entry["fault"], "cut_before_read");
    assert_eq!(entry["outcome"], "unhandled");
    assert_eq!(entry["message"], Value::Null);
    assert_eq!(entry["answer"]["status"], Value::Null);

    sandbox.clear_faults();
    assert_eq!(
        caller.send("s", NUMBER).await.json()["code"],
        0,
        "nothing is running"
    );
}

#[tokio::test]
async fn truncate_promises_the_whole_and_sends_a_part() {
    for (bytes, sent) in [(0, Some(0)), (7, Some(7)), (65_536, None)] {
        let (sandbox, caller) = with(Fault::Truncate(bytes)).await;
        let (answer, ended) = wire(&sandbox).await;
        let (head, body) = parts(&answer);
        assert!(head.starts_with("HTTP/1.1 200 OK"), "{head}");
        let whole = content_length(head);
        assert_eq!(body.len(), sent.unwrap_or(whole - 1), "{answer}");
        assert_eq!(ended, Ok(()));
        assert_eq!(sandbox.messages().len(), 1);
        let entry = entry(&caller).await;
        assert_eq!(entry["fault"], "truncate");
        assert!(
            entry["answer"]["body"]
                .to_string()
                .starts_with(r#"{"code":0"#)
        );
    }
}

#[tokio::test]
async fn drip_sends_byte_by_byte() {
    let pause = Duration::from_millis(2);
    let (sandbox, _) = with(Fault::Drip(pause)).await;
    let started = Instant::now();
    let (answer, _) = wire(&sandbox).await;
    let (head, body) = parts(&answer);
    assert_eq!(content_length(head), body.len());
    let json: Value = serde_json::from_str(body).expect("JSON");
    assert_eq!(json["code"], 0);
    let bytes = u32::try_from(body.len()).expect("short");
    assert!(started.elapsed() >= pause * bytes);
    assert_eq!(sandbox.messages().len(), 1);
}

#[tokio::test]
async fn delay_is_real_time_and_the_message_does_not_wait() {
    let delay = Duration::from_millis(300);
    let (sandbox, caller) = with(Fault::Delay(delay)).await;
    sandbox.advance(Duration::from_secs(3_600));
    let started = Instant::now();
    let sending = tokio::spawn(async move { caller.send("s", NUMBER).await });
    let message = sandbox
        .wait_for_message(NUMBER, Duration::from_secs(5))
        .await;
    assert!(message.is_ok());
    assert!(!sending.is_finished(), "the answer is not there yet");
    assert_eq!(sending.await.expect("no panic").json()["code"], 0);
    assert!(started.elapsed() >= delay);
}

#[tokio::test]
async fn status_comes_without_a_body_and_nothing_is_done() {
    for code in [302, 401, 429, 503, 599] {
        let (sandbox, caller) = with(Fault::Status(code)).await;
        let answer = caller.send("s", NUMBER).await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (code, ""));
        assert!(!answer.headers.contains_key("content-type"));
        assert!(sandbox.messages().is_empty());
        let entry = entry(&caller).await;
        assert_eq!(entry["outcome"], "unhandled");
        assert_eq!(entry["answer"], json!({"status": code, "body": {}}));
    }
}

#[tokio::test]
async fn html_and_empty_are_200_and_the_message_went_out() {
    for status in [200, 403] {
        let (sandbox, caller) = with(Fault::Html(status)).await;
        let page = caller.send("s", NUMBER).await;
        assert_eq!(page.status, status);
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        assert!(page.text.starts_with("<!DOCTYPE html>"));
        assert_eq!(sandbox.messages().len(), 1);
        let entry = entry(&caller).await;
        assert_eq!(
            (&entry["fault"], &entry["outcome"]),
            (&json!("html"), &json!("accepted"))
        );
        assert_eq!(entry["answer"], json!({"status": status, "body": {}}));
    }

    let (sandbox, caller) = with(Fault::Empty).await;
    let nothing = caller.send("s", NUMBER).await;
    assert_eq!((nothing.status.as_u16(), nothing.text.as_str()), (200, ""));
    assert_eq!(sandbox.messages().len(), 1);
    let entry = entry(&caller).await;
    assert_eq!(
        (&entry["fault"], &entry["outcome"]),
        (&json!("empty"), &json!("accepted"))
    );
}

#[tokio::test]
async fn refusals_have_paynets_shapes() {
    let refusal = |fault: Fault| async {
        let (sandbox, caller) = with(fault).await;
        let answer = caller.send("s", NUMBER).await;
        assert!(sandbox.messages().is_empty());
        assert_eq!(entry(&caller).await["outcome"], "refused");
        answer
    };
    let refuse = |code: &str| refusal(Fault::Refuse(code.to_owned()));
    let answer = refuse("8").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json(), json!({"code": 8, "message": "server_error"}));
    let answer = refuse("7").await;
    assert_eq!(answer.status, 401);
    assert_eq!(answer.json()["type"], "authorization_error");
    assert_eq!(answer.json()["result_code"], 7);
    let answer = refusal(Fault::UnknownCode).await;
    assert_eq!(answer.json()["code"], 9999);
}

#[tokio::test]
async fn a_refused_call_can_be_struck_and_the_doctor_says_both() {
    let rule = FaultRule::new(Fault::Html(200)).times(1);
    let sandbox = Sandbox::builder()
        .fault(rule)
        .start()
        .await
        .expect("a sandbox");
    let caller = Caller::with_key(&sandbox, "sck_live_key");
    let page = caller.send("s", NUMBER).await;
    assert!(page.text.starts_with("<!DOCTYPE"));
    let word = entry(&caller).await["doctor"].clone();
    let word = word.as_str().expect("a text");
    assert!(word.starts_with("this is a live key"), "{word}");
    assert!(word.ends_with("; a fault was asked for: html"), "{word}");
    assert_eq!(caller.send("s", NUMBER).await.status, 401, "once");
}

#[tokio::test]
async fn neither_unknown_paths_nor_the_test_api_are_struck() {
    let (_sandbox, caller) = with(Fault::Status(503)).await;
    assert_eq!(
        caller.call("nothing").send().await.expect("one").status(),
        404
    );
    assert_eq!(Response::of(caller.get("/readyz")).await.status, 200);
    assert_eq!(entry(&caller).await["fault"], Value::Null);
}

#[tokio::test]
async fn a_connection_that_is_kept_alive_is_cut_too_and_the_call_came_once() {
    for (fault, messages) in [(Fault::AcceptThenCut, 2), (Fault::CutBeforeRead, 1)] {
        let sandbox = Sandbox::start().await.expect("a sandbox");
        let caller = Caller::new(&sandbox);
        assert_eq!(caller.send("1", NUMBER).await.json()["code"], 0);
        sandbox.fault(fault).expect("a rule");
        let body = json!({"user_gsm": NUMBER, "otp_session_id": "2"}).to_string();
        let mut other = TcpStream::connect(sandbox.local_addr()).await.expect("one");
        assert!(caller.call("send_otp").body(body).send().await.is_err());
        let alive = b"GET /livez HTTP/1.1\r\nhost: localhost\r\n\r\n";
        other.write_all(alive).await.expect("written");
        let mut head = [0; 15];
        other.read_exact(&mut head).await.expect("an answer");
        assert_eq!(&head, b"HTTP/1.1 200 OK", "no other connection ends");
        assert_eq!(sandbox.messages().len(), messages);
        let journal = caller.ask("/api/v1/journal").await;
        assert_eq!(journal["calls"].as_array().map(Vec::len), Some(2));
    }
}
