//! `onay otp`: send a code, check a code.

use onay::paynet::PaynetBuilder;
use onay::{
    Error, Operation, OtpChallenge, OtpSender, OtpVerifier, PhoneNumber, Reference, SessionId,
};
use serde_json::json;

use crate::arguments::{OtpArguments, OtpCommand, Provider};
use crate::failure::Failure;
use crate::interrupt;
use crate::output::{Output, challenge_document, good, time};
use crate::settings::{self, Settings};

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
    let sent = interrupt::provider(arguments.provider.as_str(), operation, call).await?;
    let texts = output.texts();
    let to = arguments.masked_to()?;
    let code = match sent.resend() {
        Some(wait) => texts.otp_sent_resend(to, texts.wait(wait.remaining_now())),
        None => texts.otp_sent(to),
    };
    let human = format!("{}: {code}", good(texts.accepted()));
    let document = json!({
        "operation": operation.name(),
        "provider": arguments.provider.as_str(),
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
    let verified = interrupt::provider(arguments.provider.as_str(), operation, call).await?;
    let to = arguments.masked_to()?;
    let texts = output.texts();
    let human = format!("{}: {}", good(texts.approved()), texts.otp_approved(to));
    let document = json!({
        "operation": operation.name(),
        "provider": arguments.provider.as_str(),
        "challenge": challenge_document(verified.challenge()),
        "reference": verified.reference().map(Reference::as_str),
    });
    output.result(human, &document)
}

impl OtpArguments {
    fn masked_to(&self) -> Result<String, Error> {
        Ok(PhoneNumber::parse(&self.to)?.masked().to_string())
    }
}

fn challenge(arguments: &OtpArguments) -> Result<OtpChallenge, Error> {
    Ok(OtpChallenge::for_phone(
        SessionId::parse(&arguments.session)?,
        PhoneNumber::parse(&arguments.to)?,
    ))
}

fn paynet(arguments: &OtpArguments) -> Result<onay::paynet::Paynet, Error> {
    let Provider::Paynet = arguments.provider;
    let settings = Settings::read(
        &["PAYNET_ENV", "PAYNET_BASE_URL"],
        settings::PAYNET,
        arguments.call.live,
    )?;
    let builder = PaynetBuilder::from_lookup(|name| settings.lookup(name))?;
    match settings::proxied(&arguments.call)? {
        Some(client) => builder.http_client(client).build(),
        None => builder.build(),
    }
}
