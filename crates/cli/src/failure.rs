//! Why a command failed, and the exit code that says so.

use std::error::Error as StdError;

use onay::{Delivery, Error, ErrorKind, Gsm};
use onay_sandbox::SandboxError;
use thiserror::Error as ThisError;

use crate::language::{Language, Words};
use crate::{kinds, reasons};

/// Why a command failed.
#[derive(Debug, ThisError)]
pub(crate) enum Failure {
    /// A provider's call, or what was caught before it.
    #[error(transparent)]
    Call(#[from] Error),
    /// The same, where the command line knows more about it than the library.
    #[error("{0}")]
    At(Error, Place),
    /// The command line makes no sense.
    #[error("{0}")]
    Usage(Words),
    /// A code was looked up that this provider's table does not have.
    #[error("{0}")]
    NotInTable(Words, &'static str),
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
    Unexpected(Words),
    /// The merchant's own server read a callback and did not take it.
    #[error("{0}")]
    CallbackNotTaken(Words),
    /// A report on stdout has said it all; this is its exit code.
    #[error("see the report")]
    Reported(u8),
}

/// What the command line knows about a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The value came from this option.
    Option(&'static str),
    /// The command is about no message.
    NoMessage,
    /// A callback was verified.
    Callback,
    /// A Masterpass code was verified, and not as that of an account link.
    NoAccountLink,
}

impl Failure {
    /// The same failure with what the command line knows about it.
    pub(crate) fn at(self, place: Place) -> Self {
        match self {
            Self::Call(error) => Self::At(error, place),
            other => other,
        }
    }

    /// Whether the failed command could have sent a message.
    pub(crate) fn is_about_a_message(&self) -> bool {
        !matches!(self, Self::At(_, Place::NoMessage | Place::Callback))
    }

    /// What is said first, in one language.
    pub(crate) fn headline(&self, language: Language) -> String {
        let english = || self.to_string();
        match self {
            Self::Call(error) | Self::At(error, _) => {
                language.of(turkish_headline(error), english())
            }
            Self::Usage(words)
            | Self::NotInTable(words, _)
            | Self::Unexpected(words)
            | Self::CallbackNotTaken(words) => words.in_language(language).to_owned(),
            Self::WaitedInVain(ms) => {
                language.of(format!("{ms} ms içinde mesaj gelmedi"), english())
            }
            Self::SandboxRefused(text) => {
                let turkish = format!("sandbox diyor ki: {}", reasons::of_sandbox(text));
                language.of(turkish, english())
            }
            Self::NotPrinted(cause) => {
                let turkish = format!("çağrı yanıtlandı ama sonucu yazdırılamadı: {cause}");
                language.of(turkish, english())
            }
            Self::Sandbox(error) => language.of(reasons::sandbox(error), english()),
            Self::Reported(_) => english(),
        }
    }

    /// The exit code, as `onay --help` lists them.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Call(error) | Self::At(error, _) => exit_code(error.kind(), error.delivery()),
            Self::Usage(_) | Self::NotInTable(..) | Self::SandboxRefused(_) => 2,
            Self::Sandbox(error) if is_input(error) => 2,
            Self::NotPrinted(_) => 6,
            Self::Reported(code) => *code,
            Self::WaitedInVain(_) => 8,
            Self::Sandbox(_) | Self::Unexpected(_) | Self::CallbackNotTaken(_) => 1,
        }
    }

    /// Whether a message went out, where the failure is about one.
    pub(crate) fn delivery(&self) -> Option<Delivery> {
        match self {
            Self::Call(error) | Self::At(error, _) => Some(error.delivery()),
            Self::NotPrinted(_) => Some(Delivery::MaybeSent),
            Self::Usage(_) => Some(Delivery::NotSent),
            _ => None,
        }
    }

    /// The failure's name in JSON.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Call(error) | Self::At(error, _) => error.kind().as_str(),
            Self::Usage(_) | Self::NotInTable(..) | Self::SandboxRefused(_) => {
                ErrorKind::InvalidInput.as_str()
            }
            Self::Sandbox(error) if is_input(error) => ErrorKind::InvalidInput.as_str(),
            Self::NotPrinted(_) => ErrorKind::Interrupted.as_str(),
            Self::WaitedInVain(_) => "waited_in_vain",
            Self::Sandbox(_)
            | Self::Unexpected(_)
            | Self::CallbackNotTaken(_)
            | Self::Reported(_) => "unexpected",
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

/// As the library's `Display`, in Turkish. What the provider said stays as it is.
fn turkish_headline(error: &Error) -> String {
    let mut said = match error.provider() {
        Some(provider) => format!("{provider}: "),
        None => String::new(),
    };
    said += kinds::words(error.kind()).name.turkish();
    // A number where a code should be is a customer's.
    let code = error.code().map(|code| match Gsm::parse(code) {
        Err(_) if code.len() <= 80 && code.bytes().all(is_plain) => format!("kod {code}"),
        _ => "kod yazdırılamaz".to_owned(),
    });
    let status = error.http_status().map(|status| format!("HTTP {status}"));
    let answer: Vec<String> = code.into_iter().chain(status).collect();
    if !answer.is_empty() {
        said += &format!(" ({})", answer.join(", "));
    }
    let message = error.message().map(reasons::turkish);
    match (error.field(), message) {
        (Some(field), Some(message)) => said + &format!(": {field}: {message}"),
        (None, Some(message)) => said + &format!(": {message}"),
        (_, None) => said,
    }
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}

/// What a script has to know first: may a message have gone out?
pub(crate) fn exit_code(kind: ErrorKind, delivery: Delivery) -> u8 {
    match (delivery, kind) {
        (Delivery::MaybeSent, _) => 6,
        (_, ErrorKind::InvalidInput | ErrorKind::Config | ErrorKind::Unsupported) => 2,
        (_, ErrorKind::Credentials) => 4,
        (_, ErrorKind::TooSoon) => 5,
        (Delivery::NotSent, _) => 7,
        (_, _) => 3,
    }
}

/// What stands behind an error, the nearest first. No cause that the library keeps holds a secret.
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
