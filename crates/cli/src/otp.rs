//! `onay otp`: send a code, check a code.

use onay::paynet::{Environment, PaynetBuilder};
use onay::{Error, Gsm, OtpChallenge, OtpSender, OtpVerifier, SessionId};
use serde_json::json;

use crate::arguments::{OtpArguments, OtpCommand, Provider};
use crate::failure::Failure;
use crate::output::{Output, challenge_document, good, time};
use crate::settings::{self, KeyVariable, Settings};

pub(crate) async fn run(command: OtpCommand, output: &Output) -> Result<(), Failure> {
    match command {
        OtpCommand::Send(arguments) => send(&arguments, output).await,
        OtpCommand::Verify { otp, code } => verify(&otp, &code, output).await,
    }
}

async fn send(arguments: &OtpArguments, output: &Output) -> Result<(), Failure> {
    let challenge = challenge(arguments)?;
    let paynet = paynet(arguments)?;
    let sent = paynet.send_otp(&challenge).await?;
    let texts = output.texts();
    let to = arguments.masked_to()?;
    let code = match sent.resend_in() {
        Some(wait) => texts.otp_sent_resend(to, texts.wait(wait)),
        None => texts.otp_sent(to),
    };
    let human = format!("{}: {code}", good(texts.accepted()));
    let document = json!({
        "operation": "send_otp",
        "provider": arguments.provider.as_str(),
        "challenge": challenge_document(sent.challenge()),
        "resend_after": sent.resend_after().and_then(time),
        "expires_at": sent.expires_at().and_then(time),
        "reference": sent.reference(),
    });
    output.result(human, &document)
}

async fn verify(arguments: &OtpArguments, code: &str, output: &Output) -> Result<(), Failure> {
    let challenge = challenge(arguments)?;
    let code = settings::code(code)?;
    let paynet = paynet(arguments)?;
    let verified = paynet.verify_otp(&challenge, &code).await?;
    let to = arguments.masked_to()?;
    let texts = output.texts();
    let human = format!("{}: {}", good(texts.approved()), texts.otp_approved(to));
    let document = json!({
        "operation": "verify_otp",
        "provider": arguments.provider.as_str(),
        "challenge": challenge_document(verified.challenge()),
        "reference": verified.reference(),
    });
    output.result(human, &document)
}

impl OtpArguments {
    fn masked_to(&self) -> Result<String, Error> {
        Ok(Gsm::parse(&self.to)?.to_string())
    }
}

fn challenge(arguments: &OtpArguments) -> Result<OtpChallenge, Error> {
    Ok(OtpChallenge::for_gsm(
        SessionId::parse(&arguments.session)?,
        Gsm::parse(&arguments.to)?,
    ))
}

fn paynet(arguments: &OtpArguments) -> Result<onay::paynet::Paynet, Error> {
    let Provider::Paynet = arguments.provider;
    let settings = Settings::read(
        Environment::NAMES,
        &["PAYNET_ENV", "PAYNET_BASE_URL"],
        &[KeyVariable {
            name: "PAYNET_SECRET_KEY",
            file: "PAYNET_SECRET_KEY_FILE",
        }],
        arguments.live,
    )?;
    PaynetBuilder::from_lookup(|name| settings.lookup(name))?.build()
}
