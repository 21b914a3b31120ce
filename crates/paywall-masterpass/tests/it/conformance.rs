//! Masterpass through Paywall passes the conformance suite.

use onay_core::{ErrorKind, OtpChallenge};
use onay_http::HttpClient;
use onay_http::reqwest::{Certificate, ClientBuilder};
use onay_paywall_masterpass::{
    Keys, OpenSession, OtpPurpose, PaywallMasterpass, ReferenceCode, UserId,
};
use onay_testkit::conformance::{Conformance, Expected, Operation, Sample, Target};

use crate::support::{code, phone, session, token};

const KEY: &str = "canary-key";
const CLIENT: &str = "canary-client";
const SESSION: &str = "canary-7session";
const TOKEN: &str = "canary-7token";
/// What goes out with a call.
const SENT: &str = "canary-key canary-client canary-7session canary-7token canary2code";
/// What the answer of [`outcome`] brings.
const BROUGHT: &str = "canary-renewed canary-fresh canary-card";

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

fn build(target: &Target) -> PaywallMasterpass {
    PaywallMasterpass::builder()
        .keys(Keys::parse(KEY, CLIENT).expect("keys"))
        .base_url(target.base_url().parse().expect("a base URL"))
        .http_client(http(target))
        .build()
        .expect("built")
}

/// An answer of this response code that rotates token and session.
fn outcome(response_code: &str) -> Sample {
    Sample::json(&format!(
        r#"{{"Result":true,"ErrorCode":0,"Message":"","Body":{{"Session":{{"SessionRenewed":true,"SessionId":"canary-renewed"}},"Masterpass":{{"Result":{{"ResponseCode":"{response_code}","Token":"canary-fresh","CardUniqueNumber":"canary-card","CardIssuerName":"{SENT} {BROUGHT}","MaskedPan":"{SENT} {BROUGHT}","RetrievalReferenceNumber":"{SENT} {BROUGHT}","Description":"{SENT} {BROUGHT}"}},"Exception":null,"StatusCode":200}}}}}}"#
    ))
}

/// A refusal by exception; the session stays.
fn exception(exception_code: &str) -> Sample {
    Sample::json(&format!(
        r#"{{"Result":true,"ErrorCode":0,"Message":"","Body":{{"Session":{{"SessionRenewed":false,"SessionId":"canary-other"}},"Masterpass":{{"Result":null,"Exception":{{"Code":"{exception_code}","Message":"{SENT}"}},"StatusCode":404}}}}}}"#
    ))
}

fn given() -> OtpChallenge {
    OtpPurpose::Transaction.challenge(session(SESSION), token(TOKEN))
}

/// What the answer of [`outcome`] goes on with.
fn rotated() -> OtpChallenge {
    OtpPurpose::Transaction.challenge(session("canary-renewed"), token("canary-fresh"))
}

fn expected(kind: ErrorKind, code: &str) -> Expected {
    Expected::new(kind).with_code(code)
}

/// The refusals that every call on a challenge knows.
fn with_refusals(mut operation: Operation) -> Operation {
    for (kind, code) in [
        (ErrorKind::Refused, "TOKEN_IS_NOT_VALID"),
        (ErrorKind::Expired, "TOKEN_ALREADY_USED"),
        (ErrorKind::Credentials, "MERCHANT_NOT_FOUND"),
        (ErrorKind::Upstream, "VPOS_TIMEOUT_ERROR"),
    ] {
        operation = operation.refused(exception(code), expected(kind, code));
    }
    operation
        .unknown_code(exception("NOBODY_KNOWS"), "NOBODY_KNOWS")
        .neither(outcome(""))
}

fn send() -> Operation {
    let too_soon = "ERROR_CALLED_OTP_SERVICE_ONE_MORE_TIME_BEFORE_TIMEOUT_EXPIRED";
    with_refusals(Operation::send_otp(build, given()))
        .accepted_with_next(outcome("5001"), rotated())
        .accepted_with_next(outcome("5008"), rotated())
        .refused(exception(too_soon), expected(ErrorKind::TooSoon, too_soon))
        .refused(
            outcome("5010"),
            expected(ErrorKind::ActionRequired, "5010").with_challenge(rotated()),
        )
}

fn verify() -> Operation {
    let verify = Operation::verify_otp(build, given(), code("canary2code"));
    // Nobody asks for another code: the token stays.
    let in_a_renewed_session =
        OtpPurpose::Transaction.challenge(session("canary-renewed"), token(TOKEN));
    with_refusals(verify)
        .accepted_with_next(outcome("0000"), in_a_renewed_session)
        .refused(
            exception("OTP_IS_NOT_VALID"),
            expected(ErrorKind::WrongCode, "OTP_IS_NOT_VALID"),
        )
        .refused(
            outcome("5001"),
            expected(ErrorKind::ActionRequired, "5001").with_challenge(rotated()),
        )
}

fn suite() -> Conformance {
    let secrets = SENT.split(' ').chain(BROUGHT.split(' '));
    let suite = Conformance::of("paywall-masterpass").over_tls();
    secrets.fold(suite, Conformance::secret)
}

#[test]
fn paywall_masterpass_conforms() {
    let by_number = OtpChallenge::for_phone(session(SESSION), phone());
    suite()
        .operation(send())
        .operation(verify())
        .unsupported(Operation::send_otp(build, by_number.clone()))
        .unsupported(Operation::verify_otp(build, by_number, code("canary2code")))
        .assert();
}

#[test]
fn the_calls_of_its_own_conform() {
    let open = Operation::call("open_session", build, |paywall| async move {
        let request = OpenSession::new(
            ReferenceCode::parse("canary-order").expect("a reference"),
            UserId::parse("canary-user").expect("an id"),
            phone(),
        );
        paywall.open_session(&request).await
    })
    .accepted(Sample::json(
        r#"{"Result":true,"ErrorCode":0,"Message":"","Body":{"SessionId":"canary-opened"}}"#,
    ))
    .refused(
        Sample::json(
            r#"{"Result":false,"ErrorCode":17,"Message":"canary-order canary-opened","Body":{"SessionId":"canary-opened"}}"#,
        ),
        // Paywall lists no codes of its own.
        Expected::new(ErrorKind::Refused),
    )
    .unknown_code(
        Sample::json(r#"{"Result":false,"ErrorCode":4711,"Message":"5550000042"}"#),
        "4711",
    )
    .neither(Sample::json(
        r#"{"Result":true,"ErrorCode":0,"Message":"","Body":{"SessionId":""}}"#,
    ))
    .secret("canary-opened")
    .secret("canary-order")
    .secret("5550000042");
    let link = Operation::call("link_account", build, |paywall| async move {
        paywall
            .link_account(&PaywallMasterpass::account_link(session(SESSION), None))
            .await
    });
    let link = with_refusals(link)
        .accepted(outcome("5001"))
        .accepted(outcome("5008"));
    suite().operation(open).operation(link).assert();
}
