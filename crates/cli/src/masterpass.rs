//! `onay masterpass`: session, link, resend, verify.

use onay::paywall_masterpass::{
    CodeSender, OpenSession, OtpPurpose, PaywallMasterpass, PaywallMasterpassBuilder,
};
use onay::{Error, Gsm, OtpChallenge, OtpToken, SessionId};
use serde_json::json;

use crate::arguments::{Live, MasterpassCommand, MasterpassOtp};
use crate::failure::Failure;
use crate::output::{GOOD, Output, challenge_document, challenge_words, time, wait};
use crate::settings::{self, Settings};

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
    let expiry = match opened.expires_in() {
        Some(remaining) => format!("; it expires in {}", wait(remaining)),
        None => String::new(),
    };
    let human = format!(
        "{GOOD}opened{GOOD:#}: session {}{expiry}",
        opened.session().reveal()
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
    let human = format!(
        "{}\n  verify it with: onay masterpass verify {} --account-link --code CODE",
        sent(Some(link.sender())),
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
    let human = format!(
        "{}\n  go on with {}",
        sent(resent.sender()),
        challenge_words(resent.challenge()),
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
    let verified = paywall(otp.live)?.verify(&challenge, &code).await?;
    let document = json!({
        "operation": "verify_otp",
        "provider": PROVIDER,
        "challenge": challenge_document(verified.challenge()),
        "reference": verified.reference(),
    });
    let mut human = format!("{GOOD}approved{GOOD:#}");
    if verified.challenge() != &challenge {
        human += &format!("\n  go on with {}", challenge_words(verified.challenge()));
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

fn sent(by: Option<CodeSender>) -> String {
    match sender(by) {
        Some(name) => format!("{GOOD}accepted{GOOD:#}: a code is sent by the {name}"),
        None => format!("{GOOD}done{GOOD:#}: no new code was named"),
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
        &["PAYWALL_ENV", "PAYWALL_BASE_URL"],
        &["PAYWALL_PRIVATE_KEY", "PAYWALL_PRIVATE_CLIENT"],
        live,
    )?;
    PaywallMasterpassBuilder::from_lookup(|name| settings.lookup(name))?.build()
}
