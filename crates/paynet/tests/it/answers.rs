//! What each answer becomes: the documented ones, every code of the table, and what is malformed.

#![expect(
    clippy::disallowed_methods,
    reason = "tests compare what the provider wrote"
)]

use std::time::{Duration, UNIX_EPOCH};

use onay_core::ErrorKind::{self, Credentials, Refused, TooSoon, Unreadable, Upstream};
use onay_core::{Error, Meaning, Operation, OtpSender, OtpSent, OtpVerifier};
use onay_paynet::CODES;
use onay_testkit::{Behaviour, SocketServer};

use crate::support::{challenge, code, paynet, printable, said};

const JSON: &str = "application/json";

async fn sent(answer: Behaviour) -> Result<OtpSent, Error> {
    let server = SocketServer::start(answer).await;
    paynet(&server.url()).send_otp(&challenge()).await
}

/// What both calls make of the same answer.
async fn both(answer: Behaviour) -> [Result<(), Error>; 2] {
    let server = SocketServer::start(answer).await;
    let paynet = paynet(&server.url());
    let sent = paynet.send_otp(&challenge()).await;
    let checked = paynet.verify_otp(&challenge(), &code("ART2")).await;
    [sent.map(drop), checked.map(drop)]
}

/// The same error of both calls, with its kind's dispatch.
async fn both_fail(status: u16, body: &str, kind: ErrorKind) -> [Error; 2] {
    let results = both(Behaviour::answer(status, JSON, body)).await;
    results.map(|result| {
        let error = result.expect_err(body);
        assert_eq!(error.kind(), kind, "{status} {body}");
        assert_eq!(error.dispatch(), kind.usual_dispatch(), "{status} {body}");
        assert_eq!(error.http_status(), Some(status));
        assert_eq!(error.provider(), Some("paynet"));
        error
    })
}

