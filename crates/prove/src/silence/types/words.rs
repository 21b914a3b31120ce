//! The types of `onay-core` and `onay-http`.

use std::time::{Duration, SystemTime};

use onay::http::{
    BaseUrl, Connection, HttpClient, Judgement, Said, UnreachableRetry, Variables, Verdict,
};
use onay::{
    Delivery, Error, ErrorKind, LinkAccepted, LinkRecipient, OtpChallenge, OtpRecipient, OtpSent,
    OtpVerified, Secret,
};
use onay_testkit::{Behaviour, SocketServer};

use super::super::Failed;
use super::super::answers::PATIENT;
use super::Shown;
use crate::every_call::{by_number, by_token, code, email, gsm, link, session, token, values};

pub(super) fn show(shown: &mut Shown) -> Result<(), Failed> {
    shown.add("onay_core::Delivery", &Delivery::MaybeSent);
    shown.add("onay_core::ErrorKind", &ErrorKind::Upstream);
    shown.add("onay_core::LinkRecipient", &LinkRecipient::Sms(gsm()?));
    shown.add("onay_core::LinkRecipient", &LinkRecipient::Email(email()?));
    shown.add("onay_core::OtpRecipient", &OtpRecipient::Gsm(gsm()?));
    shown.add("onay_core::OtpRecipient", &OtpRecipient::Token(token()?));
    shown.add("onay_core::EmailAddress", &email()?);
    shown.add("onay_core::Gsm", &gsm()?);
    shown.add("onay_core::LinkId", &link()?);
    shown.add("onay_core::OtpCode", &code()?);
    shown.add("onay_core::OtpToken", &token()?);
    shown.add("onay_core::SessionId", &session()?);
    shown.add("onay_core::Secret", &Secret::new(values::PAYNET_KEY));
    for row in onay::paynet::ReturnCode::ALL {
        shown.add("onay_core::Explanation", &row.explanation());
        shown.add("onay_core::Bilingual", &row.explanation().meaning());
    }
    for challenge in [
        by_number()?,
        by_token()?,
        OtpChallenge::for_session(session()?),
    ] {
        let challenge = challenge.with_note(all_values());
        shown.add("onay_core::OtpChallenge", &challenge);
        let soon = Duration::from_secs(180);
        let sent = OtpSent::new(challenge.clone())
            .with_reference(all_values())
            .with_expiry_text(all_values())
            .with_expires_at(SystemTime::now() + soon, soon);
        shown.add("onay_core::OtpSent", &sent);
        let verified = OtpVerified::new(challenge.clone()).with_reference(all_values());
        shown.add("onay_core::OtpVerified", &verified);
        shown.add("onay_core::Error", &error(challenge));
    }
    let accepted = LinkAccepted::new().with_reference(all_values());
    shown.add("onay_core::LinkAccepted", &accepted);
    Ok(())
}

pub(super) async fn show_answers(shown: &mut Shown) -> Result<(), Failed> {
    let quoted = format!(r#"{{"code":"{}","body":{{"a":"{0}"}}}}"#, all_values());
    let server = SocketServer::start(Behaviour::json(&quoted)).await;
    let base = BaseUrl::parse(&server.url())?;
    let retry = UnreachableRetry::new(1, Duration::from_millis(1));
    let builder = HttpClient::builder()
        .timeout(PATIENT)
        .retry_unreachable(retry);
    shown.add("onay_http::HttpClientBuilder", &builder);
    shown.add(
        "onay_http::UnreachableRetry",
        &UnreachableRetry::new(1, PATIENT),
    );
    let client = builder.build()?;
    let connection = Connection::default()
        .base_url(base.clone())
        .http_client(client.clone());
    let endpoint = client
        .endpoint("acme", "send_otp", &base, "/send")?
        .with_secret_header("x-key", &Secret::new(values::PAYNET_KEY))?;
    shown.add("onay_http::BaseUrl", &base);
    shown.add("onay_http::Connection", &connection);
    shown.add("onay_http::HttpClient", &client);
    shown.add("onay_http::Endpoint", &endpoint);
    let lookup = |_: &str| Some(all_values());
    shown.add("onay_http::Variables", &Variables::new("acme", &lookup));
    let (text, hidden) = (all_values(), [values::SESSION]);
    let judgement = Judgement::new(Verdict::No(ErrorKind::Refused))
        .with_code(&text)
        .with_message(&text)
        .hiding(&hidden);
    shown.add("onay_http::Judgement", &judgement);
    shown.add("onay_http::Verdict", &Verdict::Unclear("why"));
    shown.add("onay_http::Said", &Said::This(all_values()));
    let body = all_values().into_bytes();
    let read = endpoint.post(body, |answer| {
        shown.add("onay_http::Answer", &answer);
        if let Some(object) = answer.salvage() {
            shown.add("onay_http::Object", &object);
        }
        Ok(())
    });
    read.await?;
    Ok(())
}

/// One text with everything that must not be shown.
pub(super) fn all_values() -> String {
    [
        values::PAYNET_KEY,
        values::PAYWALL_KEY,
        values::PAYTR_SALT,
        values::SESSION,
        values::TOKEN,
        values::CODE,
        values::NUMBER,
        values::EMAIL,
    ]
    .join(" ")
}

/// An error with everything that one can carry; what goes out is named, as every provider does.
fn error(challenge: OtpChallenge) -> Error {
    let text = all_values();
    let hidden: Vec<&str> = text.split(' ').collect();
    Error::new(ErrorKind::ActionRequired)
        .with_provider("acme")
        .with_code_hiding(&text, &hidden)
        .with_message_hiding(&text, &hidden)
        .with_action_url(format!("https://example.com/?{}", text.replace(' ', "&")))
        .with_retry_after(Duration::from_secs(3))
        .with_challenge(challenge)
}
