//! How a failure is said: on stderr, for people or as one JSON document.

use std::io::{self, Write};

use onay::{Delivery, Error};
use serde_json::{Value, json};

use super::{BAD, Output, QUIET, STRONG, challenge_document, challenge_words};
use crate::failure::{Failure, causes};
use crate::kinds::{self, said};
use crate::language::Language;
use crate::terminal::plain;
use crate::{next, tables};

pub(super) fn document(failure: &Failure) -> Value {
    let error = match failure {
        Failure::Call(error) | Failure::At(error, _) => json!({
            "kind": failure.kind(),
            "delivery": failure.delivery().map(Delivery::as_str),
            "provider": error.provider(),
            "code": error.code(),
            "message": message(error),
            "http_status": error.http_status(),
            "retry_after_ms": error.retry_after().map(|wait| wait.as_millis().min(u128::from(u64::MAX))),
            "challenge": error.challenge().map(challenge_document),
            "action_url": error.action_url(),
            "caused_by": causes(error),
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
            "caused_by": causes(failure),
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

/// For people: what, what it means, whether a message went out, what to do now.
pub(super) fn write(stderr: &mut impl Write, failure: &Failure, output: &Output) -> io::Result<()> {
    let language = output.language();
    let error = language.of("hata", "error");
    writeln!(
        stderr,
        "{BAD}{error}{BAD:#}: {}",
        plain(&failure.headline(language))
    )?;
    if let Failure::Call(error) | Failure::At(error, _) = failure {
        write_details(stderr, error, failure.is_about_a_message(), language)?;
    }
    if output.is_quiet() {
        return Ok(());
    }
    let now = language.of("şimdi", "next");
    match next::step(failure, language) {
        Some(step) => writeln!(stderr, "{STRONG}{now}{STRONG:#}: {step}"),
        None => Ok(()),
    }
}

fn write_details(
    stderr: &mut impl Write,
    error: &Error,
    is_about_a_message: bool,
    language: Language,
) -> io::Result<()> {
    if let Some(row) = tables::row_of(error) {
        let meaning = said(row.explanation.meaning(), language);
        // The provider may have said the same.
        if error.message() != Some(meaning) {
            writeln!(stderr, "  {meaning}")?;
        }
    }
    if is_about_a_message {
        let delivery = said(kinds::delivery(error.delivery()), language);
        writeln!(stderr, "  {delivery} ({})", error.kind().as_str())?;
    }
    if let Some(after) = error.retry_after() {
        let after = language.wait(after);
        let again = language.of(
            format!("{after} sonra yeniden deneyin"),
            format!("try again in {after}"),
        );
        writeln!(stderr, "  {again}")?;
    }
    if let Some(url) = error.action_url() {
        let goes_on = language.of("müşteri şu adreste devam eder:", "the customer goes on at");
        writeln!(stderr, "  {goes_on} {}", plain(url))?;
    }
    if let Some(challenge) = error.challenge() {
        let go_on = language.of("bununla devam edin:", "go on with");
        writeln!(stderr, "  {go_on} {}", challenge_words(challenge))?;
    }
    let because = language.of("nedeni", "because");
    for cause in causes(error) {
        writeln!(stderr, "  {QUIET}{because}: {}{QUIET:#}", plain(&cause))?;
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
