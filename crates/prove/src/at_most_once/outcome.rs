//! What came of a call, and which promises it broke.

use std::fmt;

use onay::{Delivery, Error, ErrorKind};

/// What a call said, beside what the server saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) said: Said,
    /// Requests that the server received whole.
    pub(super) received: usize,
    /// Whether one of them came over HTTP/2.
    pub(super) over_http2: bool,
}

/// A call's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Yes,
    No {
        kind: ErrorKind,
        delivery: Delivery,
        /// How long to wait, in seconds.
        wait: Option<u64>,
    },
    /// Nothing: it did not end within its total timeout.
    Nothing,
}

/// What the server answered, and so what may be said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// Neither a yes nor a no: nothing, or nothing whole.
    Neither,
    /// The provider's yes under a good status.
    Yes,
    /// This status over a gateway's page.
    Page(u16),
    /// This status over the provider's own yes: a message may have gone out.
    Contradiction(u16),
}

impl Answer {
    fn is_yes(self) -> bool {
        self == Self::Yes
    }

    /// Whether the provider may have done nothing, and the answer says so. Behind a gateway that
    /// failed or ran out of time the provider may have done it all.
    fn is_refusal(self) -> bool {
        match self {
            Self::Page(status) => matches!(status, 300..=499) && status != 408,
            Self::Neither | Self::Yes | Self::Contradiction(_) => false,
        }
    }
}

/// A broken promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Breach {
    Copies,
    Http2,
    FalseNotSent,
    FalseRefused,
    FalseYes,
    Endless,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Copies => "more than one request arrived",
            Self::Http2 => "HTTP/2 was spoken",
            Self::FalseNotSent => "`NotSent` was said, and a request had arrived",
            Self::FalseRefused => "`Refused` was said, and nobody had said no",
            Self::FalseYes => "`Ok` was said, and nobody had said yes",
            Self::Endless => "it did not end within its total timeout",
        })
    }
}

impl Said {
    pub(super) fn of(result: Option<&Result<(), Error>>) -> Self {
        match result {
            None => Self::Nothing,
            Some(Ok(())) => Self::Yes,
            Some(Err(error)) => Self::No {
                kind: error.kind(),
                delivery: error.delivery(),
                wait: error.retry_after().map(|wait| wait.as_secs()),
            },
        }
    }

    pub(super) fn delivery(&self) -> Option<Delivery> {
        match self {
            Self::No { delivery, .. } => Some(*delivery),
            Self::Yes | Self::Nothing => None,
        }
    }
}

impl Outcome {
    /// The promises that it broke, where the server answered so.
    pub(super) fn broken(&self, answer: Answer) -> Vec<Breach> {
        let mut broken = Vec::new();
        if self.received > 1 {
            broken.push(Breach::Copies);
        }
        if self.over_http2 {
            broken.push(Breach::Http2);
        }
        match self.said.delivery() {
            Some(Delivery::NotSent) if self.received > 0 => broken.push(Breach::FalseNotSent),
            Some(Delivery::Refused) if self.received == 0 || !answer.is_refusal() => {
                broken.push(Breach::FalseRefused);
            }
            _ => {}
        }
        match self.said {
            Said::Yes if self.received == 0 || !answer.is_yes() => broken.push(Breach::FalseYes),
            Said::Nothing => broken.push(Breach::Endless),
            _ => {}
        }
        broken
    }

    /// The cells that a reader sees: what it said, whether a message went out, how many arrived,
    /// whether it ended.
    pub(super) fn cells(&self) -> [String; 4] {
        let (said, delivery) = match &self.said {
            Said::Yes => ("`Ok`".to_owned(), "–".to_owned()),
            Said::Nothing => ("nothing".to_owned(), "–".to_owned()),
            Said::No {
                kind,
                delivery,
                wait,
            } => {
                let wait = wait.map(|wait| format!(", wait {wait} s"));
                let wait = wait.unwrap_or_default();
                (format!("`{kind:?}`{wait}"), format!("`{delivery:?}`"))
            }
        };
        let ended = match self.said {
            Said::Nothing => "**no**",
            _ => "yes",
        };
        [said, delivery, self.received.to_string(), ended.to_owned()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn no(kind: ErrorKind, received: usize) -> Outcome {
        let error = Err(Error::new(kind));
        Outcome {
            said: Said::of(Some(&error)),
            received,
            over_http2: false,
        }
    }

    #[test]
    fn every_lie_is_a_breach_and_care_is_none() {
        for (outcome, answer, broken) in [
            (no(ErrorKind::Unreachable, 0), Answer::Neither, 0),
            (no(ErrorKind::Unreachable, 1), Answer::Neither, 1),
            (no(ErrorKind::Unreachable, 2), Answer::Neither, 2),
            (no(ErrorKind::Interrupted, 0), Answer::Neither, 0),
            (no(ErrorKind::Interrupted, 1), Answer::Neither, 0),
            (no(ErrorKind::Interrupted, 2), Answer::Neither, 1),
            (no(ErrorKind::Refused, 1), Answer::Page(400), 0),
            (no(ErrorKind::Refused, 1), Answer::Page(302), 0),
            (no(ErrorKind::Refused, 0), Answer::Page(400), 1),
            (no(ErrorKind::Refused, 1), Answer::Page(408), 1),
            (no(ErrorKind::Refused, 1), Answer::Page(503), 1),
            (no(ErrorKind::Upstream, 1), Answer::Page(503), 0),
            (no(ErrorKind::Refused, 1), Answer::Neither, 1),
            (no(ErrorKind::Refused, 1), Answer::Yes, 1),
            (no(ErrorKind::Refused, 1), Answer::Contradiction(503), 1),
            (no(ErrorKind::TooSoon, 1), Answer::Contradiction(429), 1),
            (no(ErrorKind::Unreadable, 1), Answer::Contradiction(429), 0),
            (no(ErrorKind::Unreachable, 1), Answer::Contradiction(503), 1),
        ] {
            assert_eq!(outcome.broken(answer).len(), broken, "{outcome:?}");
        }
        let yes = |received| Outcome {
            said: Said::Yes,
            received,
            over_http2: false,
        };
        assert_eq!(yes(1).broken(Answer::Yes).len(), 0);
        assert_eq!(yes(1).broken(Answer::Neither).len(), 1);
        assert_eq!(yes(1).broken(Answer::Contradiction(503)).len(), 1);
        assert_eq!(yes(0).broken(Answer::Yes).len(), 1);
        let hung = Outcome {
            said: Said::Nothing,
            ..yes(1)
        };
        assert_eq!(hung.broken(Answer::Neither).len(), 1);
    }
}
