//! The kinds of errors, the same for every provider.

use std::fmt;
use std::str::FromStr;

use crate::{Bilingual, Dispatch, Error, Language, Reason};

const UNKNOWN_NAME: Reason = Reason::new(
    "kind_name",
    "is not the name of an error kind",
    "bilinen bir hata türü adı değil",
);

/// What went wrong, told apart so that a program can decide what to do next.
///
/// Each kind has a usual [`Dispatch`] ([`ErrorKind::usual_dispatch`]); the one that counts is
/// [`Error::dispatch`](crate::Error::dispatch).
///
/// ```
/// use onay_core::{Dispatch, ErrorKind};
///
/// assert_eq!(ErrorKind::WrongCode.as_str(), "wrong_code");
/// assert_eq!("wrong_code".parse::<ErrorKind>()?, ErrorKind::WrongCode);
/// assert_eq!(ErrorKind::Upstream.usual_dispatch(), Dispatch::MaybeSent);
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
    /// The session is over: the code is too old or already used. Start a new one.
    Expired,
    /// Too early to send again. [`Error::wait`](crate::Error::wait) says how long to
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
    /// A response that says neither yes nor no: empty, a web page, cut short, too long.
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

    /// What it says, in this language.
    pub const fn text(self, language: Language) -> &'static str {
        let text = match self {
            Self::InvalidInput => Bilingual::new("invalid input", "geçersiz girdi"),
            Self::Config => Bilingual::new("wrong configuration", "yanlış yapılandırma"),
            Self::Credentials => Bilingual::new(
                "credentials not accepted",
                "kimlik bilgileri kabul edilmedi",
            ),
            Self::WrongCode => Bilingual::new("wrong code", "kod yanlış"),
            Self::Expired => Bilingual::new("the session is over", "oturum sona erdi"),
            Self::TooSoon => {
                Bilingual::new("too soon to send again", "yeniden göndermek için erken")
            }
            Self::LimitReached => Bilingual::new("limit reached", "sınıra ulaşıldı"),
            Self::ActionRequired => Bilingual::new(
                "the customer has to act first",
                "önce müşterinin bir işlem yapması gerekiyor",
            ),
            Self::Refused => Bilingual::new("refused", "reddedildi"),
            Self::Unsupported => Bilingual::new(
                "not supported by this provider",
                "bu sağlayıcıda desteklenmiyor",
            ),
            Self::Unreachable => Bilingual::new("no connection", "bağlantı kurulamadı"),
            Self::Interrupted => Bilingual::new("interrupted", "bağlantı yarıda kesildi"),
            Self::Unreadable => Bilingual::new("unreadable response", "anlaşılamayan yanıt"),
            Self::Upstream => Bilingual::new("trouble at the provider", "sağlayıcıda arıza"),
        };
        text.text(language)
    }

    /// What an error of this kind says about dispatch unless its maker knows better.
    pub const fn usual_dispatch(self) -> Dispatch {
        match self {
            Self::InvalidInput | Self::Config | Self::Unsupported | Self::Unreachable => {
                Dispatch::NotSent
            }
            Self::Interrupted | Self::Unreadable | Self::Upstream => Dispatch::MaybeSent,
            Self::Credentials
            | Self::WrongCode
            | Self::Expired
            | Self::TooSoon
            | Self::LimitReached
            | Self::ActionRequired
            | Self::Refused => Dispatch::Refused,
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text(Language::English))
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
            .ok_or_else(|| Error::invalid_input("kind", UNKNOWN_NAME))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_and_nothing_else() {
        for kind in ErrorKind::ALL {
            assert_eq!(kind.as_str().parse::<ErrorKind>().expect("a kind"), *kind);
            assert_eq!(kind.to_string(), kind.text(Language::English));
        }
        for text in ["", "Refused", "refused ", "too soon", "canary"] {
            let error = text.parse::<ErrorKind>().expect_err("none");
            assert_eq!(error.kind(), ErrorKind::InvalidInput);
            assert_eq!(error.reason(), Some(UNKNOWN_NAME));
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
        for language in [Language::English, Language::Turkish] {
            let mut sentences: Vec<_> = ErrorKind::ALL
                .iter()
                .map(|kind| kind.text(language))
                .collect();
            assert!(sentences.iter().all(|sentence| !sentence.is_empty()));
            sentences.sort_unstable();
            sentences.dedup();
            assert_eq!(sentences.len(), ErrorKind::ALL.len());
        }
    }

    #[test]
    fn whether_it_usually_took_effect() {
        for kind in ErrorKind::ALL {
            let expected = match kind.as_str() {
                "invalid_input" | "config" | "unsupported" | "unreachable" => Dispatch::NotSent,
                "interrupted" | "unreadable" | "upstream" => Dispatch::MaybeSent,
                _ => Dispatch::Refused,
            };
            assert_eq!(kind.usual_dispatch(), expected, "{kind}");
        }
    }
}
