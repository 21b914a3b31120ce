//! The client: four calls, and the traits on top of three of them.

use std::sync::Arc;

use onay_core::{
    Error, Operation, OtpChallenge, OtpCode, OtpSender, OtpSent, OtpToken, OtpVerified,
    OtpVerifier, PhoneNumber, Reason, SessionId, async_trait,
};
use onay_http::{BaseUrl, Endpoint, HttpClient, Response, Service, datetime};

use crate::PROVIDER;
use crate::config::{Keys, PaywallMasterpassBuilder};
use crate::rotation::Rotation;
use crate::session::{
    AccountLink, CodeSender, OpenSession, OtpPurpose, Resent, SessionOpened, Verified,
};
use crate::verdict;
use crate::wire::{self, LinkRequest, OpenRequest, Outcome, ResendRequest, VerifyRequest};

/// No code is longer; a longer one is refused before it leaves.
const MAX_CODE_CHARS: usize = 20;

const LONG_CODE: Reason = Reason::new(
    "masterpass_code_too_long",
    "is longer than 20 characters",
    "20 karakterden uzun",
);
const NO_TOKEN: Reason = Reason::new(
    "masterpass_needs_token",
    "names no token; Masterpass needs one",
    "token içermiyor; Masterpass'e gerekli",
);
const HAS_TOKEN: Reason = Reason::new(
    "masterpass_already_linking",
    "has a token already; resend its code instead",
    "zaten bir token taşıyor; kodu yeniden gönderin",
);
const NOT_AN_ACCOUNT_LINK: Reason = Reason::new(
    "masterpass_no_account_link",
    "is not of an account link",
    "bir hesap bağlamaya ait değil",
);
const NO_CODE_SENT: Reason = Reason::new(
    "masterpass_no_code_sent",
    "no code was asked for, or it has no token",
    "kod istenmedi ya da token yok",
);
const BAD_TOKEN: Reason = Reason::new(
    "masterpass_malformed_token",
    "a code was sent, but its token is malformed",
    "kod gönderildi, ama token bozuk",
);
const NO_SESSION: Reason = Reason::new(
    "masterpass_no_session",
    "there is no session in the response",
    "yanıtta oturum yok",
);

/// A client of Masterpass through Paywall. Make one and share it; it holds a connection pool.
///
/// [`open_session`](Self::open_session) opens a session, whose
/// [`account_link`](SessionOpened::account_link) is a challenge. It is an [`OtpSender`], which sends
/// the first code for such a challenge and resends it for one with a token, and an [`OtpVerifier`].
///
/// **Always go on with the newest challenge**: after a resend the old token is not valid any more, and
/// a session can be renewed by any response, a refusal included
/// ([`Error::challenge`](onay_core::Error::challenge)).
///
/// # Errors of all calls
///
/// | kind | dispatch | when |
/// |---|---|---|
/// | `Unsupported`, `InvalidInput` | `NotSent` | the challenge names no token, or belongs to another provider; a code over 20 characters |
/// | `Unreachable` | `NotSent` | no connection |
/// | `Interrupted` | `MaybeSent` | it broke, or time ran out, after the request may have left |
/// | `Unreadable` | `MaybeSent` | no verdict under HTTP 2xx; verdicts that contradict each other or are malformed, under any HTTP status but 408 and 5xx; a redirect other than 307 and 308 |
/// | `Upstream` | `MaybeSent` | HTTP 408 or 5xx, an inner 408 or 5xx, or a code such as `VPOS_TIMEOUT_ERROR` |
/// | `Credentials` | `Refused` | HTTP 401 or 403 with a no or no verdict, or a code such as `AUTHENTICATION_FAILED` |
/// | `TooSoon`, `LimitReached` | `Refused` | a resend too early, or one too many |
/// | `WrongCode`, `Expired` | `Refused` | the code is wrong; the token is used or has expired |
/// | `ActionRequired` | `Refused` | another code, or 3-D Secure at [`Error::action`] |
/// | `Refused` | `Refused` | any other no, unknown codes included; another HTTP 4xx without a verdict; HTTP 307 or 308 |
///
/// So a JSON object is read. Any other response (a firewall's page, an empty body) is read by its HTTP
/// status alone: [`Response::object`] has the table.
///
/// A code that [`CODES`](crate::CODES) knows as a refusal counts under any HTTP status; `0000`,
/// `5001` and `5008`, which say yes to some call, do not.
///
/// Pages 1, 5, 6 and 7 of "Masterpass entegrasyonu" and "Masterpass cevap kodları" of
/// developer.paywall.one.
///
/// [`Error::action`]: onay_core::Error::action
#[derive(Clone, Debug)]
pub struct PaywallMasterpass {
    service: Arc<Service>,
    session: Endpoint,
    link: Endpoint,
    resend: Endpoint,
    verify: Endpoint,
}

