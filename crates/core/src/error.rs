//! The one error: what went wrong, and whether the request took effect.

use std::error::Error as StdError;
use std::fmt::{self, Write};

use crate::{
    Dispatch, ErrorKind, Language, LinkId, NextStep, Operation, OtpChallenge, ProviderCode,
    ProviderText, Reason, Wait, WebAddress,
};

/// What an error is about: an argument of a call, or a variable of the configuration.
///
/// ```
/// use onay_core::{PhoneNumber, Subject};
///
/// let error = PhoneNumber::parse("").unwrap_err();
/// assert_eq!(error.subject(), Some(Subject::Argument("phone")));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Subject {
    /// An argument: `phone`, `session`, `environment`.
    Argument(&'static str),
    /// A variable: `PAYNET_SECRET_KEY`.
    Variable(&'static str),
}

impl Subject {
    /// The argument's or variable's name.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Argument(name) | Self::Variable(name) => name,
        }
    }
}

/// Why a call failed, and whether it took effect anyway.
///
/// [`kind`](Self::kind) says what went wrong, [`dispatch`](Self::dispatch) whether the request took
/// effect, [`next_step`](Self::next_step) what a checkout does now.
///
/// It prints only our own words: provider, operation, kind, a known code with its name, HTTP status,
/// subject, reason, wait. What the provider wrote is a [`ProviderText`], which prints nothing.
///
/// Providers make errors with [`Error::new`] and the `with_…` methods:
///
/// ```
/// use std::time::{Duration, Instant};
/// use onay_core::{Dispatch, Error, ErrorKind, NextStep, Operation, ProviderText, Wait};
///
/// let error = Error::new(ErrorKind::TooSoon)
///     .with_provider("acme")
///     .with_operation(Operation::SEND_OTP)
///     .with_http_status(200)
///     .with_provider_text(ProviderText::new("Lütfen bekleyin"))
///     .with_wait(Wait::new(Instant::now(), Duration::from_secs(171)));
///
/// assert_eq!(error.dispatch(), Dispatch::Refused);
/// assert!(matches!(error.next_step(), NextStep::AwaitCode(Some(_))));
/// assert_eq!(
///     error.to_string(),
///     "acme send_otp: too soon to send again (HTTP 200), wait 171 s",
/// );
/// ```
#[derive(Debug)]
pub struct Error {
    inner: Box<Inner>,
}

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    dispatch: Dispatch,
    provider: Option<&'static str>,
    operation: Option<Operation>,
    code: Option<ProviderCode>,
    http_status: Option<u16>,
    subject: Option<Subject>,
    reason: Option<Reason>,
    provider_text: Option<ProviderText>,
    wait: Option<Wait>,
    challenge: Option<OtpChallenge>,
    link: Option<LinkId>,
    action: Option<WebAddress>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    /// An error of this kind, with the dispatch that such an error usually means.
    pub fn new(kind: ErrorKind) -> Self {
        Self {
            inner: Box::new(Inner {
                kind,
                dispatch: kind.usual_dispatch(),
                provider: None,
                operation: None,
                code: None,
                http_status: None,
                subject: None,
                reason: None,
                provider_text: None,
                wait: None,
                challenge: None,
                link: None,
                action: None,
                source: None,
            }),
        }
    }

    /// An argument that cannot be sent, and what is wrong with it.
    pub fn invalid_input(argument: &'static str, reason: Reason) -> Self {
        Self::about(ErrorKind::InvalidInput, Subject::Argument(argument), reason)
    }

    /// A provider that is built wrongly: the argument, and what is wrong with it.
    pub fn config(argument: &'static str, reason: Reason) -> Self {
        Self::about(ErrorKind::Config, Subject::Argument(argument), reason)
    }

    /// A provider that is configured wrongly: the variable, and what is wrong with it.
    pub fn config_variable(variable: &'static str, reason: Reason) -> Self {
        Self::about(ErrorKind::Config, Subject::Variable(variable), reason)
    }

    /// Something that this provider cannot do: the argument, and why.
    pub fn unsupported(argument: &'static str, reason: Reason) -> Self {
        Self::about(ErrorKind::Unsupported, Subject::Argument(argument), reason)
    }

    fn about(kind: ErrorKind, subject: Subject, reason: Reason) -> Self {
        Self::new(kind).with_subject(subject).with_reason(reason)
    }

    /// Says something else about dispatch than such an error usually means.
    #[must_use]
    pub fn with_dispatch(mut self, dispatch: Dispatch) -> Self {
        self.inner.dispatch = dispatch;
        self
    }

    /// Names the provider, as its crate is called: `paynet`.
    #[must_use]
    pub fn with_provider(mut self, provider: &'static str) -> Self {
        self.inner.provider = Some(provider);
        self
    }

    /// Names the operation.
    #[must_use]
    pub fn with_operation(mut self, operation: Operation) -> Self {
        self.inner.operation = Some(operation);
        self
    }

    /// Keeps the provider's code.
    #[must_use]
    pub fn with_code(mut self, code: ProviderCode) -> Self {
        self.inner.code = Some(code);
        self
    }

    /// Keeps the HTTP status of the response.
    #[must_use]
    pub fn with_http_status(mut self, status: u16) -> Self {
        self.inner.http_status = Some(status);
        self
    }

    /// Names the argument or variable that it is about.
    #[must_use]
    pub fn with_subject(mut self, subject: Subject) -> Self {
        self.inner.subject = Some(subject);
        self
    }

    /// Says why, in our own words.
    #[must_use]
    pub fn with_reason(mut self, reason: Reason) -> Self {
        self.inner.reason = Some(reason);
        self
    }

    /// Keeps what the provider wrote.
    #[must_use]
    pub fn with_provider_text(mut self, text: ProviderText) -> Self {
        self.inner.provider_text = Some(text);
        self
    }

    /// Says how long to wait before the next call.
    #[must_use]
    pub fn with_wait(mut self, wait: Wait) -> Self {
        self.inner.wait = Some(wait);
        self
    }

    /// Hands the next challenge on, where the provider renewed it with its refusal.
    #[must_use]
    pub fn with_challenge(mut self, challenge: OtpChallenge) -> Self {
        self.inner.challenge = Some(challenge);
        self
    }

    /// Hands on a link that exists although the call failed.
    #[must_use]
    pub fn with_link(mut self, link: LinkId) -> Self {
        self.inner.link = Some(link);
        self
    }

    /// Says where the customer has to go first, for [`ActionRequired`](ErrorKind::ActionRequired).
    #[must_use]
    pub fn with_action(mut self, address: WebAddress) -> Self {
        self.inner.action = Some(address);
        self
    }

    /// Keeps the cause. It must hold no secret and no text of a provider: many HTTP errors print
    /// their URL, and many parsers quote what they could not read.
    #[must_use]
    pub fn with_source(mut self, source: impl StdError + Send + Sync + 'static) -> Self {
        self.inner.source = Some(Box::new(source));
        self
    }

    /// What went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.inner.kind
    }

    /// Whether the request took effect.
    pub fn dispatch(&self) -> Dispatch {
        self.inner.dispatch
    }

    /// What a checkout does now.
    ///
    /// ```
    /// use onay_core::{Error, ErrorKind, NextStep, Operation};
    ///
    /// let unclear = |operation| Error::new(ErrorKind::Interrupted).with_operation(operation);
    /// // A code may be out: ask for it, send no other.
    /// assert_eq!(unclear(Operation::SEND_OTP).next_step(), NextStep::AwaitCode(None));
    /// // The check may not have been made: the customer tries the same code.
    /// assert_eq!(unclear(Operation::VERIFY_OTP).next_step(), NextStep::AskAgain);
    /// // A link may be out: a person looks, no program repeats it.
    /// assert_eq!(unclear(Operation::NOTIFY).next_step(), NextStep::Escalate);
    /// ```
    pub fn next_step(&self) -> NextStep {
        let inner = &self.inner;
        NextStep::after(inner.kind, inner.dispatch, inner.operation, inner.wait)
    }

    /// How long to wait before the next call, where it is known.
    pub fn wait(&self) -> Option<&Wait> {
        self.inner.wait.as_ref()
    }

    /// The challenge to go on with, where the provider renewed it with its refusal.
    pub fn challenge(&self) -> Option<&OtpChallenge> {
        self.inner.challenge.as_ref()
    }

    /// The link that exists, where a link was made and sending it failed: make no second one.
    pub fn link(&self) -> Option<&LinkId> {
        self.inner.link.as_ref()
    }

    /// Where the customer has to go first, for [`ActionRequired`](ErrorKind::ActionRequired): the
    /// page of 3-D Secure.
    pub fn action(&self) -> Option<&WebAddress> {
        self.inner.action.as_ref()
    }

    /// The provider, as its crate is called.
    pub fn provider(&self) -> Option<&'static str> {
        self.inner.provider
    }

    /// The operation that failed.
    pub fn operation(&self) -> Option<Operation> {
        self.inner.operation
    }

    /// The provider's code, where it named one.
    pub fn code(&self) -> Option<&ProviderCode> {
        self.inner.code.as_ref()
    }

    /// The HTTP status of the response, if there was one.
    pub fn http_status(&self) -> Option<u16> {
        self.inner.http_status
    }

    /// The argument or variable that it is about.
    pub fn subject(&self) -> Option<Subject> {
        self.inner.subject
    }

    /// Why, in our own words.
    pub fn reason(&self) -> Option<Reason> {
        self.inner.reason
    }

    /// What the provider wrote, to be exposed on purpose.
    pub fn provider_text(&self) -> Option<&ProviderText> {
        self.inner.provider_text.as_ref()
    }

    /// All of it on one line in this language; `Display` is English.
    ///
    /// ```
    /// use onay_core::{Error, ErrorKind, Language};
    ///
    /// let error = Error::new(ErrorKind::WrongCode).with_provider("acme");
    /// assert_eq!(error.to_string(), "acme: wrong code");
    /// assert_eq!(error.message(Language::Turkish), "acme: kod yanlış");
    /// ```
    pub fn message(&self, language: Language) -> String {
        let mut message = String::new();
        // Writing into a `String` does not fail.
        let _ = self.write(language, &mut message);
        message
    }

    fn write(&self, language: Language, out: &mut dyn Write) -> fmt::Result {
        let inner = &self.inner;
        match (inner.provider, inner.operation) {
            (Some(provider), Some(operation)) => write!(out, "{provider} {}: ", operation.name())?,
            (Some(provider), None) => write!(out, "{provider}: ")?,
            (None, Some(operation)) => write!(out, "{}: ", operation.name())?,
            (None, None) => {}
        }
        out.write_str(inner.kind.text(language))?;
        if let Some(code) = &inner.code {
            out.write_str(" (")?;
            code.write(language, out)?;
        }
        match (&inner.code, inner.http_status) {
            (Some(_), Some(status)) => write!(out, ", HTTP {status})")?,
            (Some(_), None) => out.write_str(")")?,
            (None, Some(status)) => write!(out, " (HTTP {status})")?,
            (None, None) => {}
        }
        match (inner.subject, inner.reason) {
            (Some(subject), Some(reason)) => {
                write!(out, ": {} {}", subject.name(), reason.text(language))?;
            }
            (Some(subject), None) => write!(out, ": {}", subject.name())?,
            (None, Some(reason)) => write!(out, ": {}", reason.text(language))?,
            (None, None) => {}
        }
        match (inner.wait, language) {
            (Some(wait), Language::English) => write!(out, ", wait {} s", wait.seconds_now()),
            (Some(wait), Language::Turkish) => {
                write!(out, ", {} saniye bekleyin", wait.seconds_now())
            }
            (None, _) => Ok(()),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(Language::English, f)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let source = self.inner.source.as_deref()?;
        Some(source)
    }
}

#[cfg(test)]
mod tests;
