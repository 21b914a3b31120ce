//! The calls as somebody writes them by hand who follows reqwest's documentation and the provider's.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use sha2::Sha256;

use super::{Client, expect, reqwest_with_timeouts};
use crate::calls::{self, Call, Failure};

/// What these calls have in common.
struct Prepared {
    client: reqwest::Client,
    url: String,
}

impl Prepared {
    fn new(server: &str, call: Call) -> Result<Self, Failure> {
        Ok(Self {
            client: reqwest_with_timeouts()?,
            url: format!("{server}{}", call.path()),
        })
    }
}

pub(super) struct SendOtp(Prepared);

impl SendOtp {
    pub(super) fn new(server: &str) -> Result<Self, Failure> {
        Prepared::new(server, Call::SendOtp).map(Self)
    }
}

#[derive(Deserialize)]
struct OtpSent {
    otp_expire: String,
    code: i64,
    message: String,
}

impl Client for SendOtp {
    async fn call(&self) -> Result<(), Failure> {
        let sent: OtpSent = self
            .0
            .client
            .post(&self.0.url)
            .header("accept", "application/json; charset=UTF-8")
            .header("authorization", "Basic sck_test_demo")
            .json(&calls::SEND_OTP)
            .send()
            .await?
            .error_for_status()?
            .json()
            .await?;
        expect(sent.code == 0 && !sent.otp_expire.is_empty() && !sent.message.is_empty())
    }
}

pub(super) struct Resend(Prepared);

impl Resend {
    pub(super) fn new(server: &str) -> Result<Self, Failure> {
        Prepared::new(server, Call::Resend).map(Self)
    }
}

/// What a caller needs of Masterpass's answer: the verdicts, the new token, the reference.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Resent {
    result: bool,
    body: ResentBody,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ResentBody {
    session: Session,
    masterpass: Masterpass,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Session {
    session_renewed: bool,
    session_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Masterpass {
    result: Outcome,
    status_code: u16,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Outcome {
    token: String,
    retrieval_reference_number: String,
    response_code: String,
    description: String,
}

impl Resent {
    pub(super) fn is_success(&self) -> bool {
        let (session, inner) = (&self.body.session, &self.body.masterpass);
        let outcome = &inner.result;
        self.result
            && inner.status_code == 200
            && outcome.response_code == "5001"
            && !session.session_renewed
            && [
                &session.session_id,
                &outcome.token,
                &outcome.retrieval_reference_number,
                &outcome.description,
            ]
            .iter()
            .all(|text| !text.is_empty())
    }
}

impl Client for Resend {
    async fn call(&self) -> Result<(), Failure> {
        let resent: Resent = self
            .0
            .client
            .post(&self.0.url)
            .header("accept", "application/json")
            .header("apikeyprivate", calls::PRIVATE_KEY)
            .header("apiclientprivate", calls::PRIVATE_CLIENT)
            .json(&calls::RESEND)
            .send()
            .await?
            .error_for_status()?
            .json()
            .await?;
        expect(resent.is_success())
    }
}

pub(super) struct Notify(Prepared);

impl Notify {
    pub(super) fn new(server: &str) -> Result<Self, Failure> {
        Prepared::new(server, Call::Notify).map(Self)
    }
}

#[derive(Deserialize)]
struct Notified {
    status: String,
}

impl Client for Notify {
    async fn call(&self) -> Result<(), Failure> {
        let token = token(calls::LINK, calls::LINK_PHONE)?;
        let notified: Notified = self
            .0
            .client
            .post(&self.0.url)
            .form(&calls::Notify::with_token(&token))
            .send()
            .await?
            .error_for_status()?
            .json()
            .await?;
        expect(notified.status == "success")
    }
}

/// The token as PayTR's samples make it: the text joined, the key taken anew.
pub(crate) fn token(id: &str, cell_phone: &str) -> Result<String, Failure> {
    let signed = format!(
        "{id}{}{cell_phone}{}",
        calls::MERCHANT_ID,
        calls::MERCHANT_SALT
    );
    let mut hmac = Hmac::<Sha256>::new_from_slice(calls::MERCHANT_KEY.as_bytes())?;
    hmac.update(signed.as_bytes());
    Ok(STANDARD.encode(hmac.finalize().into_bytes()))
}
