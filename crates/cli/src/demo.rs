//! `onay demo`: the whole story, on a sandbox of its own.

use std::time::Duration;

use onay::http::BaseUrl;
use onay::paynet::{Paynet, SecretKey};
use onay::{Error, ErrorKind, Gsm, OtpChallenge, OtpCode, OtpSender, OtpVerifier, SessionId};
use onay_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::output::{BAD, GOOD, Output, QUIET, STRONG, line};

/// A code that no sandbox makes.
const WRONG: &str = "WRONG";

pub(crate) async fn run(output: &Output) -> Result<(), Failure> {
    let mut story = Story::new(output);
    let sandbox = Sandbox::start().await?;
    story.title("A card OTP through Paynet, from the request to the approval")?;
    story.note("A sandbox plays Paynet on this machine. Nothing is really sent.")?;
    card_otp(&sandbox, &mut story).await?;
    story.title("That was it")?;
    story.note("Keep a sandbox open and watch its inbox in a browser:")?;
    story.note("  cargo run -p onay-cli -- sandbox serve")?;
    sandbox.stop().await;
    story.end()
}

/// Sent, received, refused in four ways, approved once.
async fn card_otp(sandbox: &Sandbox, story: &mut Story<'_>) -> Result<(), Failure> {
    let paynet = Paynet::builder()
        .secret_key(SecretKey::parse("sck_test_demo")?)
        .base_url(BaseUrl::parse(&sandbox.paynet_url())?)
        .build()?;
    let gsm = Gsm::parse("0555 000 00 42")?;
    let challenge = OtpChallenge::for_gsm(SessionId::parse("order-1")?, gsm);

    story.step(&format!("The shop asks Paynet to send a code to {gsm}"))?;
    let sent = paynet.send_otp(&challenge).await?;
    let again = sent.resend_in().map(about).unwrap_or_default();
    story.yes(
        "send_otp",
        &format!("accepted; another may be asked for in {again}"),
    )?;

    story.step("The customer's phone shows")?;
    let timeout = Duration::from_secs(5);
    let message = sandbox.wait_for_message(gsm.e164(), timeout).await?;
    story.phone(message.text())?;

    story.step("The customer is impatient, and the shop asks again at once")?;
    let early = paynet.send_otp(sent.challenge()).await;
    let count = sandbox.messages().len();
    story.no(
        "send_otp",
        early,
        ErrorKind::TooSoon,
        &format!("messages in the inbox: {count}"),
    )?;

    story.step(&format!("The customer types {WRONG}"))?;
    let wrong = paynet
        .verify_otp(sent.challenge(), &OtpCode::parse(WRONG)?)
        .await;
    story.no(
        "verify_otp",
        wrong,
        ErrorKind::WrongCode,
        "they may try again",
    )?;

    let typed = message.otp().unwrap_or_default();
    story.step(&format!("The customer types {typed}"))?;
    let code = OtpCode::parse(typed)?;
    paynet.verify_otp(sent.challenge(), &code).await?;
    story.yes("verify_otp", "approved; the card can be saved")?;

    story.step("Somebody types the same code once more")?;
    let used = paynet.verify_otp(sent.challenge(), &code).await;
    story.no("verify_otp", used, ErrorKind::Expired, "a code works once")?;

    story.step("Another code, but the customer answers after ten minutes")?;
    let late = OtpChallenge::for_gsm(SessionId::parse("order-2")?, gsm);
    paynet.send_otp(&late).await?;
    story.yes("send_otp", "accepted")?;
    let newest = sandbox
        .messages()
        .first()
        .and_then(|message| message.otp().map(str::to_owned));
    sandbox.advance(Duration::from_secs(600));
    let code = OtpCode::parse(&newest.unwrap_or_default())?;
    let expired = paynet.verify_otp(&late, &code).await;
    story.no(
        "verify_otp",
        expired,
        ErrorKind::Expired,
        "time to send a new one",
    )
}

/// A wait as a story tells it, to the nearest minute: `Date` headers count whole seconds, so the
/// exact one looks odd.
fn about(wait: Duration) -> String {
    format!("about {} min", (wait.as_secs() + 30) / 60)
}

/// Tells the story as it goes, or keeps it for one JSON document at its end.
struct Story<'a> {
    output: &'a Output,
    steps: Vec<Value>,
    told: usize,
}

impl<'a> Story<'a> {
    fn new(output: &'a Output) -> Self {
        Self {
            output,
            steps: Vec::new(),
            told: 0,
        }
    }

    fn title(&self, text: &str) -> Result<(), Failure> {
        self.say(&format!("\n{STRONG}{text}{STRONG:#}"))
    }

    fn note(&self, text: &str) -> Result<(), Failure> {
        self.say(&format!("{QUIET}{text}{QUIET:#}"))
    }

    fn step(&mut self, text: &str) -> Result<(), Failure> {
        self.told += 1;
        self.say(&format!("\n{STRONG}{:>2}{STRONG:#}  {text}", self.told))
    }

    fn phone(&self, text: &str) -> Result<(), Failure> {
        self.say(&format!("    {QUIET}│{QUIET:#} {text}"))
    }

    fn yes(&mut self, operation: &str, text: &str) -> Result<(), Failure> {
        self.steps
            .push(json!({ "operation": operation, "outcome": "ok" }));
        self.say(&format!("    {GOOD}✓{GOOD:#} {text}"))
    }

    /// A refusal that has to come, and of this kind; anything else ends the demo.
    fn no<T>(
        &mut self,
        operation: &str,
        result: Result<T, Error>,
        kind: ErrorKind,
        text: &str,
    ) -> Result<(), Failure> {
        let error = match result {
            Ok(_) => {
                let text = format!("{operation} said yes where {} was due", kind.as_str());
                return Err(Failure::Unexpected(text));
            }
            Err(error) if error.kind() == kind => error,
            Err(error) => return Err(error.into()),
        };
        self.steps
            .push(json!({ "operation": operation, "outcome": kind.as_str() }));
        let after = match error.retry_after() {
            Some(after) => format!(", wait {}", about(after)),
            None => String::new(),
        };
        self.say(&format!(
            "    {BAD}✗{BAD:#} {STRONG}{}{STRONG:#} ({}{after}): {text}",
            kind.as_str(),
            error.delivery(),
        ))
    }

    fn end(self) -> Result<(), Failure> {
        if self.output.is_json() {
            let document = json!({ "operation": "demo", "steps": self.steps });
            return self.output.result("", &document);
        }
        Ok(())
    }

    fn say(&self, text: &str) -> Result<(), Failure> {
        if self.output.is_json() {
            return Ok(());
        }
        line(text)
    }
}
