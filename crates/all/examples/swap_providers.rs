//! One application, two OTP providers: the configuration chooses, the checkout does not know.
//!
//! `cargo run -p onay --features full --example swap_providers -- paynet` or `-- masterpass`

#![expect(clippy::print_stdout, reason = "an example tells what it does")]

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use onay::paynet::{Paynet, SecretKey};
use onay::paywall_masterpass::{Keys, OpenSession, PaywallMasterpass};
use onay::{
    ErrorKind, PhoneNumber, OtpChallenge, OtpCode, OtpSender, OtpSent, OtpVerified, OtpVerifier, SessionId,
};
use onay_sandbox::Sandbox;

/// How long to wait where the provider does not say.
const A_WHILE: Duration = Duration::from_secs(59);

/// What the application holds. It names no provider.
struct Otp {
    sender: Arc<dyn OtpSender>,
    verifier: Arc<dyn OtpVerifier>,
}

/// A conversation as it begins. This is where providers differ: who opens the session, and whether
/// that sends the first code.
struct Opening {
    challenge: OtpChallenge,
    code_is_on_its_way: bool,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    let phone = PhoneNumber::parse("0555 000 00 42")?;
    let chosen = std::env::args().nth(1);
    let (otp, opening) = match chosen.as_deref() {
        Some("paynet") => with_paynet(&sandbox, phone)?,
        Some("masterpass") => with_masterpass(&sandbox, phone).await?,
        _ => return Err("say which provider: paynet or masterpass".into()),
    };
    checkout(&otp, opening, &sandbox).await
}

/// Paynet: the merchant chooses the session, and nothing is sent until `send_otp`.
fn with_paynet(sandbox: &Sandbox, phone: PhoneNumber) -> Result<(Otp, Opening), Box<dyn Error>> {
    let paynet = Paynet::builder()
        .secret_key(SecretKey::parse("sck_test_swap")?)
        .base_url(sandbox.paynet_url().parse()?)
        .build()?;
    println!("[paynet] The session is ours to choose: no call is made for it.");
    let opening = Opening {
        challenge: OtpChallenge::for_phone(SessionId::parse("order-1")?, phone),
        code_is_on_its_way: false,
    };
    Ok((both(paynet), opening))
}

/// Masterpass: Paywall opens the session, and linking the account sends the first code.
async fn with_masterpass(sandbox: &Sandbox, phone: PhoneNumber) -> Result<(Otp, Opening), Box<dyn Error>> {
    let paywall = PaywallMasterpass::builder()
        .keys(Keys::parse("test-private-key", "test-private-client")?)
        .base_url(sandbox.paywall_url().parse()?)
        .build()?;
    let request = OpenSession::new("order-1", "customer-1", phone);
    let opened = paywall.open_session(&request).await?;
    println!("[masterpass] Paywall opened a session.");
    let link = paywall.link_account(opened.session()).await?;
    println!("[masterpass] Paywall began to link the account, which sent the first code.");
    let opening = Opening {
        challenge: link.challenge().clone(),
        code_is_on_its_way: true,
    };
    Ok((both(paywall), opening))
}

fn both(provider: impl OtpSender + OtpVerifier + 'static) -> Otp {
    let provider = Arc::new(provider);
    Otp {
        sender: provider.clone(),
        verifier: provider,
    }
}

/// The same lines for every provider from here on.
async fn checkout(otp: &Otp, opening: Opening, sandbox: &Sandbox) -> Result<(), Box<dyn Error>> {
    let mut challenge = opening.challenge;
    if !opening.code_is_on_its_way {
        challenge = otp.sender.send_otp(&challenge).await?.into_challenge();
        println!("A code was sent.");
    }

    println!("The customer lost it and asks for another, too soon.");
    let wait = match otp.sender.send_otp(&challenge).await {
        Err(error) if error.kind() == ErrorKind::TooSoon => {
            // Always go on with the newest challenge; a refusal can renew it too.
            challenge = error.challenge().unwrap_or(&challenge).clone();
            error.wait()
        }
        other => return Err(unexpected(other.map(OtpSent::into_challenge))),
    };
    match wait {
        Some(wait) => println!("  Refused: too soon, wait {} seconds.", wait.as_secs()),
        None => println!("  Refused: too soon, and this provider does not say how long to wait."),
    }

    let wait = wait.unwrap_or(A_WHILE) + Duration::from_secs(1);
    sandbox.advance(wait);
    println!(
        "{} seconds later (the sandbox's clock jumps).",
        wait.as_secs()
    );
    challenge = otp.sender.send_otp(&challenge).await?.into_challenge();
    println!("  Another code was sent.");

    println!("The customer mistypes it.");
    match verify(otp, &challenge, "AAAA").await {
        Err(error) if error.kind() == ErrorKind::WrongCode => {
            println!("  Refused: wrong code. They may try again.");
            challenge = error.challenge().unwrap_or(&challenge).clone();
        }
        other => return Err(unexpected(other.map(OtpVerified::into_challenge))),
    }

    // The customer reads the code from their phone; here the phone is the sandbox's inbox.
    let inbox = sandbox.messages();
    let code = inbox.first().and_then(|message| message.otp());
    println!("The customer types it right.");
    verify(otp, &challenge, code.ok_or("no code came")?).await?;
    println!("  Approved.");
    Ok(())
}

async fn verify(
    otp: &Otp,
    challenge: &OtpChallenge,
    typed: &str,
) -> Result<OtpVerified, onay::Error> {
    let code = OtpCode::parse(typed)?;
    otp.verifier.verify_otp(challenge, &code).await
}

fn unexpected(answer: Result<OtpChallenge, onay::Error>) -> Box<dyn Error> {
    match answer {
        Ok(_) => "the provider said yes where a no was due".into(),
        Err(error) => error.into(),
    }
}
