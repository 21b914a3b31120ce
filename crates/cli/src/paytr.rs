//! `onay callback`: what PayTR posts, verified, sent to your own server, or sent again by a sandbox.

use std::path::Path;
use std::time::Duration;

use onay::http::BaseUrl;
use onay::paytr_link::{Credentials, Currency, Money, PaytrLinkBuilder, Signed, verify_callback};
use onay::{Error, ErrorKind, Reason};
use onay_sandbox::CallbackResponse;
use reqwest::{Method, Url};
use serde_json::{Value, json};

use crate::arguments::{CallbackCommand, Live};
use crate::client::client;
use crate::failure::{Failure, Place};
use crate::input::{self, Unread};
use crate::interrupt;
use crate::language::{Texts, Words};
use crate::output::{Output, good, unexpected};
use crate::provider::ProviderName;
use crate::sandbox::{connect, list};
use crate::sandbox_api::SandboxApi;
use crate::settings::{NOT_READ, Settings};
use crate::terminal::plain;

pub(crate) const PROVIDER: &str = ProviderName::Paytr.as_str();

const EMPTY: Reason = Reason::new("empty", "is empty", "boş");
const BODY_TOO_LONG: Reason = Reason::new(
    "too_long",
    "is longer than 65,536 bytes, which no callback is",
    "65.536 bayttan uzun; hiçbir bildirim bu kadar uzun olmaz",
);
const NOT_HTTPS: Reason = Reason::new(
    "not_https",
    "is neither https nor http to a loopback address",
    "ne https ne de bu bilgisayara giden http",
);

/// Longer than any callback.
const MAX_BODY: usize = 64 * 1024;

/// How long a merchant's own server may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// How much of its answer is read: enough to tell a web page from `OK`.
const READ: usize = 4096;

pub(crate) async fn callback(command: CallbackCommand, output: &Output) -> Result<(), Failure> {
    match command {
        CallbackCommand::Verify => verify(output).map_err(|failure| failure.at(Place::Callback)),
        CallbackCommand::Trigger {
            to,
            callback_id,
            merchant_oid,
            price,
            live,
        } => {
            // With live credentials a shop ships what is not paid, so the environment has to be named.
            let settings = Settings::read(ProviderName::Paytr, live)?;
            let lookup = |name: &str| settings.lookup(name);
            PaytrLinkBuilder::from_lookup(lookup)?.build()?;
            let credentials = Credentials::from_lookup(lookup)?;
            let amount = Money::parse(&price, Currency::Tl)?.minor().to_string();
            let signed = Signed::Callback {
                callback_id: &callback_id,
                merchant_oid: &merchant_oid,
                status: "success",
                total_amount: &amount,
            };
            let mut form = Url::parse("http://form/").map_err(|error| unexpected(&error))?;
            form.query_pairs_mut().extend_pairs([
                ("hash", signed.token(&credentials).as_str()),
                ("merchant_oid", &merchant_oid),
                ("status", "success"),
                ("total_amount", &amount),
                ("payment_amount", &amount),
                ("payment_type", "card"),
                ("currency", "TL"),
                ("callback_id", &callback_id),
                ("merchant_id", credentials.merchant_id()),
                ("test_mode", "1"),
            ]);
            let call = trigger(&to, form.query().unwrap_or_default(), output);
            let triggered = interrupt::own(output, call).await;
            triggered.map_err(|failure| failure.at(Place::Posted))
        }
        CallbackCommand::Resend { sandbox, id } => {
            let api = connect(&sandbox)?;
            let resent = interrupt::own(output, resend(&api, id, output)).await;
            resent.map_err(|failure| failure.at(Place::Posted))
        }
    }
}

/// Has a running sandbox post a callback again: the newest, unless its number is given.
async fn resend(api: &SandboxApi, id: Option<u64>, output: &Output) -> Result<(), Failure> {
    let id = if let Some(id) = id {
        id
    } else {
        let query = vec![("limit", "1".to_owned())];
        let document = api.get("callbacks", &query).await?;
        let newest = list(&document, "callbacks").first();
        let newest = newest.and_then(|newest| newest.get("id")?.as_u64());
        newest.ok_or_else(|| Failure::Usage(Words::of(Texts::callback_none)))?
    };
    let answer = api
        .call(Method::POST, &format!("callbacks/{id}/resend"), None)
        .await?;
    taken(&answer)?;
    let document = json!({
        "operation": "resend_callback",
        "provider": PROVIDER,
        "id": id,
        "http_status": answer.get("status"),
        "accepted": true,
    });
    said_ok(&document, output)
}

/// Fails unless the merchant's server answered exactly `OK`: why not, and what it answered, invisible
/// characters escaped. It is read as the sandbox writes a [`CallbackResponse`].
fn taken(answer: &Value) -> Result<(), Failure> {
    let text = |place: &str| answer.pointer(place).and_then(Value::as_str);
    if answer.get("accepted") == Some(&Value::Bool(true)) {
        return Ok(());
    }
    let why = |place| text(place).or(text("/error")).unwrap_or_default();
    let why = Words::new(why("/cause/turkish"), why("/cause/english"));
    Err(Failure::CallbackNotTaken(match text("/shown") {
        Some(shown) => {
            let status = answer.get("status").unwrap_or(&Value::Null).to_string();
            let shown: String = plain(shown).chars().take(200).collect();
            Words::each(|texts, language| {
                let why = why.in_language(language);
                texts.callback_not_taken(why, status.as_str(), shown.as_str())
            })
        }
        None => Words::each(|texts, language| texts.callback_unanswered(why.in_language(language))),
    }))
}

