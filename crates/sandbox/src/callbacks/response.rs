//! `CallbackResponse` is what a merchant answered to a callback, and why that was not `OK`.

use serde::Serialize;
use utoipa::ToSchema;

use crate::table::rows;

/// How many characters of an answer are kept.
const KEPT: usize = 1_000;

/// What a merchant answered to a callback.
///
/// Serialises as the test API writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct CallbackResponse {
    status: Option<u16>,
    body: Option<String>,
    /// Whether the answer was exactly `OK`, with HTTP 200.
    accepted: bool,
    /// The body with what cannot be seen escaped.
    shown: Option<String>,
    /// Why an answer does not count.
    cause: Option<CallbackCause>,
    #[serde(skip_serializing_if = "Option::is_none")]
    /// Why no answer came.
    error: Option<String>,
}

impl CallbackResponse {
    /// Reads an answer: it has to be exactly `OK`, with HTTP 200.
    ///
    /// ```
    /// use onay_sandbox::CallbackResponse;
    ///
    /// let answer = CallbackResponse::read(200, "\u{feff}OK".as_bytes());
    /// assert_eq!(answer.shown(), Some("\\u{feff}OK"));
    /// assert_eq!(answer.cause().map(|cause| cause.id()), Some("bom"));
    /// assert!(CallbackResponse::read(200, b"OK").is_accepted());
    /// ```
    pub fn read(status: u16, body: &[u8]) -> Self {
        let accepted = status == 200 && body == b"OK";
        let text = String::from_utf8_lossy(body);
        Self {
            status: Some(status),
            accepted,
            cause: (!accepted)
                .then(|| CallbackCause::of(status, &text))
                .flatten(),
            shown: Some(text.chars().take(KEPT).map(visible).collect()),
            body: Some(text.chars().take(KEPT).collect()),
            error: None,
        }
    }

    /// No answer came, and this is why.
    pub(crate) fn none(error: String) -> Self {
        Self {
            error: Some(error),
            ..Self::default()
        }
    }

    /// The HTTP status; absent where no answer came.
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// The body, its first 1,000 characters; absent where no answer came.
    pub fn body(&self) -> Option<&str> {
        self.body.as_deref()
    }

    /// The body with everything in it that cannot be seen escaped: `\u{feff}OK\n`.
    pub fn shown(&self) -> Option<&str> {
        self.shown.as_deref()
    }

    /// Whether the answer was exactly `OK`, with HTTP 200.
    pub fn is_accepted(&self) -> bool {
        self.accepted
    }

    /// Why an answer that came does not count.
    pub fn cause(&self) -> Option<CallbackCause> {
        self.cause
    }

    /// Why no answer came, where none did.
    pub fn error(&self) -> Option<&str> {
        self.error.as_deref()
    }
}

/// Why an answer to a callback does not count, in two languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CallbackCause {
    id: &'static str,
    english: &'static str,
    turkish: &'static str,
}

impl CallbackCause {
    /// Its name for programs, such as `bom`.
    pub fn id(self) -> &'static str {
        self.id
    }

    /// What it is, in English.
    pub fn english(self) -> &'static str {
        self.english
    }

    /// What it is, in Turkish.
    pub fn turkish(self) -> &'static str {
        self.turkish
    }

    fn of(status: u16, body: &str) -> Option<Self> {
        let text = body.trim_start_matches('\u{feff}');
        let lower = text.trim_start().to_lowercase();
        let id = if (300..400).contains(&status) {
            "redirect"
        } else if status != 200 {
            "status"
        } else if body.is_empty() {
            "empty"
        } else if text.len() < body.len() {
            "bom"
        } else if text.trim() == "OK" {
            "blank"
        } else if text.trim().trim_matches(['"', '\'']) == "OK" {
            "quotes"
        } else if lower.starts_with("<!doctype") || lower.starts_with("<html") {
            "page"
        } else if text.trim().eq_ignore_ascii_case("OK") {
            "case"
        } else if text.contains("OK") {
            "text_around"
        } else {
            "other_text"
        };
        causes().find(|cause| cause.id == id)
    }

    /// The cause of these English words.
    pub(crate) fn said(english: &str) -> Option<Self> {
        causes().find(|cause| cause.english == english)
    }
}

/// Every cause.
fn causes() -> impl Iterator<Item = CallbackCause> {
    let rows = rows(include_str!("causes.md"));
    rows.map(|[id, english, turkish]| CallbackCause {
        id,
        english,
        turkish,
    })
}

/// A sign as it can be seen.
fn visible(sign: char) -> Box<str> {
    let is_seen = sign == ' ' || (!sign.is_whitespace() && !sign.is_control());
    let is_invisible = matches!(
        u32::from(sign),
        0xad | 0x061c | 0x180e | 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x206f | 0xfeff
    );
    if is_seen && !is_invisible {
        return sign.to_string().into();
    }
    sign.escape_default().to_string().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_ok_has_a_cause() {
        for (status, body, id, shown) in [
            (200, "\u{feff}OK", "bom", "\\u{feff}OK"),
            (200, "OK\n", "blank", "OK\\n"),
            (200, " OK", "blank", " OK"),
            (200, "\"OK\"", "quotes", "\"OK\""),
            (200, "ok", "case", "ok"),
            (200, "", "empty", ""),
            (200, "OK\u{200b}", "text_around", "OK\\u{200b}"),
            (200, "<!DOCTYPE html>", "page", "<!DOCTYPE html>"),
            (200, "bad hash", "other_text", "bad hash"),
            (302, "OK", "redirect", "OK"),
            (503, "", "status", ""),
        ] {
            let answer = CallbackResponse::read(status, body.as_bytes());
            assert!(!answer.is_accepted());
            assert_eq!(answer.cause().map(CallbackCause::id), Some(id), "{body}");
            assert_eq!(answer.shown(), Some(shown));
        }
        assert_eq!(CallbackResponse::read(200, b"OK").cause(), None);
    }
}
