//! Resend, pressed five times: one SMS with the guard, another one without.

use onay::guard::{Guarded, MemoryStore};
use onay::http::BaseUrl;
use onay::paynet::{Paynet, SecretKey};
use onay::{ErrorKind, Gsm, OtpChallenge, OtpSender, SessionId};
use onay_sandbox::Sandbox;

use super::story::Story;
use crate::failure::Failure;

const TABS: u32 = 5;

pub(super) async fn tell(sandbox: &Sandbox, story: &mut Story<'_>) -> Result<(), Failure> {
    story.title(
        "\"Yeniden gönder\" düğmesine kaç kez basılırsa basılsın tek SMS",
        "One SMS, however often \"resend\" is pressed",
    )?;
    let paynet = Paynet::builder()
        .secret_key(SecretKey::parse("sck_test_demo")?)
        .base_url(BaseUrl::parse(&sandbox.paynet_url())?)
        .build()?;
    let guarded = Guarded::builder(paynet, MemoryStore::new())
        .scope("paynet")
        .secret(b"nothing in a demo is secret")
        .build()?;
    let gsm = Gsm::parse("0555 000 00 42")?;
    let tab = |tab: u32| -> Result<OtpChallenge, Failure> {
        let session = SessionId::parse(&format!("tab-{tab}"))?;
        Ok(OtpChallenge::for_gsm(session, gsm))
    };

    story.step(
        &format!(
            "Müşteri {TABS} sekmede \"yeniden gönder\" düğmesine basıyor; her sekmenin oturumu ayrı"
        ),
        &format!("The customer presses \"resend\" on {TABS} tabs, each with a session of its own"),
    )?;
    guarded.send_otp(&tab(1)?).await?;
    story.yes("send_otp", "1. sekme: kabul edildi", "tab 1: accepted")?;
    for number in 2..=TABS {
        let held = guarded.send_otp(&tab(number)?).await;
        story.no(
            "send_otp",
            held,
            ErrorKind::TooSoon,
            &format!("{number}. sekme: koruma Paynet'e hiçbir şey sormuyor"),
            &format!("tab {number}: the guard asks Paynet nothing"),
        )?;
    }
    let count = sandbox.messages().len();
    story.note(
        &format!("    gelen kutusundaki mesaj sayısı: {count}"),
        &format!("    messages in the inbox: {count}"),
    )?;

    story.step(
        "Aynısı koruma olmadan: Paynet için başka oturum, başka müşteri demek",
        "The same without the guard: to Paynet another session is another customer",
    )?;
    guarded.provider().send_otp(&tab(TABS + 1)?).await?;
    let count = sandbox.messages().len();
    story.yes(
        "send_otp",
        &format!("kabul edildi; gelen kutusundaki mesaj sayısı: {count}"),
        &format!("accepted; messages in the inbox: {count}"),
    )
}
