//! What an error has to say in one situation.

use std::fmt;

use onay_core::{Delivery, Error, ErrorKind};

/// What is accepted.
#[derive(Clone, Copy)]
pub(super) enum Wanted {
    /// One of these kinds, with its usual delivery.
    Kinds(&'static [ErrorKind]),
    /// Whatever kind, as long as it says that the message may have gone out.
    MaybeSent,
    /// Whatever does not deny that the request arrived.
    Arrived,
}

impl Wanted {
    pub(super) fn takes(self, error: &Error) -> bool {
        let (kind, delivery) = (error.kind(), error.delivery());
        match self {
            Self::Kinds(kinds) => kinds.contains(&kind) && delivery == kind.usual_delivery(),
            Self::MaybeSent => delivery == Delivery::MaybeSent,
            Self::Arrived => delivery != Delivery::NotSent,
        }
    }
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kinds(kinds) => {
                let named = |kind: &ErrorKind| format!("{kind:?}/{:?}", kind.usual_delivery());
                let named: Vec<String> = kinds.iter().map(named).collect();
                f.write_str(&named.join(" or "))
            }
            Self::MaybeSent => f.write_str("an error that says MaybeSent"),
            Self::Arrived => f.write_str("an error that does not say NotSent"),
        }
    }
}
