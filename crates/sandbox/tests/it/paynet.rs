//! Paynet's documented answers, and those that are assumed for codes that do not match.

use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use onay_sandbox::Sandbox;
use serde_json::json;

use crate::support::{Caller, NUMBER, Response, newest_code, paynet, raw};

const SUCCESS: &str = r#"{"code":0,"message":"Başarılı İşlem"}"#;

fn date_of(answer: &Response) -> Timestamp {
    DateTimeParser::new()
        .parse_timestamp(answer.header("date"))
        .expect("a time")
}

fn expiry_of(answer: &Response) -> Timestamp {
    answer.json()["otp_expire"]
        .as_str()
        .expect("a text")
        .parse()
        .expect("a time")
}

#[tokio::test]
async fn a_sent_code_arrives_and_verifies_once() {
    let (sandbox, caller) = paynet().await;

    let sent = caller.send("order-1", NUMBER).await;
    assert_eq!(sent.status, 200);
    assert_eq!(
        sent.header("content-type"),
        "application/json; charset=utf-8"
    );
    let expiry = sent.json()["otp_expire"]
        .as_str()
        .expect("a text")
        .to_owned();
    assert_eq!(
        sent.text,
        format!(r#"{{"otp_expire":"{expiry}","code":0,"message":"Başarılı İşlem"}}"#)
    );
    assert_eq!(
        expiry.len(),
        "2017-07-17T15:30:15.0581408+03:00".len(),
        "{expiry}"
    );
    assert!(expiry.ends_with("+03:00"), "{expiry}");

    let messages = sandbox.messages();
    let [message] = messages.as_slice() else {
        panic!("one message, not {messages:?}");
    };
    let code = message.otp().expect("a code");
    assert!(message.text().contains(code));
    assert_eq!(message.to(), "+905550000042");
    assert_eq!(message.provider().to_string(), "paynet");
    assert_eq!(message.channel().to_string(), "sms");
    assert_eq!(message.link(), None);
    let lifetime = message
        .expires_at()
        .expect("an expiry")
        .duration_since(message.created_at());
    assert_eq!(lifetime.expect("later"), Duration::from_secs(180));

    let right = caller.check("order-1", NUMBER, code).await;
    assert_eq!((right.status.as_u16(), right.text.as_str()), (200, SUCCESS));
    let used = caller.check("order-1", NUMBER, code).await;
    assert_eq!(used.status, 200);
    assert_eq!(used.json(), json!({"code": 12, "message": "no_data"}));
}

#[tokio::test]
async fn every_answer_is_dated_with_the_virtual_time() {
    let (sandbox, caller) = paynet().await;
    sandbox.advance(Duration::from_secs(86_400));

    let sent = caller.send("s", NUMBER).await;
    let left = expiry_of(&sent).duration_since(date_of(&sent)).as_secs();
    assert!((179..=181).contains(&left), "{left} s");
    assert!(date_of(&sent) > Timestamp::now());

    let refused = Response::of(caller.call("send_otp").body("[]")).await;
    assert!(date_of(&refused) > Timestamp::now());
    let unknown_key = Response::of(Caller::with_key(&sandbox, "nonsense").call("send_otp")).await;
    assert!(date_of(&unknown_key) > Timestamp::now());
}

#[tokio::test]
async fn a_second_call_waits_for_the_expiry_of_the_first() {
    let (sandbox, caller) = paynet().await;
    let first = caller.send("s", NUMBER).await;
    let first_code = newest_code(&sandbox);

    let early = caller.send("s", NUMBER).await;
    assert_eq!(early.status, 200);
    assert_eq!(
        early.json(),
        json!({
            "otp_expire": first.json()["otp_expire"],
            "code": 5,
            "message": "duplicate_data",
        })
    );
    assert_eq!(sandbox.messages().len(), 1);

    sandbox.advance(Duration::from_secs(181));
    let late = caller.check("s", NUMBER, &first_code).await;
    assert_eq!(late.json()["code"], 12);

    let second = caller.send("s", NUMBER).await;
    assert_eq!(second.json()["code"], 0);
    assert!(expiry_of(&second) > expiry_of(&first));
    assert_eq!(sandbox.messages().len(), 2);
    let old_code = caller.check("s", NUMBER, &first_code).await;
    assert_eq!(old_code.json()["code"], 1);
    let right = caller.check("s", NUMBER, &newest_code(&sandbox)).await;
    assert_eq!(right.json()["code"], 0);
}

#[tokio::test]
async fn three_wrong_codes_end_the_otp() {
    let (sandbox, caller) = paynet().await;
    caller.send("s", NUMBER).await;
    let code = newest_code(&sandbox);

    for wrong in ["0000", "IIII", &code.to_lowercase()] {
        let answer = caller.check("s", NUMBER, wrong).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.json(), json!({"code": 1, "message": "unsuccessful"}));
    }
    let closed = caller.check("s", NUMBER, &code).await;
    assert_eq!(closed.status, 200);
    assert_eq!(closed.json(), json!({"code": 6, "message": "no_process"}));

    sandbox.advance(Duration::from_secs(180));
    caller.send("s", NUMBER).await;
    let fresh = caller.check("s", NUMBER, &newest_code(&sandbox)).await;
    assert_eq!(fresh.json()["code"], 0);
}

#[tokio::test]
async fn an_otp_belongs_to_a_session_and_a_number() {
    let (sandbox, caller) = paynet().await;
    caller.send("s", NUMBER).await;
    let code = newest_code(&sandbox);

    for (session, number) in [("t", NUMBER), ("s", "5550000043"), ("S", NUMBER)] {
        let never_sent = caller.check(session, number, &code).await;
        assert_eq!(never_sent.json(), json!({"code": 12, "message": "no_data"}));
    }
    let other_session = caller.send("t", NUMBER).await;
    assert_eq!(other_session.json()["code"], 0);
    let first = caller.check("s", NUMBER, &code).await;
    assert_eq!(first.json()["code"], 0);
}

#[tokio::test]
async fn whoever_forgets_accept_gets_xml() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let body = r#"{"user_gsm":"5550000042","otp_session_id":"s"}"#;
    let answer = raw(
        sandbox.local_addr(),
        format!(
            "POST /paynet/v1/card/send_otp HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
             authorization: Basic sck_test_demo\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        ),
    )
    .await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(
        answer.contains("content-type: application/xml; charset=utf-8\r\n"),
        "{answer}"
    );
    let (_, xml) = answer.split_once("\r\n\r\n").expect("a body");
    assert!(
        xml.starts_with(r#"<?xml version="1.0" encoding="utf-8"?><response><otp_expire>"#),
        "{xml}"
    );
    assert!(
        xml.ends_with("</otp_expire><code>0</code><message>Başarılı İşlem</message></response>"),
        "{xml}"
    );
    assert_eq!(
        sandbox.messages().len(),
        1,
        "the code went out all the same"
    );
    let doctor = Caller::new(&sandbox).doctor().await;
    assert!(
        doctor.as_str().expect("a text").contains("Accept"),
        "{doctor}"
    );
}

#[tokio::test]
async fn the_same_session_at_once_is_one_message() {
    let (sandbox, caller) = paynet().await;
    let mut sending = tokio::task::JoinSet::new();
    for _ in 0..64 {
        let caller = caller.clone();
        sending.spawn(async move { caller.send("s", NUMBER).await.json()["code"].clone() });
    }
    let codes = sending.join_all().await;
    assert_eq!(codes.iter().filter(|code| **code == 0).count(), 1);
    assert_eq!(codes.iter().filter(|code| **code == 5).count(), 63);
    assert_eq!(sandbox.messages().len(), 1);
}
