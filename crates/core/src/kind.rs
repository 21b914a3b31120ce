//! What went wrong, in words that every provider shares.

use std::fmt;
use std::str::FromStr;

use crate::{Delivery, Error};

/// What went wrong, told apart so that a program can decide what to do next.
///
/// Each kind has a usual [`Delivery`] ([`ErrorKind::usual_delivery`]); the one that counts is
/// [`Error::delivery`](crate::Error::delivery).
///
/// ```
/// use onay_core::{Delivery, ErrorKind};
///
/// assert_eq!(ErrorKind::WrongCode.as_str(), "wrong_code");
/// assert_eq!("wrong_code".parse::<ErrorKind>()?, ErrorKind::WrongCode);
/// assert_eq!(ErrorKind::Upstream.usual_delivery(), Delivery::MaybeSent);
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A value cannot be sent as it is: a landline number, an empty code. Caught before the wire.
    InvalidInput,
    /// The provider is set up wrongly: a key with a newline, a base URL with a query.
    Config,
    /// The provider does not know these credentials, or does not let them do this.
    Credentials,
    /// The code is not the one that was sent. The customer may type it again.
    WrongCode,
    /// The conversation is over: the code is too old or already used. Start a new one.
    Expired,
    /// Too early to send again. [`Error::retry_after`](crate::Error::retry_after) says how long to
    /// wait, where it is known.
    TooSoon,
    /// No more tries or no more messages are allowed.
    LimitReached,
    /// The customer has to do something else first: another code, or 3-D Secure.
    ActionRequired,
    /// The provider said no for another reason; see [`Error::code`](crate::Error::code).
    Refused,
    /// This provider cannot do what was asked. Caught before the wire.
    Unsupported,
    /// No connection: refused, unknown host, TLS failure, connect timeout.
    Unreachable,
    /// The connection broke, or time ran out, once the request may have left.
    Interrupted,
    /// An answer that says neither yes nor no: empty, HTML, cut short, too long.
    Unreadable,
    /// The provider itself is in trouble: HTTP 5xx, or a server error or timeout of its own.
    Upstream,
}

impl ErrorKind {
    /// Every kind, in the order of the documentation.
    pub const ALL: &'static [Self] = &[
        Self::InvalidInput,
        Self::Config,
        Self::Credentials,
        Self::WrongCode,
        Self::Expired,
        Self::TooSoon,
        Self::LimitReached,
        Self::ActionRequired,
        Self::Refused,
        Self::Unsupported,
        Self::Unreachable,
        Self::Interrupted,
        Self::Unreadable,
        Self::Upstream,
    ];

    /// The name in `snake_case`, as it stands in JSON and in traces.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidInput => "invalid_input",
            Self::Config => "config",
            Self::Credentials => "credentials",
            Self::WrongCode => "wrong_code",
            Self::Expired => "expired",
            Self::TooSoon => "too_soon",
            Self::LimitReached => "limit_reached",
            Self::ActionRequired => "action_required",
            Self::Refused => "refused",
            Self::Unsupported => "unsupported",
            Self::Unreachable => "unreachable",
            Self::Interrupted => "interrupted",
            Self::Unreadable => "unreadable",
            Self::Upstream => "upstream",
        }
    }

    /// What an error of this kind says about delivery unless its maker knows better.
    pub const fn usual_delivery(self) -> Delivery {
        match self {
            Self::InvalidInput | Self::Config | Self::Unsupported | Self::Unreachable => {
                Delivery::NotSent
            }
            Self::Interrupted | Self::Unreadable | Self::Upstream => Delivery::MaybeSent,
            Self::Credentials
            | Self::WrongCode
            | Self::Expired
            | Self::TooSoon
            | Self::LimitReached
            | Self::ActionRequired
            | Self::Refused => Delivery::Refused,
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::InvalidInput => "invalid input",
            Self::Config => "wrong configuration",
            Self::Credentials => "credentials not accepted",
            Self::WrongCode => "wrong code",
            Self::Expired => "the conversation is over",
            Self::TooSoon => "too soon to send again",
            Self::LimitReached => "limit reached",
            Self::ActionRequired => "the customer has to act first",
            Self::Refused => "refused",
            Self::Unsupported => "not supported by this provider",
            Self::Unreachable => "no connection",
            Self::Interrupted => "interrupted",
            Self::Unreadable => "unreadable answer",
            Self::Upstream => "trouble at the provider",
        })
    }
}

/// Reads the name that [`as_str`](ErrorKind::as_str) writes, and no other.
///
/// Anything else is [`InvalidInput`](ErrorKind::InvalidInput).
impl FromStr for ErrorKind {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        let mut kinds = Self::ALL.iter().copied();
        kinds
            .find(|kind| kind.as_str() == name)
            .ok_or_else(|| Error::invalid_input("kind", "is not the name of an error kind"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_and_nothing_else() {
        for kind in ErrorKind::ALL {
            assert_eq!(kind.as_str().parse::<ErrorKind>().expect("a kind"), *kind);
        }
        for text in ["", "Refused", "refused ", "too soon", "canary"] {
            let error = text.parse::<ErrorKind>().expect_err("none");
            assert_eq!(error.kind(), ErrorKind::InvalidInput);
            assert_eq!(error.field(), Some("kind"));
            assert!(!error.to_string().contains("canary"));
        }
    }

    #[test]
    fn names_are_distinct_snake_case() {
        let mut names: Vec<_> = ErrorKind::ALL.iter().map(|kind| kind.as_str()).collect();
        assert!(
            names
                .iter()
                .all(|name| name.bytes().all(|b| b == b'_' || b.is_ascii_lowercase()))
        );
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ErrorKind::ALL.len());
    }

    #[test]
    fn every_sentence_is_another() {
        let mut sentences: Vec<_> = ErrorKind::ALL.iter().map(ToString::to_string).collect();
        assert!(sentences.iter().all(|sentence| !sentence.is_empty()));
        sentences.sort_unstable();
        sentences.dedup();
        assert_eq!(sentences.len(), ErrorKind::ALL.len());
    }

    #[test]
    fn what_usually_became_of_the_message() {
        for kind in ErrorKind::ALL {
            let expected = match kind.as_str() {
                "invalid_input" | "config" | "unsupported" | "unreachable" => Delivery::NotSent,
                "interrupted" | "unreadable" | "upstream" => Delivery::MaybeSent,
                _ => Delivery::Refused,
            };
            assert_eq!(kind.usual_delivery(), expected, "{kind}");
        }
    }
}
