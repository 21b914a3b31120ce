//! The client: four calls, and the traits on top of two of them.

use onay_core::{
    Error, OtpChallenge, OtpCode, OtpSender, OtpSent, OtpToken, OtpVerified, OtpVerifier,
    SessionId, async_trait,
};
use onay_http::{Answer, BaseUrl, Endpoint, HttpClient, datetime};

use crate::conversation::Conversation;
use crate::outcome::{Resent, Verified};
use crate::session::{AccountLink, CodeSender, OpenSession, OtpPurpose, SessionOpened};
use crate::wire::{self, LinkRequest, OpenRequest, Outcome, ResendRequest, VerifyRequest};
use crate::{Keys, PaywallMasterpassBuilder, code, verdict};

pub(crate) const PROVIDER: &str = "paywall-masterpass";

/// No code is longer; what is, is caught here.
const MAX_CODE_CHARS: usize = 20;

/// A client of Masterpass through Paywall. Make one and share it; it holds a connection pool.
///
/// [`open_session`](Self::open_session) and [`link_account`](Self::link_account) give a session and
/// the first token. From there on it is an [`OtpSender`] (which resends) and an [`OtpVerifier`], for
/// challenges with a token.
///
/// **Always go on with the newest challenge**: a resend gives a new token and kills the old one, and
/// a session can be renewed by any answer, a refusal included
/// ([`Error::challenge`](onay_core::Error::challenge)).
///
/// # Errors of all calls
///
/// | kind | delivery | when |
/// |---|---|---|
/// | `Unsupported`, `InvalidInput` | `NotSent` | the challenge names no token; a code over 20 characters |
/// | `Unreachable` | `NotSent` | no connection |
/// | `Interrupted` | `MaybeSent` | it broke, or time ran out, after the request may have left |
/// | `Unreadable` | `MaybeSent` | no verdict; verdicts that contradict each other or are damaged, under any HTTP status but 408 and 5xx |
/// | `Upstream` | `MaybeSent` | HTTP 408 or 5xx, an inner 408 or 5xx, or a code such as `VPOS_TIMEOUT_ERROR` |
/// | `Credentials` | `Refused` | HTTP 401 or 403, or a code such as `AUTHENTICATION_FAILED` |
/// | `TooSoon`, `LimitReached` | `Refused` | a resend too early, or one too many |
/// | `WrongCode`, `Expired` | `Refused` | the code is wrong; the token is used or has expired |
/// | `ActionRequired` | `Refused` | another code, or 3-D Secure at [`Error::action_url`] |
/// | `Refused` | `Refused` | any other no, unknown codes included; a redirect |
///
/// A code that [`ResponseCode`](crate::ResponseCode) knows as a refusal counts under any HTTP status;
/// `0000`, `5001` and `5008`, which say yes to some call, do not.
///
/// Pages 1, 5, 6 and 7 of "Masterpass entegrasyonu" and "Masterpass cevap kodları" of
/// developer.paywall.one.
///
/// [`Error::action_url`]: onay_core::Error::action_url
#[derive(Clone, Debug)]
pub struct PaywallMasterpass {
    keys: Keys,
    session: Endpoint,
    link: Endpoint,
    resend: Endpoint,
    verify: Endpoint,
}

impl PaywallMasterpass {
    /// Begins to build a client.
    pub fn builder() -> PaywallMasterpassBuilder {
        PaywallMasterpassBuilder::default()
    }

