//! {{Title}} passes the conformance suite.

mod unwritten;

use onay_core::{ErrorKind, Gsm, OtpChallenge, OtpCode, OtpToken, SessionId};
use onay_http::HttpClient;
use onay_testkit::conformance::{Conformance, Expected, Operation, Rule, Sample, Target};
use onay_{{module}}::{ApiKey, {{Type}}};

const KEY: &str = "test-canary-key";

/// Answers as {{Title}}'s documentation shows them, yes and no, with the code of each no.
const SENT: &str = r#"{"not written yet":"{{Title}}'s yes: sent"}"#;
const VERIFIED: &str = r#"{"not written yet":"{{Title}}'s yes: verified"}"#;
const WRONG_KEY: (&str, &str) = (
    r#"{"not written yet":"{{Title}}'s no: wrong key"}"#,
    "not written yet: its code",
);
const TOO_SOON: (&str, &str) = (
    r#"{"not written yet":"{{Title}}'s no: too soon"}"#,
    "not written yet: its code",
);
/// Its text quotes the key, the session, the number and the code, and keeps doing so: what went out
/// must not come back in an error.
const WRONG_CODE: (&str, &str) = (
    r#"{"not written yet":"{{Title}}'s no: wrong code","not written yet: the field of the text beside the code":"test-canary-key canary-session 0555 765 43 21 canary-code"}"#,
    "not written yet: its code",
);
const EXPIRED: (&str, &str) = (
    r#"{"not written yet":"{{Title}}'s no: expired"}"#,
    "not written yet: its code",
);
/// A no with a code that is in no table.
const UNKNOWN: (&str, &str) = (
    r#"{"not written yet":"{{Title}}'s no: a code nobody knows"}"#,
    "not written yet: its code",
);
/// An answer of the same shape that says neither.
const NEITHER: &str = r#"{"not written yet":"{{Title}}'s answer without a code"}"#;

fn build(target: &Target) -> {{Type}} {
    let http = HttpClient::builder().timeout(target.timeout()).build();
    {{Type}}::builder()
        .api_key(ApiKey::parse(KEY).expect("a key"))
        .base_url(target.base_url().parse().expect("a base URL"))
        .http_client(http.expect("a client"))
        .build()
        .expect("built")
}

/// With the samples that are the same for every call.
fn refusing(operation: Operation, refusals: &[((&str, &str), ErrorKind)]) -> Operation {
    let mut operation = operation
        .unknown_code(Sample::json(UNKNOWN.0), UNKNOWN.1)
        .neither(Sample::json(NEITHER));
    for ((answer, code), kind) in refusals {
        let expected = Expected::new(*kind).with_code(code);
        operation = operation.refused(Sample::json(answer), expected);
    }
    operation
}

#[test]
fn {{module}}_conforms() {
    let session = SessionId::parse("canary-session").expect("a session");
    let gsm = Gsm::parse("0555 765 43 21").expect("a number");
    let challenge = OtpChallenge::for_gsm(session.clone(), gsm);
    let token = OtpToken::parse("canary-token").expect("a token");
    let by_token = OtpChallenge::for_token(session, token);
    let typed = OtpCode::parse("canary-code").expect("a code");
    let send = Operation::send_otp(build, challenge.clone()).accepted(Sample::json(SENT));
    let verify = Operation::verify_otp(build, challenge, typed.clone());
    let verify = verify.accepted(Sample::json(VERIFIED));
    let wrong_key = (WRONG_KEY, ErrorKind::Credentials);
    Conformance::of("{{name}}")
        .secret(KEY)
        .hint(
            Rule::OnlyYesIsOk,
            "{{Title}}'s yes: SENT and VERIFIED in tests/it/conformance.rs are its answers, `Envelope` in src/wire.rs \
             names the field of its code, and the code has a row with `Yes` in src/code.rs; whatever else makes it a \
             yes stands in `judge` in src/client.rs",
        )
        .hint(
            Rule::SendsWhatWasGiven,
            "what goes out: the fields of `SendOtp` and `VerifyOtp` in src/wire.rs",
        )
        .hint(
            Rule::KindAndDelivery,
            "{{Title}}'s no: the answers and their codes stand in tests/it/conformance.rs, and each code has a row with \
             its `ErrorKind` in src/code.rs",
        )
        .hint(
            Rule::CodesKept,
            "the code comes from the field that `Envelope` in src/wire.rs names, and `judge` in src/client.rs keeps it",
        )
        .hint(
            Rule::Silence,
            "what went out and may be quoted is named by `sent` in `judge` in src/client.rs, for `hiding`",
        )
        .operation(refusing(
            send,
            &[wrong_key, (TOO_SOON, ErrorKind::TooSoon)],
        ))
        .operation(refusing(
            verify,
            &[
                wrong_key,
                (WRONG_CODE, ErrorKind::WrongCode),
                (EXPIRED, ErrorKind::Expired),
            ],
        ))
        .unsupported(Operation::send_otp(build, by_token.clone()))
        .unsupported(Operation::verify_otp(build, by_token, typed))
        .assert();
}