/// An answer whose `Date` is what is given.
fn dated(date: &str, body: &str) -> Behaviour {
    let head = format!(
        "HTTP/1.1 200 OK\r\ndate: {date}\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    Behaviour::Answer((head + body).into_bytes())
}

#[tokio::test]
async fn the_documented_success_says_when_the_code_expires() {
    let fixture = include_str!("../fixtures/send_otp.success.json");
    let sent = sent(dated("Mon, 17 Jul 2017 12:27:15 GMT", fixture)).await;
    let sent = sent.expect("sent");
    let expiry = UNIX_EPOCH + Duration::new(1_500_294_615, 58_140_800);
    let wait = sent.resend().expect("a wait");
    assert_eq!((sent.expiry(), wait.at()), (Some(wait), Some(expiry)));
    // By the server's clock, not by ours.
    let left = wait.remaining_now().as_secs();
    assert!((170..=180).contains(&left), "{left}");
    assert!(!wait.is_by_local_clock());
    let text = sent.expiry_text().map(onay_core::ProviderText::expose);
    assert_eq!(text, Some("2017-07-17T15:30:15.0581408+03:00"));
    assert_eq!(sent.challenge(), &challenge().with_provider("paynet"));
}

#[tokio::test]
async fn a_time_that_cannot_be_read_never_fails_a_send() {
    for (time, kept) in [
        (r#""birazdan""#, Some("birazdan")),
        (r#""""#, None),
        (r#""0001-01-01T00:00:00""#, Some("0001-01-01T00:00:00")),
        (r#""99999-99-99T99:99:99""#, Some("99999-99-99T99:99:99")),
        ("null", None),
        ("{}", None),
        ("[]", None),
        ("true", None),
    ] {
        let answer = Behaviour::json(&format!(r#"{{"otp_expire":{time},"code":0}}"#));
        let sent = sent(answer).await.expect(time);
        assert_eq!((sent.expiry(), sent.resend()), (None, None), "{time}");
        let text = sent.expiry_text().map(onay_core::ProviderText::expose);
        assert_eq!(text, kept, "{time}");
    }
}

#[tokio::test]
async fn a_yes_is_a_yes_in_every_spelling() {
    for body in [
        include_str!("../fixtures/check_otp.success.json"),
        r#"{"code":"0"}"#,
        r#"{"object_name":"otp","code":0,"message":null,"surprise":{"a":[1]}}"#,
        " \r\n{\"code\":0}\n",
        "\u{feff}{\"code\":0}",
        r#"{"code":0,"result_code":""}"#,
    ] {
        for content_type in [JSON, "text/html"] {
            let results = both(Behaviour::answer(200, content_type, body)).await;
            assert!(results.iter().all(Result::is_ok), "{body}: {results:?}");
        }
    }
}

#[tokio::test]
async fn every_code_of_the_table_is_read_as_the_table_says() {
    for row in CODES.rows() {
        for code in [row.code().to_owned(), format!("\"{}\"", row.code())] {
            let body = format!(r#"{{"code":{code},"message":"metin"}}"#);
            let results = both(Behaviour::json(&body)).await;
            let operations = [Operation::SEND_OTP, Operation::VERIFY_OTP];
            for (result, expected) in results.into_iter().zip(operations) {
                let expected = row.meaning(expected);
                let Err(error) = result else {
                    assert_eq!(expected, Meaning::Yes, "{}", row.name());
                    continue;
                };
                assert_eq!(Meaning::No(error.kind()), expected, "{}", row.name());
                assert_eq!(error.dispatch(), error.kind().usual_dispatch());
                assert_eq!(
                    (printable(&error), said(&error)),
                    (Some(row.code()), Some("metin"))
                );
            }
        }
    }
}

#[tokio::test]
async fn too_soon_alone_says_how_long_to_wait() {
    let until = r#""otp_expire":"2017-07-17T15:30:15.0581408+03:00""#;
    let date = "Mon, 17 Jul 2017 12:28:15 GMT";
    let wait = Some(Duration::new(120, 58_140_800));
    for (body, kind, wait) in [
        (format!(r#"{{"code":5,{until}}}"#), TooSoon, wait),
        (r#"{"code":5}"#.to_owned(), TooSoon, None),
        (format!(r#"{{"code":7,{until}}}"#), Credentials, None),
    ] {
        let error = sent(dated(date, &body)).await.expect_err(&body);
        assert_eq!(error.kind(), kind, "{body}");
        let left = error.wait().map(onay_core::Wait::remaining_now);
        assert_eq!(left.is_some(), wait.is_some(), "{body}");
        if let (Some(left), Some(wait)) = (left, wait) {
            assert!(
                left <= wait && left + Duration::from_secs(10) > wait,
                "{left:?}"
            );
        }
    }
}

/// In an error body `code` repeats the HTTP status, and `result_code` is the return code.
#[tokio::test]
async fn a_no_is_read_by_its_code_and_an_unknown_one_is_kept() {
    for (status, fields, kind, code) in [
        (200, r#""code":4711"#, Refused, None),
        (200, r#""code":"A-17""#, Refused, None),
        (200, r#""code":-1"#, Refused, None),
        (
            400,
            r#""code":11,"object_name":"card""#,
            Refused,
            Some("11"),
        ),
        (401, r#""code":401,"result_code":7"#, Credentials, Some("7")),
        (400, r#""code":400,"result_code":7"#, Credentials, Some("7")),
        (404, r#""code":404,"result_code":9"#, Refused, Some("9")),
        (400, r#""code":400,"result_code":8"#, Upstream, Some("8")),
        (503, r#""code":503,"result_code":11"#, Upstream, Some("11")),
        (429, r#""code":429,"result_code":10"#, Upstream, Some("10")),
        (302, r#""code":302,"result_code":8"#, Upstream, Some("8")),
        (400, r#""code":400,"result_code":4711"#, Refused, None),
    ] {
        let body = format!(r#"{{"type":"api_error","message":"olmadı",{fields}}}"#);
        for error in both_fail(status, &body, kind).await {
            assert_eq!((printable(&error), said(&error)), (code, Some("olmadı")));
        }
    }
}

#[tokio::test]
async fn what_says_neither_yes_nor_no_may_have_sent() {
    for body in [
        "{\"code\":0",
        "{\"code\":0}}",
        "{}",
        "[0,null,null,null]",
        "null",
        "\"0\"",
        "{\"message\":\"Başarılı İşlem\"}",
        "{\"code\":\"\"}",
    ] {
        both_fail(200, body, Unreadable).await;
    }
}

/// It may have been a yes, so no status makes a certain no of it. (`verdict` has them all.)
#[tokio::test]
async fn what_is_damaged_or_contradicts_itself_may_have_sent_under_any_status() {
    for body in [
        "{\"code\":\"00\"}",
        "{\"code\":\"0\\u0000\"}",
        "{\"code\":0,\"CODE\":0}",
        "{\"code\":6,\"result_code\":\"0\"}",
        "{\"type\":\"api_error\",\"result_code\":0}",
    ] {
        for (status, kind) in [(200, Unreadable), (401, Unreadable), (500, Upstream)] {
            both_fail(status, body, kind).await;
        }
    }
    for (status, kind) in [(302, Unreadable), (401, Unreadable), (500, Upstream)] {
        both_fail(status, r#"{"code":0}"#, kind).await;
    }
}
