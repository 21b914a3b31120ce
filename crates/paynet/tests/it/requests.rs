//! The exact request of both calls.

use onay_core::{Delivery, ErrorKind, OtpChallenge, OtpSender, OtpToken, OtpVerifier, SessionId};
use onay_testkit::{Behaviour, ReceivedRequest, SocketServer};
use wiremock::matchers::{body_string, header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::support::{challenge, challenge_for, check, code, paynet, send};

const SENT: &str = include_str!("../fixtures/send_otp.success.json");
const CHECKED: &str = include_str!("../fixtures/check_otp.success.json");

fn headers(request: &ReceivedRequest) -> Vec<(&str, &str)> {
    let host = |name: &str| name != "host";
    let headers = request.headers.iter();
    headers
        .filter(|(name, _)| host(name))
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

#[tokio::test]
async fn send_otp_is_byte_for_byte_as_documented() {
    let server = SocketServer::start(Behaviour::json(SENT)).await;
    send(&paynet(&server.url())).await.expect("sent");
    let requests = server.requests();
    let request = &requests[0];
    assert_eq!(request.line, "POST /v1/card/send_otp HTTP/1.1");
    assert_eq!(
        request.text(),
        r#"{"user_gsm":"5550000042","otp_session_id":"s-1"}"#
    );
    assert_eq!(
        headers(request),
        [
            ("content-type", "application/json; charset=UTF-8"),
            ("accept", "application/json; charset=UTF-8"),
            ("authorization", "Basic sck_test_demo"),
            ("content-length", "48"),
        ]
    );
}

#[tokio::test]
async fn check_otp_is_byte_for_byte_as_documented() {
    let server = SocketServer::start(Behaviour::json(CHECKED)).await;
    check(&paynet(&server.url())).await.expect("approved");
    let requests = server.requests();
    let request = &requests[0];
    assert_eq!(request.line, "POST /v1/card/check_otp HTTP/1.1");
    assert_eq!(
        request.text(),
        r#"{"user_gsm":"5550000042","otp_session_id":"s-1","otp_code":"ART2"}"#
    );
    assert_eq!(request.header("authorization"), Some("Basic sck_test_demo"));
}

/// The documented sample, with its own values.
#[tokio::test]
async fn the_documented_request_has_the_same_fields_and_values() {
    let server = MockServer::start().await;
    let sample: serde_json::Value =
        serde_json::from_str(include_str!("../fixtures/check_otp.request.json")).expect("JSON");
    Mock::given(method("POST"))
        .and(path("/v1/card/check_otp"))
        .and(header("authorization", "Basic sck_test_demo"))
        .and(wiremock::matchers::body_json(&sample))
        .respond_with(ResponseTemplate::new(200).set_body_string(CHECKED))
        .expect(1)
        .mount(&server)
        .await;
    paynet(&server.uri())
        .verify_otp(&challenge_for("05324818942", "123456"), &code("ART2"))
        .await
        .expect("approved");
}

#[tokio::test]
async fn a_base_url_with_a_path_keeps_it() {
    let server = MockServer::start().await;
    Mock::given(path("/paynet/v1/card/send_otp"))
        .and(body_string(
            r#"{"user_gsm":"5550000042","otp_session_id":"s-1"}"#,
        ))
        .respond_with(ResponseTemplate::new(200).set_body_string(SENT))
        .expect(1)
        .mount(&server)
        .await;
    send(&paynet(&format!("{}/paynet/", server.uri())))
        .await
        .expect("sent");
}

#[tokio::test]
async fn odd_sessions_and_codes_go_out_verbatim() {
    let server = SocketServer::start(Behaviour::json(CHECKED)).await;
    paynet(&server.url())
        .verify_otp(&challenge_for("5550000042", "ö\"/\\"), &code("0art2+"))
        .await
        .expect("approved");
    assert_eq!(
        server.requests()[0].text(),
        r#"{"user_gsm":"5550000042","otp_session_id":"ö\"/\\","otp_code":"0art2+"}"#
    );
}

#[tokio::test]
async fn a_token_challenge_is_unsupported_before_a_byte_leaves() {
    let server = SocketServer::start(Behaviour::json(SENT)).await;
    let paynet = paynet(&server.url());
    let challenge = OtpChallenge::for_token(
        SessionId::parse("s-1").expect("a session"),
        OtpToken::parse("0f1e").expect("a token"),
    );
    let send = paynet.send_otp(&challenge).await.expect_err("no number");
    let check = paynet
        .verify_otp(&challenge, &code("ART2"))
        .await
        .expect_err("no number");
    for error in [send, check] {
        assert_eq!(error.kind(), ErrorKind::Unsupported);
        assert_eq!(error.delivery(), Delivery::NotSent);
        assert_eq!(error.provider(), Some("paynet"));
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn one_client_serves_many_calls_at_once() {
    let server = SocketServer::start(Behaviour::json(SENT)).await;
    let paynet = std::sync::Arc::new(paynet(&server.url()));
    let calls: Vec<_> = (0..32)
        .map(|_| {
            let paynet = std::sync::Arc::clone(&paynet);
            tokio::spawn(async move { paynet.send_otp(&challenge()).await })
        })
        .collect();
    for call in calls {
        call.await.expect("ran").expect("sent");
    }
    assert_eq!(server.requests().len(), 32);
}