impl PaywallMasterpass {
    /// Begins to build a client.
    pub fn builder() -> PaywallMasterpassBuilder {
        PaywallMasterpassBuilder::new()
    }

    /// A client as the environment says; see [`PaywallMasterpassBuilder::from_env`].
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config) naming the variable.
    pub fn from_env() -> Result<Self, Error> {
        PaywallMasterpassBuilder::from_env()?.build()
    }

    pub(crate) fn new(service: Service, keys: &Keys) -> Result<Self, Error> {
        let (http, base) = service.clone().resolve(&keys.both())?;
        let session = endpoint(&http, &base, wire::OPEN_SESSION, wire::SESSION)?
            .with_header("content-type", "application/json")?
            .with_header("accept", "application/json")?;
        let session = authorized(session, keys)?;
        let other = |operation, path| -> Result<Endpoint, Error> {
            Ok(endpoint(&http, &base, operation, path)?.with_headers_of(&session))
        };
        Ok(Self {
            link: other(wire::LINK_ACCOUNT, wire::LINK)?,
            resend: other(Operation::SEND_OTP, wire::RESEND)?,
            verify: other(Operation::VERIFY_OTP, wire::VERIFY)?,
            session,
            service: Arc::new(service.with_http_client(http)),
        })
    }

    /// The same client with other keys, on the same connection pool: keys that were replaced, or
    /// another merchant's.
    ///
    /// ```
    /// use onay_paywall_masterpass::{Environment, Keys, PaywallMasterpass};
    ///
    /// let paywall = PaywallMasterpass::builder()
    ///     .keys(Keys::parse("test-key-1", "test-client-1")?)
    ///     .environment(Environment::Sandbox)
    ///     .build()?;
    /// let other = paywall.with_credentials(&Keys::parse("test-key-2", "test-client-2")?)?;
    /// # Ok::<(), onay_core::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config), nothing sent: the keys of the sandbox's examples
    /// for a live service.
    pub fn with_credentials(&self, keys: &Keys) -> Result<Self, Error> {
        Service::clone(&self.service).resolve(&keys.both())?;
        let session = authorized(self.session.clone(), keys)?;
        Ok(Self {
            service: Arc::clone(&self.service),
            link: self.link.clone().with_headers_of(&session),
            resend: self.resend.clone().with_headers_of(&session),
            verify: self.verify.clone().with_headers_of(&session),
            session,
        })
    }

    /// Opens a session for a customer. No message goes out.
    ///
    /// # Errors
    ///
    /// As the table of [`PaywallMasterpass`].
    pub async fn open_session(&self, request: &OpenSession) -> Result<SessionOpened, Error> {
        let body = OpenRequest {
            reference_code: request.reference.as_str(),
            user_id: request.user.as_str(),
            user_phone: request.phone.msisdn(),
            force_3d: request.force_3d,
            phone_verified_by_merchant: request.phone_verified_by_merchant,
        };
        let call = self.session.json(&body)?;
        call.send(|response| {
            let rotation = Rotation::read(response, None)?;
            rotation.judge(verdict::of_envelope)?;
            opened(response, &rotation, request.phone)
        })
        .await
    }

    /// The challenge of an account link in a session that another process opened: the same as
    /// [`SessionOpened::account_link`]. Without the number a guard cannot tell that two sessions
    /// are one customer's.
    ///
    /// ```
    /// use onay_core::{PhoneNumber, SessionId};
    /// use onay_paywall_masterpass::PaywallMasterpass;
    ///
    /// let session = SessionId::parse("6489433e-f36b-1410-825e-001264113a90")?;
    /// let phone = PhoneNumber::parse("0555 000 00 42")?;
    /// let challenge = PaywallMasterpass::account_link(session, Some(phone));
    /// assert_eq!(challenge.provider(), Some("paywall-masterpass"));
    /// # Ok::<(), onay_core::Error>(())
    /// ```
    pub fn account_link(session: SessionId, phone: Option<PhoneNumber>) -> OtpChallenge {
        let challenge = OtpPurpose::AccountLink.opened(session);
        match phone {
            Some(phone) => challenge.with_recipient(phone),
            None => challenge,
        }
    }

    /// Links the customer's Masterpass account to the merchant, for a challenge of
    /// [`account_link`](Self::account_link). A code goes out to the customer; verify it with the
    /// challenge that comes back. [`send_otp`](OtpSender::send_otp) does the same and says less.
    ///
    /// # Errors
    ///
    /// As the table of [`PaywallMasterpass`]. Where the refusal renewed the session,
    /// [`Error::challenge`](onay_core::Error::challenge) holds the new one.
    pub async fn link_account(&self, challenge: &OtpChallenge) -> Result<AccountLink, Error> {
        let operation = wire::LINK_ACCOUNT;
        if purpose(challenge, operation)? != OtpPurpose::AccountLink {
            return Err(unsupported(NOT_AN_ACCOUNT_LINK, operation));
        }
        if challenge.token().is_some() {
            return Err(unsupported(HAS_TOKEN, operation));
        }
        let call = self.link.json(&LinkRequest {
            session_id: challenge.session().expose(),
        })?;
        call.send(|response| {
            let rotation = Rotation::read(response, Some(challenge))?;
            let code = rotation.judge(verdict::of_sending)?;
            let has_token = rotation.next().is_some_and(|next| next.token().is_some());
            let (Some(sender), true) = (code.as_ref().and_then(CodeSender::of), has_token) else {
                return Err(rotation.unclear(NO_CODE_SENT));
            };
            let outcome = rotation.outcome();
            Ok(AccountLink {
                sender,
                card_issuer: outcome.and_then(Outcome::card_issuer_name),
                masked_pan: outcome.and_then(Outcome::masked_pan),
                sent: sent(rotation, challenge),
            })
        })
        .await
    }

    /// Sends the code again. The token of the response replaces the caller's, which is dead then.
    /// Where Masterpass says `0000` no new code was named, and the token stays.
    ///
    /// # Errors
    ///
    /// As the table of [`PaywallMasterpass`].
    pub async fn resend(&self, challenge: &OtpChallenge) -> Result<Resent, Error> {
        purpose(challenge, Operation::SEND_OTP)?;
        let call = self.resend.json(&ResendRequest {
            otp_token: token(challenge, Operation::SEND_OTP)?,
            session_id: challenge.session().expose(),
        })?;
        call.send(|response| {
            let rotation = Rotation::read(response, Some(challenge))?;
            let code = rotation.judge(verdict::of_sending)?;
            let sender = code.as_ref().and_then(CodeSender::of);
            if sender.is_some() && rotation.has_malformed_token() {
                return Err(rotation.unclear(BAD_TOKEN));
            }
            let sent = sent(rotation, challenge);
            Ok(Resent { sent, sender })
        })
        .await
    }

    /// Checks the code that the customer typed. `Ok` means approved.
    ///
    /// # Errors
    ///
    /// As the table of [`PaywallMasterpass`].
    pub async fn verify(
        &self,
        challenge: &OtpChallenge,
        code: &OtpCode,
    ) -> Result<Verified, Error> {
        let operation = Operation::VERIFY_OTP;
        let purpose = purpose(challenge, operation)?;
        if code.expose().chars().count() > MAX_CODE_CHARS {
            let error = Error::invalid_input("code", LONG_CODE);
            return Err(error.with_provider(PROVIDER).with_operation(operation));
        }
        let call = self.verify.json(&VerifyRequest {
            otp_token: token(challenge, operation)?,
            otp_code: code.expose(),
            for_link_to_merchant: purpose == OtpPurpose::AccountLink,
            session_id: challenge.session().expose(),
        })?;
        call.send(|response| {
            let rotation = Rotation::read(response, Some(challenge))?;
            rotation.judge(verdict::of_checking)?;
            let outcome = rotation.outcome();
            let reference = outcome.and_then(Outcome::reference);
            let card_unique_number = outcome.and_then(Outcome::card_unique_number);
            let mut verified = OtpVerified::new(rotation.into_next(challenge));
            if let Some(reference) = reference {
                verified = verified.with_reference(reference);
            }
            Ok(Verified {
                verified,
                card_unique_number,
            })
        })
        .await
    }
}

