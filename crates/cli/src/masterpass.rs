//! `onay masterpass`: session, link, resend, verify.

use onay::paywall_masterpass::{
    CodeSender, OpenSession, OtpPurpose, PaywallMasterpass, PaywallMasterpassBuilder,
    ReferenceCode, UserId,
};
use onay::{Error, Operation, OtpChallenge, OtpToken, PhoneNumber, Reference, SessionId};
use serde_json::json;

use crate::arguments::{CallOptions, MasterpassCommand, MasterpassOtp};
use crate::failure::{Failure, Place};
use crate::interrupt;
use crate::language::Texts;
use crate::output::{Output, challenge_document, challenge_words, good, time};
use crate::provider::ProviderName;
use crate::settings::{self, Settings};
use crate::tables::{LINK_ACCOUNT, OPEN_SESSION};
use crate::terminal::plain;

const PROVIDER: &str = ProviderName::Paywall.as_str();

pub(crate) async fn run(command: MasterpassCommand, output: &Output) -> Result<(), Failure> {
    match command {
        MasterpassCommand::Session {
            reference,
            user,
            to,
            call,
        } => {
            let request = OpenSession::new(
                ReferenceCode::parse(&reference)?,
                UserId::parse(&user)?,
                PhoneNumber::parse(&to)?,
            );
            session(&request, &call, output).await
        }
        MasterpassCommand::Link { session, to, call } => {
            let phone = to.as_deref().map(PhoneNumber::parse).transpose()?;
            let session = SessionId::parse(&session)?;
            let challenge = PaywallMasterpass::account_link(session, phone);
            link(&challenge, &call, output).await
        }
        MasterpassCommand::Resend { otp } => resend(&otp, output).await,
        MasterpassCommand::Verify { otp, code } => verify(&otp, &code, output).await,
    }
}

async fn session(
    request: &OpenSession,
    options: &CallOptions,
    output: &Output,
) -> Result<(), Failure> {
    let paywall = paywall(options)?;
    let call = paywall.open_session(request);
    let opened = interrupt::provider(output, PROVIDER, OPEN_SESSION, call).await?;
    let texts = output.texts();
    let session = plain(opened.session().expose());
    let session = match opened.expiry() {
        Some(wait) => texts.masterpass_session_expires(session, texts.wait(wait.remaining_now())),
        None => texts.masterpass_session(session),
    };
    let human = format!("{}: {session}", good(texts.opened()));
    let document = json!({
        "operation": OPEN_SESSION.name(),
        "provider": PROVIDER,
        "challenge": challenge_document(&opened.account_link()),
        "expires_at": time(opened.expiry()),
    });
    output.result(human, &document)
}

async fn link(
    challenge: &OtpChallenge,
    options: &CallOptions,
    output: &Output,
) -> Result<(), Failure> {
    let paywall = paywall(options)?;
    let call = paywall.link_account(challenge);
    let link = interrupt::provider(output, PROVIDER, LINK_ACCOUNT, call).await?;
    let texts = output.texts();
    let human = format!(
        "{}\n  {}",
        sent(Some(link.sender()), texts),
        texts.masterpass_verify_with(challenge_words(link.challenge())),
    );
    let document = json!({
        "operation": LINK_ACCOUNT.name(),
        "provider": PROVIDER,
        "challenge": challenge_document(link.challenge()),
        "sender": sender(Some(link.sender())),
        "reference": link.reference().map(Reference::as_str),
        "card_issuer": output.provider_text(link.card_issuer()),
        "masked_pan": output.provider_text(link.masked_pan()),
    });
    output.result(human, &document)
}

async fn resend(otp: &MasterpassOtp, output: &Output) -> Result<(), Failure> {
    let challenge = challenge(otp)?;
    let paywall = paywall(&otp.call)?;
    let call = paywall.resend(&challenge);
    let resent = interrupt::provider(output, PROVIDER, Operation::SEND_OTP, call).await?;
    let texts = output.texts();
    let human = format!(
        "{}{}",
        sent(resent.sender(), texts),
        go_on(resent.challenge(), texts),
    );
    let document = json!({
        "operation": Operation::SEND_OTP.name(),
        "provider": PROVIDER,
        "challenge": challenge_document(resent.challenge()),
        "sender": sender(resent.sender()),
        "reference": resent.reference().map(Reference::as_str),
    });
    output.result(human, &document)
}

async fn verify(otp: &MasterpassOtp, code: &str, output: &Output) -> Result<(), Failure> {
    let challenge = challenge(otp)?;
    let code = settings::code(code)?;
    let paywall = paywall(&otp.call)?;
    let call = paywall.verify(&challenge, &code);
    let verified = interrupt::provider(output, PROVIDER, Operation::VERIFY_OTP, call).await;
    let is_invalid = |error: &Error| {
        let code = error.code();
        code.is_some_and(|code| code.is("VALIDATION_FAILED"))
    };
    let verified = verified.map_err(|failure| match &failure {
        Failure::Call(error, _) if is_invalid(error) && !otp.account_link => {
            failure.at(Place::NoAccountLink)
        }
        _ => failure,
    })?;
    let document = json!({
        "operation": Operation::VERIFY_OTP.name(),
        "provider": PROVIDER,
        "challenge": challenge_document(verified.challenge()),
        "reference": verified.reference().map(Reference::as_str),
    });
    let mut human = good(output.texts().approved());
    if verified.challenge() != &challenge {
        human += &go_on(verified.challenge(), output.texts());
    }
    output.result(human, &document)
}

fn challenge(otp: &MasterpassOtp) -> Result<OtpChallenge, Error> {
    let purpose = if otp.account_link {
        OtpPurpose::AccountLink
    } else {
        OtpPurpose::Transaction
    };
    let session = SessionId::parse(&otp.session)?;
    Ok(purpose.challenge(session, OtpToken::parse(&otp.token)?))
}

fn go_on(challenge: &OtpChallenge, texts: &Texts) -> String {
    format!("\n  {}", texts.go_on_with(challenge_words(challenge)))
}

fn sent(by: Option<CodeSender>, texts: &Texts) -> String {
    let (outcome, code) = match by {
        Some(CodeSender::Bank) => (texts.accepted(), texts.masterpass_sent_by_bank()),
        Some(_) => (texts.accepted(), texts.masterpass_sent()),
        None => (texts.done(), texts.masterpass_not_sent()),
    };
    format!("{}: {code}", good(outcome))
}

fn sender(sender: Option<CodeSender>) -> Option<&'static str> {
    match sender? {
        CodeSender::Bank => Some("bank"),
        CodeSender::Masterpass => Some("masterpass"),
        _ => None,
    }
}

fn paywall(options: &CallOptions) -> Result<PaywallMasterpass, Error> {
    let settings = Settings::read(ProviderName::Paywall, options.live)?;
    PaywallMasterpassBuilder::from_lookup(|name| settings.lookup(name))?
        .http_client(settings::client(options)?)
        .build()
}
