//! The program of the README, word for word; a test compares the two.
#![expect(clippy::print_stdout, reason = "it asks for the code")]
#![expect(clippy::print_stderr, reason = "and says what went wrong")]

use std::process::ExitCode;

use onay::paynet::Paynet;
use onay::{NextStep, OtpChallenge, OtpCode, OtpSender, OtpVerifier, PhoneNumber, SessionId};

#[tokio::main]
async fn main() -> ExitCode {
    match buy().await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Whether the code was approved.
async fn buy() -> Result<bool, Box<dyn std::error::Error>> {
    let paynet = Paynet::from_env()?;
    let challenge = OtpChallenge::for_phone(
        SessionId::parse("order-1")?, // yours to choose; another one for another run
        PhoneNumber::parse("0555 000 00 42")?,
    );
    let sent = paynet.send_otp(&challenge).await?;

    println!("Type the code that is in the inbox:");
    let mut typed = String::new();
    std::io::stdin().read_line(&mut typed)?;
    let code = OtpCode::parse(&typed)?;
    match paynet.verify_otp(sent.challenge(), &code).await {
        Ok(_) => {
            println!("approved");
            Ok(true)
        }
        Err(error) if error.next_step() == NextStep::AskAgain => {
            println!("please try again");
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}
