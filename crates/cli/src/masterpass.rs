//! `onay masterpass`: session, link, resend, verify.

use onay::paywall_masterpass::{
    CodeSender, Environment, OpenSession, OtpPurpose, PaywallMasterpass, PaywallMasterpassBuilder,
};
use onay::{Error, Gsm, OtpChallenge, OtpToken, SessionId};
use serde_json::json;

use crate::arguments::{Live, MasterpassCommand, MasterpassOtp};
use crate::failure::{Failure, Place};
use crate::language::Language;
use crate::output::{GOOD, Output, challenge_document, challenge_words, time};
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
    let language = output.language();
    let expiry = match opened
        .expires_in()
        .map(|remaining| language.wait(remaining))
    {
        Some(wait) => language.of(
            format!("; süresi {wait} sonra dolar"),
            format!("; it expires in {wait}"),
        ),
        None => String::new(),
    };
    let session = plain(opened.session().reveal());
    let human = language.of(
        format!("{GOOD}açıldı{GOOD:#}: oturum {session}{expiry}"),
        format!("{GOOD}opened{GOOD:#}: session {session}{expiry}"),
    );
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
    let language = output.language();
    let verify = language.of("doğrulamak için", "verify it with");
    let code = language.of("KOD", "CODE");
    let human = format!(
        "{}\n  {verify}: onay masterpass verify {} --account-link --code {code}",
        sent(Some(link.sender()), language),
        challenge_words(link.challenge()),
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
    let language = output.language();
    let human = format!(
        "{}{}",
        sent(resent.sender(), language),
        go_on(resent.challenge(), language),
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
    let language = output.language();
    let approved = language.of("onaylandı", "approved");
    let mut human = format!("{GOOD}{approved}{GOOD:#}");
    if verified.challenge() != &challenge {
        human += &go_on(verified.challenge(), language);
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

fn go_on(challenge: &OtpChallenge, language: Language) -> String {
    let words = language.of("bununla devam edin:", "go on with");
    format!("\n  {words} {}", challenge_words(challenge))
}

fn sent(by: Option<CodeSender>, language: Language) -> String {
    match by {
        Some(CodeSender::Bank) => language.of(
            format!("{GOOD}kabul edildi{GOOD:#}: kodu kartın bankası gönderiyor"),
            format!("{GOOD}accepted{GOOD:#}: a code is sent by the card's bank"),
        ),
        Some(_) => language.of(
            format!("{GOOD}kabul edildi{GOOD:#}: kodu Masterpass gönderiyor"),
            format!("{GOOD}accepted{GOOD:#}: a code is sent by Masterpass"),
        ),
        None => language.of(
            format!("{GOOD}tamam{GOOD:#}: yeni bir kod bildirilmedi"),
            format!("{GOOD}done{GOOD:#}: no new code was named"),
        ),
    }
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
