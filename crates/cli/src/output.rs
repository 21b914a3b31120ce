//! What is printed: the result on stdout, the rest on stderr; for people, or as one JSON document.

use std::fmt::Display;
use std::io::{self, Write};
use std::time::{Duration, SystemTime};

use anstyle::{AnsiColor, Style};
use onay::{Delivery, Error, OtpChallenge, OtpToken};
use serde::Serialize;
use serde_json::{Value, json};

use crate::failure::Failure;

pub(crate) const GOOD: Style = AnsiColor::Green.on_default().bold();
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();
pub(crate) const QUIET: Style = Style::new().dimmed();
pub(crate) const STRONG: Style = Style::new().bold();

/// Where results and failures go.
#[derive(Debug)]
pub(crate) struct Output {
    json: bool,
}

impl Output {
    pub(crate) fn new(json: bool) -> Self {
        Self { json }
    }

    pub(crate) fn is_json(&self) -> bool {
        self.json
    }

    /// Prints a result: `human` for people, `document` as JSON.
    pub(crate) fn result(
        &self,
        human: impl Display,
        document: &impl Serialize,
    ) -> Result<(), Failure> {
        let text = if self.json {
            serde_json::to_string(document).map_err(|error| not_printed(&error))?
        } else {
            human.to_string()
        };
        line(&text)
    }

    /// Prints why a command failed, on stderr. Stdout stays empty.
    pub(crate) fn failure(&self, failure: &Failure) {
        let mut stderr = anstream::stderr().lock();
        // Where the terminal is gone, the exit code has to do.
        let _ = if self.json {
            writeln!(stderr, "{}", failure_document(failure))
        } else {
            write_failure(&mut stderr, failure)
        };
    }
}

/// Prints a line on stdout.
pub(crate) fn line(text: &str) -> Result<(), Failure> {
    let mut stdout = anstream::stdout().lock();
    let written = writeln!(stdout, "{text}").and_then(|()| stdout.flush());
    match written {
        // `onay … | head` is no failure.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(not_printed(&error)),
        Ok(()) => Ok(()),
    }
}

/// A challenge as JSON: what a caller needs to go on, the number masked.
pub(crate) fn challenge_document(challenge: &OtpChallenge) -> Value {
    let session = challenge.session().reveal();
    match (challenge.gsm(), challenge.token()) {
        (Some(gsm), _) => json!({ "session": session, "gsm": gsm.to_string() }),
        (None, token) => json!({ "session": session, "token": token.map(OtpToken::reveal) }),
    }
}

/// A challenge for people who go on by hand.
pub(crate) fn challenge_words(challenge: &OtpChallenge) -> String {
    let session = challenge.session().reveal();
    match challenge.token() {
        Some(token) => format!("--session {session} --token {}", token.reveal()),
        None => format!("--session {session}"),
    }
}

/// A time as JSON writes it.
pub(crate) fn time(time: SystemTime) -> Option<String> {
    jiff::Timestamp::try_from(time)
        .ok()
        .map(|time| time.to_string())
}

/// A wait as people say it, rounded up: whoever waits that long has waited long enough.
pub(crate) fn wait(wait: Duration) -> String {
    let seconds = wait.as_millis().div_ceil(1000);
    match (seconds / 60, seconds % 60) {
        (0 | 1, _) => format!("{seconds} s"),
        (minutes, 0) => format!("{minutes} min"),
        (minutes, rest) => format!("{minutes} min {rest} s"),
    }
}

fn not_printed(error: &dyn Display) -> Failure {
    Failure::NotPrinted(error.to_string())
}

pub(crate) fn unexpected(error: &dyn Display) -> Failure {
    Failure::Unexpected(error.to_string())
}

fn failure_document(failure: &Failure) -> Value {
    let error = match failure {
        Failure::Call(error) => json!({
            "kind": failure.kind(),
            "delivery": failure.delivery().map(Delivery::as_str),
            "provider": error.provider(),
            "code": error.code(),
            "message": message(error),
            "http_status": error.http_status(),
            "retry_after_ms": error.retry_after().map(|wait| wait.as_millis().min(u128::from(u64::MAX))),
            "challenge": error.challenge().map(challenge_document),
            "action_url": error.action_url(),
        }),
        _ => json!({
            "kind": failure.kind(),
            "delivery": failure.delivery().map(Delivery::as_str),
            "provider": null,
            "code": null,
            "message": failure.to_string(),
            "http_status": null,
            "retry_after_ms": null,
            "challenge": null,
            "action_url": null,
        }),
    };
    json!({ "error": error })
}

/// The message, beginning with the field that is meant.
fn message(error: &Error) -> Option<String> {
    match (error.field(), error.message()) {
        (Some(field), Some(message)) => Some(format!("{field} {message}")),
        (None, message) => message.map(str::to_owned),
        (Some(field), None) => Some(field.to_owned()),
    }
}

fn write_failure(stderr: &mut impl Write, failure: &Failure) -> io::Result<()> {
    writeln!(stderr, "{BAD}error{BAD:#}: {failure}")?;
    let Failure::Call(error) = failure else {
        return Ok(());
    };
    writeln!(stderr, "  {} ({})", error.delivery(), error.kind().as_str())?;
    if let Some(after) = error.retry_after() {
        writeln!(stderr, "  try again in {}", wait(after))?;
    }
    if let Some(url) = error.action_url() {
        writeln!(stderr, "  the customer goes on at {url}")?;
    }
    if let Some(challenge) = error.challenge() {
        writeln!(stderr, "  go on with {}", challenge_words(challenge))?;
    }
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        writeln!(stderr, "  {QUIET}because: {error}{QUIET:#}")?;
        cause = error.source();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use onay::{ErrorKind, Gsm, SessionId};

    use super::*;

    #[test]
    fn a_failure_has_every_key_of_the_contract() {
        let gsm = Gsm::parse("05320000042").expect("gsm");
        let session = SessionId::parse("s-2").expect("session");
        let error = Error::new(ErrorKind::TooSoon)
            .with_provider("paynet")
            .with_code("5")
            .with_http_status(200)
            .with_message("bekleyin")
            .with_retry_after(Duration::from_secs(171))
            .with_challenge(OtpChallenge::for_gsm(session, gsm));
        assert_eq!(
            failure_document(&Failure::Call(error)),
            json!({"error": {
                "kind": "too_soon",
                "delivery": "refused",
                "provider": "paynet",
                "code": "5",
                "message": "bekleyin",
                "http_status": 200,
                "retry_after_ms": 171_000,
                "challenge": {"session": "s-2", "gsm": "+90 532 *** ** 42"},
                "action_url": null,
            }})
        );
        let keys = |failure: &Failure| -> Vec<String> {
            let document = failure_document(failure);
            let object = document["error"].as_object().expect("an object");
            object.keys().cloned().collect()
        };
        let call = Failure::Call(Error::new(ErrorKind::Refused));
        assert_eq!(keys(&call), keys(&Failure::WaitedInVain(1)));
    }

    #[test]
    fn waits_are_rounded_up() {
        assert_eq!(wait(Duration::ZERO), "0 s");
        assert_eq!(wait(Duration::from_millis(1)), "1 s");
        assert_eq!(wait(Duration::from_secs(119)), "119 s");
        assert_eq!(wait(Duration::from_millis(179_500)), "3 min");
        assert_eq!(wait(Duration::from_secs(181)), "3 min 1 s");
    }
}
