//! Every documented answer, and everything else that could come instead.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use onay_core::{Delivery, Error, ErrorKind};
use onay_paynet::ReturnCode;
use proptest::prelude::*;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::support::{check, paynet, send};

async fn server(template: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(template)
        .mount(&server)
        .await;
    server
}

pub(crate) fn raw(status: u16, body: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw(body.to_owned(), "application/json")
}

/// What both calls make of the same answer.
async fn both(template: ResponseTemplate) -> (Result<(), Error>, Result<(), Error>) {
    let server = server(template).await;
    let paynet = paynet(&server.uri());
    (
        send(&paynet).await.map(drop),
        check(&paynet).await.map(drop),
    )
}

pub(crate) async fn both_refused(template: ResponseTemplate) -> [Error; 2] {
    let (sent, checked) = both(template).await;
    [sent, checked].map(|result| result.expect_err("no yes"))
}

#[tokio::test]
async fn the_documented_success_says_when_the_code_expires() {
    let fixture = include_str!("../fixtures/send_otp.success.json");
    let date = ("date", "Mon, 17 Jul 2017 12:27:15 GMT");
    let server = server(raw(200, fixture).insert_header(date.0, date.1)).await;
    let sent = send(&paynet(&server.uri())).await.expect("sent");
    let expiry = UNIX_EPOCH + Duration::new(1_500_294_615, 58_140_800);
    assert_eq!(sent.expires_at(), Some(expiry));
    assert_eq!(sent.resend_after(), Some(expiry));
    let wait = Duration::new(180, 58_140_800);
    assert_eq!(
        sent.resend_in(),
        Some(wait),
        "by the server's clock, not by ours"
    );
    assert_eq!(sent.expires_in(), Some(wait));
    assert_eq!(
        sent.expiry_text(),
        Some("2017-07-17T15:30:15.0581408+03:00")
    );
    assert_eq!(sent.challenge(), &crate::support::challenge());
}

#[tokio::test]
async fn the_documented_approval_is_ok() {
    let fixture = include_str!("../fixtures/check_otp.success.json");
    let server = server(raw(200, fixture)).await;
    check(&paynet(&server.uri())).await.expect("approved");
}

