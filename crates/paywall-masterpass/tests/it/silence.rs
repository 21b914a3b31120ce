//! No key, code, session, token or number in any output, through every outcome, at TRACE.

use onay_core::{Gsm, OtpSender, OtpVerifier};
use onay_paywall_masterpass::{Keys, OpenSession, OtpPurpose, PaywallMasterpass};
use onay_testkit::{Behaviour, SocketServer, TraceCapture, printed};

use crate::support::{SHORT, code, session, token};

const KEY: &str = "canary-key";
const CLIENT: &str = "canary-client";
const SESSION: &str = "canary-7session";
const TOKEN: &str = "canary-7token";
const CODE: &str = "canary2code";
const NUMBER: &str = "5557654321";

fn said<T: std::fmt::Debug>(result: Result<T, onay_core::Error>) -> String {
    match result {
        Ok(value) => format!("{value:?}"),
        Err(error) => printed(&error),
    }
}

/// Everything that all four calls print, whatever comes of them.
async fn call(base: &str) -> String {
    let http = onay_http::HttpClient::builder()
        .timeout(SHORT)
        .build()
        .expect("a client");
    let paywall = PaywallMasterpass::builder()
        .keys(Keys::parse(KEY, CLIENT).expect("keys"))
        .base_url(base.parse().expect("a base URL"))
        .http_client(http)
        .build()
        .expect("built");
    let gsm = Gsm::parse(NUMBER).expect("a number");
    let request = OpenSession::new("canary-order", "canary-user", gsm);
    let challenge = OtpPurpose::AccountLink.challenge(session(SESSION), token(TOKEN));
    [
        format!("{paywall:?} {request:?} {challenge:?}"),
        said(paywall.open_session(&request).await),
        said(paywall.link_account(&session(SESSION)).await),
        said(paywall.resend(&challenge).await),
        said(paywall.send_otp(&challenge).await),
        said(paywall.verify(&challenge, &code(CODE)).await),
        said(paywall.verify_otp(&challenge, &code(CODE)).await),
    ]
    .join("\n")
}

/// A provider that quotes in its texts whatever this very call was sent.
fn quoting(response: &str, exception: &str, status: u16) -> String {
    let quoted = format!("{KEY} {CLIENT} {SESSION} {TOKEN} {CODE} {NUMBER} +90 555 765 43 21");
    format!(
        r#"{{"Result":true,"ErrorCode":0,"Message":"{quoted}","ErrorMessage":"{quoted}","Body":{{"SessionId":"canary-opened","SessionExpiryDate":"{quoted}","Session":{{"SessionRenewed":true,"SessionId":"canary-renewed"}},"Masterpass":{{"Result":{{"ResponseCode":"{response}","Token":"canary-fresh","Description":"{quoted}","RetrievalReferenceNumber":"{quoted}","Url3d":"https://example.com/?canary","CardUniqueNumber":"canary-card","CardIssuerName":"{quoted}","MaskedPan":"{quoted}"}},"Exception":{exception},"StatusCode":{status}}}}}}}"#
    )
}

#[tokio::test]
async fn no_canary_anywhere() {
    let capture = TraceCapture::start();
    let mut printed = String::new();
    let exception = format!(r#"{{"Code":"CARD_NOT_FOUND","Message":"{SESSION} {NUMBER}"}}"#);
    for behaviour in [
        Behaviour::json(&quoting("5001", "null", 200)),
        Behaviour::json(&quoting("0000", "null", 200)),
        Behaviour::json(&quoting("5010", "null", 200)),
        Behaviour::json(&quoting("4711", "null", 200)),
        Behaviour::json(&quoting("", &exception, 404)),
        Behaviour::json(&quoting("", "{}", 200)),
        Behaviour::answer(500, "text/html", &format!("<html>{KEY}</html>")),
        Behaviour::AnswerAndClose(format!("{KEY}\r\n\r\n").into_bytes()),
        Behaviour::CloseAfterRequest,
        Behaviour::NeverAnswer,
    ] {
        let server = SocketServer::start(behaviour).await;
        printed += &call(&server.url()).await;
    }
    let traced = capture.text();
    assert!(
        traced.contains("provider=\"paywall-masterpass\""),
        "the capture works"
    );
    for canary in ["canary", NUMBER, "765 43 21"] {
        assert!(!printed.contains(canary), "{canary} in {printed}");
    }
    assert!(!traced.contains("canary"), "{traced}");
}
