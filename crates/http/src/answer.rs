//! What a provider answered: whole, bounded, and judged by its own clock.

use std::borrow::Cow;
use std::fmt;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use onay_core::{Error, ErrorKind};
use reqwest::header::{CONTENT_TYPE, DATE, HeaderMap, HeaderName, RETRY_AFTER};
use serde::de::{DeserializeOwned, IgnoredAny};

use crate::{Object, datetime};

/// Whoever is told to wait longer has been told nothing.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

/// A whole answer.
///
/// `Debug` shows status, content type and length; never the body.
pub struct Answer {
    provider: &'static str,
    status: u16,
    headers: HeaderMap,
    body: Bytes,
    arrived_at: SystemTime,
}

impl Answer {
    pub(crate) fn new(
        provider: &'static str,
        status: u16,
        headers: HeaderMap,
        body: Bytes,
        arrived_at: SystemTime,
    ) -> Self {
        Self {
            provider,
            status,
            headers,
            body,
            arrived_at,
        }
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Whether the HTTP status is 200 to 299.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The body as it came.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body as text, without a byte order mark and without blanks around it. Bytes that are not
    /// UTF-8 become `U+FFFD`.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(self.trimmed())
    }

    /// The body read as a JSON object, whatever the content type says.
    ///
    /// Bytes that are not UTF-8 become `U+FFFD`: an old service's Turkish letters must not hide its
    /// return code.
    ///
    /// # Errors
    ///
    /// Empty, HTML or XML, no object, cut short, or of another shape. Under a good HTTP status that
    /// is [`Unreadable`](ErrorKind::Unreadable), [`MaybeSent`](onay_core::Delivery::MaybeSent);
    /// under a bad one the status says enough, as for `Unclear` in [`judge`](Self::judge). But an
    /// object that is whole and cannot be read (another shape, a field that stands twice, half of a
    /// character pair) is what `Contradictory` is there, under every status: it may have been a yes.
    /// The error says what came instead and where reading stopped, and never quotes the body.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        let text = self.text();
        match text.as_bytes().first() {
            None => return Err(self.no_json("the answer is empty")),
            Some(b'<') => return Err(self.no_json("the answer is HTML or XML, not JSON")),
            Some(b'{') => {}
            // A list would do as a struct for serde, field by field: `[0]` must not be a yes.
            Some(_) => return Err(self.no_json("the answer is no JSON object")),
        }
        serde_json::from_str(&text).map_err(|error| {
            let why = "the answer is not the JSON that was expected";
            // What is ignored is only looked at as far as it takes to find its end.
            let is_whole = serde_json::from_str::<IgnoredAny>(&text).is_ok();
            let refused = if error.is_data() || is_whole {
                self.doubtful(why)
            } else {
                self.no_json(why)
            };
            refused.with_source(NotJson::from(&error))
        })
    }

    /// What the status makes of a body that is no JSON, and what came instead: a page of a firewall,
    /// or of a wrong base URL, is known by that.
    fn no_json(&self, why: &'static str) -> Error {
        let error = self.neither(why);
        if error.message().is_some() {
            return error;
        }
        error.with_reason(why)
    }

    /// The body as an object that is read field by field, where [`json`](Self::json) refused it.
    pub fn salvage(&self) -> Option<Object> {
        Object::parse(&self.text())
    }

    /// The body without a byte order mark and without blanks around it.
    fn trimmed(&self) -> &[u8] {
        let body = self.body.strip_prefix(b"\xef\xbb\xbf");
        body.unwrap_or(&self.body).trim_ascii()
    }

    /// An error of this kind that names the provider and the HTTP status.
    pub fn error(&self, kind: ErrorKind) -> Error {
        Error::new(kind)
            .with_provider(self.provider)
            .with_http_status(self.status)
    }

    /// An [`Unreadable`](ErrorKind::Unreadable) error: the answer says neither yes nor no.
    pub fn unreadable(&self, why: &'static str) -> Error {
        self.error(ErrorKind::Unreadable).with_reason(why)
    }

    /// What the HTTP status says by itself, whatever the body says.
    ///
    /// | status | kind |
    /// |---|---|
    /// | 3xx | [`Refused`](ErrorKind::Refused): redirects are not followed |
    /// | 401, 403 | [`Credentials`](ErrorKind::Credentials) |
    /// | 408, 5xx | [`Upstream`](ErrorKind::Upstream): a message may have gone out |
    /// | 429 | [`TooSoon`](ErrorKind::TooSoon), with the wait of `Retry-After` |
    /// | 1xx, 600 and above | [`Unreadable`](ErrorKind::Unreadable) |
    /// | any other | none: the body decides |
    pub fn status_error(&self) -> Option<Error> {
        let error = match self.status {
            300..=399 => self
                .error(ErrorKind::Refused)
                .with_reason("the provider answered with a redirect, which is not followed"),
            401 | 403 => self.error(ErrorKind::Credentials),
            408 | 500..=599 => self.error(ErrorKind::Upstream),
            0..=199 | 600.. => self.unreadable("the HTTP status is none"),
            429 => {
                let error = self.error(ErrorKind::TooSoon);
                match self.retry_after() {
                    Some(wait) => error.with_retry_after(wait),
                    None => error,
                }
            }
            _ => return None,
        };
        Some(error)
    }

    /// How long from this answer until `time`, by the provider's own clock: its `Date` header, or
    /// the local clock where there is none. Zero when `time` has passed.
    pub fn until(&self, time: SystemTime) -> Duration {
        let date = self.header(&DATE).and_then(datetime::parse_http);
        let now = match date {
            // `Date` counts whole seconds. A local clock within that second is as good, and finer.
            Some(date) if !within_second(date, self.arrived_at) => date,
            _ => self.arrived_at,
        };
        time.duration_since(now).unwrap_or_default()
    }

    /// The wait that `Retry-After` asks for, in seconds or as a date.
    fn retry_after(&self) -> Option<Duration> {
        let text = self.header(&RETRY_AFTER)?.trim();
        match text.parse() {
            Ok(seconds) => Some(Duration::from_secs(seconds)),
            Err(_) => datetime::parse_http(text).map(|time| self.until(time)),
        }
        .map(|wait| wait.min(LONGEST_WAIT))
    }

    fn header(&self, name: &HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let content_type = self.header(&CONTENT_TYPE).map(|text| {
            // A media type and nothing that an odd server may have put behind it.
            let end = text.find(|c: char| !(c.is_ascii_alphabetic() || "/-+".contains(c)));
            text.get(..end.unwrap_or(text.len()).min(40))
                .unwrap_or_default()
        });
        f.debug_struct("Answer")
            .field("provider", &self.provider)
            .field("status", &self.status)
            .field("content_type", &content_type)
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

fn within_second(date: SystemTime, time: SystemTime) -> bool {
    let after = time.duration_since(date);
    after.is_ok_and(|after| after < Duration::from_secs(1))
}

/// Where and why JSON could not be read. serde's own error quotes the value; this one does not.
#[derive(Debug)]
struct NotJson {
    category: serde_json::error::Category,
    line: usize,
    column: usize,
}

impl From<&serde_json::Error> for NotJson {
    fn from(error: &serde_json::Error) -> Self {
        Self {
            category: error.classify(),
            line: error.line(),
            column: error.column(),
        }
    }
}

impl fmt::Display for NotJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = match self.category {
            serde_json::error::Category::Eof => "it ends too early",
            serde_json::error::Category::Syntax => "it is malformed",
            serde_json::error::Category::Data => "a value is of another type",
            serde_json::error::Category::Io => "it could not be read",
        };
        write!(f, "{why}, at line {} column {}", self.line, self.column)
    }
}

impl std::error::Error for NotJson {}

#[cfg(test)]
mod tests;
