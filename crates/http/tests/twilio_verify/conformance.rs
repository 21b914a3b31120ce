//! Twilio Verify passes the conformance suite.

use std::time::Duration;

use onay_core::{
    EmailAddress, ErrorKind, OtpChallenge, OtpCode, OtpSender, OtpToken, PhoneNumber, SessionId,
};
use onay_http::reqwest::{Certificate, ClientBuilder};
use onay_http::{BaseUrl, ConnectRetry, HttpClient, HttpClientBuilder};
use onay_testkit::conformance::{Conformance, Expected, Operation, Sample, Target};
use onay_testkit::{Behaviour, SocketServer};

use crate::provider::{Account, TwilioVerify};

const ACCOUNT: &str = "ACcafe00000000000000000000000000a1";
const TOKEN: &str = "test-canary-token";
const SERVICE: &str = "VAcafe00000000000000000000000000a2";
const SID: &str = "VEcafe00000000000000000000000000a3";

fn client(target: &Target) -> HttpClientBuilder {
    let builder = HttpClient::builder().timeout(target.timeout());
    match target.certificate_authority() {
        None => builder,
        Some(authority) => {
            let authority = Certificate::from_pem(authority.as_bytes()).expect("a certificate");
            // With `rustls-ring` a builder that is handed in needs a provider.
            #[cfg(feature = "rustls-ring")]
            let _ = rustls::crypto::ring::default_provider().install_default();
            builder.reqwest(ClientBuilder::new().tls_certs_only([authority]))
        }
    }
}

fn build(target: &Target, client: HttpClientBuilder) -> TwilioVerify {
    TwilioVerify::builder()
        .account(Account::parse(ACCOUNT, TOKEN, SERVICE).expect("an account"))
        .base_url(BaseUrl::parse(target.base_url()).expect("a base URL"))
        .http_client(client.build().expect("a client"))
        .build()
        .expect("built")
}

fn twilio(target: &Target) -> TwilioVerify {
    build(target, client(target))
}

fn challenge() -> OtpChallenge {
    let session = SessionId::parse("canary-session").expect("a session");
    let phone = PhoneNumber::parse("+49 151 23456789").expect("a number");
    OtpChallenge::for_phone(session, phone).for_caller("canary-caller")
}

fn with_sid() -> OtpChallenge {
    challenge().with_token(OtpToken::parse(SID).expect("a sid"))
}

fn code() -> OtpCode {
    OtpCode::parse("canarycode").expect("a code")
}

fn verification(status: &str, valid: bool) -> Sample {
    Sample::json(&format!(
        r#"{{"sid":"{SID}","service_sid":"{SERVICE}","account_sid":"{ACCOUNT}","to":"+4915123456789","channel":"sms","status":"{status}","valid":{valid}}}"#
    ))
}

/// An error that quotes everything that was sent, and a customer's name.
fn refusal(status: u16, code: u32) -> Sample {
    let text = format!("{TOKEN} {SID} +4915123456789 canarycode Ayşe Yılmaz");
    let body = format!(
        r#"{{"code":{code},"message":"{text}","more_info":"https://example.com/{code}","status":{status}}}"#
    );
    Sample::new(status, "application/json", &body)
}

fn expected(kind: ErrorKind, status: u16, code: &str) -> Expected {
    Expected::new(kind).with_code(code).with_http_status(status)
}

fn send() -> Operation {
    let limit = expected(ErrorKind::LimitReached, 429, "60203");
    Operation::send_otp(twilio, challenge())
        // Part of the address, and no secret.
        .may_show(SERVICE)
        .accepted_with_next(verification("pending", false).with_status(201), with_sid())
        .refused(
            refusal(400, 60200),
            expected(ErrorKind::Refused, 400, "60200"),
        )
        .refused(
            refusal(401, 20003),
            expected(ErrorKind::Credentials, 401, "20003"),
        )
        .refused(
            refusal(429, 20429),
            expected(ErrorKind::TooSoon, 429, "20429"),
        )
        .refused(refusal(429, 60203), limit)
        .unknown_code(refusal(400, 60999), "60999")
        .neither(verification("perhaps", false).with_status(201))
        .neither(Sample::json(r#"{"status":"pending","valid":false}"#).with_status(201))
}

fn verify() -> Operation {
    let limit = expected(ErrorKind::LimitReached, 429, "60202");
    Operation::verify_otp(twilio, with_sid(), code())
        .may_show(SERVICE)
        .accepted(verification("approved", true))
        .refused(
            verification("pending", false),
            Expected::new(ErrorKind::WrongCode),
        )
        .refused(
            verification("expired", false),
            Expected::new(ErrorKind::Expired),
        )
        .refused(
            refusal(404, 20404),
            expected(ErrorKind::Expired, 404, "20404"),
        )
        .refused(refusal(429, 60202), limit)
        .unknown_code(refusal(400, 60999), "60999")
        .neither(verification("approved", false))
        .neither(verification("perhaps", false))
}

pub(crate) fn suite() -> Conformance {
    let address = EmailAddress::parse("canary@example.com").expect("an address");
    let by_email = challenge().with_recipient(address);
    Conformance::of("twilio-verify")
        .over_tls()
        .secret(TOKEN)
        .operation(send())
        .operation(verify())
        .unsupported(Operation::send_otp(twilio, by_email))
        .unsupported(Operation::verify_otp(twilio, challenge(), code()))
}

#[test]
fn a_retry_of_what_never_left_conforms() {
    let patient = |target: &Target| {
        let retry = ConnectRetry::new(2, Duration::from_millis(5)).expect("a retry");
        build(target, client(target).connect_retry(retry))
    };
    let pending = verification("pending", false).with_status(201);
    let send = Operation::send_otp(patient, challenge())
        .may_show(SERVICE)
        .accepted_with_next(pending, with_sid())
        .refused(
            refusal(400, 60200),
            expected(ErrorKind::Refused, 400, "60200"),
        )
        .unknown_code(refusal(400, 60999), "60999")
        .neither(verification("perhaps", false).with_status(201));
    Conformance::of("twilio-verify")
        .over_tls()
        .secret(TOKEN)
        .operation(send)
        .assert();
}

/// The suite meets only what was built.
#[test]
fn the_builder_does_not_print_the_token() {
    let account = Account::parse(ACCOUNT, TOKEN, SERVICE).expect("an account");
    let builder = TwilioVerify::builder().account(account);
    for shown in [format!("{builder:?}"), format!("{builder:#?}")] {
        assert!(!shown.contains("canary"), "{shown}");
    }
}

#[tokio::test]
async fn the_request_is_the_documented_one() {
    let server = SocketServer::start(Behaviour::json("{}")).await;
    let client = TwilioVerify::builder()
        .account(Account::parse(ACCOUNT, TOKEN, SERVICE).expect("an account"))
        .base_url(BaseUrl::parse(&server.url()).expect("a base URL"))
        .build()
        .expect("built");
    client.send_otp(&challenge()).await.expect_err("unreadable");
    let requests = server.requests();
    let request = requests.first().expect("a request");
    let line = format!("POST /Services/{SERVICE}/Verifications HTTP/1.1");
    assert_eq!(request.line, line);
    let content_type = request.header("content-type");
    assert_eq!(content_type, Some("application/x-www-form-urlencoded"));
    assert_eq!(request.text(), "To=%2B4915123456789&Channel=sms");
}
