//! From what HTTP says and what the provider says to one result: the same table for every provider.

use onay_core::{Error, ErrorKind};

use crate::Answer;

/// What a provider's own words come to, before HTTP has its say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// Yes.
    Yes,
    /// No, of this kind.
    No(ErrorKind),
    /// No, of this kind, and in words so clear that an HTTP status adds nothing.
    ClearNo(ErrorKind),
    /// Neither, and why not: it says nothing that anybody could read, so HTTP may decide.
    Unclear(&'static str),
    /// It contradicts itself, or is damaged, and how: it may have been a yes. No HTTP status makes a
    /// certain no of it.
    Contradictory(&'static str),
}

/// A provider's verdict, and the words that belong into an error.
///
/// ```
/// use onay_core::ErrorKind;
/// use onay_http::{Judgement, Verdict};
///
/// let judgement = Judgement::new(Verdict::No(ErrorKind::Refused))
///     .with_code("4711")
///     .with_message("no such session: basket")
///     .hiding(&["basket"]);
/// ```
#[derive(Clone, Copy)]
#[must_use]
pub struct Judgement<'a> {
    verdict: Verdict,
    code: Option<&'a str>,
    known_code: bool,
    message: Option<&'a str>,
    hidden: &'a [&'a str],
}

impl<'a> Judgement<'a> {
    /// A verdict without words.
    pub fn new(verdict: Verdict) -> Self {
        Self {
            verdict,
            code: None,
            known_code: false,
            message: None,
            hidden: &[],
        }
    }

    /// Adds the provider's code.
    pub fn with_code(mut self, code: &'a str) -> Self {
        self.code = Some(code);
        self
    }

    /// Adds a code that stands in the provider's table. It is kept even where the customer happens
    /// to have typed the same.
    pub fn with_known_code(mut self, code: &'a str) -> Self {
        self.known_code = true;
        self.with_code(code)
    }

    /// Adds the provider's text.
    pub fn with_message(mut self, message: &'a str) -> Self {
        self.message = Some(message);
        self
    }

    /// Names what went out with the request and must not come back in an error.
    pub fn hiding(mut self, hidden: &'a [&'a str]) -> Self {
        self.hidden = hidden;
        self
    }
}

impl Answer {
    /// `Ok` for a yes under a good HTTP status, and for nothing else.
    ///
    /// | provider ╲ HTTP | 2xx | 408, 5xx | 3xx, 401, 403, 429 | other 4xx |
    /// |---|---|---|---|---|
    /// | yes | **`Ok`** | `Upstream` | `Unreadable` | `Unreadable` |
    /// | no, `Upstream` | `Upstream` | `Upstream` | `Upstream` | `Upstream` |
    /// | clear no | its kind | its kind | its kind | its kind |
    /// | no | its kind | `Upstream` | by the status | its kind |
    /// | neither | `Unreadable` | `Upstream` | by the status | `Refused` |
    /// | contradictory | `Unreadable` | `Upstream` | `Unreadable` | `Unreadable` |
    ///
    /// # Errors
    ///
    /// Everything else, with the provider's code and text. `Unreadable` and `Upstream` are
    /// [`MaybeSent`](onay_core::Delivery::MaybeSent).
    pub fn judge(&self, judgement: &Judgement<'_>) -> Result<(), Error> {
        let error = match (self.status_error(), judgement.verdict) {
            (_, Verdict::No(ErrorKind::Upstream)) => self.error(ErrorKind::Upstream),
            (_, Verdict::ClearNo(kind)) | (None, Verdict::No(kind)) => self.error(kind),
            (None, Verdict::Yes) if self.is_success() => return Ok(()),
            (_, Verdict::Yes) => self.doubtful("the provider says yes, HTTP says no"),
            (_, Verdict::Contradictory(why)) => self.doubtful(why),
            (Some(error), _) => error,
            (None, Verdict::Unclear(why)) => self.neither(why),
        };
        Err(judgement.said(error))
    }

    /// What is left when the body may have been a yes: trouble upstream, or an answer that nobody
    /// can read. Never a certain no.
    pub(crate) fn doubtful(&self, why: &'static str) -> Error {
        match self.status_error() {
            Some(error) if error.kind() == ErrorKind::Upstream => error,
            _ => self.unreadable(why),
        }
    }

    /// What is left when the body says neither yes nor no: the status, if that says anything.
    pub(crate) fn neither(&self, why: &'static str) -> Error {
        match self.status_error() {
            Some(error) => error,
            None if self.is_success() => self.unreadable(why),
            // An HTTP 4xx is a no, whatever its body is.
            None => self.error(ErrorKind::Refused),
        }
    }
}

