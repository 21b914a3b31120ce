//! Masterpass through Paywall: an account is linked, its code is lost, sent again, and verified.

use std::time::Duration;

use onay::http::BaseUrl;
use onay::paywall_masterpass::{Keys, OpenSession, PaywallMasterpass};
use onay::{ErrorKind, Gsm, OtpCode, OtpSender, OtpVerifier};
use onay_sandbox::Sandbox;

use super::newest_code;
use super::story::Story;
use crate::failure::Failure;

pub(super) async fn tell(sandbox: &Sandbox, story: &mut Story<'_>) -> Result<(), Failure> {
    story.title(
        "Paywall üzerinden bir Masterpass hesabı ve hiç gelmeyen bir kod",
        "A Masterpass account through Paywall, and a code that never arrives",
    )?;
    let paywall = PaywallMasterpass::builder()
        .keys(Keys::parse("test-private-key", "test-private-client")?)
        .base_url(BaseUrl::parse(&sandbox.paywall_url())?)
        .build()?;
    let gsm = Gsm::parse("0555 000 00 42")?;

    story.step(
        "Mağaza bir oturum açıyor ve müşterinin hesabını bağlıyor",
        "The shop opens a session and links the customer's account",
    )?;
    let opened = paywall
        .open_session(&OpenSession::new("order-1", "user-1", gsm))
        .await?;
    let link = paywall.link_account(opened.session()).await?;
    let lost = newest_code(sandbox)?;
    story.yes(
        "link_account",
        "kabul edildi: kod yola çıktı, onu temsil eden bir token geldi",
        "accepted: a code is on its way, and a token stands for it",
    )?;

    story.step(
        "SMS gelmiyor, mağaza kodu hemen yeniden gönderiyor",
        "The SMS never arrives, and the shop sends the code again at once",
    )?;
    let early = paywall.send_otp(link.challenge()).await;
    story.no(
        "resend",
        early,
        ErrorKind::TooSoon,
        "biraz sabır",
        "a little patience",
    )?;

    story.step(
        "Bir dakika sonra yeniden istiyor",
        "A minute later it asks again",
    )?;
    sandbox.advance(Duration::from_secs(60));
    let resent = paywall.send_otp(link.challenge()).await?;
    story.yes(
        "resend",
        "kabul edildi: yeni bir token geldi, önceki artık geçersiz",
        "accepted: a new token, and the one before is dead",
    )?;
    let messages = sandbox.messages();
    story.phone(
        messages
            .first()
            .map(onay_sandbox::Message::text)
            .unwrap_or_default(),
    )?;

    story.step(
        "Eski bir sekmede hâlâ eski token duruyor",
        "An old tab still holds the old token",
    )?;
    let code = OtpCode::parse(&lost)?;
    let old = paywall.verify_otp(link.challenge(), &code).await;
    story.no(
        "verify_otp",
        old,
        ErrorKind::Expired,
        "işlem yeni token ile sürüyor",
        "the conversation has moved on",
    )?;

    let typed = newest_code(sandbox)?;
    story.step(
        &format!("Müşteri {typed} kodunu giriyor, mağaza en son gelen challenge ile doğruluyor"),
        &format!("The customer types {typed}, and the shop uses the newest challenge"),
    )?;
    let code = OtpCode::parse(&typed)?;
    paywall.verify_otp(resent.challenge(), &code).await?;
    story.yes(
        "verify_otp",
        "onaylandı; hesap bağlandı",
        "approved; the account is linked",
    )
}
