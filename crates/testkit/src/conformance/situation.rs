//! One situation in which a call is tried: what the server does, and what the call has to say.

use std::time::Duration;

use super::Rule;
use super::wanted::Wanted;
use crate::Behaviour;

/// For situations in which the server answers: no machine is so slow.
pub(super) const ROOMY: Duration = Duration::from_secs(10);
/// For situations in which it never does.
pub(super) const TIGHT: Duration = Duration::from_millis(300);

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
        }
    }

    /// One of many answers that differ in a detail: a client that repeats calls later does so after
    /// others too.
    pub(super) fn unwatched(mut self) -> Self {
        self.is_watched = false;
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
        self.is_secure = true;
        self
    }

    pub(super) fn is_late(&self) -> bool {
        self.timeout == TIGHT
    }
}
