//! One situation in which a call is tried: what the server does, and what the call has to say.

use std::fmt;
use std::time::Duration;

use onay_core::{Dispatch, Error, ErrorKind};

use super::Rule;
use super::operation::Yes;
use crate::Behaviour;

/// For situations in which the server answers: no machine is so slow.
pub(super) const ROOMY: Duration = Duration::from_secs(10);
/// For situations in which it never does.
const TIGHT: Duration = Duration::from_millis(300);
/// The same over TLS: a dozen handshakes at once, in a build without optimisation, on a busy machine.
#[cfg(feature = "tls")]
const TIGHT_OVER_TLS: Duration = Duration::from_secs(3);

/// What the server does, and what the call has to say.
#[derive(Clone, Debug)]
pub(super) struct Situation {
    pub(super) name: String,
    pub(super) behaviour: Behaviour,
    pub(super) rule: Rule,
    pub(super) wanted: Wanted,
    pub(super) timeout: Duration,
    /// What another call meets first, on the same client.
    pub(super) first: Option<Behaviour>,
    pub(super) is_secure: bool,
    /// Whether its server listens on for a request that comes after the call.
    pub(super) is_watched: bool,
    /// The HTTP status that an error has to name.
    pub(super) status: Option<u16>,
}

impl Situation {
    pub(super) fn new(
        name: impl Into<String>,
        behaviour: Behaviour,
        rule: Rule,
        wanted: Wanted,
    ) -> Self {
        Self {
            name: name.into(),
            behaviour,
            rule,
            wanted,
            timeout: ROOMY,
            first: None,
            is_secure: false,
            is_watched: true,
            status: None,
        }
    }

    /// One of many answers that differ in a detail: a client that repeats calls later does so after
    /// others too.
    pub(super) fn unwatched(mut self) -> Self {
        self.is_watched = false;
        self
    }

    /// Its error has to name this HTTP status.
    pub(super) fn under(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// Only the timeout ends it.
    pub(super) fn late(mut self) -> Self {
        self.timeout = TIGHT;
        self
    }

    /// It meets the second call on a client whose first call met this.
    pub(super) fn second_after(mut self, first: Behaviour) -> Self {
        self.first = Some(first);
        self
    }

    #[cfg(feature = "tls")]
    pub(super) fn over_tls(mut self) -> Self {
        self.name.push_str(", over TLS");
        if self.is_late() {
            self.timeout = TIGHT_OVER_TLS;
        }
        self.is_secure = true;
        self
    }

    pub(super) fn is_late(&self) -> bool {
        self.timeout != ROOMY
    }
}

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
