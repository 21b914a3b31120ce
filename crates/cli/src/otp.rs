//! `onay otp`: send a code, check a code.

use onay::paynet::{Paynet, PaynetBuilder};
use onay::{
    Error, Operation, OtpChallenge, OtpSender, OtpVerifier, PhoneNumber, Reference, SessionId,
};
use serde_json::json;

use crate::arguments::{OtpArguments, OtpCommand};
use crate::failure::Failure;
use crate::interrupt;
use crate::output::{Output, challenge_document, good, time};
use crate::provider::ProviderName;
use crate::settings::{self, Settings};

const PROVIDER: &str = ProviderName::Paynet.as_str();

pub(crate) async fn run(command: OtpCommand, output: &Output) -> Result<(), Failure> {
    match command {
        OtpCommand::Send(arguments) => send(&arguments, output).await,
        OtpCommand::Verify { otp, code } => verify(&otp, &code, output).await,
    }
}

async fn send(arguments: &OtpArguments, output: &Output) -> Result<(), Failure> {
    let challenge = challenge(arguments)?;
    let paynet = paynet(arguments)?;
    let operation = Operation::SEND_OTP;
    let call = paynet.send_otp(&challenge);
    let sent = interrupt::provider(output, PROVIDER, operation, call).await?;
    let (texts, to) = (output.texts(), masked(&challenge));
    let code = match sent.resend() {
        Some(wait) => texts.otp_sent_resend(to, texts.wait(wait.remaining_now())),
        None => texts.otp_sent(to),
    };
    let human = format!("{}: {code}", good(texts.accepted()));
    let document = json!({
        "operation": operation.name(),
        "provider": PROVIDER,
        "challenge": challenge_document(sent.challenge()),
        "resend_after": time(sent.resend()),
        "expires_at": time(sent.expiry()),
        "reference": sent.reference().map(Reference::as_str),
    });
    output.result(human, &document)
}

async fn verify(arguments: &OtpArguments, code: &str, output: &Output) -> Result<(), Failure> {
    let challenge = challenge(arguments)?;
    let code = settings::code(code)?;
    let paynet = paynet(arguments)?;
    let operation = Operation::VERIFY_OTP;
    let call = paynet.verify_otp(&challenge, &code);
    let verified = interrupt::provider(output, PROVIDER, operation, call).await?;
    let texts = output.texts();
    let approved = texts.otp_approved(masked(&challenge));
    let human = format!("{}: {approved}", good(texts.approved()));
    let document = json!({
        "operation": operation.name(),
        "provider": PROVIDER,
        "challenge": challenge_document(verified.challenge()),
        "reference": verified.reference().map(Reference::as_str),
    });
    output.result(human, &document)
}

/// To whom the code goes.
fn masked(challenge: &OtpChallenge) -> String {
    let recipient = challenge.recipient();
    recipient.map_or_else(String::new, |to| to.masked().to_string())
}

fn challenge(arguments: &OtpArguments) -> Result<OtpChallenge, Error> {
    Ok(OtpChallenge::for_phone(
        SessionId::parse(&arguments.session)?,
        PhoneNumber::parse(&arguments.to)?,
    ))
}

fn paynet(arguments: &OtpArguments) -> Result<Paynet, Error> {
    let settings = Settings::read(ProviderName::Paynet, arguments.call.live)?;
    PaynetBuilder::from_lookup(|name| settings.lookup(name))?
        .http_client(settings::client(&arguments.call)?)
        .build()
}
