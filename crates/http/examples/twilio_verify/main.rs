//! Sends a code through the example provider to a server that answers as Twilio Verify does.

#![expect(clippy::print_stdout, reason = "an example prints its result")]

pub mod provider;

use std::error::Error;

use onay_core::{OtpChallenge, OtpSender, PhoneNumber, SessionId};
use onay_http::BaseUrl;
use onay_testkit::{Behaviour, SocketServer};

use crate::provider::{Account, TwilioVerify};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let pending = r#"{"sid":"VE00000000000000000000000000000001","status":"pending"}"#;
    let server = SocketServer::start(Behaviour::answer(201, "application/json", pending)).await;
    let account = Account::parse(
        "AC00000000000000000000000000000001",
        "test-token",
        "VA00000000000000000000000000000001",
    )?;
    let twilio = TwilioVerify::builder()
        .account(account)
        .base_url(BaseUrl::parse(&server.url())?)
        .build()?;
    let phone = PhoneNumber::parse("+49 151 23456789")?;
    let challenge = OtpChallenge::for_phone(SessionId::parse("order-1")?, phone);
    println!("{:?}", twilio.send_otp(&challenge).await?);
    Ok(())
}