#[async_trait]
impl OtpSender for PaywallMasterpass {
    /// Sends the first code where the challenge is of an account link and has no token yet, and the
    /// code again where it has one. Masterpass does not say when the next resend is allowed or when
    /// the code expires.
    async fn send_otp(&self, challenge: &OtpChallenge) -> Result<OtpSent, Error> {
        let is_new = challenge.token().is_none();
        if is_new && purpose(challenge, Operation::SEND_OTP)? == OtpPurpose::AccountLink {
            return self
                .link_account(challenge)
                .await
                .map(AccountLink::into_sent);
        }
        self.resend(challenge).await.map(Resent::into_sent)
    }
}

#[async_trait]
impl OtpVerifier for PaywallMasterpass {
    async fn verify_otp(
        &self,
        challenge: &OtpChallenge,
        code: &OtpCode,
    ) -> Result<OtpVerified, Error> {
        let verified = self.verify(challenge, code).await?;
        Ok(verified.into_verified())
    }
}

fn endpoint(
    http: &HttpClient,
    base: &BaseUrl,
    operation: Operation,
    path: &str,
) -> Result<Endpoint, Error> {
    http.endpoint(PROVIDER, operation, base, path)
}

fn authorized(endpoint: Endpoint, keys: &Keys) -> Result<Endpoint, Error> {
    let [key, client] = keys.both();
    endpoint
        .with_secret_header("apikeyprivate", key.secret())?
        .with_secret_header("apiclientprivate", client.secret())
}

