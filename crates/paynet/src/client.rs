//! The client: two calls, and the traits on top of them.

use onay_core::{
    Error, ErrorKind, Gsm, OtpChallenge, OtpCode, OtpSender, OtpSent, OtpVerified, OtpVerifier,
    Secret, async_trait,
};
use onay_http::{Answer, BaseUrl, Endpoint, HttpClient, Judgement, Said};

use crate::code::Call;
use crate::wire::{self, CheckOtp, Envelope, SendOtp};
use crate::{PaynetBuilder, ReturnCode, SecretKey, verdict};

pub(crate) const PROVIDER: &str = "paynet";

/// A Paynet client. Make one and share it; it holds a connection pool.
///
/// Serves challenges with a number ([`OtpChallenge::for_gsm`]); the session is chosen by the
/// merchant. Challenges do not change: what goes in comes out.
///
/// # Errors of both calls
///
/// | kind | delivery | when |
/// |---|---|---|
/// | `Unsupported` | `NotSent` | the challenge names no number |
/// | `Unreachable` | `NotSent` | no connection |
/// | `Interrupted` | `MaybeSent` | it broke, or time ran out, after the request may have left |
/// | `Unreadable` | `MaybeSent` | an answer without a return code; a damaged one, one of another type, or two that contradict each other, under any HTTP status but 408 and 5xx; a yes under a bad HTTP status, or beside the `type` of an error |
/// | `Upstream` | `MaybeSent` | HTTP 408 or 5xx, or return code 8 or 10 |
/// | `Credentials` | `Refused` | HTTP 401 or 403, or return code 2, 3, 4 or 7 |
/// | `TooSoon` | `Refused` | `send_otp` before `otp_expire` (assumed: code 5); HTTP 429 |
/// | `WrongCode`, `Expired`, `LimitReached` | `Refused` | `check_otp` (assumed: codes 1; 12 and 100; 6) |
/// | `Refused` | `Refused` | any other no, unknown codes included; a redirect |
///
/// Pages "OTP Gönderme" and "OTP Kontrol" of doc.paynet.com.tr.
#[derive(Clone, Debug)]
pub struct Paynet {
    key: SecretKey,
    send: Endpoint,
    check: Endpoint,
}

impl Paynet {
    /// Begins to build a client.
    pub fn builder() -> PaynetBuilder {
        PaynetBuilder::default()
    }

    /// A client as the environment says; see [`PaynetBuilder::from_env`].
    ///
    /// # Errors
    ///
    /// [`Config`](ErrorKind::Config) naming the variable.
    pub fn from_env() -> Result<Self, Error> {
        PaynetBuilder::from_env()?.build()
    }

    pub(crate) fn new(http: &HttpClient, base: &BaseUrl, key: SecretKey) -> Result<Self, Error> {
        // The key as it is: not base64, no user name, no colon.
        let authorization = Secret::new(format!("Basic {}", key.secret().reveal()));
        let endpoint = |operation, path| {
            http.endpoint(PROVIDER, operation, base, path)?
                .with_header("content-type", wire::JSON)?
                .with_header("accept", wire::JSON)?
                .with_secret_header("authorization", &authorization)
        };
        let send = endpoint("send_otp", wire::SEND_OTP)?;
        let check = endpoint("check_otp", wire::CHECK_OTP)?;
        Ok(Self { key, send, check })
    }

    /// The provider's yes, or its no as an error.
    fn judge(
        &self,
        call: Call,
        answer: &Answer,
        challenge: &OtpChallenge,
        code: &str,
    ) -> Result<Envelope, Error> {
        let envelope: Envelope = answer.json()?;
        let codes = envelope.return_codes(answer.status());
        let code_that_counts = codes.into_iter().find_map(|code| match code {
            Said::This(code) => Some(code),
            Said::Nothing | Said::Nonsense => None,
        });
        let verdict = verdict::of(call, codes, envelope.names_error());
        let sent = [
            self.key.secret().reveal(),
            challenge.session().reveal(),
            challenge.gsm().map(Gsm::national).unwrap_or_default(),
            code,
        ];
        let mut judgement = Judgement::new(verdict).hiding(&sent);
        judgement = match code_that_counts {
            Some(code) if ReturnCode::find(code).is_some() => judgement.with_known_code(code),
            Some(code) => judgement.with_code(code),
            None => judgement,
        };
        if let Some(message) = envelope.message() {
            judgement = judgement.with_message(message);
        }
        match answer.judge(&judgement) {
            Ok(()) => Ok(envelope),
            Err(error) => Err(waiting(error, answer, &envelope)),
        }
    }
}

#[async_trait]
impl OtpSender for Paynet {
    /// Asks Paynet to send a code. `resend_after` and `expires_at` are both `otp_expire`; a time
    /// that cannot be read is absent, and its text is kept in [`OtpSent::expiry_text`].
    async fn send_otp(&self, challenge: &OtpChallenge) -> Result<OtpSent, Error> {
        let body = self.send.json(&SendOtp {
            user_gsm: number(challenge)?.national(),
            otp_session_id: challenge.session().reveal(),
        })?;
        self.send
            .post(body, |answer| {
                let envelope = self.judge(Call::SendOtp, &answer, challenge, "")?;
                let mut sent = OtpSent::new(challenge.clone());
                if let Some(expiry) = envelope.expiry() {
                    let remaining = answer.until(expiry);
                    sent = sent
                        .with_resend_after(expiry, remaining)
                        .with_expires_at(expiry, remaining);
                }
                if let Some(text) = envelope.into_expiry_text() {
                    sent = sent.with_expiry_text(text);
                }
                Ok(sent)
            })
            .await
    }
}

#[async_trait]
impl OtpVerifier for Paynet {
    /// Asks Paynet whether this is the code. The code goes out as it was typed.
    async fn verify_otp(
        &self,
        challenge: &OtpChallenge,
        code: &OtpCode,
    ) -> Result<OtpVerified, Error> {
        let body = self.check.json(&CheckOtp {
            user_gsm: number(challenge)?.national(),
            otp_session_id: challenge.session().reveal(),
            otp_code: code.reveal(),
        })?;
        self.check
            .post(body, |answer| {
                self.judge(Call::CheckOtp, &answer, challenge, code.reveal())?;
                Ok(OtpVerified::new(challenge.clone()))
            })
            .await
    }
}

fn number(challenge: &OtpChallenge) -> Result<&Gsm, Error> {
    challenge.gsm().ok_or_else(|| {
        Error::unsupported("challenge", "names no number; Paynet wants one").with_provider(PROVIDER)
    })
}

/// Adds how long the running code keeps others from being sent.
fn waiting(error: Error, answer: &Answer, envelope: &Envelope) -> Error {
    match envelope.expiry() {
        Some(expiry) if error.kind() == ErrorKind::TooSoon && error.retry_after().is_none() => {
            error.with_retry_after(answer.until(expiry))
        }
        _ => error,
    }
}
