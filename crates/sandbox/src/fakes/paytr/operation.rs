//! `Operation` is one of PayTR Link's calls.

use super::fidelity::{CREATE, EMAIL, SMS};

/// A call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    Create,
    Sms,
    Email,
    Delete,
}

impl Operation {
    /// The call of this name on the wire, which is one of the four.
    pub(super) fn named(name: &str) -> Self {
        match name {
            CREATE => Self::Create,
            SMS => Self::Sms,
            EMAIL => Self::Email,
            _ => Self::Delete,
        }
    }
}
