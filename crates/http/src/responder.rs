//! Whether the provider answered, or a machine in between.

use std::fmt;

use onay_core::{Error, ErrorKind, Reason};
use reqwest::header::CONTENT_ENCODING;
use serde_json::error::Category;

use crate::Response;
use crate::json::NoObject;

const REDIRECT: Reason = Reason::new(
    "redirect",
    "the response is a redirect, which is not followed",
    "yanıt bir yönlendirme; yönlendirmeler izlenmez",
);
const NO_STATUS: Reason = Reason::new(
    "no_http_status",
    "the HTTP status is none that exists",
    "HTTP durum kodu geçerli değil",
);
const COMPRESSED: Reason = Reason::new(
    "compressed",
    "the response is compressed, which was not asked for (see its content-encoding header)",
    "yanıt istenmediği hâlde sıkıştırılmış (content-encoding başlığına bakın)",
);
const EMPTY: Reason = Reason::new("empty_response", "the response is empty", "yanıt boş");
const PAGE: Reason = Reason::new(
    "page",
    "the response is a web page, not JSON",
    "yanıt JSON değil, bir web sayfası",
);
const TEXT: Reason = Reason::new(
    "plain_text",
    "the response is plain text, not JSON",
    "yanıt JSON değil, düz metin",
);
const NO_OBJECT: Reason = Reason::new(
    "no_object",
    "the response is JSON, but not an object",
    "yanıt JSON, ama bir nesne değil",
);
const CUT: Reason = Reason::new(
    "cut_short",
    "the response ends too early",
    "yanıt yarıda kesilmiş",
);
const DAMAGED: Reason = Reason::new(
    "damaged",
    "the response is malformed JSON",
    "yanıt bozuk JSON",
);
const EMPTY_IN_BETWEEN: Reason = Reason::new(
    "empty_in_between",
    "the response is empty, as a firewall's may be, or the provider's to an IP address that is not registered",
    "yanıt boş; arada bir güvenlik duvarı yanıtlamış ya da IP adresiniz sağlayıcıda kayıtlı olmayabilir",
);
const PAGE_IN_BETWEEN: Reason = Reason::new(
    "page_in_between",
    "the response is a web page: a firewall answered, or the IP address is not registered with the provider",
    "yanıt bir web sayfası: arada bir güvenlik duvarı yanıtladı ya da IP adresiniz sağlayıcıda kayıtlı değil",
);
const TEXT_IN_BETWEEN: Reason = Reason::new(
    "text_in_between",
    "the response is plain text: a firewall answered, or the IP address is not registered with the provider",
    "yanıt düz metin: arada bir güvenlik duvarı yanıtladı ya da IP adresiniz sağlayıcıda kayıtlı değil",
);

/// What the status makes of a body that is no JSON object, and what came instead.
pub(crate) fn no_object(response: &Response, cause: NoObject) -> Error {
    let body = What::of(response, &cause);
    let (kind, reason) = match response.status() {
        408 | 500..=599 => (ErrorKind::Upstream, body.reason()),
        307 | 308 => (ErrorKind::Refused, REDIRECT),
        300..=399 => (ErrorKind::Unreadable, REDIRECT),
        401 if body == What::Empty && response.keys_in_headers() => {
            (ErrorKind::Credentials, body.reason())
        }
        200..=299 | 401 | 403 | 404 | 429 => (ErrorKind::Unreadable, body.reason_in_between()),
        400..=499 => (ErrorKind::Refused, body.reason()),
        _ => (ErrorKind::Unreadable, NO_STATUS),
    };
    let error = response.error(kind).with_reason(reason);
    match (body, cause) {
        (What::Cut | What::Damaged, NoObject::Malformed(cause)) => {
            error.with_source(NotJson::from(&cause))
        }
        _ => error,
    }
}

/// What the HTTP status says by itself where the provider answered.
///
/// | status | kind |
/// |---|---|
/// | 307, 308 | [`Refused`](ErrorKind::Refused): nothing was done there, and it is not repeated elsewhere |
/// | any other 3xx | [`Unreadable`](ErrorKind::Unreadable): 303 is the usual answer after work was done |
/// | 401, 403 | [`Credentials`](ErrorKind::Credentials) |
/// | 408, 5xx | [`Upstream`](ErrorKind::Upstream): a message may have gone out |
/// | 429 | [`TooSoon`](ErrorKind::TooSoon) |
/// | 1xx, 600 and above | [`Unreadable`](ErrorKind::Unreadable) |
/// | any other | none: the body decides |
pub(crate) fn by_status(response: &Response) -> Option<Error> {
    Some(match response.status() {
        307 | 308 => response.error(ErrorKind::Refused).with_reason(REDIRECT),
        300..=399 => response.unreadable(REDIRECT),
        401 | 403 => response.error(ErrorKind::Credentials),
        408 | 500..=599 => response.error(ErrorKind::Upstream),
        429 => response.error(ErrorKind::TooSoon),
        200..=299 | 400..=499 => return None,
        _ => response.unreadable(NO_STATUS),
    })
}

/// What a body is that is no JSON object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Compressed,
    Empty,
    Page,
    Text,
    NoObject,
    Cut,
    Damaged,
}

impl What {
    fn of(response: &Response, cause: &NoObject) -> Self {
        if is_compressed(response) {
            return Self::Compressed;
        }
        match (response.text().as_bytes(), cause) {
            ([], _) => Self::Empty,
            ([b'<', ..], _) => Self::Page,
            (_, NoObject::Other) => Self::NoObject,
            ([b'{', ..], NoObject::Malformed(cause)) if cause.is_eof() => Self::Cut,
            ([b'{', ..], _) => Self::Damaged,
            _ => Self::Text,
        }
    }

    fn reason(self) -> Reason {
        match self {
            Self::Compressed => COMPRESSED,
            Self::Empty => EMPTY,
            Self::Page => PAGE,
            Self::Text => TEXT,
            Self::NoObject => NO_OBJECT,
            Self::Cut => CUT,
            Self::Damaged => DAMAGED,
        }
    }

    /// The reason under a status that the provider itself would explain in its own form.
    fn reason_in_between(self) -> Reason {
        match self {
            Self::Empty => EMPTY_IN_BETWEEN,
            Self::Page => PAGE_IN_BETWEEN,
            Self::Text => TEXT_IN_BETWEEN,
            other => other.reason(),
        }
    }
}

/// By its header, or by gzip's first bytes where the header is missing.
fn is_compressed(response: &Response) -> bool {
    let coding = response.header(CONTENT_ENCODING.as_str()).map(str::trim);
    coding.is_some_and(|coding| !coding.is_empty() && !coding.eq_ignore_ascii_case("identity"))
        || response.body().starts_with(b"\x1f\x8b")
}

/// Where and why JSON could not be read. serde's own error quotes the value; this one does not.
#[derive(Debug)]
struct NotJson {
    category: Category,
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
            Category::Eof => "it ends too early",
            Category::Syntax | Category::Data => "it is malformed",
            Category::Io => "it could not be read",
        };
        write!(f, "{why}, at line {} column {}", self.line, self.column)
    }
}

impl std::error::Error for NotJson {}

#[cfg(test)]
mod tests;