fn said_ok(document: &Value, output: &Output) -> Result<(), Failure> {
    let texts = output.texts();
    let human = format!("{}: {}", good(texts.accepted()), texts.callback_accepted());
    output.result(human, document)
}

fn verify(output: &Output) -> Result<(), Failure> {
    let credentials = &credentials()?;
    let body = input::read(Path::new("-"), MAX_BODY).map_err(|unread| match unread {
        Unread::Failed(error) => Error::config("stdin", NOT_READ).with_source(error),
        Unread::TooLong => Error::invalid_input("stdin", BODY_TOO_LONG),
    })?;
    if body.trim_ascii().is_empty() {
        return Err(Error::invalid_input("stdin", EMPTY).into());
    }
    // A shell adds an end of line that PayTR does not send.
    let body = body.strip_suffix(b"\n").unwrap_or(&body);
    let body = body.strip_suffix(b"\r").unwrap_or(body);
    let payment = verify_callback(body, credentials)?;
    let amount = payment.total_amount();
    let (oid, id) = (plain(payment.merchant_oid()), plain(payment.callback_id()));
    let texts = output.texts();
    let payment_words = texts.callback_paid(id, oid, amount);
    let human = format!("{}: {payment_words}", good(texts.paid()));
    let document = json!({
        "operation": "verify_callback",
        "provider": PROVIDER,
        "callback_id": payment.callback_id(),
        "merchant_oid": payment.merchant_oid(),
        "total_amount": amount,
        "test_mode": payment.unsigned().test_mode(),
    });
    output.result(human, &document)
}

async fn trigger(to: &str, form: &str, output: &Output) -> Result<(), Failure> {
    // The same rule as for providers: a signed "paid" goes out over plain http to loopback alone.
    let address = to.split(['?', '#']).next().unwrap_or_default();
    BaseUrl::parse(address).map_err(|_| Error::invalid_input("to", NOT_HTTPS))?;
    let url = Url::parse(to).map_err(|_| Error::invalid_input("to", NOT_HTTPS))?;
    let mut answer = client(&url)?
        .post(url)
        .timeout(PATIENCE)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form.to_owned())
        .send()
        .await
        .map_err(failed)?;
    let status = answer.status().as_u16();
    let mut body = Vec::new();
    while body.len() < READ {
        match answer.chunk().await.map_err(failed)? {
            Some(chunk) => body.extend_from_slice(&chunk),
            None => break,
        }
    }
    body.truncate(READ);
    taken(&json!(CallbackResponse::read(status, &body)))?;
    let document = json!({
        "operation": "trigger_callback",
        "provider": PROVIDER,
        "http_status": status,
        "accepted": true,
    });
    said_ok(&document, output)
}

/// What a failed connection to the merchant's own server means.
fn failed(error: reqwest::Error) -> Failure {
    let kind = if error.is_connect() {
        ErrorKind::Unreachable
    } else {
        ErrorKind::Interrupted
    };
    Error::new(kind).with_source(error.without_url()).into()
}

/// The merchant as the environment names it, for what goes nowhere.
pub(crate) fn credentials() -> Result<Credentials, Error> {
    let settings = Settings::read(ProviderName::Paytr, Live { live: true })?;
    Credentials::from_lookup(|name| settings.lookup(name))
}

#[cfg(test)]
mod tests {
    use onay_sandbox::Sandbox;
    use onay_testkit::{Behaviour, SocketServer};
    use serde_json::json;

    use super::*;
    use crate::language::Language;

    /// On a paused clock, so that the test does not take ten seconds.
    #[tokio::test(start_paused = true)]
    async fn a_shop_that_never_answers_is_said_to_be_one() {
        let shop = SocketServer::start(Behaviour::NeverAnswer).await;
        let sandbox = Sandbox::start().await.expect("a sandbox");
        let credentials = ("100001", "sandbox-merchant-key", "sandbox-merchant-salt");
        let (id, key, salt) = credentials;
        let paytr = PaytrLinkBuilder::default()
            .credentials(Credentials::parse(id, key, salt).expect("credentials"))
            .base_url(sandbox.paytr_url().parse().expect("an address"))
            .build()
            .expect("a client");
        let product = onay::paytr_link::ProductLink::new("Masa", "1 TL".parse().expect("money"), 1);
        let product = product.expect("a product").callback(&shop.url(), "A1");
        let link = paytr.create(product.expect("a link")).await.expect("made");
        sandbox.pay(link.id().as_str()).await.expect("paid");
        let url = Url::parse(&sandbox.addresses().listen).expect("an address");
        let api = SandboxApi::new(url).expect("an API");
        let output = Output::new(true, true, Language::English);
        let failure = resend(&api, None, &output).await.expect_err("no answer");
        assert_eq!((failure.exit_code(), failure.dispatch()), (1, None));
        assert_eq!(
            json!(failure.headline(Language::English)),
            "your server did not answer: no answer came within 10 seconds"
        );
        assert_eq!(shop.requests().len(), 2);
    }
}
