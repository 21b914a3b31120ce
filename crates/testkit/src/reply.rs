//! What a scripted provider answers.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use onay_core::{Error, ErrorKind, LinkAccepted, OtpChallenge, OtpSent, OtpVerified};

/// The provider's name in every error that a [`Reply`] makes.
const PROVIDER: &str = "scripted";

/// One answer of a [`Scripted`](crate::Scripted) provider.
///
/// | reply | [`kind`](Error::kind) | [`delivery`](Error::delivery) |
/// |---|---|---|
/// | [`accepted`](Self::accepted) | an `Ok` | |
/// | [`wrong_code`](Self::wrong_code), [`expired`](Self::expired), [`too_soon`](Self::too_soon), [`limit_reached`](Self::limit_reached), [`action_required`](Self::action_required), [`refused`](Self::refused), [`credentials`](Self::credentials) | of that name | `Refused` |
/// | [`unreachable`](Self::unreachable) | `Unreachable` | `NotSent` |
/// | [`interrupted`](Self::interrupted), [`unreadable`](Self::unreadable), [`upstream`](Self::upstream) | of that name | `MaybeSent` |
/// | [`error`](Self::error) | whatever you make | |
/// | [`never`](Self::never) | no answer at all | |
///
/// ```
/// use std::time::Duration;
/// use onay_testkit::{Reply, Scripted};
///
/// let provider = Scripted::new()
///     .on_send(Reply::accepted().with_resend_in(Duration::from_secs(180)))
///     .on_verify(Reply::wrong_code().from_now_on());
/// ```
#[derive(Clone)]
#[must_use]
pub struct Reply {
    answer: Answer,
    challenge: Option<OtpChallenge>,
    stays: bool,
}

#[derive(Clone)]
enum Answer {
    Yes(Yes),
    No(Arc<dyn Fn() -> Error + Send + Sync>),
    Never,
}

#[derive(Clone, Default)]
struct Yes {
    resend_in: Option<Duration>,
    expires_in: Option<Duration>,
    reference: Option<String>,
}

impl Reply {
    /// A yes. The conversation goes on with the challenge that came in, and nothing is said about
    /// resends, expiry or a reference.
    pub fn accepted() -> Self {
        Self::new(Answer::Yes(Yes::default()))
    }

    /// The customer mistyped, and may try again.
    pub fn wrong_code() -> Self {
        Self::kind(ErrorKind::WrongCode)
    }

    /// The code is too old or already used.
    pub fn expired() -> Self {
        Self::kind(ErrorKind::Expired)
    }

    /// Too early to send again: [`Error::retry_after`] says this wait.
    pub fn too_soon(wait: Duration) -> Self {
        Self::error(move || error(ErrorKind::TooSoon).with_retry_after(wait))
    }

    /// No more tries, or no more messages.
    pub fn limit_reached() -> Self {
        Self::kind(ErrorKind::LimitReached)
    }

    /// The customer has to go to this page first: [`Error::action_url`] holds it.
    pub fn action_required(url: impl Into<String>) -> Self {
        let url = url.into();
        Self::error(move || error(ErrorKind::ActionRequired).with_action_url(url.as_str()))
    }

    /// Another no of the provider, with the provider's own code.
    pub fn refused(code: impl Into<String>) -> Self {
        let code = code.into();
        Self::error(move || error(ErrorKind::Refused).with_code(code.as_str()))
    }

    /// The provider does not accept the merchant's keys.
    pub fn credentials() -> Self {
        Self::kind(ErrorKind::Credentials)
    }

    /// No connection: certainly no message went out.
    pub fn unreachable() -> Self {
        Self::kind(ErrorKind::Unreachable)
    }

    /// The connection broke once the request may have left: nobody can tell whether a message went
    /// out. The answer that a checkout most often forgets.
    pub fn interrupted() -> Self {
        Self::kind(ErrorKind::Interrupted)
    }

    /// An answer that says neither yes nor no.
    pub fn unreadable() -> Self {
        Self::kind(ErrorKind::Unreadable)
    }

    /// Trouble at the provider.
    pub fn upstream() -> Self {
        Self::kind(ErrorKind::Upstream)
    }

    /// Any error at all. A closure, because an error is made anew for each call.
    ///
    /// ```
    /// use onay_core::{Error, ErrorKind};
    /// use onay_testkit::Reply;
    ///
    /// let throttled =
    ///     Reply::error(|| Error::new(ErrorKind::TooSoon).with_http_status(429)).from_now_on();
    /// ```
    pub fn error(make: impl Fn() -> Error + Send + Sync + 'static) -> Self {
        Self::new(Answer::No(Arc::new(make)))
    }

