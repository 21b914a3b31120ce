//! What a scripted provider answers.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use onay_core::{
    Error, ErrorKind, LinkAccepted, Operation, OtpChallenge, OtpSent, OtpVerified, ProviderCode,
    ProviderText, Reference, Wait, WebAddress,
};

/// The provider's name in every error that a [`Reply`] makes.
const PROVIDER: &str = "scripted";

/// One answer of a [`Scripted`](crate::Scripted) provider.
///
/// | reply | [`kind`](Error::kind) | [`dispatch`](Error::dispatch) |
/// |---|---|---|
/// | [`accepted`](Self::accepted) | an `Ok` | |
/// | [`wrong_code`](Self::wrong_code), [`expired`](Self::expired), [`too_soon`](Self::too_soon), [`limit_reached`](Self::limit_reached), [`action_required`](Self::action_required), [`refused`](Self::refused), [`credentials`](Self::credentials) | of that name | `Refused` |
/// | [`unreachable`](Self::unreachable) | `Unreachable` | `NotSent` |
/// | [`interrupted`](Self::interrupted), [`unreadable`](Self::unreadable), [`upstream`](Self::upstream) | of that name | `MaybeSent` |
/// | [`error`](Self::error) | what your closure makes | |
/// | [`never`](Self::never) | no answer at all | |
///
/// ```
/// use std::time::Duration;
/// use onay_testkit::{Reply, Scripted};
///
/// let provider = Scripted::new()
///     .on_send(Reply::accepted().with_resend(Duration::from_secs(180)).from_now_on())
///     .on_verify(Reply::wrong_code().from_now_on());
/// ```
#[derive(Clone)]
#[must_use]
pub struct Reply {
    answer: Answer,
    challenge: Option<OtpChallenge>,
    stays: bool,
}

/// Absent where there is never one. An error is made anew for each call.
type Answer = Option<Result<Yes, Arc<dyn Fn() -> Error + Send + Sync>>>;

#[derive(Clone, Default)]
struct Yes {
    resend: Option<Duration>,
    expiry: Option<Duration>,
    reference: Option<Reference>,
}

impl Reply {
    /// A yes. The same challenge goes on, and nothing is said about
    /// resends, expiry or a reference.
    pub fn accepted() -> Self {
        Self::new(Some(Ok(Yes::default())))
    }

    /// The customer mistyped, and may try again.
    pub fn wrong_code() -> Self {
        Self::kind(ErrorKind::WrongCode)
    }

    /// The code is too old or already used.
    pub fn expired() -> Self {
        Self::kind(ErrorKind::Expired)
    }

    /// Too early to send again: [`Error::wait`] says this wait.
    pub fn too_soon(wait: Duration) -> Self {
        Self::error(move || error(ErrorKind::TooSoon).with_wait(Wait::new(Instant::now(), wait)))
    }

    /// No more tries, or no more messages.
    pub fn limit_reached() -> Self {
        Self::kind(ErrorKind::LimitReached)
    }

    /// The customer has to go to this page first: [`Error::action`] holds it. Panics on a text that is
    /// no web address.
    #[track_caller]
    pub fn action_required(page: &str) -> Self {
        let page = WebAddress::parse(page).expect("a web address");
        Self::error(move || error(ErrorKind::ActionRequired).with_action(page.clone()))
    }

    /// Another no of the provider, with a code that no table knows. A known one stands in a
    /// [`CodeTable`](onay_core::CodeTable): hand it in with [`Reply::error`].
    pub fn refused(code: &str) -> Self {
        let code = ProviderCode::Unknown(ProviderText::new(code));
        Self::error(move || error(ErrorKind::Refused).with_code(code.clone()))
    }

    /// The provider does not accept the merchant's keys.
    pub fn credentials() -> Self {
        Self::kind(ErrorKind::Credentials)
    }

    /// No connection: certainly no message went out.
    pub fn unreachable() -> Self {
        Self::kind(ErrorKind::Unreachable)
    }

    /// The connection broke once the request may have left: it is unknown whether a message went
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
        Self::new(Some(Err(Arc::new(make))))
    }

    /// No answer, ever: for testing what the caller does when its own patience ends.
    pub fn never() -> Self {
        Self::new(None)
    }

    /// The challenge to go on with, after a yes and after a no: some providers renew it with either.
    /// A link has none, and ignores it.
    pub fn with_challenge(mut self, next: OtpChallenge) -> Self {
        self.challenge = Some(next);
        self
    }

    /// How long until a resend is allowed, counted from the answer. Panics on a reply that is no yes.
    #[track_caller]
    pub fn with_resend(mut self, wait: Duration) -> Self {
        self.yes().resend = Some(wait);
        self
    }

    /// How long until the code expires, counted from the answer. Panics on a reply that is no yes.
    #[track_caller]
    pub fn with_expiry(mut self, rest: Duration) -> Self {
        self.yes().expiry = Some(rest);
        self
    }

    /// The provider's reference. Panics on a reply that is no yes, and on a text that is no
    /// [`Reference`].
    #[track_caller]
    pub fn with_reference(mut self, reference: &str) -> Self {
        let reference = Reference::parse(reference).expect("a reference");
        self.yes().reference = Some(reference);
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
        let (yes, challenge) = self.outcome(Operation::SEND_OTP, asked).await?;
        let wait = |length| Wait::new(Instant::now(), length);
        let mut sent = OtpSent::new(challenge);
        if let Some(length) = yes.resend {
            sent = sent.with_resend(wait(length));
        }
        if let Some(length) = yes.expiry {
            sent = sent.with_expiry(wait(length));
        }
        Ok(match yes.reference {
            Some(reference) => sent.with_reference(reference),
            None => sent,
        })
    }

    pub(crate) async fn verified(self, asked: &OtpChallenge) -> Result<OtpVerified, Error> {
        let (yes, challenge) = self.outcome(Operation::VERIFY_OTP, asked).await?;
        let verified = OtpVerified::new(challenge);
        Ok(match yes.reference {
            Some(reference) => verified.with_reference(reference),
            None => verified,
        })
    }

    pub(crate) async fn notified(self) -> Result<LinkAccepted, Error> {
        let yes = self.given(Operation::NOTIFY).await?;
        Ok(match yes.reference {
            Some(reference) => LinkAccepted::new().with_reference(reference),
            None => LinkAccepted::new(),
        })
    }

    async fn outcome(
        self,
        operation: Operation,
        asked: &OtpChallenge,
    ) -> Result<(Yes, OtpChallenge), Error> {
        let next = self.challenge.clone();
        match (self.given(operation).await, next) {
            (Ok(yes), next) => Ok((yes, next.unwrap_or_else(|| asked.clone()))),
            (Err(error), Some(next)) => Err(error.with_challenge(next)),
            (Err(error), None) => Err(error),
        }
    }

    async fn given(self, operation: Operation) -> Result<Yes, Error> {
        let Some(answer) = self.answer else {
            return std::future::pending().await;
        };
        answer.map_err(|make| match make() {
            error if error.operation().is_none() => error.with_operation(operation),
            error => error,
        })
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
    fn yes(&mut self) -> &mut Yes {
        let yes = self.answer.as_mut().and_then(|answer| answer.as_mut().ok());
        yes.expect("only an accepted reply can say this")
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_tuple("Reply");
        match &self.answer {
            Some(Ok(_)) => debug.field(&"accepted"),
            Some(Err(make)) => debug.field(&make()),
            None => debug.field(&"never"),
        };
        debug.finish()
    }
}

fn error(kind: ErrorKind) -> Error {
    Error::new(kind).with_provider(PROVIDER)
}
