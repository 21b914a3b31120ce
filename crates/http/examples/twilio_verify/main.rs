//! Sends a code through the example provider, in a sandbox that fakes Twilio Verify, and checks it.

#![expect(clippy::print_stdout, reason = "an example prints its result")]

pub mod fake;
pub mod provider;

use std::error::Error;

use onay_core::{OtpChallenge, OtpCode, OtpSender, OtpVerifier, PhoneNumber, SessionId};
use onay_http::BaseUrl;
use onay_sandbox::Sandbox;

use crate::fake::TwilioFake;
use crate::provider::{Account, TwilioVerify};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::builder().fake(TwilioFake).start().await?;
    let account = Account::parse(
        "AC00000000000000000000000000000001",
        "test-token",
        "VA00000000000000000000000000000001",
    )?;
    let url = sandbox.base_url("twilio-verify").unwrap_or_default();
    let twilio = TwilioVerify::builder()
        .account(account)
        .base_url(BaseUrl::parse(&url)?)
        .build()?;
    let phone = PhoneNumber::parse("+49 151 23456789")?;
    let challenge = OtpChallenge::for_phone(SessionId::parse("order-1")?, phone);

    let sent = twilio.send_otp(&challenge).await?;
    let message = sandbox.messages().pop().ok_or("no message")?;
    println!("{}", message.text());
    let code = OtpCode::parse(message.otp().ok_or("no code")?)?;
    let verified = twilio.verify_otp(sent.challenge(), &code).await?;
    println!("{verified:?}");
    Ok(())
}
