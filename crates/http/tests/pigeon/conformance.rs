//! Pigeon passes the conformance suite.

use std::time::Duration;

use onay_core::{
    ErrorKind, Gsm, OtpChallenge, OtpCode, OtpSender, OtpToken, OtpVerifier, SessionId,
};
use onay_http::{HttpClient, UnreachableRetry};
use onay_testkit::conformance::{Conformance, Expected, Operation, Sample, Target};

use crate::provider::Pigeon;

pub(crate) const KEY: &str = "test-canary-key";

pub(crate) fn pigeon(target: &Target) -> Pigeon {
    let client = HttpClient::builder().timeout(target.timeout()).build();
    Pigeon::builder()
        .key(KEY)
        .base_url(target.base_url().parse().expect("a base URL"))
        .http_client(client.expect("a client"))
        .build()
        .expect("built")
}

fn no(reason: &str) -> Sample {
    let text = "test-canary-key canary-session 0555 765 43 21 canary-code";
    Sample::json(&format!(
        r#"{{"result":"no","reason":"{reason}","text":"{text}"}}"#
    ))
}

/// The same for every provider that speaks Pigeon's dialect.
pub(crate) fn suite<P: OtpSender + OtpVerifier + 'static>(
    build: impl Fn(&Target) -> P + Clone + Send + Sync + 'static,
) -> Conformance {
    let session = SessionId::parse("canary-session").expect("a session");
    let gsm = Gsm::parse("0555 765 43 21").expect("a number");
    let challenge = OtpChallenge::for_gsm(session.clone(), gsm);
    let code = OtpCode::parse("canary-code").expect("a code");
    let token = OtpToken::parse("canary-token").expect("a token");
    let by_token = OtpChallenge::for_token(session, token);
    let expected = |kind, reason| Expected::new(kind).with_code(reason);
    let wait = Duration::from_secs(41);
    Conformance::of("pigeon")
        .secret(KEY)
        .operation(
            Operation::send_otp(build.clone(), challenge.clone())
                .accepted(Sample::json(r#"{"result":"yes","wait":60}"#))
                .accepted(Sample::json(r#"{"result":"yes"}"#))
                .refused(no("R-1"), expected(ErrorKind::Credentials, "R-1"))
                .refused(
                    Sample::json(r#"{"result":"no","reason":"R-2","wait":41}"#),
                    expected(ErrorKind::TooSoon, "R-2").with_retry_after(wait),
                )
                .refused(no("R-5"), expected(ErrorKind::Upstream, "R-5"))
                .unknown_code(no("R-99"), "R-99")
                .neither(Sample::json(r#"{"result":"pending"}"#)),
        )
        .operation(
            Operation::verify_otp(build.clone(), challenge, code.clone())
                .accepted(Sample::json(r#"{"result":"yes"}"#))
                .refused(no("R-3"), expected(ErrorKind::WrongCode, "R-3"))
                .refused(no("R-4"), expected(ErrorKind::Expired, "R-4"))
                .unknown_code(no("R-99"), "R-99")
                .neither(Sample::json(r#"{"result":"pending"}"#)),
        )
        .unsupported(Operation::send_otp(build.clone(), by_token.clone()))
        .unsupported(Operation::verify_otp(build, by_token, code))
}

/// The suite meets only what was built.
#[test]
fn the_builder_does_not_print_the_key() {
    let builder = Pigeon::builder().key(KEY);
    for shown in [format!("{builder:?}"), format!("{builder:#?}")] {
        assert!(shown.starts_with("PigeonBuilder"), "{shown}");
        assert!(!shown.contains("canary"), "{shown}");
    }
}

#[test]
fn pigeon_conforms() {
    suite(pigeon).assert();
}

#[test]
fn a_retry_of_what_never_left_conforms() {
    let patient = |target: &Target| {
        let client = HttpClient::builder()
            .timeout(target.timeout())
            .retry_unreachable(UnreachableRetry::new(2, Duration::from_millis(5)))
            .build();
        Pigeon::builder()
            .key(KEY)
            .base_url(target.base_url().parse().expect("a base URL"))
            .http_client(client.expect("a client"))
            .build()
            .expect("built")
    };
    suite(patient).assert();
}
