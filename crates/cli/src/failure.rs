//! Why a command failed, and the exit code that says so.

use std::error::Error as StdError;

use onay::{Dispatch, Error, ErrorKind};
use onay_sandbox::SandboxError;

use crate::language::{Language, Words};
use crate::sandbox::turkish;

/// Why a command failed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A call, or what was caught before it, and what the command line knows about it.
    Call(Error, Place),
    /// The command line cannot be read.
    Usage(Words),
    /// A code was looked up that this provider's table does not have.
    NotInTable(Words, &'static str),
    /// No message came in time.
    WaitTimedOut(u64),
    /// A message came, and no code of it can be used.
    NoCode(Words),
    /// A running sandbox refused a command of its own.
    SandboxRefused(String),
    /// The call was answered with a yes, and its result could not be printed.
    NotPrinted {
        cause: String,
        /// The reader of a pipe is gone, as `head` is after its lines.
        is_reader_gone: bool,
    },
    /// The sandbox in this process.
    Sandbox(SandboxError),
    /// The demo, or a running sandbox, did not do what it should.
    Unexpected(Words),
    /// The merchant's own server read a callback and did not take it.
    CallbackNotTaken(Words),
    /// A report on stdout has said it all; this is its exit code.
    Reported(u8),
}

/// What the command line knows about a failed call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// No more than the library.
    Provider,
    /// The value came from this option.
    Option(&'static str),
    /// The command is about no message.
    NoMessage,
    /// A callback was verified.
    Callback,
    /// A callback was posted to the merchant's own server.
    Posted,
    /// A Masterpass code was verified, and not as that of an account link.
    NoAccountLink,
}

impl Place {
    fn is_about_a_message(self) -> bool {
        !matches!(self, Self::NoMessage | Self::Callback | Self::Posted)
    }
}

impl Failure {
    /// The same failure with what the command line knows about it.
    pub(crate) fn at(self, place: Place) -> Self {
        match self {
            Self::Call(error, Place::Provider) => Self::Call(error, place),
            Self::NotPrinted { cause, .. } if !place.is_about_a_message() => {
                let words = Words::of(|texts| texts.failure_not_printed(cause.as_str()));
                match place {
                    // Another run would post another signed "paid".
                    Place::Posted => Self::CallbackNotTaken(words),
                    // Nothing was asked of a provider, so the same command can be run again.
                    _ => Self::Unexpected(words),
                }
            }
            other => other,
        }
    }

    /// Whether the failed command could have sent a message.
    pub(crate) fn is_about_a_message(&self) -> bool {
        !matches!(self, Self::Call(_, place) if !place.is_about_a_message())
    }

    /// What is said first, in one language.
    pub(crate) fn headline(&self, language: Language) -> String {
        let texts = language.texts();
        match self {
            Self::Call(error, _) => error.message(language.of_library()),
            Self::Usage(words)
            | Self::NotInTable(words, _)
            | Self::Unexpected(words)
            | Self::NoCode(words)
            | Self::CallbackNotTaken(words) => words.in_language(language).to_owned(),
            Self::WaitTimedOut(ms) => texts.failure_wait_timed_out(*ms),
            Self::SandboxRefused(text) => match language {
                Language::Turkish => texts.failure_sandbox_refused(turkish::of_running(text)),
                Language::English => texts.failure_sandbox_refused(text.as_str()),
            },
            Self::NotPrinted { cause, .. } => texts.failure_call_not_printed(cause.as_str()),
            Self::Sandbox(error) => match language {
                Language::Turkish => turkish::of_error(error),
                Language::English => error.to_string(),
            },
            // The report has said it.
            Self::Reported(_) => String::new(),
        }
    }

    /// The exit code, as `onay --help` lists them.
    pub(crate) fn exit_code(&self) -> u8 {
        self.means().1
    }

    /// Whether a message went out, where the failure is about one.
    pub(crate) fn dispatch(&self) -> Option<Dispatch> {
        self.means().2
    }

    /// The failure's name in JSON.
    pub(crate) fn kind(&self) -> &'static str {
        self.means().0
    }

    fn means(&self) -> (&'static str, u8, Option<Dispatch>) {
        let invalid = ErrorKind::InvalidInput.as_str();
        match self {
            Self::Call(error, _) => {
                let (kind, dispatch) = (error.kind(), error.dispatch());
                (kind.as_str(), exit_code(kind, dispatch), Some(dispatch))
            }
            Self::Usage(_) => (invalid, 2, Some(Dispatch::NotSent)),
            Self::NotInTable(..) | Self::SandboxRefused(_) => (invalid, 2, None),
            Self::Sandbox(error) if is_input(error) => (invalid, 2, None),
            Self::NoCode(_) => (ErrorKind::Expired.as_str(), 3, None),
            Self::NotPrinted { .. } => {
                let kind = ErrorKind::Interrupted.as_str();
                (kind, 6, Some(Dispatch::MaybeSent))
            }
            Self::WaitTimedOut(_) => ("wait_timed_out", 8, None),
            Self::Reported(code) => ("unexpected", *code, None),
            Self::Sandbox(_) | Self::Unexpected(_) | Self::CallbackNotTaken(_) => {
                ("unexpected", 1, None)
            }
        }
    }

    /// The causes, the nearest first.
    pub(crate) fn causes(&self) -> Vec<String> {
        match self {
            Self::Call(error, _) => causes(error),
            Self::Sandbox(error) => causes(error),
            _ => Vec::new(),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Call(error, Place::Provider)
    }
}

impl From<SandboxError> for Failure {
    fn from(error: SandboxError) -> Self {
        Self::Sandbox(error)
    }
}

/// Whether a sandbox cannot start because of what it was told.
fn is_input(error: &SandboxError) -> bool {
    matches!(
        error,
        SandboxError::InvalidHost
            | SandboxError::InvalidMerchant { .. }
            | SandboxError::InvalidStory { .. }
    )
}

/// What a script has to know first: may a message have gone out?
pub(crate) fn exit_code(kind: ErrorKind, dispatch: Dispatch) -> u8 {
    match (dispatch, kind) {
        (Dispatch::MaybeSent, _) => 6,
        (_, ErrorKind::InvalidInput | ErrorKind::Config | ErrorKind::Unsupported) => 2,
        (_, ErrorKind::Credentials) => 4,
        (_, ErrorKind::TooSoon) => 5,
        (Dispatch::NotSent, _) => 7,
        (_, _) => 3,
    }
}

/// The causes of an error, the nearest first. No cause that the library keeps holds a secret.
pub(crate) fn causes(error: &dyn StdError) -> Vec<String> {
    let mut causes = Vec::new();
    let mut next = error.source();
    while let Some(cause) = next {
        causes.push(cause.to_string());
        next = cause.source();
    }
    causes
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
            let failure = Failure::from(Error::new(kind));
            assert_eq!(failure.exit_code(), expected, "{kind:?}");
        }
    }

    #[test]
    fn too_soon_stays_too_soon_when_nothing_left() {
        assert_eq!(exit_code(ErrorKind::TooSoon, Dispatch::NotSent), 5);
        assert_eq!(exit_code(ErrorKind::Refused, Dispatch::MaybeSent), 6);
    }
}
