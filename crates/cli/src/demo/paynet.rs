//! Paynet: a card OTP sent, received, refused in four ways and approved once; and "resend" pressed five times, with the
//! guard and without.

use std::time::Duration;

use onay::guard::{Guarded, MemoryStore};
use onay::http::BaseUrl;
use onay::paynet::{Paynet, SecretKey};
use onay::{
    ErrorKind, OtpChallenge, OtpCode, OtpSender, OtpVerifier, PhoneNumber, SessionId, Wait,
};
use onay_sandbox::Sandbox;

use super::{Story, newest_code};
use crate::failure::Failure;

/// A code that no sandbox makes.
const WRONG: &str = "WRONG";

const TABS: u32 = 5;

pub(super) async fn tell(sandbox: &Sandbox, story: &mut Story<'_>) -> Result<(), Failure> {
    let texts = story.texts;
    story.title(texts.demo_paynet())?;
    let paynet = paynet(sandbox)?;
    let phone = PhoneNumber::parse("0555 000 00 42")?;
    let challenge = OtpChallenge::for_phone(SessionId::parse("order-1")?, phone);

    story.step(texts.demo_paynet_send(phone.masked().to_string()))?;
    let sent = paynet.send_otp(&challenge).await?;
    let again = sent.resend().map(Wait::remaining_now);
    let again = texts.wait(again.unwrap_or_default());
    story.yes("send_otp", texts.demo_paynet_sent(again))?;

    story.step(texts.demo_paynet_phone())?;
    let timeout = Duration::from_secs(5);
    let message = sandbox.wait_for_message(phone.e164(), timeout).await?;
    story.phone(message.text())?;

    story.step(texts.demo_paynet_early())?;
    let early = paynet.send_otp(sent.challenge()).await;
    let count = sandbox.messages().len();
    let text = texts.demo_paynet_no_second(count);
    story.no("send_otp", early, ErrorKind::TooSoon, text)?;

    story.step(texts.demo_paynet_types(WRONG))?;
    let wrong = paynet
        .verify_otp(sent.challenge(), &OtpCode::parse(WRONG)?)
        .await;
    let text = texts.demo_paynet_wrong();
    story.no("verify_otp", wrong, ErrorKind::WrongCode, text)?;

    let typed = message.otp().unwrap_or_default();
    story.step(texts.demo_paynet_types(typed))?;
    let code = OtpCode::parse(typed)?;
    paynet.verify_otp(sent.challenge(), &code).await?;
    story.yes("verify_otp", texts.demo_paynet_approved())?;

    story.step(texts.demo_paynet_again())?;
    let used = paynet.verify_otp(sent.challenge(), &code).await;
    let text = texts.demo_paynet_used();
    story.no("verify_otp", used, ErrorKind::Expired, text)?;

    story.step(texts.demo_paynet_late())?;
    let late = OtpChallenge::for_phone(SessionId::parse("order-2")?, phone);
    paynet.send_otp(&late).await?;
    story.yes("send_otp", texts.accepted())?;
    let code = OtpCode::parse(&newest_code(sandbox)?)?;
    sandbox.advance(Duration::from_secs(600));
    let expired = paynet.verify_otp(&late, &code).await;
    let text = texts.demo_paynet_expired();
    story.no("verify_otp", expired, ErrorKind::Expired, text)
}

pub(super) async fn tell_guard(sandbox: &Sandbox, story: &mut Story<'_>) -> Result<(), Failure> {
    let texts = story.texts;
    story.title(texts.demo_guard())?;
    let guarded = Guarded::builder(paynet(sandbox)?, MemoryStore::new())
        .scope("paynet")
        .secret(b"nothing in a demo is secret")
        .build()?;
    let phone = PhoneNumber::parse("0555 000 00 42")?;
    let tab = |tab: u32| -> Result<OtpChallenge, Failure> {
        let session = SessionId::parse(&format!("tab-{tab}"))?;
        Ok(OtpChallenge::for_phone(session, phone))
    };

    story.step(texts.demo_guard_presses(TABS))?;
    guarded.send_otp(&tab(1)?).await?;
    story.yes("send_otp", texts.demo_guard_first())?;
    for number in 2..=TABS {
        let held = guarded.send_otp(&tab(number)?).await;
        let text = texts.demo_guard_held(number);
        story.no("send_otp", held, ErrorKind::TooSoon, text)?;
    }
    let count = sandbox.messages().len();
    story.note(format!("    {}", texts.demo_guard_count(count)))?;

    story.step(texts.demo_guard_without())?;
    guarded.provider().send_otp(&tab(TABS + 1)?).await?;
    let count = sandbox.messages().len();
    story.yes("send_otp", texts.demo_guard_second(count))
}

fn paynet(sandbox: &Sandbox) -> Result<Paynet, Failure> {
    let paynet = Paynet::builder()
        .secret_key(SecretKey::parse("sck_test_demo")?)
        .base_url(BaseUrl::parse(&sandbox.paynet_url())?)
        .build()?;
    Ok(paynet)
}
