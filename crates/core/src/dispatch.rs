//! Whether a request took effect: the question that every error answers.

use std::fmt;
use std::str::FromStr;

use crate::{Error, Language, Reason};

const UNKNOWN_NAME: Reason = Reason::new(
    "dispatch_name",
    "is not the name of a dispatch",
    "bilinen bir gönderim durumu adı değil",
);

/// Whether the request took effect, as far as can be known.
///
/// ```
/// use onay_core::{Dispatch, Error, ErrorKind};
///
/// let error = Error::new(ErrorKind::Interrupted);
/// assert_eq!(error.dispatch(), Dispatch::MaybeSent);
/// assert_eq!(error.dispatch().as_str(), "maybe_sent");
/// assert_eq!("maybe_sent".parse::<Dispatch>()?, Dispatch::MaybeSent);
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Dispatch {
    /// It certainly took no effect: the request never reached the provider.
    NotSent,
    /// It may have taken effect. Treat it as sent: ask the customer for the code before sending
    /// another.
    MaybeSent,
    /// The provider read the request and said no.
    Refused,
}

impl Dispatch {
    /// The name in `snake_case`, as it stands in JSON and in traces.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotSent => "not_sent",
            Self::MaybeSent => "maybe_sent",
            Self::Refused => "refused",
        }
    }

    /// What it says, in this language.
    pub const fn text(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::NotSent, Language::English) => "no message went out",
            (Self::MaybeSent, Language::English) => "a message may have gone out",
            (Self::Refused, Language::English) => "the provider refused",
            (Self::NotSent, Language::Turkish) => "mesaj gitmedi",
            (Self::MaybeSent, Language::Turkish) => "mesaj gitmiş olabilir",
            (Self::Refused, Language::Turkish) => "sağlayıcı reddetti",
        }
    }
}

impl fmt::Display for Dispatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text(Language::English))
    }
}

/// Reads the name that [`as_str`](Dispatch::as_str) writes, and no other.
///
/// Anything else is [`InvalidInput`](crate::ErrorKind::InvalidInput).
impl FromStr for Dispatch {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        let mut all = [Self::NotSent, Self::MaybeSent, Self::Refused].into_iter();
        all.find(|dispatch| dispatch.as_str() == name)
            .ok_or_else(|| Error::invalid_input("dispatch", UNKNOWN_NAME))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_name_is_refused_and_not_quoted() {
        for text in ["", "Refused", "refused ", "not sent", "canary"] {
            let error = text.parse::<Dispatch>().expect_err("none");
            assert_eq!(error.kind(), crate::ErrorKind::InvalidInput);
            assert_eq!(error.reason(), Some(UNKNOWN_NAME));
            assert!(!error.to_string().contains("canary"));
        }
    }

    #[test]
    fn each_is_told_in_a_word_and_in_a_sentence() {
        for (dispatch, name, sentence) in [
            (Dispatch::NotSent, "not_sent", "no message went out"),
            (
                Dispatch::MaybeSent,
                "maybe_sent",
                "a message may have gone out",
            ),
            (Dispatch::Refused, "refused", "the provider refused"),
        ] {
            assert_eq!(dispatch.as_str(), name);
            assert_eq!(name.parse::<Dispatch>().expect("a dispatch"), dispatch);
            assert_eq!(dispatch.to_string(), sentence);
        }
    }
}
