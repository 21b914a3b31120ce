//! How a failure is said: on stderr, for people or as one JSON document.

use std::io::{self, Write};

use onay::{Delivery, Error};
use serde_json::{Value, json};

use super::{Output, bad, challenge_document, challenge_words, quiet, strong};
use crate::failure::{Failure, causes};
use crate::language::Language;
use crate::terminal::plain;
use crate::{next, tables};

pub(super) fn document(failure: &Failure) -> Value {
    let error = match failure {
        Failure::Call(error) | Failure::At(error, _) => Some(error),
        _ => None,
    };
    let retry_after = error.and_then(Error::retry_after);
    json!({ "error": {
        "kind": failure.kind(),
        "delivery": failure.delivery().map(Delivery::as_str),
        "provider": error.and_then(Error::provider),
        "code": error.and_then(Error::code),
        "message": match error {
            Some(error) => message(error),
            None => Some(failure.headline(Language::English)),
        },
        "http_status": error.and_then(Error::http_status),
        "retry_after_ms": retry_after.map(|wait| wait.as_millis().min(u128::from(u64::MAX))),
        "challenge": error.and_then(Error::challenge).map(challenge_document),
        "action_url": error.and_then(Error::action_url),
        "caused_by": failure.causes(),
    }})
}

/// The message, beginning with the field that is meant.
fn message(error: &Error) -> Option<String> {
    match (error.field(), error.message()) {
        (Some(field), Some(message)) => Some(format!("{field} {message}")),
        (None, message) => message.map(str::to_owned),
        (Some(field), None) => Some(field.to_owned()),
    }
}

/// For people: what, what it means, whether a message went out, what to do now.
pub(super) fn write(stderr: &mut impl Write, failure: &Failure, output: &Output) -> io::Result<()> {
    let (language, texts) = (output.language(), output.texts());
    let label = bad(texts.label_error());
    writeln!(stderr, "{label}: {}", plain(&failure.headline(language)))?;
    if let Failure::Call(error) | Failure::At(error, _) = failure {
        write_details(stderr, error, failure.is_about_a_message(), output)?;
    }
    if output.is_quiet() {
        return Ok(());
    }
    match next::step(failure, language) {
        Some(step) => writeln!(stderr, "{}: {step}", strong(texts.label_next())),
        None => Ok(()),
    }
}

fn write_details(
    stderr: &mut impl Write,
    error: &Error,
    is_about_a_message: bool,
    output: &Output,
) -> io::Result<()> {
    let texts = output.texts();
    if let Some(row) = tables::row_of(error) {
        let meaning = row.meaning.in_language(output.language());
        // The provider may have said the same.
        if error.message() != Some(meaning) {
            writeln!(stderr, "  {meaning}")?;
        }
    }
    if is_about_a_message {
        let delivery = texts.delivery(error.delivery().as_str());
        writeln!(stderr, "  {delivery} ({})", error.kind().as_str())?;
    }
    if let Some(wait) = error.retry_after() {
        writeln!(stderr, "  {}", texts.failed_again_in(texts.wait(wait)))?;
    }
    if let Some(url) = error.action_url() {
        writeln!(stderr, "  {}", texts.failed_action_url(plain(url)))?;
    }
    if let Some(challenge) = error.challenge() {
        writeln!(stderr, "  {}", texts.go_on_with(challenge_words(challenge)))?;
    }
    for cause in causes(error) {
        let cause = texts.failed_because(plain(&cause));
        writeln!(stderr, "  {}", quiet(cause))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use onay::{ErrorKind, Gsm, OtpChallenge, SessionId};

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
            .with_source(io::Error::other("the line is dead"))
            .with_challenge(OtpChallenge::for_gsm(session, gsm));
        assert_eq!(
            document(&Failure::Call(error)),
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
                "caused_by": ["the line is dead"],
            }})
        );
        let keys = |failure: &Failure| -> Vec<String> {
            let document = document(failure);
            let object = document["error"].as_object().expect("an object");
            object.keys().cloned().collect()
        };
        let call = Failure::Call(Error::new(ErrorKind::Refused));
        assert_eq!(keys(&call), keys(&Failure::WaitedInVain(1)));
    }
}