    /// No answer, ever: for testing what the caller does when its own patience ends.
    pub fn never() -> Self {
        Self::new(Answer::Never)
    }

    /// The challenge to go on with, after a yes and after a no: some providers renew it with either.
    /// A link has none, and ignores it.
    pub fn with_challenge(mut self, next: OtpChallenge) -> Self {
        self.challenge = Some(next);
        self
    }

    /// How long until a resend is allowed, counted from the answer.
    ///
    /// # Panics
    ///
    /// On a reply that is no yes.
    #[track_caller]
    pub fn with_resend_in(mut self, wait: Duration) -> Self {
        self.yes().resend_in = Some(wait);
        self
    }

    /// How long until the code expires, counted from the answer.
    ///
    /// # Panics
    ///
    /// On a reply that is no yes.
    #[track_caller]
    pub fn with_expires_in(mut self, rest: Duration) -> Self {
        self.yes().expires_in = Some(rest);
        self
    }

    /// The provider's reference.
    ///
    /// # Panics
    ///
    /// On a reply that is no yes.
    #[track_caller]
    pub fn with_reference(mut self, reference: impl Into<String>) -> Self {
        self.yes().reference = Some(reference.into());
        self
    }

    /// The answer to this call and to every later one of the same operation, however many come.
    pub fn from_now_on(mut self) -> Self {
        self.stays = true;
        self
    }

    pub(crate) fn stays(&self) -> bool {
        self.stays
    }

    pub(crate) async fn sent(self, asked: &OtpChallenge) -> Result<OtpSent, Error> {
        let (yes, challenge) = self.outcome(asked).await?;
        let mut sent = OtpSent::new(challenge);
        // No provider is here to name a time: this machine's clock stands in, and the wait counts.
        if let Some(wait) = yes.resend_in {
            sent = sent.with_resend_after(SystemTime::now() + wait, wait);
        }
        if let Some(rest) = yes.expires_in {
            sent = sent.with_expires_at(SystemTime::now() + rest, rest);
        }
        Ok(match yes.reference {
            Some(reference) => sent.with_reference(reference),
            None => sent,
        })
    }

    pub(crate) async fn verified(self, asked: &OtpChallenge) -> Result<OtpVerified, Error> {
        let (yes, challenge) = self.outcome(asked).await?;
        let verified = OtpVerified::new(challenge);
        Ok(match yes.reference {
            Some(reference) => verified.with_reference(reference),
            None => verified,
        })
    }

    pub(crate) async fn notified(self) -> Result<LinkAccepted, Error> {
        Ok(match self.answer.given().await?.reference {
            Some(reference) => LinkAccepted::new().with_reference(reference),
            None => LinkAccepted::new(),
        })
    }

    async fn outcome(self, asked: &OtpChallenge) -> Result<(Yes, OtpChallenge), Error> {
        match (self.answer.given().await, self.challenge) {
            (Ok(yes), next) => Ok((yes, next.unwrap_or_else(|| asked.clone()))),
            (Err(error), Some(next)) => Err(error.with_challenge(next)),
            (Err(error), None) => Err(error),
        }
    }

    fn new(answer: Answer) -> Self {
        Self {
            answer,
            challenge: None,
            stays: false,
        }
    }

    fn kind(kind: ErrorKind) -> Self {
        Self::error(move || error(kind))
    }

    #[track_caller]
    #[expect(clippy::panic, reason = "a mistake of the test should be loud")]
    fn yes(&mut self) -> &mut Yes {
        match &mut self.answer {
            Answer::Yes(yes) => yes,
            Answer::No(_) | Answer::Never => panic!("only an accepted reply can say this"),
        }
    }
}

impl Answer {
    async fn given(self) -> Result<Yes, Error> {
        match self {
            Self::Yes(yes) => Ok(yes),
            Self::No(make) => Err(make()),
            Self::Never => std::future::pending().await,
        }
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_tuple("Reply");
        match &self.answer {
            Answer::Yes(_) => debug.field(&"accepted"),
            Answer::No(make) => debug.field(&make()),
            Answer::Never => debug.field(&"never"),
        };
        debug.finish()
    }
}

fn error(kind: ErrorKind) -> Error {
    Error::new(kind).with_provider(PROVIDER)
}
