//! What a call has to say in one situation.

use std::fmt;

use onay_core::{Dispatch, Error, ErrorKind};

use super::operation::Yes;

/// What is accepted.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wanted {
    /// The yes.
    #[cfg(feature = "tls")]
    Yes,
    /// The yes, or an error that says that the request may have taken effect.
    YesOrMaybeSent,
    /// One of these kinds, with its usual dispatch.
    Kinds(&'static [ErrorKind]),
    /// An error of any kind that says that the request may have taken effect.
    MaybeSent,
    /// An error of any kind that does not deny that the request arrived.
    Arrived,
    /// Anything that is true: the outcome is a race.
    Any,
}

impl Wanted {
    pub(super) fn takes(self, result: &Result<Yes, Error>) -> bool {
        let Err(error) = result else {
            let is_an_error = matches!(self, Self::Kinds(_) | Self::MaybeSent | Self::Arrived);
            return !is_an_error;
        };
        let (kind, dispatch) = (error.kind(), error.dispatch());
        match self {
            #[cfg(feature = "tls")]
            #[cfg(feature = "tls")]
            Self::Yes => false,
            Self::Kinds(kinds) => kinds.contains(&kind) && dispatch == kind.usual_dispatch(),
            Self::MaybeSent | Self::YesOrMaybeSent => dispatch == Dispatch::MaybeSent,
            Self::Arrived => dispatch != Dispatch::NotSent,
            Self::Any => true,
        }
    }

    /// Whether it leaves more than one outcome.
    pub(super) fn is_open(self) -> bool {
        match self {
            Self::Kinds(kinds) => kinds.len() > 1,
            Self::YesOrMaybeSent | Self::Any => true,
            _ => false,
        }
    }
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            #[cfg(feature = "tls")]
            Self::Yes => f.write_str("`Ok`"),
            Self::YesOrMaybeSent => f.write_str("`Ok`, or an error that says `MaybeSent`"),
            Self::Kinds(kinds) => {
                let named = |kind: &ErrorKind| format!("`{kind:?}`, `{:?}`", kind.usual_dispatch());
                let named: Vec<String> = kinds.iter().map(named).collect();
                f.write_str(&named.join(" or "))
            }
            Self::MaybeSent => f.write_str("an error that says MaybeSent"),
            Self::Arrived => f.write_str("an error that does not say NotSent"),
            Self::Any => f.write_str("anything true"),
        }
    }
}
