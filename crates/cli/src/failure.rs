//! Why a command failed, and the exit code that says so.

use onay::{Delivery, Error, ErrorKind};
use onay_sandbox::SandboxError;
use thiserror::Error as ThisError;

/// Why a command failed.
#[derive(Debug, ThisError)]
pub(crate) enum Failure {
    /// A provider's call, or what was caught before it.
    #[error(transparent)]
    Call(#[from] Error),
    /// The command line makes no sense.
    #[error("{0}")]
    Usage(String),
    /// No message came in time.
    #[error("no message came within {0} ms")]
    WaitedInVain(u64),
    /// A running sandbox's no to a command of its own.
    #[error("the sandbox says: {0}")]
    SandboxRefused(String),
    /// The call was answered with a yes, and its result could not be printed.
    #[error("the call was answered, but its result could not be printed: {0}")]
    NotPrinted(String),
    /// The sandbox in this process.
    #[error(transparent)]
    Sandbox(#[from] SandboxError),
    /// The demo, or a running sandbox, did not do what it should.
    #[error("{0}")]
    Unexpected(String),
}

impl Failure {
    /// The exit code, as `onay --help` lists them.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Call(error) => exit_code(error.kind(), error.delivery()),
            Self::Usage(_) | Self::SandboxRefused(_) => 2,
            Self::Sandbox(error) if is_input(error) => 2,
            Self::NotPrinted(_) => 6,
            Self::WaitedInVain(_) => 8,
            Self::Sandbox(_) | Self::Unexpected(_) => 1,
        }
    }

    /// Whether a message went out, where the failure is about one.
    pub(crate) fn delivery(&self) -> Option<Delivery> {
        match self {
            Self::Call(error) => Some(error.delivery()),
            Self::NotPrinted(_) => Some(Delivery::MaybeSent),
            Self::Usage(_) => Some(Delivery::NotSent),
            _ => None,
        }
    }

    /// The failure's name in JSON.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Call(error) => error.kind().as_str(),
            Self::Usage(_) | Self::SandboxRefused(_) => ErrorKind::InvalidInput.as_str(),
            Self::Sandbox(error) if is_input(error) => ErrorKind::InvalidInput.as_str(),
            Self::NotPrinted(_) => ErrorKind::Interrupted.as_str(),
            Self::WaitedInVain(_) => "waited_in_vain",
            Self::Sandbox(_) | Self::Unexpected(_) => "unexpected",
        }
    }
}

/// Whether a sandbox cannot start because of what it was told.
fn is_input(error: &SandboxError) -> bool {
    matches!(
        error,
        SandboxError::InvalidHost | SandboxError::InvalidMerchant { .. }
    )
}

/// What a script has to know first: may a message have gone out?
fn exit_code(kind: ErrorKind, delivery: Delivery) -> u8 {
    match (delivery, kind) {
        (Delivery::MaybeSent, _) => 6,
        (_, ErrorKind::InvalidInput | ErrorKind::Config | ErrorKind::Unsupported) => 2,
        (_, ErrorKind::Credentials) => 4,
        (_, ErrorKind::TooSoon) => 5,
        (Delivery::NotSent, _) => 7,
        (_, _) => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_exit_code() {
        for kind in ErrorKind::ALL.iter().copied() {
            let expected = match kind {
                ErrorKind::InvalidInput | ErrorKind::Config | ErrorKind::Unsupported => 2,
                ErrorKind::WrongCode
                | ErrorKind::Expired
                | ErrorKind::LimitReached
                | ErrorKind::ActionRequired
                | ErrorKind::Refused => 3,
                ErrorKind::Credentials => 4,
                ErrorKind::TooSoon => 5,
                ErrorKind::Interrupted | ErrorKind::Unreadable | ErrorKind::Upstream => 6,
                ErrorKind::Unreachable => 7,
                _ => panic!("{kind:?} has no exit code"),
            };
            let failure = Failure::Call(Error::new(kind));
            assert_eq!(failure.exit_code(), expected, "{kind:?}");
        }
    }

    #[test]
    fn too_soon_stays_too_soon_when_nothing_left() {
        assert_eq!(exit_code(ErrorKind::TooSoon, Delivery::NotSent), 5);
        assert_eq!(exit_code(ErrorKind::Refused, Delivery::MaybeSent), 6);
    }
}
