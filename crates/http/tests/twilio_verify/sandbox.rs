//! A story of the example provider and its own fake in a sandbox.

use std::time::Duration;

use onay_core::{
    Dispatch, ErrorKind, OtpChallenge, OtpCode, OtpSender, OtpVerifier, PhoneNumber, SessionId,
};
use onay_http::BaseUrl;
use onay_sandbox::{Fault, FaultRule, Sandbox};
use onay_testkit::assert_error;

use crate::fake::TwilioFake;
use crate::provider::{Account, TwilioVerify};

const PHONE: &str = "0555 000 00 42";

fn twilio(sandbox: &Sandbox) -> TwilioVerify {
    let account = Account::parse(
        "AC00000000000000000000000000000001",
        "test-token",
        "VA00000000000000000000000000000001",
    );
    let base = sandbox.base_url("twilio-verify").expect("the fake");
    TwilioVerify::builder()
        .account(account.expect("an account"))
        .base_url(BaseUrl::parse(&base).expect("a base URL"))
        .build()
        .expect("built")
}

async fn sandbox() -> Sandbox {
    let sandbox = Sandbox::builder().fake(TwilioFake).start().await;
    sandbox.expect("a sandbox")
}

fn challenge(session: &str) -> OtpChallenge {
    let phone = PhoneNumber::parse(PHONE).expect("a number");
    OtpChallenge::for_phone(SessionId::parse(session).expect("a session"), phone)
}

/// The code of the newest message.
fn code(sandbox: &Sandbox) -> OtpCode {
    let newest = sandbox.messages().pop().expect("a message");
    OtpCode::parse(newest.otp().expect("a code")).expect("a code")
}

#[tokio::test]
async fn a_code_is_sent_mistyped_approved_and_then_gone() {
    let sandbox = sandbox().await;
    let twilio = twilio(&sandbox);
    let sent = twilio.send_otp(&challenge("order-1")).await.expect("sent");
    let sent = sent.into_challenge();
    let wrong = OtpCode::parse("wrong1").expect("a code");
    let mistyped = twilio.verify_otp(&sent, &wrong).await;
    assert_error(&mistyped, ErrorKind::WrongCode, Dispatch::Refused);
    let code = code(&sandbox);
    twilio.verify_otp(&sent, &code).await.expect("approved");
    let again = twilio.verify_otp(&sent, &code).await;
    let error = assert_error(&again, ErrorKind::Expired, Dispatch::Refused);
    assert!(error.code().is_some_and(|code| code.is("20404")));
    let journal = sandbox.journal();
    assert!(
        journal
            .iter()
            .any(|entry| entry.doctor() == Some("the code is wrong"))
    );
}

#[tokio::test]
async fn the_clock_the_limits_and_the_faults_are_those_of_any_provider() {
    let sandbox = sandbox().await;
    let twilio = twilio(&sandbox);
    let mut sent = challenge("order-1");
    for _ in 0..5 {
        sent = twilio.send_otp(&sent).await.expect("sent").into_challenge();
    }
    let limit = twilio.send_otp(&sent).await;
    assert_error(&limit, ErrorKind::LimitReached, Dispatch::Refused);
    let codes = sandbox.messages();
    assert!(codes.iter().all(|message| message.otp() == codes[0].otp()));
    let code = code(&sandbox);
    sandbox.advance(Duration::from_secs(601));
    let late = twilio.verify_otp(&sent, &code).await;
    assert_error(&late, ErrorKind::Expired, Dispatch::Refused);

    let rule = FaultRule::new(Fault::Html(200)).provider("twilio-verify");
    let rule = rule.operation("send_otp").times(1);
    sandbox.fault(rule).expect("a rule");
    let page = twilio.send_otp(&challenge("order-2")).await;
    assert_eq!(page.expect_err("a page").dispatch(), Dispatch::MaybeSent);
}
