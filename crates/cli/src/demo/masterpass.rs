//! Masterpass through Paywall: an account is linked, its code is lost, sent again, and verified.

use std::time::Duration;

use onay::http::BaseUrl;
use onay::paywall_masterpass::{Keys, OpenSession, PaywallMasterpass, ReferenceCode, UserId};
use onay::{ErrorKind, OtpCode, OtpSender, OtpVerifier, PhoneNumber};
use onay_sandbox::Sandbox;

use super::{Story, newest_code};
use crate::failure::Failure;

pub(super) async fn tell(sandbox: &Sandbox, story: &mut Story<'_>) -> Result<(), Failure> {
    let texts = story.texts;
    story.title(texts.demo_masterpass())?;
    let paywall = PaywallMasterpass::builder()
        .keys(Keys::parse("test-private-key", "test-private-client")?)
        .base_url(BaseUrl::parse(&sandbox.paywall_url())?)
        .build()?;
    let phone = PhoneNumber::parse("0555 000 00 42")?;

    story.step(texts.demo_masterpass_link())?;
    let (reference, user) = (ReferenceCode::parse("order-1")?, UserId::parse("user-1")?);
    let request = OpenSession::new(reference, user, phone);
    let opened = paywall.open_session(&request).await?;
    let sent = paywall.send_otp(&opened.account_link()).await?;
    let lost = newest_code(sandbox)?;
    story.yes("send_otp", texts.demo_masterpass_linked())?;

    story.step(texts.demo_masterpass_lost())?;
    let early = paywall.send_otp(sent.challenge()).await;
    let text = texts.demo_masterpass_early();
    story.no("send_otp", early, ErrorKind::TooSoon, text)?;

    story.step(texts.demo_masterpass_later())?;
    sandbox.advance(Duration::from_secs(60));
    let resent = paywall.send_otp(sent.challenge()).await?;
    story.yes("send_otp", texts.demo_masterpass_resent())?;
    let messages = sandbox.messages();
    story.phone(
        messages
            .first()
            .map(onay_sandbox::Message::text)
            .unwrap_or_default(),
    )?;

    story.step(texts.demo_masterpass_old_tab())?;
    let code = OtpCode::parse(&lost)?;
    let old = paywall.verify_otp(sent.challenge(), &code).await;
    let text = texts.demo_masterpass_old_token();
    story.no("verify_otp", old, ErrorKind::Expired, text)?;

    let typed = newest_code(sandbox)?;
    story.step(texts.demo_masterpass_types(typed.as_str()))?;
    let code = OtpCode::parse(&typed)?;
    paywall.verify_otp(resent.challenge(), &code).await?;
    story.yes("verify_otp", texts.demo_masterpass_approved())
}
