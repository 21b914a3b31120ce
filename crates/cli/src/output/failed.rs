//! How a failure is said: on stderr, for people or as one JSON document.

use std::io::{self, Write};

use onay::{Dispatch, Effect, Error, ProviderCode};
use serde_json::{Value, json};

use super::{Output, bad, challenge_document, challenge_words, quiet, strong};
use crate::failure::{Failure, causes};
use crate::language::Language;
use crate::terminal::plain;
use crate::{next, tables};

pub(super) fn document(failure: &Failure, output: &Output) -> Value {
    let error = match failure {
        Failure::Call(error, _) => Some(error),
        _ => None,
    };
    // Of a call that sends no message, what may have happened leads to no step of a checkout.
    let is_about_a_call =
        |error: &&Error| failure.is_about_a_message() || error.dispatch() != Dispatch::MaybeSent;
    let next_step = error.filter(is_about_a_call).map(Error::next_step);
    let left = error.and_then(Error::wait).map(onay::Wait::remaining_now);
    json!({ "error": {
        "kind": failure.kind(),
        "dispatch": failure.dispatch().map(Dispatch::as_str),
        "provider": error.and_then(Error::provider),
        "operation": error.and_then(Error::operation).map(|operation| operation.name()),
        "subject": error.and_then(Error::subject).map(|subject| subject.name()),
        "code": error.and_then(Error::code).and_then(ProviderCode::printable),
        "message": failure.headline(Language::English),
        "reason_id": error.and_then(Error::reason).map(|reason| reason.id()),
        "next_step": next_step.map(|step| step.as_str()),
        "provider_text": output.provider_text(error.and_then(Error::provider_text)),
        "http_status": error.and_then(Error::http_status),
        "retry_after_ms": left.map(|left| left.as_millis().min(u128::from(u64::MAX))),
        "challenge": error.and_then(Error::challenge).map(challenge_document),
        "action_url": error.and_then(Error::action).map(onay::WebAddress::as_str),
        "caused_by": failure.causes(),
    }})
}

/// For people: what, what it means, whether a message went out, what to do now.
pub(super) fn write(stderr: &mut impl Write, failure: &Failure, output: &Output) -> io::Result<()> {
    let (language, texts) = (output.language(), output.texts());
    let label = bad(texts.label_error());
    writeln!(stderr, "{label}: {}", plain(&failure.headline(language)))?;
    if let Failure::Call(error, _) = failure {
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
    let (language, texts) = (output.language().of_library(), output.texts());
    if let Some([meaning, _]) = tables::explained(error, output.language()) {
        writeln!(stderr, "  {meaning}")?;
    }
    if let Some(ProviderCode::Unknown(code)) = error.code()
        && let Some(code) = output.text_for_people(code)
    {
        writeln!(stderr, "  {}", texts.failed_code(code))?;
    }
    let text = error.provider_text();
    if let Some(text) = text.and_then(|text| output.text_for_people(text)) {
        writeln!(stderr, "  {}", texts.failed_provider_text(text))?;
    }
    if is_about_a_message {
        let effect = error.operation().map(|operation| operation.effect());
        let dispatch = match (error.dispatch(), effect) {
            // A check sends no message.
            (Dispatch::MaybeSent, Some(Effect::ChecksCode)) => texts.failed_maybe_checked(),
            (dispatch, _) => dispatch.text(language).to_owned(),
        };
        writeln!(stderr, "  {dispatch} ({})", error.kind().as_str())?;
    }
    if let Some(address) = error.action() {
        let address = plain(address.as_str());
        writeln!(stderr, "  {}", texts.failed_action_url(address))?;
    }
    if let Some(challenge) = error.challenge() {
        writeln!(stderr, "  {}", texts.go_on_with(challenge_words(challenge)))?;
    }
    // The last cause says why; those before it are layers of the HTTP client.
    if let Some(cause) = causes(error).pop() {
        let cause = texts.failed_because(plain(&cause));
        writeln!(stderr, "  {}", quiet(cause))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use onay::{ErrorKind, Operation, OtpChallenge, PhoneNumber, ProviderText, SessionId, Wait};

    use super::*;

    #[test]
    fn a_failure_has_every_key_of_the_contract() {
        let phone = PhoneNumber::parse("05320000042").expect("a number");
        let session = SessionId::parse("s-2").expect("a session");
        let error = Error::new(ErrorKind::TooSoon)
            .with_provider("paynet")
            .with_operation(Operation::SEND_OTP)
            .with_code(onay::paynet::CODES.code("5"))
            .with_http_status(200)
            .with_provider_text(ProviderText::new("bekleyin"))
            .with_wait(Wait::new(Instant::now(), Duration::from_secs(171)))
            .with_source(io::Error::other("the line is dead"))
            .with_challenge(OtpChallenge::for_phone(session, phone));
        let failure = Failure::from(error);
        let output = Output::new(true, false, Language::Turkish);
        let mut said = document(&failure, &output);
        let left = said["error"]["retry_after_ms"].take();
        assert!(
            left.as_u64()
                .is_some_and(|left| (170_000..=171_000).contains(&left))
        );
        assert_eq!(
            said,
            json!({"error": {
                "kind": "too_soon",
                "dispatch": "refused",
                "provider": "paynet",
                "operation": "send_otp",
                "subject": null,
                "code": "5",
                "message": failure.headline(Language::English),
                "reason_id": null,
                "next_step": "await_code",
                "provider_text": null,
                "http_status": 200,
                "retry_after_ms": null,
                "challenge": {"session": "s-2", "recipient": "+90 532 *** ** 42"},
                "action_url": null,
                "caused_by": ["the line is dead"],
            }})
        );
        let shown = document(&failure, &output.with_provider_text(true));
        assert_eq!(shown["error"]["provider_text"], "bekleyin");
        let keys = |failure: &Failure| -> Vec<String> {
            let document = document(failure, &Output::new(true, false, Language::English));
            let object = document["error"].as_object().expect("an object");
            object.keys().cloned().collect()
        };
        assert_eq!(keys(&failure), keys(&Failure::WaitTimedOut(1)));
    }
}
