//! Calls from code that is not async: a runtime of its own, and `block_on` for each call.
//!
//! `cargo run -p onay --features full --example blocking`

#![expect(clippy::print_stdout, reason = "an example tells what it does")]

use std::error::Error;

use onay::paynet::{Paynet, SecretKey};
use onay::{OtpChallenge, OtpCode, OtpProvider, OtpSent, OtpVerified, PhoneNumber, SessionId};
use onay_sandbox::Sandbox;
use tokio::runtime::{Builder, Runtime};

/// A provider for code that is not async.
///
/// Keep one for the life of the program. The runtime holds the provider's connections; a new one
/// per call would throw them away, and a runtime that is dropped in mid-call leaves a request
/// without an answer.
///
/// Never inside an async handler: `block_on` panics there, because the thread belongs to a runtime
/// already. There the call is simply awaited: `provider.send_otp(&challenge).await`.
struct Blocking<P> {
    provider: P,
    runtime: Runtime,
}

impl<P: OtpProvider> Blocking<P> {
    fn send_otp(&self, challenge: &OtpChallenge) -> Result<OtpSent, onay::Error> {
        self.runtime.block_on(self.provider.send_otp(challenge))
    }

    fn verify_otp(
        &self,
        challenge: &OtpChallenge,
        code: &OtpCode,
    ) -> Result<OtpVerified, onay::Error> {
        self.runtime
            .block_on(self.provider.verify_otp(challenge, code))
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    // One worker thread, and not the current-thread runtime: that one sleeps between two calls, and
    // does not notice that the provider has closed an idle connection. The next call would take it
    // for a good one, and end as "may have been sent".
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    let sandbox = runtime.block_on(Sandbox::start())?;
    let provider = Paynet::builder()
        .secret_key(SecretKey::parse("sck_test_blocking")?)
        .base_url(sandbox.paynet_url().parse()?) // or .environment(Environment::Test)
        .build()?;
    let paynet = Blocking { provider, runtime };

    let phone = PhoneNumber::parse("0555 000 00 42")?;
    let challenge = OtpChallenge::for_phone(SessionId::parse("order-1")?, phone);
    let sent = paynet.send_otp(&challenge)?;
    println!("A code is on its way to {}.", phone.masked());

    // The customer reads it from their phone; here the phone is the sandbox's inbox.
    let inbox = sandbox.messages();
    let message = inbox.first().ok_or("the inbox is empty")?;
    println!("The phone shows: {}", message.text());
    let typed = OtpCode::parse(message.otp().ok_or("the message holds no code")?)?;

    paynet.verify_otp(sent.challenge(), &typed)?;
    println!("Approved.");
    Ok(())
}
