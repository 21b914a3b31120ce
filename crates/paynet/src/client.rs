//! The client: two calls, and the traits on top of them.

use std::sync::Arc;

use onay_core::{
    Error, ErrorKind, Operation, OtpChallenge, OtpCode, OtpSender, OtpSent, OtpVerified,
    OtpVerifier, Reason, Recipient, Secret, async_trait,
};
use onay_http::{Endpoint, Response, Service};

use crate::PROVIDER;
use crate::config::{PaynetBuilder, SecretKey};
use crate::verdict;
use crate::wire::{self, CheckOtp, Envelope, SendOtp};

const NO_NUMBER: Reason = Reason::new(
    "paynet_needs_phone",
    "names no phone number; Paynet needs one",
    "telefon numarası içermiyor; Paynet'e gerekli",
);
const NO_PHONE: Reason = Reason::new(
    "paynet_sends_sms_alone",
    "is no phone number; Paynet sends codes by SMS alone",
    "telefon numarası değil; Paynet kodları yalnızca SMS ile gönderir",
);
const NOT_TURKISH: Reason = Reason::new(
    "paynet_turkish_mobile_alone",
    "is no Turkish mobile number; Paynet sends codes to no other",
    "Türkiye cep telefonu numarası değil; Paynet başka numaraya kod göndermez",
);

/// A Paynet client. Make one and share it; it holds a connection pool.
///
/// Serves challenges with a Turkish mobile number ([`OtpChallenge::for_phone`]); the session is
/// chosen by the merchant. The challenge that comes back names the provider, and is the same
/// otherwise.
///
/// # Errors of both calls
///
/// | kind | dispatch | when |
/// |---|---|---|
/// | `Unsupported` | `NotSent` | the challenge names no Turkish mobile number, or belongs to another provider |
/// | `Unreachable` | `NotSent` | no connection |
/// | `Interrupted` | `MaybeSent` | it broke, or time ran out, after the request may have left |
/// | `Unreadable` | `MaybeSent` | no return code under HTTP 2xx; a malformed code, two that contradict each other, or a yes beside the `type` of an error or under a bad HTTP status, unless that is 408 or 5xx; a redirect other than 307 and 308 |
/// | `Upstream` | `MaybeSent` | HTTP 408 or 5xx, or return code 8 or 10 |
/// | `Credentials` | `Refused` | HTTP 401 or 403 with a no or without a return code, or return code 2, 3, 4 or 7 |
/// | `TooSoon` | `Refused` | `send_otp` before `otp_expire` (assumed: code 5); HTTP 429 with a no or without a return code |
/// | `WrongCode`, `Expired`, `LimitReached` | `Refused` | `verify_otp` (assumed: codes 1; 12 and 100; 6) |
/// | `Refused` | `Refused` | any other no, unknown codes included; another HTTP 4xx without a return code; HTTP 307 or 308 |
///
/// So a JSON object is read. Any other response (a firewall's page, an empty body) is read by its HTTP
/// status alone: [`Response::object`] has the table.
///
/// Pages "OTP Gönderme" and "OTP Kontrol" of doc.paynet.com.tr.
#[derive(Clone, Debug)]
pub struct Paynet {
    service: Arc<Service>,
    send: Endpoint,
    check: Endpoint,
}

impl Paynet {
    /// Begins to build a client.
    pub fn builder() -> PaynetBuilder {
        PaynetBuilder::new()
    }

    /// A client as the environment says; see [`PaynetBuilder::from_env`].
    ///
    /// # Errors
    ///
    /// [`Config`](ErrorKind::Config) naming the variable.
    pub fn from_env() -> Result<Self, Error> {
        PaynetBuilder::from_env()?.build()
    }

    pub(crate) fn new(service: Service, key: &SecretKey) -> Result<Self, Error> {
        let (http, base) = service.clone().resolve(&[key.key()])?;
        let send = http
            .endpoint(PROVIDER, Operation::SEND_OTP, &base, wire::SEND_OTP)?
            .with_header("content-type", wire::JSON)?
            .with_header("accept", wire::JSON)?
            .with_secret_header("authorization", &authorization(key))?;
        let check = http
            .endpoint(PROVIDER, Operation::VERIFY_OTP, &base, wire::CHECK_OTP)?
            .with_headers_of(&send);
        Ok(Self {
            service: Arc::new(service.with_http_client(http)),
            send,
            check,
        })
    }

