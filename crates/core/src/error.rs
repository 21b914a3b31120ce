//! The one error: what went wrong, and whether a message went out.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use crate::mask::{holds, masked};
use crate::web::is_web_address;
use crate::{Delivery, ErrorKind, OtpChallenge, Secret};

/// Why a call failed, and whether a message may have gone out anyway.
///
/// Read it with the accessors. [`kind`](Self::kind) says what went wrong,
/// [`delivery`](Self::delivery) whether a message went out, [`retry_after`](Self::retry_after) how
/// long to wait, [`challenge`](Self::challenge) how the conversation goes on.
///
/// Neither `Display` nor `Debug` holds a secret, a full number or an address.
///
/// Providers make errors with [`Error::new`] and the `with_…` methods:
///
/// ```
/// use std::time::Duration;
/// use onay_core::{Delivery, Error, ErrorKind};
///
/// let error = Error::new(ErrorKind::TooSoon)
///     .with_provider("acme")
///     .with_code("5")
///     .with_http_status(200)
///     .with_retry_after(Duration::from_secs(171))
///     .with_message("5550000042 için bekleyin");
///
/// assert_eq!(error.delivery(), Delivery::Refused);
/// assert_eq!(
///     error.to_string(),
///     "acme: too soon to send again (code 5, HTTP 200): +90 555 *** ** 42 için bekleyin",
/// );
/// ```
pub struct Error {
    inner: Box<Inner>,
}

struct Inner {
    kind: ErrorKind,
    delivery: Delivery,
    field: Option<&'static str>,
    provider: Option<&'static str>,
    code: Option<String>,
    http_status: Option<u16>,
    message: Option<String>,
    retry_after: Option<Duration>,
    challenge: Option<OtpChallenge>,
    action_url: Option<Secret>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    /// An error of this kind, with the delivery that such an error usually means.
    pub fn new(kind: ErrorKind) -> Self {
        Self {
            inner: Box::new(Inner {
                kind,
                delivery: kind.usual_delivery(),
                field: None,
                provider: None,
                code: None,
                http_status: None,
                message: None,
                retry_after: None,
                challenge: None,
                action_url: None,
                source: None,
            }),
        }
    }

    /// A value that cannot be sent: which one, and what is wrong with it. Never quote the value.
    pub fn invalid_input(field: &'static str, why: &'static str) -> Self {
        Self::about(ErrorKind::InvalidInput, field, why)
    }

    /// A provider that is set up wrongly: what, and how. Never quote a key.
    pub fn config(field: &'static str, why: &'static str) -> Self {
        Self::about(ErrorKind::Config, field, why)
    }

    /// Something that this provider cannot do.
    pub fn unsupported(field: &'static str, why: &'static str) -> Self {
        Self::about(ErrorKind::Unsupported, field, why)
    }

    fn about(kind: ErrorKind, field: &'static str, why: &'static str) -> Self {
        let mut error = Self::new(kind).with_reason(why);
        error.inner.field = Some(field);
        error
    }

    /// Says something else about delivery than such an error usually means.
    #[must_use]
    pub fn with_delivery(mut self, delivery: Delivery) -> Self {
        self.inner.delivery = delivery;
        self
    }

    /// Names the provider, in lower case: `paynet`.
    #[must_use]
    pub fn with_provider(mut self, provider: &'static str) -> Self {
        self.inner.provider = Some(provider);
        self
    }

    /// Stores the provider's code, truncated to 100 characters.
    #[must_use]
    pub fn with_code(mut self, code: impl Into<String>) -> Self {
        self.inner.code = Some(bounded(code.into()));
        self
    }

    /// Like [`with_code`](Self::with_code), but hides what went out with the request.
    ///
    /// A code that contains one of these values, or is longer than 8,192 characters, becomes `***`.
    /// Values of fewer than three characters are not looked for.
    ///
    /// A value is found as [`with_message_hiding`](Self::with_message_hiding) finds it.
    #[must_use]
    pub fn with_code_hiding(self, code: &str, hidden: &[&str]) -> Self {
        if holds(code, hidden) {
            self.with_code("***")
        } else {
            self.with_code(code)
        }
    }

    /// Keeps the HTTP status of the answer.
    #[must_use]
    pub fn with_http_status(mut self, status: u16) -> Self {
        self.inner.http_status = Some(status);
        self
    }

    /// Keeps the provider's text, with whatever looks like a number, an address, a code or a token
    /// masked, on one line of at most 300 characters.
    #[must_use]
    pub fn with_message(self, message: &str) -> Self {
        self.with_message_hiding(message, &[])
    }

    /// Like [`with_message`](Self::with_message), and hides these values (of three characters or
    /// more) wherever they stand: what went out with the request may come back in the text.
    ///
    /// A value is found whatever its case and its accents, with separators between its characters or
    /// without them, with any of its characters escaped as in URLs, HTML or JSON (up to three times
    /// over), in hexadecimal, and in base64, alone or as a part of something longer. A value with only
    /// three letters and digits is found as it is spelled, with its own separators and no others; the
    /// base64 of three or four characters only in its own upper and lower case, so that ordinary words
    /// stay.
    ///
    /// ```
    /// use onay_core::{Error, ErrorKind};
    ///
    /// let error = Error::new(ErrorKind::Refused)
    ///     .with_message_hiding("no such session: basket", &["basket"]);
    /// assert_eq!(error.message(), Some("no such session: ***"));
    /// ```
    #[must_use]
    pub fn with_message_hiding(mut self, message: &str, hidden: &[&str]) -> Self {
        self.inner.message = Some(masked(message, hidden)).filter(|message| !message.is_empty());
        self
    }

