//! The exact request of both calls.

use onay_core::{Dispatch, EmailAddress, ErrorKind, OtpSender, OtpVerifier};
use onay_paynet::SecretKey;
use onay_testkit::{Behaviour, SocketServer};

use crate::support::{challenge, challenge_for, code, paynet};

const YES: &str = r#"{"code":0}"#;

#[tokio::test]
async fn both_calls_are_byte_for_byte_as_documented() {
    let server = SocketServer::start(Behaviour::json(YES)).await;
    let paynet = paynet(&server.url());
    paynet.send_otp(&challenge()).await.expect("sent");
    // The values of the documented sample.
    let sample = challenge_for("05324818942", "123456");
    let checked = paynet.verify_otp(&sample, &code("ART2")).await;
    checked.expect("approved");
    let fixture = include_str!("../fixtures/check_otp.request.json");
    let documented: String = fixture.split_whitespace().collect();
    let expected = [
        (
            "POST /v1/card/send_otp HTTP/1.1",
            r#"{"user_gsm":"5550000042","otp_session_id":"s-1"}"#,
        ),
        ("POST /v1/card/check_otp HTTP/1.1", documented.as_str()),
    ];
    let requests = server.requests();
    assert_eq!(requests.len(), expected.len());
    for (request, (line, body)) in requests.iter().zip(expected) {
        assert_eq!(
            (request.line.as_str(), request.text().as_str()),
            (line, body)
        );
        let headers = request.headers.iter().filter(|(name, _)| name != "host");
        let headers: Vec<_> = headers.map(|(name, value)| (&**name, &**value)).collect();
        assert_eq!(
            headers,
            [
                ("content-type", "application/json; charset=UTF-8"),
                ("accept", "application/json; charset=UTF-8"),
                ("authorization", "Basic sck_test_demo"),
                ("content-length", body.len().to_string().as_str()),
            ]
        );
    }
}

#[tokio::test]
async fn a_base_url_keeps_its_path_and_odd_values_go_out_verbatim() {
    let server = SocketServer::start(Behaviour::json(YES)).await;
    let paynet = paynet(&format!("{}/paynet/", server.url()));
    let odd = challenge_for("5550000042", "ö\"/\\");
    let checked = paynet.verify_otp(&odd, &code("0art2+")).await;
    checked.expect("approved");
    let request = &server.requests()[0];
    assert_eq!(request.line, "POST /paynet/v1/card/check_otp HTTP/1.1");
    assert_eq!(
        request.text(),
        r#"{"user_gsm":"5550000042","otp_session_id":"ö\"/\\","otp_code":"0art2+"}"#
    );
}

#[tokio::test]
async fn what_paynet_cannot_serve_never_leaves() {
    let server = SocketServer::start(Behaviour::json(YES)).await;
    let paynet = paynet(&server.url());
    let email = EmailAddress::parse("ayse@example.com").expect("an address");
    for (challenge, subject) in [
        (challenge().with_recipient(email), "email"),
        (challenge_for("+49 151 23456789", "s-1"), "phone"),
        (challenge().with_provider("acme"), "challenge"),
    ] {
        let sent = paynet.send_otp(&challenge).await.map(drop);
        let checked = paynet.verify_otp(&challenge, &code("1")).await.map(drop);
        for error in [sent, checked].map(|result| result.expect_err(subject)) {
            assert_eq!(error.kind(), ErrorKind::Unsupported);
            assert_eq!(error.dispatch(), Dispatch::NotSent);
            assert_eq!(error.subject().map(|named| named.name()), Some(subject));
        }
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn another_key_goes_out_on_both_calls_and_the_old_client_keeps_its_own() {
    let server = SocketServer::start(Behaviour::json(YES)).await;
    let old = paynet(&server.url());
    let key = SecretKey::parse("sck_test_two").expect("a key");
    let new = old.with_credentials(&key).expect("another");
    new.send_otp(&challenge()).await.expect("sent");
    new.verify_otp(&challenge(), &code("1")).await.expect("yes");
    old.send_otp(&challenge()).await.expect("sent");
    let requests = server.requests();
    let keys = requests
        .iter()
        .map(|request| request.header("authorization"));
    let [two, demo] = ["Basic sck_test_two", "Basic sck_test_demo"].map(Some);
    assert_eq!(keys.collect::<Vec<_>>(), [two, two, demo]);
}
