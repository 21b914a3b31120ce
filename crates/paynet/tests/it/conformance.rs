//! Paynet passes the conformance suite.

use onay_core::{ErrorKind, OtpChallenge, OtpToken, SessionId};
use onay_http::HttpClient;
use onay_http::reqwest::{Certificate, ClientBuilder};
use onay_paynet::{Paynet, SecretKey};
use onay_testkit::conformance::{Conformance, Expected, Operation, Sample, Target};

use crate::support::{challenge_for, code};

const KEY: &str = "sck_test_canarykey";
const SENT: &str = "sck_test_canarykey canary-session 0555 765 43 21 canary2code";

/// A client that trusts the suite's authority where the address is https.
fn http(target: &Target) -> HttpClient {
    let builder = HttpClient::builder().timeout(target.timeout());
    let builder = match target.certificate_authority() {
        None => builder,
        Some(authority) => {
            let authority = Certificate::from_pem(authority.as_bytes()).expect("a certificate");
            builder.reqwest(ClientBuilder::new().tls_certs_only([authority]))
        }
    };
    builder.build().expect("a client")
}

fn build(target: &Target) -> Paynet {
    Paynet::builder()
        .secret_key(SecretKey::parse(KEY).expect("a key"))
        .base_url(target.base_url().parse().expect("a base URL"))
        .http_client(http(target))
        .build()
        .expect("built")
}

/// A no that quotes what it was sent, in every field.
fn no(return_code: &str) -> Sample {
    Sample::json(&format!(
        r#"{{"object_name":"{SENT}","code":{return_code},"message":"{SENT}","otp_expire":"{SENT}"}}"#
    ))
}

/// As Paynet refuses a wrong key: the HTTP status stands in `code`, the return code beside it.
fn wrong_key() -> Sample {
    let body = r#"{"code":401,"message":"Basarisiz islem","result_code":7}"#;
    Sample::json(body).with_status(401)
}

#[test]
fn paynet_conforms() {
    let challenge = challenge_for("0555 765 43 21", "canary-session");
    let token = OtpToken::parse("canary-token").expect("a token");
    let session = SessionId::parse("canary-session").expect("a session");
    let by_token = OtpChallenge::new(session).with_token(token);
    let typed = code("canary2code");
    let expected = |kind, return_code| Expected::new(kind).with_code(return_code);
    let send = Operation::send_otp(build, challenge.clone())
        .accepted(Sample::json(
            include_str!("../fixtures/send_otp.success.json").trim_end(),
        ))
        .refused(wrong_key(), expected(ErrorKind::Credentials, "7"))
        .refused(no("5"), expected(ErrorKind::TooSoon, "5"))
        .refused(no("8"), expected(ErrorKind::Upstream, "8"))
        .unknown_code(no("4711"), "4711")
        .neither(no("null"));
    let check = Operation::verify_otp(build, challenge, typed.clone())
        .accepted(Sample::json(
            include_str!("../fixtures/check_otp.success.json").trim_end(),
        ))
        .refused(wrong_key(), expected(ErrorKind::Credentials, "7"))
        .refused(no("1"), expected(ErrorKind::WrongCode, "1"))
        .refused(no("12"), expected(ErrorKind::Expired, "12"))
        .refused(no("6"), expected(ErrorKind::LimitReached, "6"))
        .refused(no("10"), expected(ErrorKind::Upstream, "10"))
        .unknown_code(no("4711"), "4711")
        .neither(no("null"));
    Conformance::of("paynet")
        .over_tls()
        .secret(KEY)
        .operation(send)
        .operation(check)
        .unsupported(Operation::send_otp(build, by_token.clone()))
        .unsupported(Operation::verify_otp(build, by_token, typed))
        .assert();
}
