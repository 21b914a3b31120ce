//! A card OTP through Paynet: sent, received, refused in four ways, approved once.

use std::time::Duration;

use onay::http::BaseUrl;
use onay::paynet::{Paynet, SecretKey};
use onay::{ErrorKind, Gsm, OtpChallenge, OtpCode, OtpSender, OtpVerifier, SessionId};
use onay_sandbox::Sandbox;

use super::story::Story;
use super::{WRONG, newest_code};
use crate::failure::Failure;

pub(super) async fn tell(sandbox: &Sandbox, story: &mut Story<'_>) -> Result<(), Failure> {
    story.title(
        "Paynet ile kart OTP: istekten onaya",
        "A card OTP through Paynet, from the request to the approval",
    )?;
    let paynet = Paynet::builder()
        .secret_key(SecretKey::parse("sck_test_demo")?)
        .base_url(BaseUrl::parse(&sandbox.paynet_url())?)
        .build()?;
    let gsm = Gsm::parse("0555 000 00 42")?;
    let challenge = OtpChallenge::for_gsm(SessionId::parse("order-1")?, gsm);

    story.step(
        &format!("Mağaza Paynet'ten {gsm} numarasına kod göndermesini istiyor"),
        &format!("The shop asks Paynet to send a code to {gsm}"),
    )?;
    let sent = paynet.send_otp(&challenge).await?;
    let again = sent.resend_in().unwrap_or_default();
    let again = story.language().wait(again);
    story.yes(
        "send_otp",
        &format!("kabul edildi; yenisi {again} sonra istenebilir"),
        &format!("accepted; another may be asked for in {again}"),
    )?;

    story.step("Müşterinin telefonuna gelen", "The customer's phone shows")?;
    let timeout = Duration::from_secs(5);
    let message = sandbox.wait_for_message(gsm.e164(), timeout).await?;
    story.phone(message.text())?;

    story.step(
        "Müşteri sabırsız, mağaza hemen yeniden istiyor",
        "The customer is impatient, and the shop asks again at once",
    )?;
    let early = paynet.send_otp(sent.challenge()).await;
    let count = sandbox.messages().len();
    story.no(
        "send_otp",
        early,
        ErrorKind::TooSoon,
        &format!("ikinci mesaj gitmedi; gelen kutusundaki mesaj sayısı: {count}"),
        &format!("no second message; messages in the inbox: {count}"),
    )?;

    story.step(
        &format!("Müşteri {WRONG} yazıyor"),
        &format!("The customer types {WRONG}"),
    )?;
    let wrong = paynet
        .verify_otp(sent.challenge(), &OtpCode::parse(WRONG)?)
        .await;
    story.no(
        "verify_otp",
        wrong,
        ErrorKind::WrongCode,
        "yeniden deneyebilir",
        "they may try again",
    )?;

    let typed = message.otp().unwrap_or_default();
    story.step(
        &format!("Müşteri {typed} yazıyor"),
        &format!("The customer types {typed}"),
    )?;
    let code = OtpCode::parse(typed)?;
    paynet.verify_otp(sent.challenge(), &code).await?;
    story.yes(
        "verify_otp",
        "onaylandı; kart kaydedilebilir",
        "approved; the card can be saved",
    )?;

    story.step(
        "Biri aynı kodu bir kez daha giriyor",
        "Somebody types the same code once more",
    )?;
    let used = paynet.verify_otp(sent.challenge(), &code).await;
    story.no(
        "verify_otp",
        used,
        ErrorKind::Expired,
        "bir kod bir kez geçer",
        "a code works once",
    )?;

    story.step(
        "Yeni bir kod, ama müşteri on dakika sonra yanıtlıyor",
        "Another code, but the customer answers after ten minutes",
    )?;
    let late = OtpChallenge::for_gsm(SessionId::parse("order-2")?, gsm);
    paynet.send_otp(&late).await?;
    story.yes("send_otp", "kabul edildi", "accepted")?;
    let code = OtpCode::parse(&newest_code(sandbox)?)?;
    sandbox.advance(Duration::from_secs(600));
    let expired = paynet.verify_otp(&late, &code).await;
    story.no(
        "verify_otp",
        expired,
        ErrorKind::Expired,
        "yenisini gönderme zamanı",
        "time to send a new one",
    )
}
