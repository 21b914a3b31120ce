//! `Operation` is one of Paywall's calls for Masterpass.

use super::fidelity::{LINK, RESEND, SESSION};

/// A call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    Session,
    Link,
    Resend,
    Verify,
}

impl Operation {
    /// The call of this name on the wire, which is one of the four.
    pub(super) fn named(name: &str) -> Self {
        match name {
            SESSION => Self::Session,
            LINK => Self::Link,
            RESEND => Self::Resend,
            _ => Self::Verify,
        }
    }
}
