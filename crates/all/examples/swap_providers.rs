//! One application, two OTP providers: the configuration chooses, the checkout does not know.
//!
//! `cargo run -p onay --features full --example swap_providers -- paynet` or `-- masterpass`

#![expect(clippy::print_stdout, reason = "an example tells what it does")]

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use onay::paynet::{Paynet, SecretKey};
use onay::paywall_masterpass::{Keys, OpenSession, PaywallMasterpass, ReferenceCode, UserId};
use onay::{NextStep, OtpChallenge, OtpCode, OtpProvider, PhoneNumber, SessionId};
use onay_sandbox::Sandbox;

/// How long to wait where the provider does not say.
const ASSUMED_WAIT: Duration = Duration::from_secs(59);

/// A provider, and a challenge that nothing was sent for.
type Beginning = (Arc<dyn OtpProvider>, OtpChallenge);

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::start().await?;
    let phone = PhoneNumber::parse("0555 000 00 42")?;
    let chosen = std::env::args().nth(1);
    let (provider, challenge) = match chosen.as_deref() {
        Some("paynet") => with_paynet(&sandbox, phone)?,
        Some("masterpass") => with_masterpass(&sandbox, phone).await?,
        _ => return Err("say which provider: paynet or masterpass".into()),
    };
    checkout(&*provider, challenge, &sandbox).await
}

/// Paynet: the merchant chooses the session.
fn with_paynet(sandbox: &Sandbox, phone: PhoneNumber) -> Result<Beginning, Box<dyn Error>> {
    let paynet = Paynet::builder()
        .secret_key(SecretKey::parse("sck_test_swap")?)
        .base_url(sandbox.paynet_url().parse()?)
        .build()?;
    println!("[paynet] The session is ours to choose: no call is made for it.");
    let challenge = OtpChallenge::for_phone(SessionId::parse("order-1")?, phone);
    Ok((Arc::new(paynet), challenge))
}

/// Masterpass: Paywall opens the session; a code links the customer's account.
async fn with_masterpass(
    sandbox: &Sandbox,
    phone: PhoneNumber,
) -> Result<Beginning, Box<dyn Error>> {
    let paywall = PaywallMasterpass::builder()
        .keys(Keys::parse("test-private-key", "test-private-client")?)
        .base_url(sandbox.paywall_url().parse()?)
        .build()?;
    let request = OpenSession::new(
        ReferenceCode::parse("order-1")?,
        UserId::parse("customer-1")?,
        phone,
    );
    let opened = paywall.open_session(&request).await?;
    println!("[masterpass] Paywall opened a session.");
    Ok((Arc::new(paywall), opened.account_link()))
}

/// The same for every provider: it sends a code, sends another, and checks what the customer types.
async fn checkout(
    provider: &dyn OtpProvider,
    mut challenge: OtpChallenge,
    sandbox: &Sandbox,
) -> Result<(), Box<dyn Error>> {
    challenge = provider.send_otp(&challenge).await?.into_challenge();
    println!("A code was sent.");

    println!("The customer lost it and asks for another, too soon.");
    let Err(error) = provider.send_otp(&challenge).await else {
        return Err("another code was sent at once".into());
    };
    // A code is out: the page keeps its field, and counts down where the provider names a wait.
    let NextStep::AwaitCode(wait) = error.next_step() else {
        return Err(error.into());
    };
    // Always go on with the newest challenge; a refusal can renew it too.
    challenge = error.challenge().unwrap_or(&challenge).clone();
    let wait = wait.map(|wait| wait.remaining_now());
    match wait {
        Some(wait) => println!("  Refused: too soon, wait {} seconds.", wait.as_secs()),
        None => println!("  Refused: too soon, and this provider does not say how long to wait."),
    }

    let wait = wait.unwrap_or(ASSUMED_WAIT) + Duration::from_secs(1);
    sandbox.advance(wait);
    println!(
        "{} seconds later (the sandbox's clock jumps).",
        wait.as_secs()
    );
    challenge = provider.send_otp(&challenge).await?.into_challenge();
    println!("  Another code was sent.");

    println!("The customer mistypes it.");
    let typed = OtpCode::parse("AAAA")?;
    let Err(error) = provider.verify_otp(&challenge, &typed).await else {
        return Err("a wrong code was approved".into());
    };
    let NextStep::AskAgain = error.next_step() else {
        return Err(error.into());
    };
    println!("  Refused: wrong code. They may try again.");
    challenge = error.challenge().unwrap_or(&challenge).clone();

    // The customer reads the code from their phone; here the phone is the sandbox's inbox.
    let inbox = sandbox.messages();
    let code = inbox.first().and_then(|message| message.otp());
    println!("The customer types it right.");
    let typed = OtpCode::parse(code.ok_or("no code came")?)?;
    provider.verify_otp(&challenge, &typed).await?;
    println!("  Approved.");
    Ok(())
}
