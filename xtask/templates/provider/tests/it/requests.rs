//! The exact request of both calls, against {{Title}}'s documentation: the conformance suite answers whatever is called,
//! and knows neither paths nor headers nor the names of fields.

use onay_core::{ErrorKind, Gsm, OtpChallenge, OtpCode, OtpSender, OtpVerifier, SessionId};
use onay_testkit::{Behaviour, ReceivedRequest, SocketServer};
use onay_{{module}}::{ApiKey, {{Type}}};

const KEY_HEADER: &str = "not-written-yet-the-header-of-the-key";
const SEND_OTP: &str = "POST /not-written-yet/the-path-that-sends-a-code HTTP/1.1";
const SEND_OTP_BODY: &str = r#"{"not written yet: the field of the number":"5550000042","not written yet: the field of the session":"order-1"}"#;
const VERIFY_OTP: &str = "POST /not-written-yet/the-path-that-checks-a-code HTTP/1.1";
const VERIFY_OTP_BODY: &str = r#"{"not written yet: the field of the number":"5550000042","not written yet: the field of the session":"order-1","not written yet: the field of the code that was typed":"1234"}"#;

#[tokio::test]
async fn send_otp_is_byte_for_byte_as_documented() {
    let server = server().await;
    let error = client(&server).send_otp(&challenge()).await;
    assert_eq!(error.expect_err("no yes").kind(), ErrorKind::Unreadable);
    let request = only_request(&server);
    assert_eq!(request.line, SEND_OTP);
    assert_eq!(request.header(KEY_HEADER), Some("test-key"));
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.text(), SEND_OTP_BODY);
}

#[tokio::test]
async fn verify_otp_is_byte_for_byte_as_documented() {
    let server = server().await;
    let code = OtpCode::parse("1234").expect("a code");
    let error = client(&server).verify_otp(&challenge(), &code).await;
    assert_eq!(error.expect_err("no yes").kind(), ErrorKind::Unreadable);
    let request = only_request(&server);
    assert_eq!(request.line, VERIFY_OTP);
    assert_eq!(request.header(KEY_HEADER), Some("test-key"));
    assert_eq!(request.text(), VERIFY_OTP_BODY);
}

/// Answers neither yes nor no: only the request is looked at.
async fn server() -> SocketServer {
    SocketServer::start(Behaviour::json("{}")).await
}

fn client(server: &SocketServer) -> {{Type}} {
    {{Type}}::builder()
        .api_key(ApiKey::parse("test-key").expect("a key"))
        .base_url(server.url().parse().expect("a base URL"))
        .build()
        .expect("built")
}

fn challenge() -> OtpChallenge {
    let session = SessionId::parse("order-1").expect("a session");
    OtpChallenge::for_gsm(session, Gsm::parse("0555 000 00 42").expect("a number"))
}

fn only_request(server: &SocketServer) -> ReceivedRequest {
    let mut requests = server.requests();
    assert_eq!(requests.len(), 1);
    requests.remove(0)
}
