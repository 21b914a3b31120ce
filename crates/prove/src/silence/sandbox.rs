//! The sandbox: its inbox in clear, and everything else of it silent.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use onay::http::HttpClient;
use onay::paynet::{Paynet, SecretKey};
use onay::paytr_link::{Credentials, PaytrLink, Signed};
use onay::{Error, OtpCode, OtpSender, OtpVerifier};
use onay_sandbox::Sandbox;
use onay_testkit::TraceCapture;

use super::answers::PATIENT;
use super::canary::Canary;
use super::place::Place;
use super::{Failed, Kind};
use crate::every_call::{
    Clients, by_number, code, credentials, email, gsm, open_session, product, values,
};

const INBOX: &str = "the inbox, nothing in it is real";
const PAGE: &str = "the inbox on the page, nothing in it is real";

/// One seed, so that its codes are the same in every run.
const SEED: u64 = 7391;

pub(super) async fn places() -> Result<Vec<Place>, Failed> {
    let capture = TraceCapture::start();
    let sandbox = Sandbox::builder()
        .seed(SEED)
        .paytr_merchant(values::MERCHANT_ID, values::PAYTR_KEY, values::PAYTR_SALT)
        .start()
        .await?;
    let secret = conversations(&sandbox).await?;
    let events = first_of(&sandbox, "/api/v1/events?after=0").await?;
    let mut read = Vec::new();
    for path in [
        "/api/v1/messages",
        "/api/v1/journal?limit=500",
        "/api/v1/tenants",
        "/api/v1/faults",
        "/?lang=tr",
        "/?lang=en",
    ] {
        read.push(text(&sandbox, path).await?);
    }
    let [messages, journal, tenants, faults, turkish, english] = read.as_slice() else {
        return Err("a page is missing".into());
    };
    if !journal.contains("doctor") {
        return Err("the doctor said nothing".into());
    }
    let inbox = Place::new("sandbox: `/api/v1/messages`", messages)
        .open(Kind::Code, INBOX)
        .open(Kind::Number, INBOX)
        .open(Kind::Address, INBOX);
    let page = Place::new(
        "sandbox: the page, Turkish and English",
        format!("{turkish}{english}"),
    )
    .open(Kind::Code, PAGE)
    .open(Kind::Number, PAGE)
    .open(Kind::Address, PAGE);
    let places = vec![
        inbox,
        page,
        Place::new(
            "sandbox: `/api/v1/journal`, with the doctor's words",
            journal,
        ),
        Place::new("sandbox: `/api/v1/events`", events),
        Place::new(
            "sandbox: `/api/v1/tenants`, `/api/v1/faults`",
            format!("{tenants}{faults}"),
        ),
        Place::new("sandbox: its log at `TRACE`", capture.text()),
    ];
    let seen = |place: Place| place.also(&secret);
    Ok(places.into_iter().map(seen).collect())
}

/// Right calls and wrong ones at every provider; and what the sandbox made up meanwhile that is as
/// secret as what it was sent.
async fn conversations(sandbox: &Sandbox) -> Result<Vec<Canary>, Failed> {
    let mut secret = Vec::new();
    let http = HttpClient::builder().timeout(PATIENT).build()?;
    let paynet = Clients::over(http.clone(), &sandbox.paynet_url().parse()?)?.paynet;
    paynet.send_otp(&by_number()?).await?;
    refused(&paynet.send_otp(&by_number()?).await)?;
    refused(&paynet.verify_otp(&by_number()?, &code()?).await)?;
    let encoded = STANDARD.encode(values::PAYNET_KEY);
    for key in [encoded.as_str(), "sck_live_anahtar"] {
        let mistaken = Paynet::builder()
            .secret_key(SecretKey::parse(key)?)
            .base_url(sandbox.paynet_url().parse()?)
            .build()?;
        refused(&mistaken.send_otp(&by_number()?).await)?;
    }
    let paywall = Clients::over(http.clone(), &sandbox.paywall_url().parse()?)?.paywall;
    let opened = paywall.open_session(&open_session()?).await?;
    let linked = paywall.link_account(opened.session()).await?;
    sandbox.advance(Duration::from_secs(60));
    let resent = paywall.send_otp(linked.challenge()).await?;
    refused(&paywall.verify_otp(linked.challenge(), &code()?).await)?;
    refused(&paywall.verify_otp(resent.challenge(), &code()?).await)?;
    for challenge in [linked.challenge(), resent.challenge()] {
        let token = challenge.token().ok_or("no token")?;
        secret.push(Canary::new(Kind::Session, token.reveal()));
        secret.push(Canary::new(Kind::Session, challenge.session().reveal()));
    }
    let base = sandbox.paytr_url();
    let paytr = Clients::over(http, &base.parse()?)?.paytr;
    let link = paytr.create(product()?).await?;
    paytr.send_sms(link.id(), &gsm()?).await?;
    paytr.send_email(link.id(), &email()?).await?;
    // Key and salt the wrong way round.
    for credentials in [
        Credentials::parse(values::MERCHANT_ID, values::PAYTR_SALT, values::PAYTR_KEY)?,
        Credentials::parse("100078", values::PAYTR_KEY, values::PAYTR_SALT)?,
    ] {
        let swapped = PaytrLink::builder()
            .credentials(credentials)
            .base_url(base.parse()?)
            .build()?;
        refused(&swapped.send_sms(link.id(), &gsm()?).await)?;
    }
    let gsm = gsm()?;
    let signed = Signed::SendSms {
        id: link.id().as_str(),
        cell_phone: gsm.domestic(),
    };
    secret.push(Canary::new(Kind::Signature, &signed.token(&credentials()?)));
    for message in sandbox.messages() {
        if let Some(otp) = message.otp() {
            secret.push(Canary::new(Kind::Code, OtpCode::parse(otp)?.reveal()));
        }
    }
    Ok(secret)
}

fn refused<T>(result: &Result<T, Error>) -> Result<(), Failed> {
    match result {
        Ok(_) => Err("the sandbox took a mistake for a yes".into()),
        Err(_) => Ok(()),
    }
}

async fn text(sandbox: &Sandbox, path: &str) -> Result<String, Failed> {
    let answer = reqwest::get(format!("{}{path}", sandbox.url())).await?;
    Ok(answer.error_for_status()?.text().await?)
}

/// The beginning of a stream that has no end: as far as the last call and the last message.
async fn first_of(sandbox: &Sandbox, path: &str) -> Result<String, Failed> {
    let mut answer = reqwest::get(format!("{}{path}", sandbox.url())).await?;
    let mut text = String::new();
    let pause = Duration::from_millis(300);
    while let Ok(chunk) = tokio::time::timeout(pause, answer.chunk()).await {
        match chunk? {
            Some(chunk) => text += &String::from_utf8_lossy(&chunk),
            None => break,
        }
    }
    if !text.contains("data:") {
        return Err("no events came".into());
    }
    Ok(text)
}