impl Judgement<'_> {
    fn said(&self, error: Error) -> Error {
        let error = match self.code {
            Some(code) if self.known_code => error.with_code(code),
            Some(code) => error.with_code_hiding(code, self.hidden),
            None => error,
        };
        match self.message {
            // Our own reason says more than a text that contradicts it.
            Some(message) if error.message().is_none() => {
                error.with_message_hiding(message, self.hidden)
            }
            _ => error,
        }
    }
}

impl std::fmt::Debug for Judgement<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Judgement")
            .field("verdict", &self.verdict)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use bytes::Bytes;
    use onay_core::Delivery;
    use onay_core::ErrorKind::{Credentials, Expired, Refused, TooSoon, Unreadable, Upstream};
    use reqwest::header::HeaderMap;

    use super::*;

    fn answer(status: u16) -> Answer {
        let (headers, body) = (HeaderMap::default(), Bytes::default());
        Answer::new("acme", status, headers, body, SystemTime::now())
    }

    #[test]
    #[rustfmt::skip]
    fn the_table_holds() {
        // Yes, No(Upstream), ClearNo(Expired), No(Expired), Unclear, Contradictory.
        for (status, [yes, upstream, clear, no, unclear, contradictory]) in [
            (200, [None, Some(Upstream), Some(Expired), Some(Expired), Some(Unreadable), Some(Unreadable)]),
            (500, [Some(Upstream), Some(Upstream), Some(Expired), Some(Upstream), Some(Upstream), Some(Upstream)]),
            (408, [Some(Upstream), Some(Upstream), Some(Expired), Some(Upstream), Some(Upstream), Some(Upstream)]),
            (302, [Some(Unreadable), Some(Upstream), Some(Expired), Some(Refused), Some(Refused), Some(Unreadable)]),
            (401, [Some(Unreadable), Some(Upstream), Some(Expired), Some(Credentials), Some(Credentials), Some(Unreadable)]),
            (403, [Some(Unreadable), Some(Upstream), Some(Expired), Some(Credentials), Some(Credentials), Some(Unreadable)]),
            (429, [Some(Unreadable), Some(Upstream), Some(Expired), Some(TooSoon), Some(TooSoon), Some(Unreadable)]),
            (404, [Some(Unreadable), Some(Upstream), Some(Expired), Some(Expired), Some(Refused), Some(Unreadable)]),
            (999, [Some(Unreadable), Some(Upstream), Some(Expired), Some(Unreadable), Some(Unreadable), Some(Unreadable)]),
        ] {
            for (verdict, expected) in [
                (Verdict::Yes, yes),
                (Verdict::No(Upstream), upstream),
                (Verdict::ClearNo(Expired), clear),
                (Verdict::No(Expired), no),
                (Verdict::Unclear("why"), unclear),
                (Verdict::Contradictory("why"), contradictory),
            ] {
                let result = answer(status).judge(&Judgement::new(verdict));
                let kind = result.err().map(|error| error.kind());
                assert_eq!(kind, expected, "{status} {verdict:?}");
            }
        }
    }

    #[test]
    fn a_contradiction_is_never_a_certain_no_and_says_how() {
        for status in (100..=599).chain([999]) {
            let verdict = Verdict::Contradictory("two codes");
            let error = answer(status).judge(&Judgement::new(verdict));
            let error = error.expect_err("no yes");
            assert_eq!(error.delivery(), Delivery::MaybeSent, "{status}");
            let is_upstream = matches!(status, 408 | 500..=599);
            let reason = (!is_upstream).then_some("two codes");
            assert_eq!(error.message(), reason, "{status}");
        }
    }

    #[test]
    fn debug_shows_the_verdict_and_no_words() {
        let judgement = Judgement::new(Verdict::No(Refused))
            .with_code("canary-code")
            .with_message("canary-message")
            .hiding(&["canary-session"]);
        assert_eq!(
            format!("{judgement:?}"),
            "Judgement { verdict: No(Refused), .. }"
        );
    }

    #[test]
    fn words_are_kept_and_what_went_out_is_hidden() {
        let no = Judgement::new(Verdict::No(Refused))
            .with_message("yok: sepet-elma")
            .hiding(&["sepet-elma", "5001"]);
        let error = answer(200)
            .judge(&no.with_code("sepet-elma"))
            .expect_err("no");
        assert_eq!(
            (error.code(), error.message()),
            (Some("***"), Some("yok: ***"))
        );
        let error = answer(200)
            .judge(&no.with_known_code("5001"))
            .expect_err("no");
        assert_eq!(error.code(), Some("5001"));
        let error = answer(302).judge(&no).expect_err("no");
        assert!(
            error
                .message()
                .is_some_and(|message| message.contains("redirect"))
        );
    }
}
