//! A card OTP through Paynet: sent, received, refused in four ways, approved once.

use std::time::Duration;

use onay::http::BaseUrl;
use onay::paynet::{Paynet, SecretKey};
use onay::{ErrorKind, Gsm, OtpChallenge, OtpCode, OtpSender, OtpVerifier, SessionId};
use onay_sandbox::Sandbox;

use super::story::Story;
use super::{WRONG, newest_code};
use crate::failure::Failure;
use crate::output::wait;

pub(super) async fn tell(sandbox: &Sandbox, story: &mut Story<'_>) -> Result<(), Failure> {
    story.title("A card OTP through Paynet, from the request to the approval")?;
    let paynet = Paynet::builder()
        .secret_key(SecretKey::parse("sck_test_demo")?)
        .base_url(BaseUrl::parse(&sandbox.paynet_url())?)
        .build()?;
    let gsm = Gsm::parse("0555 000 00 42")?;
    let challenge = OtpChallenge::for_gsm(SessionId::parse("order-1")?, gsm);

    story.step(&format!("The shop asks Paynet to send a code to {gsm}"))?;
    let sent = paynet.send_otp(&challenge).await?;
    let again = sent.resend_in().map(wait).unwrap_or_default();
    story.yes(
        "send_otp",
        &format!("accepted; another may be asked for in {again}"),
    )?;

    story.step("The customer's phone shows")?;
    let timeout = Duration::from_secs(5);
    let message = sandbox.wait_for_message(gsm.e164(), timeout).await?;
    story.phone(message.text())?;

    story.step("The customer is impatient, and the shop asks again at once")?;
    let early = paynet.send_otp(sent.challenge()).await;
    let count = sandbox.messages().len();
    let inbox = format!("no second message; the inbox holds {count}");
    story.no("send_otp", early, ErrorKind::TooSoon, &inbox)?;

    story.step(&format!("The customer types {WRONG}"))?;
    let wrong = paynet
        .verify_otp(sent.challenge(), &OtpCode::parse(WRONG)?)
        .await;
    story.no(
        "verify_otp",
        wrong,
        ErrorKind::WrongCode,
        "they may try again",
    )?;

    let typed = message.otp().unwrap_or_default();
    story.step(&format!("The customer types {typed}"))?;
    let code = OtpCode::parse(typed)?;
    paynet.verify_otp(sent.challenge(), &code).await?;
    story.yes("verify_otp", "approved; the card can be saved")?;

    story.step("Somebody types the same code once more")?;
    let used = paynet.verify_otp(sent.challenge(), &code).await;
    story.no("verify_otp", used, ErrorKind::Expired, "a code works once")?;

    story.step("Another code, but the customer answers after ten minutes")?;
    let late = OtpChallenge::for_gsm(SessionId::parse("order-2")?, gsm);
    paynet.send_otp(&late).await?;
    story.yes("send_otp", "accepted")?;
    let code = OtpCode::parse(&newest_code(sandbox)?)?;
    sandbox.advance(Duration::from_secs(600));
    let expired = paynet.verify_otp(&late, &code).await;
    story.no(
        "verify_otp",
        expired,
        ErrorKind::Expired,
        "time to send a new one",
    )
}