#[tokio::test]
async fn a_yes_is_a_yes_in_every_spelling() {
    for body in [
        r#"{"code":0}"#,
        r#"{"code":"0"}"#,
        r#"{"object_name":null,"code":0,"message":"Basarili islem"}"#,
        r#"{"object_name":"otp","code":0,"message":null,"surprise":{"a":[1]}}"#,
        " \r\n{\"code\":0}\n",
        "\u{feff}{\"code\":0}",
        r#"{"code":0,"result_code":""}"#,
    ] {
        let (sent, checked) = both(raw(200, body)).await;
        sent.expect(body);
        checked.expect(body);
    }
    let html = ResponseTemplate::new(200).set_body_raw(r#"{"code":0}"#, "text/html");
    let (sent, checked) = both(html).await;
    assert!(
        sent.is_ok() && checked.is_ok(),
        "the content type decides nothing"
    );
}

/// Windows-1254, as an old service would write it.
#[tokio::test]
async fn a_message_in_another_charset_does_not_hide_the_code() {
    let body =
        |code: char| format!("{{\"code\":{code},\"message\":\"Ba#ar#l#\"}}").replace('#', "\u{1}");
    let bytes = |code| {
        let bytes = body(code).into_bytes();
        let odd = |byte| if byte == 1 { 0xfe } else { byte };
        ResponseTemplate::new(200).set_body_bytes(bytes.into_iter().map(odd).collect::<Vec<u8>>())
    };
    let (sent, checked) = both(bytes('0')).await;
    assert!(sent.is_ok() && checked.is_ok());
    for error in both_refused(bytes('7')).await {
        assert_eq!(error.kind(), ErrorKind::Credentials);
    }
}

#[tokio::test]
async fn a_date_that_cannot_be_read_never_fails_a_send() {
    for date in [
        r#""birazdan""#,
        r#""""#,
        r#""0001-01-01T00:00:00""#,
        r#""99999-99-99T99:99:99""#,
        "null",
        "1500294615",
        "{}",
        "[]",
        "true",
    ] {
        let body = format!(r#"{{"otp_expire":{date},"code":0}}"#);
        let server = server(raw(200, &body)).await;
        let sent = send(&paynet(&server.uri())).await.expect(date);
        assert_eq!(
            (sent.expires_at(), sent.resend_in()),
            (None, None),
            "{date}"
        );
        if date.starts_with('"') {
            assert_eq!(sent.expiry_text(), Some(date.trim_matches('"')));
        }
    }
}

#[tokio::test]
async fn without_a_date_header_the_local_clock_serves() {
    let expiry = SystemTime::now() + Duration::from_secs(180);
    let time = jiff::Timestamp::try_from(expiry).expect("a time");
    let body = format!(r#"{{"otp_expire":"{time}","code":0}}"#);
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let behaviour = onay_testkit::Behaviour::Answer(head.into_bytes());
    let server = onay_testkit::SocketServer::start(behaviour).await;
    let sent = send(&paynet(&server.url())).await.expect("sent");
    let wait = sent.resend_in().expect("a wait").as_secs();
    assert!((150..=180).contains(&wait), "{wait}");
}

#[tokio::test]
async fn every_code_of_the_table_is_read_as_the_table_says() {
    for row in ReturnCode::ALL {
        for body in [
            format!(r#"{{"code":{},"message":"metin"}}"#, row.code()),
            format!(r#"{{"code":"{}","message":"metin"}}"#, row.code()),
        ] {
            let (sent, checked) = both(raw(200, &body)).await;
            for (result, expected) in [(sent, row.send_otp()), (checked, row.check_otp())] {
                let Some(kind) = expected else {
                    assert!(result.is_ok(), "{}", row.name());
                    continue;
                };
                let error = result.expect_err(row.name());
                assert_eq!(error.kind(), kind, "{}", row.name());
                assert_eq!(error.delivery(), kind.usual_delivery(), "{}", row.name());
                assert_eq!(error.code(), Some(row.code()));
                assert_eq!(error.message(), Some("metin"));
                assert_eq!(error.http_status(), Some(200));
                assert_eq!(error.provider(), Some("paynet"));
            }
        }
    }
}

#[tokio::test]
async fn too_soon_says_how_long_to_wait() {
    let body = r#"{"code":5,"otp_expire":"2017-07-17T15:30:15.0581408+03:00"}"#;
    let date = "Mon, 17 Jul 2017 12:28:15 GMT";
    let server = server(raw(200, body).insert_header("date", date)).await;
    let error = send(&paynet(&server.uri())).await.expect_err("too soon");
    assert_eq!(error.kind(), ErrorKind::TooSoon);
    assert_eq!(error.retry_after(), Some(Duration::new(120, 58_140_800)));
    let server = self::server(raw(200, r#"{"code":5}"#)).await;
    let error = send(&paynet(&server.uri())).await.expect_err("too soon");
    assert_eq!(
        (error.kind(), error.retry_after()),
        (ErrorKind::TooSoon, None)
    );
}

#[tokio::test]
async fn an_unknown_code_is_kept_verbatim() {
    for (written, code) in [("4711", "4711"), (r#""A-17""#, "A-17"), ("-1", "-1")] {
        for error in both_refused(raw(200, &format!(r#"{{"code":{written}}}"#))).await {
            assert_eq!(error.kind(), ErrorKind::Refused);
            assert_eq!(error.delivery(), Delivery::Refused);
            assert_eq!(error.code(), Some(code));
        }
    }
}

#[tokio::test]
async fn error_bodies_are_read_by_their_result_code() {
    let body = |kind: &str, status: u16, code: u16| {
        format!(r#"{{"type":"{kind}","message":"olmadı","code":{status},"result_code":{code}}}"#)
    };
    for (status, kind, code, expected) in [
        (401, "authorization_error", 7, ErrorKind::Credentials),
        (403, "authorization_error", 7, ErrorKind::Credentials),
        (400, "authorization_error", 7, ErrorKind::Credentials),
        (400, "invalid_request_error", 11, ErrorKind::Refused),
        (404, "no_data_error", 9, ErrorKind::Refused),
        (405, "invalid_request_error", 9, ErrorKind::Refused),
        (400, "api_error", 8, ErrorKind::Upstream),
        (500, "api_error", 8, ErrorKind::Upstream),
        (503, "api_error", 11, ErrorKind::Upstream),
        (403, "api_error", 10, ErrorKind::Upstream),
        (429, "api_error", 10, ErrorKind::Upstream),
        (302, "api_error", 8, ErrorKind::Upstream),
        (400, "api_error", 4711, ErrorKind::Refused),
    ] {
        for error in both_refused(raw(status, &body(kind, status, code))).await {
            assert_eq!(error.kind(), expected, "{status} {code}");
            assert_eq!(error.code(), Some(code.to_string().as_str()));
            assert_eq!(error.http_status(), Some(status));
            assert_eq!(error.message(), Some("olmadı"));
        }
    }
}

#[tokio::test]
async fn other_products_error_bodies_are_read_too() {
    let body = r#"{"object_name":"card","code":11,"message":"olmadı"}"#;
    for error in both_refused(raw(400, body)).await {
        assert_eq!(
            (error.kind(), error.code()),
            (ErrorKind::Refused, Some("11"))
        );
    }
}

#[tokio::test]
async fn a_bad_status_speaks_although_the_body_does_not() {
    for (status, kind) in [
        (301, ErrorKind::Refused),
        (400, ErrorKind::Refused),
        (401, ErrorKind::Credentials),
        (403, ErrorKind::Credentials),
        (404, ErrorKind::Refused),
        (429, ErrorKind::TooSoon),
        (500, ErrorKind::Upstream),
        (502, ErrorKind::Upstream),
    ] {
        for body in ["", "<html>Bad Gateway</html>", "{\"code\":", "olmadı"] {
            for error in both_refused(raw(status, body)).await {
                assert_eq!(error.kind(), kind, "{status} {body}");
                assert_eq!(error.delivery(), kind.usual_delivery());
                assert_eq!(error.http_status(), Some(status));
            }
        }
    }
}

#[tokio::test]
async fn an_answer_that_says_neither_yes_nor_no_is_unreadable() {
    for body in [
        "",
        "  ",
        "<html><body>Access Restricted</body></html>",
        "<?xml version=\"1.0\"?><r><code>0</code></r>",
        "{\"code\":0",
        "{\"code\":0}}",
        "{\"code\":0,\"code\":1}",
        "{}",
        "[]",
        "[0]",
        "[0,null,null,null]",
        "null",
        "0",
        "\"0\"",
        "true",
        "{\"code\":null}",
        "{\"code\":true}",
        "{\"code\":0,\"result_code\":{\"code\":1}}",
        "{\"code\":0,\"result_code\":12e0}",
        "{\"result_code\":0,\"code\":1.0}",
        "{\"result_code\":0,\"code\":false}",
        "{\"result_code\":0,\"code\":[1]}",
        "{\"result_code\":0,\"code\":99999999999999999999}",
        "{\"result_code\":7,\"code\":1.0}",
        "{\"code\":[0]}",
        "{\"code\":\"\"}",
        "{\"code\":0.0}",
        "{\"code\":1e-400}",
        "{\"code\":200,\"result_code\":0}",
        "{\"code\":1,\"result_code\":0}",
        "{\"code\":0,\"result_code\":1}",
        "{\"code\":401,\"result_code\":0}",
        "{\"code\":6,\"result_code\":\"0\"}",
        "{\"code\":1e400}",
        "{\"Code\":0}",
        "{\"message\":\"Başarılı İşlem\"}",
    ] {
        for error in both_refused(raw(200, body)).await {
            assert_eq!(error.kind(), ErrorKind::Unreadable, "{body}");
            assert_eq!(error.delivery(), Delivery::MaybeSent, "{body}");
        }
    }
    for error in both_refused(raw(204, "")).await {
        assert_eq!(error.kind(), ErrorKind::Unreadable);
    }
}

#[tokio::test]
async fn a_yes_under_a_bad_status_is_no_yes() {
    for (status, kind) in [
        (400, ErrorKind::Unreadable),
        (401, ErrorKind::Unreadable),
        (302, ErrorKind::Unreadable),
        (500, ErrorKind::Upstream),
    ] {
        for error in both_refused(raw(status, r#"{"code":0}"#)).await {
            assert_eq!(error.kind(), kind, "{status}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Whatever the service answers, nothing but a 0 under a good status approves a code.
    #[test]
    fn only_a_zero_approves(
        status in prop_oneof![Just(200_u16), Just(201), Just(400), Just(500), 203_u16..600],
        field in prop_oneof![Just("code"), Just("result_code"), Just("Code"), Just("x")],
        value in prop_oneof![
            Just("0".to_owned()),
            "[0-9]{1,4}",
            "\"[0-9A-Z ]{0,4}\"",
            Just("null".to_owned()),
            Just("false".to_owned()),
            Just("{}".to_owned()),
        ],
    ) {
        let body = format!(r#"{{"{field}":{value}}}"#);
        let zero = matches!(field, "code" | "result_code") && matches!(value.as_str(), "0" | "\"0\"");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (_, checked) = runtime.block_on(both(raw(status, &body)));
        prop_assert_eq!(checked.is_ok(), zero && (200..300).contains(&status), "{}", body);
    }
}
