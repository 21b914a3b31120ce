//! Whether a message went out: the question every error answers.

use std::fmt;
use std::str::FromStr;

use crate::Error;

/// Whether a message went out, as far as anyone can know.
///
/// ```
/// use onay_core::{Delivery, Error, ErrorKind};
///
/// let error = Error::new(ErrorKind::Interrupted);
/// assert_eq!(error.delivery(), Delivery::MaybeSent);
/// assert_eq!(error.delivery().as_str(), "maybe_sent");
/// assert_eq!("maybe_sent".parse::<Delivery>()?, Delivery::MaybeSent);
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Delivery {
    /// Certainly no message went out: the request never reached the provider.
    NotSent,
    /// Nobody can tell. Treat it as sent: ask the customer for the code before sending another.
    MaybeSent,
    /// The provider read the request and said no.
    Refused,
}

impl Delivery {
    /// The name in `snake_case`, as it stands in JSON and in traces.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotSent => "not_sent",
            Self::MaybeSent => "maybe_sent",
            Self::Refused => "refused",
        }
    }
}

impl fmt::Display for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotSent => "no message went out",
            Self::MaybeSent => "a message may have gone out",
            Self::Refused => "the provider refused",
        })
    }
}

/// Reads the name that [`as_str`](Delivery::as_str) writes, and no other.
///
/// Anything else is [`InvalidInput`](crate::ErrorKind::InvalidInput).
impl FromStr for Delivery {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        let mut all = [Self::NotSent, Self::MaybeSent, Self::Refused].into_iter();
        all.find(|delivery| delivery.as_str() == name)
            .ok_or_else(|| Error::invalid_input("delivery", "is not the name of a delivery"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_name_is_refused_and_not_quoted() {
        for text in ["", "Refused", "refused ", "not sent", "canary"] {
            let error = text.parse::<Delivery>().expect_err("none");
            assert_eq!(error.kind(), crate::ErrorKind::InvalidInput);
            assert_eq!(error.field(), Some("delivery"));
            assert!(!error.to_string().contains("canary"));
        }
    }

    #[test]
    fn each_is_told_in_a_word_and_in_a_sentence() {
        for (delivery, name, sentence) in [
            (Delivery::NotSent, "not_sent", "no message went out"),
            (
                Delivery::MaybeSent,
                "maybe_sent",
                "a message may have gone out",
            ),
            (Delivery::Refused, "refused", "the provider refused"),
        ] {
            assert_eq!(delivery.as_str(), name);
            assert_eq!(name.parse::<Delivery>().expect("a delivery"), delivery);
            assert_eq!(delivery.to_string(), sentence);
        }
    }
}
