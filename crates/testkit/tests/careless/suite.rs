//! What the conformance suite has to know of the careless provider.

use onay_core::{
    EmailAddress, ErrorKind, OtpChallenge, OtpCode, OtpSender, OtpToken, OtpVerifier, PhoneNumber,
    SessionId,
};
use onay_testkit::conformance::{Conformance, Expected, Operation, Sample, Target};

pub(crate) const PROVIDER: &str = "careless";
pub(crate) const ACCOUNT: &str = "ACcanary0000";
pub(crate) const KEY: &str = "test-canary-key";

/// Every character that a form has to encode.
const SID: &str = "VE+canary/sid=0:1";

fn session() -> SessionId {
    SessionId::parse("canary-session").expect("a session")
}

/// International, with everything that a challenge can hold.
pub(crate) fn challenge() -> OtpChallenge {
    let phone = PhoneNumber::parse("+49 151 23456789").expect("a number");
    OtpChallenge::for_phone(session(), phone)
        .with_state("canary-state+/=")
        .for_caller("canary-caller")
}

pub(crate) fn by_email() -> OtpChallenge {
    let address = EmailAddress::parse("canary@example.com").expect("an address");
    OtpChallenge::new(session()).with_recipient(address)
}

fn with_sid() -> OtpChallenge {
    challenge().with_token(OtpToken::parse(SID).expect("a sid"))
}

fn verification(status: &str, valid: bool) -> Sample {
    Sample::json(&format!(
        r#"{{"sid":"{SID}","account_sid":"{ACCOUNT}","to":"+4915123456789","channel":"sms","status":"{status}","valid":{valid},"date_created":"2026-11-21T10:03:00Z"}}"#
    ))
}

fn error(status: u16, code: &str) -> Sample {
    let text = format!("Ayşe Yılmaz 4111 1111 1111 1111 10000000146 {KEY} {SID} canary-code");
    Sample::json(&format!(
        r#"{{"code":{code},"message":"{text}","more_info":"https://example.com/{code}","status":{status}}}"#
    ))
    .with_status(status)
    .with_header("x-request", "canary-request-1")
}

fn with_errors(mut operation: Operation) -> Operation {
    for (status, code, kind) in [
        (401, "20003", ErrorKind::Credentials),
        (429, "20429", ErrorKind::TooSoon),
    ] {
        let expected = Expected::new(kind).with_code(code).with_http_status(status);
        operation = operation.refused(error(status, code), expected);
    }
    operation.unknown_code(error(400, "60999"), "60999")
}

pub(crate) fn send<P: OtpSender + 'static>(
    build: impl Fn(&Target) -> P + Clone + Send + Sync + 'static,
) -> Operation {
    let limit = Expected::new(ErrorKind::LimitReached).with_code("60203");
    with_errors(Operation::send_otp(build, challenge()))
        .accepted_with_next(verification("pending", false).with_status(201), with_sid())
        .refused(error(429, "60203"), limit)
        .neither(verification("perhaps", false).with_status(201))
}

pub(crate) fn verify<P: OtpVerifier + 'static>(
    build: impl Fn(&Target) -> P + Clone + Send + Sync + 'static,
) -> Operation {
    let code = OtpCode::parse("canary-code").expect("a code");
    let gone = Expected::new(ErrorKind::Expired);
    with_errors(Operation::verify_otp(build, with_sid(), code))
        .accepted(verification("approved", true))
        .refused(
            verification("pending", false),
            Expected::new(ErrorKind::WrongCode),
        )
        .refused(verification("expired", false), gone.clone())
        .refused(
            error(404, "20404"),
            gone.with_code("20404").with_http_status(404),
        )
        .neither(verification("perhaps", false))
}

pub(crate) fn suite<P: OtpSender + OtpVerifier + 'static>(
    build: impl Fn(&Target) -> P + Clone + Send + Sync + 'static,
) -> Conformance {
    let code = OtpCode::parse("canary-code").expect("a code");
    Conformance::of(PROVIDER)
        .over_tls()
        .secret(KEY)
        .operation(send(build.clone()))
        .operation(verify(build.clone()))
        .unsupported(Operation::send_otp(build.clone(), by_email()))
        .unsupported(Operation::verify_otp(build, challenge(), code))
}
