//! The client: two calls, and the traits on top of them.

use onay_core::{
    Error, ErrorKind, Gsm, OtpChallenge, OtpCode, OtpSender, OtpSent, OtpVerified, OtpVerifier, async_trait,
};
use onay_http::{Answer, BaseUrl, Endpoint, HttpClient, Judgement, Said, Verdict};

use crate::code::Reading;
use crate::wire::{self, Envelope, SendOtp, VerifyOtp};
use crate::{ApiKey, ReturnCode, {{Type}}Builder};

pub(crate) const PROVIDER: &str = "{{name}}";

/// A client of {{Title}}. Make one and share it; it holds a connection pool.
///
/// Serves challenges with a number ([`OtpChallenge::for_gsm`]); any other is
/// [`Unsupported`](onay_core::ErrorKind::Unsupported) before a byte leaves.
#[derive(Clone, Debug)]
pub struct {{Type}} {
    key: ApiKey,
    send: Endpoint,
    verify: Endpoint,
}

impl {{Type}} {
    /// Begins to build a client.
    pub fn builder() -> {{Type}}Builder {
        {{Type}}Builder::default()
    }

    /// A client as the environment says; see [`{{Type}}Builder::from_env`].
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config) naming the variable.
    pub fn from_env() -> Result<Self, Error> {
        {{Type}}Builder::from_env()?.build()
    }

    pub(crate) fn new(http: &HttpClient, base: &BaseUrl, key: ApiKey) -> Result<Self, Error> {
        let endpoint = |operation, path| {
            http.endpoint(PROVIDER, operation, base, path)?
                .with_header("content-type", wire::JSON)?
                .with_secret_header("not-written-yet-the-header-of-the-key", key.secret())
        };
        let send = endpoint("send_otp", wire::SEND_OTP)?;
        let verify = endpoint("verify_otp", wire::VERIFY_OTP)?;
        Ok(Self { key, send, verify })
    }

    /// The provider's yes, or its no as an error.
    fn judge(
        &self,
        answer: &Answer,
        challenge: &OtpChallenge,
        typed: &str,
    ) -> Result<Envelope, Error> {
        let envelope: Envelope = answer.json()?;
        let code = envelope.code.text();
        let is_damaged = |code: &str| code.trim() != code || code.contains('\u{fffd}');
        let verdict = match envelope.code.as_deref() {
            Said::Nothing => Verdict::Unclear("the answer has no return code"),
            // It may have been a yes: no HTTP status makes a certain no of it.
            Said::Nonsense => Verdict::Contradictory("the return code is damaged"),
            Said::This(code) if is_damaged(code) => {
                Verdict::Contradictory("the return code is damaged")
            }
            Said::This(code) => match ReturnCode::read(code) {
                Reading::Yes => Verdict::Yes,
                Reading::No(kind) => Verdict::No(kind),
            },
        };
        // Whatever left with the request may come back in the provider's text.
        let sent = [
            self.key.secret().reveal(),
            challenge.session().reveal(),
            challenge.gsm().map(Gsm::national).unwrap_or_default(),
            typed,
        ];
        let mut judgement = Judgement::new(verdict).hiding(&sent);
        judgement = match code {
            Some(code) if ReturnCode::find(code).is_some() => judgement.with_known_code(code),
            Some(code) => judgement.with_code(code),
            None => judgement,
        };
        if let Some(message) = envelope.message.as_deref() {
            judgement = judgement.with_message(message);
        }
        match (answer.judge(&judgement), envelope.wait()) {
            (Ok(()), _) => Ok(envelope),
            (Err(error), Some(wait)) if error.kind() == ErrorKind::TooSoon => {
                Err(error.with_retry_after(wait))
            }
            (Err(error), _) => Err(error),
        }
    }
}

#[async_trait]
impl OtpSender for {{Type}} {
    async fn send_otp(&self, challenge: &OtpChallenge) -> Result<OtpSent, Error> {
        let body = self.send.json(&SendOtp {
            number: number(challenge)?.national(),
            session: challenge.session().reveal(),
        })?;
        self.send
            .post(body, |answer| {
                let envelope = self.judge(&answer, challenge, "")?;
                let sent = OtpSent::new(challenge.clone());
                Ok(match envelope.wait() {
                    Some(wait) => sent.with_resend_in(wait),
                    None => sent,
                })
            })
            .await
    }
}

#[async_trait]
impl OtpVerifier for {{Type}} {
    async fn verify_otp(
        &self,
        challenge: &OtpChallenge,
        code: &OtpCode,
    ) -> Result<OtpVerified, Error> {
        let body = self.verify.json(&VerifyOtp {
            number: number(challenge)?.national(),
            session: challenge.session().reveal(),
            code: code.reveal(),
        })?;
        self.verify
            .post(body, |answer| {
                self.judge(&answer, challenge, code.reveal())?;
                Ok(OtpVerified::new(challenge.clone()))
            })
            .await
    }
}

/// Anything but a number is refused before the wire. Written by `national()` as 5550000042; `domestic()`, `msisdn()` and
/// `e164()` put 0, 90 and +90 before it.
fn number(challenge: &OtpChallenge) -> Result<&Gsm, Error> {
    challenge.gsm().ok_or_else(|| {
        Error::unsupported("challenge", "names no number").with_provider(PROVIDER)
    })
}
