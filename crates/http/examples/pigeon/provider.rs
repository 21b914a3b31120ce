//! Pigeon: a provider that does not exist, in one file.
//!
//! It shows what a provider of your own takes, with nothing but the public `onay-core` and `onay-http`. The guide
//! `onay::guide::writing_a_provider` walks through it, and `cargo xtask new-provider NAME` begins with a copy of it.
//!
//! Its dialect is invented: both calls post JSON with the key in `x-pigeon-key`; the answer is
//! `{"result":"yes","wait":60}` or `{"result":"no","reason":"R-2","text":"…","wait":41}`.

use std::time::Duration;

use onay_core::{
    Error, ErrorKind, Gsm, OtpChallenge, OtpCode, OtpSender, OtpSent, OtpVerified, OtpVerifier,
    Secret, async_trait,
};
use onay_http::{BaseUrl, Connection, Endpoint, HttpClient, Judgement, Verdict};
use serde::{Deserialize, Serialize};

const PROVIDER: &str = "pigeon";

/// A Pigeon client: two prepared calls.
#[derive(Clone, Debug)]
pub struct Pigeon {
    key: Secret,
    send: Endpoint,
    check: Endpoint,
}

/// Builds a [`Pigeon`].
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct PigeonBuilder {
    key: Option<Secret>,
    connection: Connection,
}

impl Pigeon {
    /// Begins to build a client.
    pub fn builder() -> PigeonBuilder {
        PigeonBuilder::default()
    }
}

impl PigeonBuilder {
    /// The merchant's key.
    pub fn key(mut self, key: &str) -> Self {
        self.key = Some(Secret::new(key));
        self
    }

    /// The service to call.
    pub fn base_url(mut self, base: BaseUrl) -> Self {
        self.connection = self.connection.base_url(base);
        self
    }

    /// A client to share with other providers, or with a timeout of one's own.
    pub fn http_client(mut self, client: HttpClient) -> Self {
        self.connection = self.connection.http_client(client);
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    ///
    /// [`Config`](ErrorKind::Config): no key, a key with whitespace in it, no base URL.
    pub fn build(self) -> Result<Pigeon, Error> {
        let key = Secret::key("key", self.key.as_ref().map_or("", Secret::reveal))
            .map_err(|error| error.with_provider(PROVIDER))?;
        let (http, base) = self.connection.open(PROVIDER)?;
        let endpoint = |operation, path| {
            http.endpoint(PROVIDER, operation, &base, path)?
                .with_header("content-type", "application/json")?
                .with_secret_header("x-pigeon-key", &key)
        };
        let send = endpoint("send_otp", "/codes")?;
        let check = endpoint("verify_otp", "/codes/check")?;
        Ok(Pigeon { key, send, check })
    }
}

#[derive(Serialize)]
struct Request<'a> {
    to: &'a str,
    conversation: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
}

/// Every field may be missing: an answer without a result is no failure of the parser but neither
/// yes nor no.
#[derive(Deserialize)]
struct Answer {
    result: Option<String>,
    reason: Option<String>,
    text: Option<String>,
    wait: Option<u64>,
}

/// What each reason means; an unknown one is a plain no.
fn kind_of(reason: &str) -> ErrorKind {
    match reason {
        "R-1" => ErrorKind::Credentials,
        "R-2" => ErrorKind::TooSoon,
        "R-3" => ErrorKind::WrongCode,
        "R-4" => ErrorKind::Expired,
        "R-5" => ErrorKind::Upstream,
        _ => ErrorKind::Refused,
    }
}

impl Pigeon {
    async fn call(
        &self,
        endpoint: &Endpoint,
        challenge: &OtpChallenge,
        code: Option<&OtpCode>,
    ) -> Result<Option<Duration>, Error> {
        let gsm = number(challenge)?;
        let request = Request {
            to: gsm.national(),
            conversation: challenge.session().reveal(),
            code: code.map(OtpCode::reveal),
        };
        // Whatever left with the request may come back in the provider's text.
        let hidden = [
            self.key.reveal(),
            request.conversation,
            request.code.unwrap_or_default(),
        ];
        endpoint
            .post(endpoint.json(&request)?, |received| {
                let answer: Answer = received.json()?;
                let reason = answer.reason.as_deref().unwrap_or_default();
                let verdict = match answer.result.as_deref() {
                    Some("yes") => Verdict::Yes,
                    Some("no") => Verdict::No(kind_of(reason)),
                    None => Verdict::Unclear("the answer has no result"),
                    Some(_) => Verdict::Contradictory("the result is neither yes nor no"),
                };
                let judgement = Judgement::new(verdict)
                    .with_code(reason)
                    .with_message(answer.text.as_deref().unwrap_or_default())
                    .hiding(&hidden);
                let wait = answer.wait.map(Duration::from_secs);
                match received.judge(&judgement) {
                    Ok(()) => Ok(wait),
                    Err(error) => Err(wait.into_iter().fold(error, Error::with_retry_after)),
                }
            })
            .await
    }
}

#[async_trait]
impl OtpSender for Pigeon {
    async fn send_otp(&self, challenge: &OtpChallenge) -> Result<OtpSent, Error> {
        let wait = self.call(&self.send, challenge, None).await?;
        let sent = OtpSent::new(challenge.clone());
        Ok(match wait {
            Some(wait) => sent.with_resend_in(wait),
            None => sent,
        })
    }
}

#[async_trait]
impl OtpVerifier for Pigeon {
    async fn verify_otp(
        &self,
        challenge: &OtpChallenge,
        code: &OtpCode,
    ) -> Result<OtpVerified, Error> {
        self.call(&self.check, challenge, Some(code)).await?;
        Ok(OtpVerified::new(challenge.clone()))
    }
}

/// Pigeon writes to numbers alone: anything else is refused before the wire.
fn number(challenge: &OtpChallenge) -> Result<&Gsm, Error> {
    challenge
        .gsm()
        .ok_or_else(|| Error::unsupported("challenge", "names no number").with_provider(PROVIDER))
}