    /// Says why in words of one's own. Fixed text holds no secret, so it is not masked.
    #[must_use]
    pub fn with_reason(mut self, reason: &'static str) -> Self {
        self.inner.message = Some(reason.to_owned());
        self
    }

    /// Says how long to wait before the next try.
    #[must_use]
    pub fn with_retry_after(mut self, wait: Duration) -> Self {
        self.inner.retry_after = Some(wait);
        self
    }

    /// Hands the next challenge on, where the provider renewed it with its refusal.
    #[must_use]
    pub fn with_challenge(mut self, challenge: OtpChallenge) -> Self {
        self.inner.challenge = Some(challenge);
        self
    }

    /// Says where the customer has to go first, for [`ActionRequired`](ErrorKind::ActionRequired).
    ///
    /// Only an address that begins with `https://` or `http://` and is printable ASCII without
    /// whitespace is taken: it is shown, on terminals too, and opened. With any other text the error
    /// stays as it is.
    #[must_use]
    pub fn with_action_url(mut self, url: impl Into<String>) -> Self {
        let url = Secret::new(url);
        if is_web_address(url.reveal()) {
            self.inner.action_url = Some(url);
        }
        self
    }

    /// Keeps the cause. It must hold no secret: many HTTP errors print their URL, and many parsers
    /// quote what they could not read.
    #[must_use]
    pub fn with_source(mut self, source: impl StdError + Send + Sync + 'static) -> Self {
        self.inner.source = Some(Box::new(source));
        self
    }

    /// What went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.inner.kind
    }

    /// Whether a message went out.
    pub fn delivery(&self) -> Delivery {
        self.inner.delivery
    }

    /// Which value is meant, for what was caught before the wire: `gsm`, `secret_key`; or the variable
    /// that it was read from, `PAYNET_SECRET_KEY`.
    pub fn field(&self) -> Option<&'static str> {
        self.inner.field
    }

    /// Which provider it was.
    pub fn provider(&self) -> Option<&'static str> {
        self.inner.provider
    }

    /// The provider's own code, verbatim. An unknown one is kept, never folded into another.
    pub fn code(&self) -> Option<&str> {
        self.inner.code.as_deref()
    }

    /// The HTTP status of the answer, if there was one.
    pub fn http_status(&self) -> Option<u16> {
        self.inner.http_status
    }

    /// The provider's text, masked; or our own, where the provider had none.
    pub fn message(&self) -> Option<&str> {
        self.inner.message.as_deref()
    }

    /// How long to wait before the next try, where it is known.
    pub fn retry_after(&self) -> Option<Duration> {
        self.inner.retry_after
    }

    /// The challenge to go on with, where the provider renewed it with its refusal.
    pub fn challenge(&self) -> Option<&OtpChallenge> {
        self.inner.challenge.as_ref()
    }

    /// Where the customer has to go first, verbatim, for
    /// [`ActionRequired`](ErrorKind::ActionRequired): the page of 3-D Secure. It may hold a token,
    /// so it never shows in `Display` or `Debug`. Absent unless it is a printable-ASCII `http(s)` URL.
    pub fn action_url(&self) -> Option<&str> {
        self.inner.action_url.as_ref().map(Secret::reveal)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &self.inner;
        if let Some(provider) = inner.provider {
            write!(f, "{provider}: ")?;
        }
        write!(f, "{}", inner.kind)?;
        match (shown_code(inner.code.as_deref()), inner.http_status) {
            (Some(code), Some(status)) => write!(f, " (code {code}, HTTP {status})")?,
            (Some(code), None) => write!(f, " (code {code})")?,
            (None, Some(status)) => write!(f, " (HTTP {status})")?,
            (None, None) => {}
        }
        match (inner.field, inner.message.as_deref()) {
            (Some(field), Some(message)) => write!(f, ": {field} {message}"),
            (None, Some(message)) => write!(f, ": {message}"),
            (_, None) => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &self.inner;
        let mut debug = f.debug_struct("Error");
        debug
            .field("kind", &inner.kind)
            .field("delivery", &inner.delivery);
        if let Some(field) = inner.field {
            debug.field("field", &field);
        }
        if let Some(provider) = inner.provider {
            debug.field("provider", &provider);
        }
        if let Some(code) = shown_code(inner.code.as_deref()) {
            debug.field("code", &code);
        }
        if let Some(status) = inner.http_status {
            debug.field("http_status", &status);
        }
        if let Some(message) = &inner.message {
            debug.field("message", message);
        }
        if let Some(wait) = &inner.retry_after {
            debug.field("retry_after", wait);
        }
        if let Some(challenge) = &inner.challenge {
            debug.field("challenge", challenge);
        }
        if let Some(url) = &inner.action_url {
            debug.field("action_url", url);
        }
        if let Some(source) = &inner.source {
            debug.field("source", source);
        }
        debug.finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let source = self.inner.source.as_deref()?;
        Some(source)
    }
}

/// The first hundred characters.
pub(crate) fn bounded(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(100) {
        text.truncate(end);
    }
    text
}

/// Codes have fewer digits than the number of a phone, a card or a person.
const MOST_DIGITS: usize = 8;

/// `code()` is verbatim; what is printed is a code only while it looks like one, and not like a
/// number.
fn shown_code(code: Option<&str>) -> Option<&str> {
    code.map(|code| {
        let plain = code
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
        let digits = code.bytes().filter(u8::is_ascii_digit).count();
        if plain && code.len() <= 80 && digits <= MOST_DIGITS {
            code
        } else {
            "unprintable"
        }
    })
}

#[cfg(test)]
mod tests;
