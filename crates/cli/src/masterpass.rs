//! `onay masterpass`: session, link, resend, verify.

use onay::paywall_masterpass::{
    CodeSender, Environment, OpenSession, OtpPurpose, PaywallMasterpass, PaywallMasterpassBuilder,
};
use onay::{Error, Gsm, OtpChallenge, OtpToken, SessionId};
use serde_json::json;

use crate::arguments::{Live, MasterpassCommand, MasterpassOtp};
use crate::failure::{Failure, Place};
use crate::language::Texts;
use crate::output::{Output, challenge_document, challenge_words, good, time};
use crate::settings::{self, KeyVariable, Settings};
use crate::terminal::plain;

const PROVIDER: &str = "paywall-masterpass";

pub(crate) async fn run(command: MasterpassCommand, output: &Output) -> Result<(), Failure> {
    match command {
        MasterpassCommand::Session {
            reference,
            user,
            to,
            live,
        } => {
            let request = OpenSession::new(reference, user, Gsm::parse(&to)?);
            session(&request, live, output).await
        }
        MasterpassCommand::Link { session, live } => {
            link(&SessionId::parse(&session)?, live, output).await
        }
        MasterpassCommand::Resend { otp } => resend(&otp, output).await,
        MasterpassCommand::Verify { otp, code } => verify(&otp, &code, output).await,
    }
}

async fn session(request: &OpenSession, live: Live, output: &Output) -> Result<(), Failure> {
    let opened = paywall(live)?.open_session(request).await?;
    let challenge = OtpChallenge::for_session(opened.session().clone());
    let texts = output.texts();
    let session = plain(opened.session().reveal());
    let session = match opened.expires_in() {
        Some(wait) => texts.masterpass_session_expires(session, texts.wait(wait)),
        None => texts.masterpass_session(session),
    };
    let human = format!("{}: {session}", good(texts.opened()));
    let document = json!({
        "operation": "open_session",
        "provider": PROVIDER,
        "challenge": challenge_document(&challenge),
        "expires_at": opened.expires_at().and_then(time),
    });
    output.result(human, &document)
}

async fn link(session: &SessionId, live: Live, output: &Output) -> Result<(), Failure> {
    let link = paywall(live)?.link_account(session).await?;
    let texts = output.texts();
    let human = format!(
        "{}\n  {}",
        sent(Some(link.sender()), texts),
        texts.masterpass_verify_with(challenge_words(link.challenge())),
    );
    let document = json!({
        "operation": "link_account",
        "provider": PROVIDER,
        "challenge": challenge_document(link.challenge()),
        "sender": sender(Some(link.sender())),
        "reference": link.reference(),
        "card_issuer": link.card_issuer(),
        "masked_pan": link.masked_pan(),
    });
    output.result(human, &document)
}

async fn resend(otp: &MasterpassOtp, output: &Output) -> Result<(), Failure> {
    let challenge = challenge(otp)?;
    let resent = paywall(otp.live)?.resend(&challenge).await?;
    let texts = output.texts();
    let human = format!(
        "{}{}",
        sent(resent.sender(), texts),
        go_on(resent.challenge(), texts),
    );
    let document = json!({
        "operation": "resend",
        "provider": PROVIDER,
        "challenge": challenge_document(resent.challenge()),
        "sender": sender(resent.sender()),
        "reference": resent.reference(),
    });
    output.result(human, &document)
}

async fn verify(otp: &MasterpassOtp, code: &str, output: &Output) -> Result<(), Failure> {
    let challenge = challenge(otp)?;
    let code = settings::code(code)?;
    let verified = paywall(otp.live)?.verify(&challenge, &code).await;
    let verified = verified.map_err(|error| match error.code() {
        Some("VALIDATION_FAILED") if !otp.account_link => {
            Failure::from(error).at(Place::NoAccountLink)
        }
        _ => error.into(),
    })?;
    let document = json!({
        "operation": "verify_otp",
        "provider": PROVIDER,
        "challenge": challenge_document(verified.challenge()),
        "reference": verified.reference(),
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

fn paywall(live: Live) -> Result<PaywallMasterpass, Error> {
    let settings = Settings::read(
        Environment::NAMES,
        &["PAYWALL_ENV", "PAYWALL_BASE_URL"],
        &[
            KeyVariable {
                name: "PAYWALL_PRIVATE_KEY",
                file: "PAYWALL_PRIVATE_KEY_FILE",
            },
            KeyVariable {
                name: "PAYWALL_PRIVATE_CLIENT",
                file: "PAYWALL_PRIVATE_CLIENT_FILE",
            },
        ],
        live,
    )?;
    PaywallMasterpassBuilder::from_lookup(|name| settings.lookup(name))?.build()
}