    /// A client as the environment says; see [`PaywallMasterpassBuilder::from_env`].
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config) naming the variable.
    pub fn from_env() -> Result<Self, Error> {
        PaywallMasterpassBuilder::from_env()?.build()
    }

    pub(crate) fn new(http: &HttpClient, base: &BaseUrl, keys: Keys) -> Result<Self, Error> {
        let endpoint = |operation, path| {
            http.endpoint(PROVIDER, operation, base, path)?
                .with_header("content-type", "application/json")?
                .with_header("accept", "application/json")?
                .with_secret_header("apikeyprivate", keys.private_key())?
                .with_secret_header("apiclientprivate", keys.private_client())
        };
        Ok(Self {
            session: endpoint("open_session", wire::SESSION)?,
            link: endpoint("link_account", wire::LINK)?,
            resend: endpoint("resend", wire::RESEND)?,
            verify: endpoint("verify", wire::VERIFY)?,
            keys,
        })
    }

    /// Opens a session for a customer. No message goes out.
    ///
    /// # Errors
    ///
    /// As the table of [`PaywallMasterpass`].
    pub async fn open_session(&self, request: &OpenSession) -> Result<SessionOpened, Error> {
        request.check()?;
        let body = self.session.json(&OpenRequest {
            reference_code: &request.reference,
            user_id: &request.user,
            user_phone: request.gsm.msisdn(),
            force_3d: request.force_3d,
            phone_verified_by_merchant: request.phone_verified_by_merchant,
        })?;
        self.session
            .post(body, |answer| {
                let mut hidden = self.hidden();
                hidden.extend([
                    request.reference.as_str(),
                    &request.user,
                    request.gsm.national(),
                ]);
                let conversation = Conversation::read(&answer, None, hidden)?;
                conversation.judge(verdict::of_envelope)?;
                opened(&answer, &conversation)
            })
            .await
    }

    /// Links the customer's Masterpass account to the merchant. A code goes out to the customer;
    /// verify it with the challenge of the answer.
    ///
    /// # Errors
    ///
    /// As the table of [`PaywallMasterpass`]. Where the refusal renewed the session,
    /// [`Error::challenge`](onay_core::Error::challenge) holds the new one.
    pub async fn link_account(&self, session: &SessionId) -> Result<AccountLink, Error> {
        let body = self.link.json(&LinkRequest {
            session_id: session.reveal(),
        })?;
        let before = OtpPurpose::AccountLink.opened(session.clone());
        self.link
            .post(body, |answer| {
                let conversation = Conversation::read(&answer, Some(&before), self.hidden())?;
                let code = conversation.judge(verdict::of_sending)?;
                let token = conversation.next().and_then(OtpChallenge::token);
                let (Some(sender), Some(token)) = (sender(code), token) else {
                    return Err(conversation.unclear("no code was asked for, or it has no token"));
                };
                let session = conversation.next().unwrap_or(&before).session().clone();
                let outcome = conversation.outcome();
                let text =
                    |field: fn(&Outcome) -> &Option<String>| outcome.and_then(|o| field(o).clone());
                Ok(AccountLink {
                    challenge: OtpPurpose::AccountLink.challenge(session, token.clone()),
                    sender,
                    reference: text(|outcome| &outcome.reference),
                    card_issuer: text(|outcome| &outcome.card_issuer_name),
                    masked_pan: text(|outcome| &outcome.masked_pan),
                })
            })
            .await
    }

    /// Sends the code again. The token of the answer replaces the caller's, which is dead then.
    /// Where Masterpass says `0000` no new code was named, and the token stays.
    ///
    /// # Errors
    ///
    /// As the table of [`PaywallMasterpass`].
    pub async fn resend(&self, challenge: &OtpChallenge) -> Result<Resent, Error> {
        OtpPurpose::of(challenge)?;
        let body = self.resend.json(&ResendRequest {
            otp_token: token(challenge)?,
            session_id: challenge.session().reveal(),
        })?;
        self.resend
            .post(body, |answer| {
                let conversation = Conversation::read(&answer, Some(challenge), self.hidden())?;
                let sender = sender(conversation.judge(verdict::of_sending)?);
                let reference = reference(&conversation).map(str::to_owned);
                let mut sent = OtpSent::new(conversation.into_next(challenge));
                if let Some(reference) = reference {
                    sent = sent.with_reference(reference);
                }
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
        let purpose = OtpPurpose::of(challenge)?;
        if code.reveal().chars().count() > MAX_CODE_CHARS {
            let why = "is longer than 20 characters";
            return Err(Error::invalid_input("code", why).with_provider(PROVIDER));
        }
        let body = self.verify.json(&VerifyRequest {
            otp_token: token(challenge)?,
            otp_code: code.reveal(),
            for_link_to_merchant: purpose == OtpPurpose::AccountLink,
            session_id: challenge.session().reveal(),
        })?;
        self.verify
            .post(body, |answer| {
                let mut hidden = self.hidden();
                hidden.push(code.reveal());
                let conversation = Conversation::read(&answer, Some(challenge), hidden)?;
                conversation.judge(verdict::of_checking)?;
                let next = conversation.next().unwrap_or(challenge).clone();
                let mut verified = OtpVerified::new(next);
                if let Some(reference) = reference(&conversation) {
                    verified = verified.with_reference(reference);
                }
                let outcome = conversation.outcome();
                Ok(Verified {
                    verified,
                    card_unique_number: outcome.and_then(|o| o.card_unique_number.clone()),
                })
            })
            .await
    }

    /// What went out with every request and must not come back in an error.
    fn hidden(&self) -> Vec<&str> {
        // Session and token of the challenge come on top, and what a call adds.
        let mut hidden = Vec::with_capacity(5);
        hidden.extend([
            self.keys.private_key().reveal(),
            self.keys.private_client().reveal(),
        ]);
        hidden
    }
}

#[async_trait]
impl OtpSender for PaywallMasterpass {
    /// Sends the code again: the first one goes out with the call that opened the conversation.
    /// Masterpass does not say when the next resend is allowed or when the code expires.
    async fn send_otp(&self, challenge: &OtpChallenge) -> Result<OtpSent, Error> {
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

fn token(challenge: &OtpChallenge) -> Result<&str, Error> {
    challenge.token().map(OtpToken::reveal).ok_or_else(|| {
        Error::unsupported("challenge", "names no token; Masterpass wants one")
            .with_provider(PROVIDER)
    })
}

fn sender(code: &str) -> Option<CodeSender> {
    match code {
        code::SENT_BY_BANK => Some(CodeSender::Bank),
        code::SENT_BY_MASTERPASS => Some(CodeSender::Masterpass),
        _ => None,
    }
}

fn reference<'a>(conversation: &'a Conversation<'_>) -> Option<&'a str> {
    conversation.outcome()?.reference.as_deref()
}

fn opened(answer: &Answer, conversation: &Conversation<'_>) -> Result<SessionOpened, Error> {
    let body = conversation.envelope().body();
    let session = body.and_then(|body| SessionId::parse(body.session_id.as_deref()?).ok());
    let Some(session) = session else {
        return Err(conversation.unclear("there is no session in the answer"));
    };
    let expiry = body
        .and_then(|body| datetime::parse(body.session_expiry_date.as_deref()?))
        .map(|at| (at, answer.until(at)));
    Ok(SessionOpened { session, expiry })
}
