//! An HTTP response: whole, bounded, and timed by the provider's own clock.

use std::fmt;
use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use onay_core::{Error, ErrorKind, Reason, Wait};
use reqwest::header::{CONTENT_TYPE, DATE, HeaderMap, RETRY_AFTER};

use crate::{Object, datetime, responder};

/// A whole response.
///
/// `Debug` shows status, content type and length; never the body.
pub struct Response {
    status: u16,
    headers: HeaderMap,
    body: Bytes,
    /// Whether the request carried its keys in headers, so that an empty 401 speaks of them.
    keys_in_headers: bool,
    arrived: Instant,
    arrived_at: SystemTime,
    /// The body where it is not UTF-8, made when it is first asked for.
    mended: OnceLock<String>,
}

/// When a response arrived, on both clocks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arrival {
    pub(crate) instant: Instant,
    pub(crate) time: SystemTime,
}

impl Response {
    pub(crate) fn new(
        status: u16,
        headers: HeaderMap,
        body: Bytes,
        arrival: Arrival,
        keys_in_headers: bool,
    ) -> Self {
        Self {
            status,
            headers,
            body,
            keys_in_headers,
            arrived: arrival.instant,
            arrived_at: arrival.time,
            mended: OnceLock::new(),
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

    /// A header by its name, in any case; none where its value is no visible ASCII.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body as it came.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The body as text, without a byte order mark and without blanks around it. Bytes that are not
    /// UTF-8 become `U+FFFD`: an old service's Turkish letters must not hide its code.
    pub fn text(&self) -> &str {
        let body = self.body.strip_prefix(b"\xef\xbb\xbf");
        let body = body.unwrap_or(&self.body).trim_ascii();
        std::str::from_utf8(body).unwrap_or_else(|_| {
            self.mended
                .get_or_init(|| String::from_utf8_lossy(body).into_owned())
        })
    }

    /// The body as a JSON object. The content type is not asked.
    ///
    /// # Errors
    ///
    /// Where the body is no whole JSON object, the provider itself may not have answered at all:
    ///
    /// | status | kind | dispatch |
    /// |---|---|---|
    /// | 5xx, 408 | [`Upstream`](ErrorKind::Upstream) | `MaybeSent` |
    /// | 307, 308 | [`Refused`](ErrorKind::Refused) | `Refused` |
    /// | any other 3xx | [`Unreadable`](ErrorKind::Unreadable) | `MaybeSent` |
    /// | 401 with an empty body, where keys travel in headers | [`Credentials`](ErrorKind::Credentials) | `Refused` |
    /// | any other 401; 403, 404, 429, 2xx | [`Unreadable`](ErrorKind::Unreadable) | `MaybeSent` |
    /// | any other 4xx | [`Refused`](ErrorKind::Refused) | `Refused` |
    /// | below 200, above 599 | [`Unreadable`](ErrorKind::Unreadable) | `MaybeSent` |
    ///
    /// The reason says what came instead, and never quotes it.
    pub fn object(&self) -> Result<Object<'_>, Error> {
        Object::read(self.text()).map_err(|error| responder::no_object(self, error))
    }

    /// Whether a code is only this response's bad HTTP status once more, as gateways write it.
    pub fn repeats_status(&self, code: &str) -> bool {
        !self.is_success() && code.parse() == Ok(self.status)
    }

    /// How long until `time`, counted by the provider's own clock: its `Date` header, or the local
    /// clock where there is none, which the wait then says. Zero when `time` has passed. A `time` that
    /// is more than a day away is not named by the wait, which ends after a day.
    pub fn wait_until(&self, time: SystemTime) -> Wait {
        let date = self.headers.get(DATE).and_then(|date| date.to_str().ok());
        let date = date.and_then(datetime::parse_http);
        let now = match date {
            // `Date` counts whole seconds. A local clock within that second is as good, and finer.
            Some(date) if !within_second(date, self.arrived_at) => date,
            _ => self.arrived_at,
        };
        let length = time.duration_since(now).unwrap_or_default();
        let mut wait = Wait::new(self.arrived, length);
        if wait.remaining(self.arrived) == length {
            wait = wait.with_time(time);
        }
        match date {
            Some(_) => wait,
            None => wait.by_local_clock(),
        }
    }

    /// A wait of this length, counted from when the response arrived.
    pub fn wait(&self, length: Duration) -> Wait {
        Wait::new(self.arrived, length)
    }

    /// When the head of the response arrived.
    pub fn arrived(&self) -> Instant {
        self.arrived
    }

    /// An error of this kind that names the HTTP status.
    pub fn error(&self, kind: ErrorKind) -> Error {
        Error::new(kind).with_http_status(self.status)
    }

    /// An [`Unreadable`](ErrorKind::Unreadable) error: the response says neither yes nor no.
    pub fn unreadable(&self, reason: Reason) -> Error {
        self.error(ErrorKind::Unreadable).with_reason(reason)
    }

    pub(crate) fn keys_in_headers(&self) -> bool {
        self.keys_in_headers
    }

    /// The wait that `Retry-After` asks for, in seconds or as a date.
    pub(crate) fn retry_after(&self) -> Option<Wait> {
        let text = self.headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
        match text.parse() {
            Ok(seconds) => Some(self.wait(Duration::from_secs(seconds))),
            Err(_) => datetime::parse_http(text).map(|time| self.wait_until(time)),
        }
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let content_type = self.headers.get(CONTENT_TYPE).map(|value| {
            let text = String::from_utf8_lossy(value.as_bytes());
            media_type(&text).to_owned()
        });
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("content_type", &content_type)
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// A media type and nothing that an odd server may have put behind it.
fn media_type(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_ascii_alphabetic() || "/-+".contains(c)));
    let end = end.unwrap_or(text.len()).min(40);
    text.get(..end).unwrap_or_default()
}

fn within_second(date: SystemTime, time: SystemTime) -> bool {
    let after = time.duration_since(date);
    after.is_ok_and(|after| after < Duration::from_secs(1))
}

#[cfg(test)]
pub(crate) mod tests;