fn purpose(challenge: &OtpChallenge, operation: Operation) -> Result<OtpPurpose, Error> {
    OtpPurpose::of(challenge).map_err(|error| error.with_operation(operation))
}

fn token(challenge: &OtpChallenge, operation: Operation) -> Result<&str, Error> {
    let token = challenge.token().map(OtpToken::expose);
    token.ok_or_else(|| unsupported(NO_TOKEN, operation))
}

fn unsupported(reason: Reason, operation: Operation) -> Error {
    Error::unsupported("challenge", reason)
        .with_provider(PROVIDER)
        .with_operation(operation)
}

fn sent(rotation: Rotation<'_>, before: &OtpChallenge) -> OtpSent {
    let reference = rotation.outcome().and_then(Outcome::reference);
    let sent = OtpSent::new(rotation.into_next(before));
    match reference {
        Some(reference) => sent.with_reference(reference),
        None => sent,
    }
}

fn opened(
    response: &Response,
    rotation: &Rotation<'_>,
    phone: PhoneNumber,
) -> Result<SessionOpened, Error> {
    let body = rotation.envelope().body.as_ref().value();
    let Some(session) = body.and_then(wire::Body::session_id) else {
        return Err(rotation.unclear(NO_SESSION));
    };
    let expiry = body
        .and_then(|body| datetime::parse(&body.session_expiry_date()?))
        .map(|expiry| response.wait_until(expiry));
    Ok(SessionOpened {
        session,
        phone,
        expiry,
    })
}
