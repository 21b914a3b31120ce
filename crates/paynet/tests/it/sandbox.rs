//! The client against the sandbox: a code is sent, mistyped, approved, used up, waited for and late.

use std::time::Duration;

use onay_core::{Dispatch, ErrorKind, OtpSender, OtpVerifier};
use onay_sandbox::Sandbox;

use crate::support::{challenge, code, paynet, printable};

/// The code in the newest message.
fn delivered(sandbox: &Sandbox) -> String {
    let messages = sandbox.messages();
    messages[0].otp().expect("a code").to_owned()
}

#[tokio::test]
async fn the_right_code_is_approved_and_only_once() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let paynet = paynet(&sandbox.paynet_url());
    let sent = paynet.send_otp(&challenge()).await.expect("sent");
    let wait = sent.resend().expect("a wait").remaining_now().as_secs();
    assert!((170..=181).contains(&wait), "{wait}");
    assert_eq!(sandbox.messages().len(), 1);
    assert_eq!(sandbox.messages()[0].to(), "+905550000042");

    let right = delivered(&sandbox);
    let wrong = paynet.verify_otp(sent.challenge(), &code("WRONG")).await;
    let error = wrong.expect_err("wrong");
    assert_eq!(
        (error.kind(), error.dispatch()),
        (ErrorKind::WrongCode, Dispatch::Refused)
    );
    assert_eq!(printable(&error), Some("1"));

    paynet
        .verify_otp(sent.challenge(), &code(&right))
        .await
        .expect("approved");
    let again = paynet.verify_otp(sent.challenge(), &code(&right)).await;
    assert_eq!(again.expect_err("used").kind(), ErrorKind::Expired);
}

#[tokio::test]
async fn a_second_send_waits_for_the_first_code_to_expire() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let paynet = paynet(&sandbox.paynet_url());
    paynet.send_otp(&challenge()).await.expect("sent");
    sandbox.advance(Duration::from_secs(100));
    let error = paynet.send_otp(&challenge()).await.expect_err("too soon");
    assert_eq!(
        (error.kind(), error.dispatch()),
        (ErrorKind::TooSoon, Dispatch::Refused)
    );
    let wait = error.wait().expect("a wait").remaining_now().as_secs();
    assert!((70..=81).contains(&wait), "{wait}");
    assert_eq!(sandbox.messages().len(), 1, "no second message");

    sandbox.advance(Duration::from_secs(600));
    let sent = paynet.send_otp(&challenge()).await.expect("sent again");
    let wait = sent.resend().expect("a wait").remaining_now().as_secs();
    assert!(
        (170..=181).contains(&wait),
        "by the sandbox's clock: {wait}"
    );
    assert_eq!(sandbox.messages().len(), 2);
}

#[tokio::test]
async fn an_expired_code_is_expired() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let paynet = paynet(&sandbox.paynet_url());
    paynet.send_otp(&challenge()).await.expect("sent");
    sandbox.advance(Duration::from_secs(181));
    let late = paynet
        .verify_otp(&challenge(), &code(&delivered(&sandbox)))
        .await;
    assert_eq!(late.expect_err("late").kind(), ErrorKind::Expired);
}