    /// The same client with another key, on the same connection pool: a key that was replaced, or
    /// another merchant's.
    ///
    /// ```
    /// use onay_paynet::{Environment, Paynet, SecretKey};
    ///
    /// let paynet = Paynet::builder()
    ///     .secret_key(SecretKey::parse("sck_test_1")?)
    ///     .environment(Environment::Sandbox)
    ///     .build()?;
    /// let other = paynet.with_credentials(&SecretKey::parse("sck_test_2")?)?;
    /// # Ok::<(), onay_core::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Config`](ErrorKind::Config), nothing sent: the key of the sandbox's examples for a live
    /// service.
    pub fn with_credentials(&self, key: &SecretKey) -> Result<Self, Error> {
        Service::clone(&self.service).resolve(&[key.key()])?;
        let send = self.send.clone();
        let send = send.with_secret_header("authorization", &authorization(key))?;
        Ok(Self {
            service: Arc::clone(&self.service),
            check: self.check.clone().with_headers_of(&send),
            send,
        })
    }
}

#[async_trait]
impl OtpSender for Paynet {
    /// Asks Paynet to send a code. [`resend`](OtpSent::resend) and [`expiry`](OtpSent::expiry) are
    /// both `otp_expire`; a time that cannot be read is absent, and its text is kept in
    /// [`expiry_text`](OtpSent::expiry_text).
    async fn send_otp(&self, challenge: &OtpChallenge) -> Result<OtpSent, Error> {
        let body = SendOtp {
            user_gsm: number(challenge, Operation::SEND_OTP)?,
            otp_session_id: challenge.session().expose(),
        };
        let request = self.send.json(&body)?;
        request
            .send(|response| {
                let envelope = judged(Operation::SEND_OTP, response)?;
                let mut sent = OtpSent::new(challenge.clone().with_provider(PROVIDER));
                if let Some(expiry) = envelope.expiry() {
                    let wait = response.wait_until(expiry);
                    sent = sent.with_resend(wait).with_expiry(wait);
                }
                if let Some(text) = envelope.expiry_text() {
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
        let body = CheckOtp {
            user_gsm: number(challenge, Operation::VERIFY_OTP)?,
            otp_session_id: challenge.session().expose(),
            otp_code: code.expose(),
        };
        let request = self.check.json(&body)?;
        request
            .send(|response| {
                judged(Operation::VERIFY_OTP, response)?;
                Ok(OtpVerified::new(challenge.clone().with_provider(PROVIDER)))
            })
            .await
    }
}

/// The key as it is: not base64, no user name, no colon.
fn authorization(key: &SecretKey) -> Secret {
    Secret::new(format!("Basic {}", key.key().secret().expose()))
}

/// The ten digits that Paynet wants, of a challenge that it can serve.
fn number(challenge: &OtpChallenge, operation: Operation) -> Result<&str, Error> {
    let number = challenge.check_provider(PROVIDER).and_then(|()| {
        match (challenge.recipient(), challenge.phone()) {
            (None, _) => Err(Error::unsupported("challenge", NO_NUMBER)),
            (Some(Recipient::Email(_)), _) => Err(Error::unsupported("email", NO_PHONE)),
            (Some(_), None) => Err(Error::unsupported("recipient", NO_PHONE)),
            (Some(_), Some(phone)) => phone
                .turkish()
                .map(|number| number.significant())
                .ok_or_else(|| Error::unsupported("phone", NOT_TURKISH)),
        }
    });
    number.map_err(|error| error.with_provider(PROVIDER).with_operation(operation))
}

/// The provider's yes, or its no as an error.
fn judged(operation: Operation, response: &Response) -> Result<Envelope<'_>, Error> {
    let envelope = Envelope(response.object()?);
    let (verdict, code) = verdict::of(operation, &envelope, response);
    match response.judge(verdict, || (code, envelope.message())) {
        Ok(()) => Ok(envelope),
        Err(error) => Err(waiting(error, response, &envelope)),
    }
}

/// Adds how long the running code keeps others from being sent.
fn waiting(error: Error, response: &Response, envelope: &Envelope<'_>) -> Error {
    match envelope.expiry() {
        Some(expiry) if error.kind() == ErrorKind::TooSoon && error.wait().is_none() => {
            error.with_wait(response.wait_until(expiry))
        }
        _ => error,
    }
}
