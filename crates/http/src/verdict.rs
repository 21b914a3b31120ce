//! A provider's verdict and the HTTP status make one result: the same table for every provider.

use onay_core::{Error, ErrorKind, Meaning, Operation, ProviderCode, ProviderText, Reason};

use crate::{Response, responder};

const YES_UNDER_A_BAD_STATUS: Reason = Reason::new(
    "yes_under_bad_status",
    "the provider says yes, but the HTTP status says no",
    "sağlayıcı kabul ediyor, ama HTTP durum kodu reddediyor",
);

/// What a provider's own envelope comes to, before the HTTP status counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// Yes.
    Yes,
    /// No, of this kind.
    No(ErrorKind),
    /// No, of this kind, by a known and specific code, to which an HTTP status adds nothing.
    Certain(ErrorKind),
    /// Neither, and why: there is nothing to read, so the HTTP status may decide.
    Unclear(Reason),
    /// It contradicts itself or is malformed, and how: it may have been a yes, and no HTTP status
    /// makes a certain no of it.
    Contradictory(Reason),
}

impl Verdict {
    /// What a code means in an operation by its table. An unknown code is a no.
    pub fn by_code(code: &ProviderCode, operation: Operation) -> Self {
        match code
            .row()
            .map(|row| (row.meaning(operation), row.is_certain()))
        {
            Some((Meaning::Yes, _)) => Self::Yes,
            Some((Meaning::No(kind), true)) => Self::Certain(kind),
            Some((Meaning::No(kind), false)) => Self::No(kind),
            _ => Self::No(ErrorKind::Refused),
        }
    }
}

impl Response {
    /// `Ok` for a yes under a good HTTP status, and for nothing else.
    ///
    /// | provider ╲ HTTP | 2xx | 408, 5xx | 307, 308, 401, 403, 429 | other 3xx | other 4xx |
    /// |---|---|---|---|---|---|
    /// | yes | **`Ok`** | `Upstream` | `Unreadable` | `Unreadable` | `Unreadable` |
    /// | no, `Upstream` | `Upstream` | `Upstream` | `Upstream` | `Upstream` | `Upstream` |
    /// | certain no | its kind | its kind | its kind | its kind | its kind |
    /// | no | its kind | `Upstream` | by the status | `Unreadable` | its kind |
    /// | neither | `Unreadable` | `Upstream` | by the status | `Unreadable` | `Refused` |
    /// | contradictory | `Unreadable` | `Upstream` | `Unreadable` | `Unreadable` | `Unreadable` |
    ///
    /// By the status: 307 and 308 are `Refused`, 401 and 403 `Credentials`, 429 `TooSoon`. A
    /// `TooSoon` has the wait of `Retry-After`.
    ///
    /// # Errors
    ///
    /// Everything else, with the provider's code and text, which `said` gives. `Unreadable` and
    /// `Upstream` are [`MaybeSent`](onay_core::Dispatch::MaybeSent).
    pub fn judge(
        &self,
        verdict: Verdict,
        said: impl FnOnce() -> (Option<ProviderCode>, Option<ProviderText>),
    ) -> Result<(), Error> {
        let error = match (responder::by_status(self), verdict) {
            (_, Verdict::No(ErrorKind::Upstream)) => self.error(ErrorKind::Upstream),
            (_, Verdict::Certain(kind)) | (None, Verdict::No(kind)) => self.error(kind),
            (None, Verdict::Yes) if self.is_success() => return Ok(()),
            (by_status, Verdict::Yes) => self.doubtful(by_status, YES_UNDER_A_BAD_STATUS),
            (by_status, Verdict::Contradictory(why)) => self.doubtful(by_status, why),
            (Some(by_status), _) => by_status,
            (None, Verdict::Unclear(why)) if self.is_success() => self.unreadable(why),
            // An HTTP 4xx is a no, also with a body that says nothing.
            (None, Verdict::Unclear(why)) => self.error(ErrorKind::Refused).with_reason(why),
        };
        let error = match self.retry_after() {
            Some(wait) if error.kind() == ErrorKind::TooSoon => error.with_wait(wait),
            _ => error,
        };
        let (code, text) = said();
        let error = match code.filter(|code| !is_blank(code)) {
            Some(code) => error.with_code(code),
            None => error,
        };
        Err(match text {
            Some(text) => error.with_provider_text(text),
            None => error,
        })
    }

    /// What is left when the body may have been a yes: trouble upstream, or a response that cannot
    /// be read. Never a certain no.
    fn doubtful(&self, by_status: Option<Error>, why: Reason) -> Error {
        match by_status {
            Some(error) if error.kind() == ErrorKind::Upstream => error,
            _ => self.unreadable(why),
        }
    }
}

/// A code that says nothing is none.
#[expect(clippy::disallowed_methods, reason = "it looks for blanks alone")]
fn is_blank(code: &ProviderCode) -> bool {
    matches!(code, ProviderCode::Unknown(text) if text.expose().trim().is_empty())
}

#[cfg(test)]
mod tests;
