//! No key, code, session or number in any output, through every outcome, at TRACE.

use onay_core::{Gsm, OtpChallenge, OtpSender, OtpVerifier, SessionId};
use onay_http::HttpClient;
use onay_paynet::{Environment, Paynet, ReturnCode, SecretKey};
use onay_testkit::{Behaviour, ClosedPort, SocketServer, TraceCapture, printed};

use crate::support::{SHORT, code};

const KEY: &str = "sck_test_canarykey";
const SESSION: &str = "canary-session";
const CODE: &str = "canary2code";
const NUMBER: &str = "5557654321";

fn provider(base: &str) -> Paynet {
    let http = HttpClient::builder()
        .timeout(SHORT)
        .build()
        .expect("a client");
    Paynet::builder()
        .secret_key(SecretKey::parse(KEY).expect("a key"))
        .base_url(base.parse().expect("a base URL"))
        .http_client(http)
        .build()
        .expect("built")
}

/// Everything that both calls print, whatever comes of them.
async fn call(base: &str) -> String {
    let paynet = provider(base);
    let challenge = OtpChallenge::for_gsm(
        SessionId::parse(SESSION).expect("a session"),
        Gsm::parse(NUMBER).expect("a number"),
    );
    let code = code(CODE);
    let key = SecretKey::parse(KEY).expect("a key");
    let builder = Paynet::builder().secret_key(key.clone());
    let (test, codes) = (Environment::Test, ReturnCode::ALL);
    let mut said =
        format!("{paynet:?} {builder:?} {key:?} {challenge:?} {code:?} {test:?} {codes:?}");
    said += &match paynet.send_otp(&challenge).await {
        Ok(sent) => format!("{sent:?}"),
        Err(error) => printed(&error),
    };
    said += &match paynet.verify_otp(&challenge, &code).await {
        Ok(verified) => format!("{verified:?}"),
        Err(error) => printed(&error),
    };
    said
}

/// A provider that quotes everything it was sent, in every field.
fn quoting(code: &str, status: u16) -> Behaviour {
    let quoted = format!(
        "{KEY} {SESSION} {CODE} {NUMBER} +90{NUMBER} 0{NUMBER} +90 555 765 43 21 a@example.com"
    );
    // Only an error body has a type.
    let kind = if code == "0" { "object_name" } else { "type" };
    let body = format!(
        r#"{{"code":{code},"message":"{quoted}","otp_expire":"{quoted}","{kind}":"{quoted}"}}"#
    );
    Behaviour::answer(status, "application/json", &body)
}

#[tokio::test]
async fn no_canary_anywhere() {
    let capture = TraceCapture::start();
    let mut said = String::new();
    let garbage = format!("{KEY} {SESSION} {CODE} {NUMBER}\r\n\r\n").into_bytes();
    let wrong_type = format!(r#"{{"code":0,"code":"{CODE}{NUMBER}"}}"#);
    for behaviour in [
        quoting("0", 200),
        quoting("1", 200),
        quoting("5", 200),
        quoting("4711", 200),
        quoting(NUMBER, 200),
        quoting(&format!("\"{KEY} {NUMBER}\""), 200),
        quoting(&format!("\"{SESSION}\""), 200),
        quoting("7", 401),
        quoting("8", 500),
        quoting("null", 200),
        quoting("0", 302),
        Behaviour::json(&wrong_type),
        Behaviour::answer(502, "text/html", &format!("<html>{KEY}{NUMBER}</html>")),
        Behaviour::AnswerAndClose(garbage),
        Behaviour::CloseAfterRequest,
        Behaviour::NeverAnswer,
        Behaviour::Endless,
    ] {
        let server = SocketServer::start(behaviour).await;
        said += &call(&server.url()).await;
    }
    let nobody = ClosedPort::take();
    said += &call(&nobody.url()).await;
    let traced = capture.text();
    assert!(traced.contains("provider=\"paynet\""), "the capture works");
    for canary in [
        KEY,
        SESSION,
        CODE,
        NUMBER,
        "765 43 21",
        "a@example.com",
        "canary",
    ] {
        assert!(!said.contains(canary), "{canary} in {said}");
        assert!(!traced.contains(canary), "{canary} in the trace: {traced}");
    }
}
