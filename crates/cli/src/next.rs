//! What to do now, after a failure: the code table's advice, or that of the kind.

use onay::http::Variables;
use onay::{Dispatch, Error, ErrorKind, NextStep, Subject};
use onay_sandbox::SandboxError;

use crate::failure::{Failure, Place, causes};
use crate::language::{Language, Texts, Words};
use crate::provider::ProviderName;
use crate::{address, settings, tables};

/// The next step, in one sentence.
pub(crate) fn step(failure: &Failure, language: Language) -> Option<String> {
    let texts = language.texts();
    Some(match failure {
        Failure::Call(error, place) => at(error, *place, language),
        Failure::NotPrinted { .. } => texts.next_not_printed(),
        Failure::NotInTable(_, provider) => texts.next_not_in_table(*provider),
        Failure::WaitTimedOut(_) => texts.next_wait_timed_out(),
        Failure::NoCode(_) => texts.next_no_code(),
        Failure::SandboxRefused(_) => texts.next_sandbox_refused(),
        Failure::Sandbox(SandboxError::AddressTaken { .. }) => texts.next_address_taken(),
        Failure::Sandbox(SandboxError::Listen { .. }) => texts.next_listen(),
        Failure::Sandbox(SandboxError::InvalidHost) => texts.next_invalid_host(),
        Failure::Sandbox(SandboxError::InvalidMerchant { .. }) => texts.next_invalid_merchant(),
        Failure::Sandbox(SandboxError::InvalidStory { .. }) => texts.next_invalid_story(),
        Failure::Sandbox(_) => texts.next_sandbox(),
        Failure::Usage(_) => texts.next_usage(),
        Failure::Unexpected(_) => texts.next_unexpected(),
        Failure::CallbackNotTaken(_) => texts.next_callback_not_taken(),
        Failure::Reported(_) => return None,
    })
}

/// Where the command line knows more than the library.
fn at(error: &Error, place: Place, language: Language) -> String {
    let texts = language.texts();
    let option = option_of(subject(error).unwrap_or("value"));
    match (place, error.kind()) {
        (Place::Option(option), ErrorKind::InvalidInput) => texts.next_correct_unsent(option),
        (Place::NoMessage | Place::Callback, ErrorKind::InvalidInput) if option == "stdin" => {
            texts.next_stdin()
        }
        (Place::Callback, ErrorKind::InvalidInput) => texts.next_callback_altered(),
        (Place::Callback, ErrorKind::Credentials) => texts.next_callback_unsigned(),
        (Place::Callback, ErrorKind::Refused) => texts.next_callback_unpaid(),
        (Place::NoMessage | Place::Posted, ErrorKind::InvalidInput) => texts.next_correct(option),
        (Place::NoMessage, ErrorKind::Interrupted) if error.provider().is_none() => {
            texts.next_sandbox_unsure()
        }
        (Place::NoAccountLink, _) => {
            let advice = after_call(error, language);
            texts.next_account_link(advice.trim_end_matches('.'))
        }
        _ => after_call(error, language),
    }
}

fn after_call(error: &Error, language: Language) -> String {
    let advice = advice(error, language);
    // A wrong code or an early call explains itself; of these kinds the sandbox's journal says more.
    let is_refused = error.dispatch() == Dispatch::Refused
        && matches!(
            error.kind(),
            ErrorKind::Credentials | ErrorKind::Refused | ErrorKind::Expired
        );
    let provider = error.provider().unwrap_or_default();
    if is_refused && error.code().is_none() && error.http_status() == Some(404) {
        return language
            .texts()
            .next_not_found(address::base_url_of(provider));
    }
    if !is_refused || !address::calls_a_sandbox(provider, Variables::of_process) {
        return advice;
    }
    let journal = language.texts().next_journal();
    match advice.strip_suffix('.') {
        Some(_) => format!("{advice} {journal}."),
        None => format!("{advice}; {journal}"),
    }
}

fn advice(error: &Error, language: Language) -> String {
    let texts = language.texts();
    // Whether the customer has the message has to be found out first.
    if error.dispatch() == Dispatch::MaybeSent {
        return match (error.provider(), error.next_step()) {
            (None, _) => texts.next_callback_interrupted(),
            (_, NextStep::AskAgain) => texts.next_ask_again(),
            (_, NextStep::StartOver) => texts.next_start_over(),
            (_, NextStep::Escalate) => texts.next_link_unsure(),
            _ => texts.kind_advice(ErrorKind::Interrupted.as_str()),
        };
    }
    // A link has no code that could be typed meanwhile.
    let is_link = error.provider() == Some(ProviderName::Paytr.as_str());
    if let (ErrorKind::TooSoon, Some(wait)) = (error.kind(), error.wait()) {
        let wait = texts.wait(wait.remaining_now());
        return if is_link {
            texts.next_too_soon_link(wait)
        } else {
            texts.next_too_soon(wait)
        };
    }
    if let Some([_, advice]) = tables::explained(error, language) {
        return advice;
    }
    match (error.kind(), error.provider()) {
        (ErrorKind::Credentials, Some("paynet")) => texts.next_credentials_paynet(),
        (ErrorKind::Credentials, Some(provider)) => texts.next_credentials(credentials(provider)),
        (ErrorKind::Config, _) => {
            let variable = variable(subject(error).unwrap_or("environment"));
            let is_set = |name: &str| Variables::of_process(name).is_some();
            let is_unset = matches!(error.subject(), Some(Subject::Variable(_)))
                && error.provider().is_some()
                && !is_set(variable)
                && !is_set(&format!("{variable}_FILE"));
            match error.reason() {
                Some(settings::LIVE) => texts.next_live(variable),
                _ if is_unset => texts.next_unset(variable),
                _ => texts.next_config(variable),
            }
        }
        (ErrorKind::InvalidInput, _) => {
            texts.next_correct_unsent(option_of(subject(error).unwrap_or("value")))
        }
        (ErrorKind::Unreachable, None) => texts.next_unreachable_address(),
        (ErrorKind::Unreachable, Some(provider)) => unreachable(error, provider, texts),
        (ErrorKind::TooSoon, _) if is_link => texts.next_too_soon_link_unknown(),
        (ErrorKind::Refused, Some(_)) if error.code().is_some() => texts.next_unknown_code(),
        (kind, _) => texts.kind_advice(kind.as_str()),
    }
}

/// The variables that say who calls, and where.
fn credentials(provider: &str) -> String {
    let Some(provider) = ProviderName::named(provider) else {
        return String::new();
    };
    let mut names = vec![provider.environment()];
    if provider == ProviderName::Paytr {
        names.push("PAYTR_MERCHANT_ID");
    }
    names.extend(provider.keys().iter().map(|key| key.name));
    names.join(", ")
}

fn unreachable(error: &Error, provider: &str, texts: &Texts) -> String {
    // TLS libraries have types of their own for it, and this word in common.
    if causes(error)
        .iter()
        .any(|cause| cause.contains("certificate"))
    {
        texts.next_certificate()
    } else if address::calls_a_sandbox(provider, Variables::of_process) {
        // Starting a sandbox does not help: its host name is unknown, or it is called by https and speaks http.
        let reason = error.reason().map(|reason| reason.id());
        if matches!(reason, Some("unknown_host" | "tls_failed")) {
            return texts.next_sandbox_address(address::base_url_of(provider));
        }
        texts.next_unreachable_sandbox()
    } else {
        texts.next_unreachable()
    }
}

/// What the error names: an argument of the library, or a variable.
pub(crate) fn subject(error: &Error) -> Option<&'static str> {
    Some(error.subject()?.name())
}

/// Why, in both languages, without the provider and the subject.
pub(crate) fn reason(error: &Error) -> Words {
    match error.reason() {
        Some(reason) => reason.into(),
        None => Words::new(
            error.kind().text(onay::Language::Turkish),
            error.kind().text(onay::Language::English),
        ),
    }
}

/// The variable, or the option, behind the name that an error gives to a setting.
pub(crate) fn variable(field: &str) -> &str {
    match field {
        "sandbox_url" => "ONAY_SANDBOX_URL / --url",
        "proxy" => "--proxy",
        "http_client" => "SSL_CERT_FILE",
        "code" => "--code",
        other => other,
    }
}

/// The option that gives what the library names.
fn option_of(field: &str) -> String {
    match field {
        "phone" | "recipient" | "email" => "--to".to_owned(),
        "link" | "links" => "--id".to_owned(),
        "expiry_date" => "--expires-at".to_owned(),
        "stdin" | "value" => field.to_owned(),
        option if option.starts_with('-') => option.to_owned(),
        other => format!("--{}", other.replace('_', "-")),
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use onay::{Operation, Wait};

    use super::*;

    fn english(error: Error) -> String {
        step(&Failure::from(error), Language::English).expect("a step")
    }

    fn error(kind: ErrorKind) -> Error {
        Error::new(kind).with_provider("paynet")
    }

    #[test]
    fn what_may_have_left_comes_before_the_table() {
        let upstream = Error::new(ErrorKind::Upstream).with_provider("paynet");
        let known = upstream.with_code(onay::paynet::CODES.code("10"));
        assert!(tables::explained(&known, Language::English).is_some());
        let said = english(known);
        assert!(said.contains("ask the customer for the code"), "{said}");
        let step = |operation| english(error(ErrorKind::Interrupted).with_operation(operation));
        assert!(step(Operation::VERIFY_OTP).contains("type it again"));
        assert!(step(tables::CREATE).contains("start over"));
        assert!(step(tables::SEND_SMS).contains("ask the customer"));
        let own = english(Error::new(ErrorKind::Interrupted));
        assert!(own.contains("whether the callback reached"), "{own}");
        let sandbox = Failure::from(Error::new(ErrorKind::Interrupted)).at(Place::NoMessage);
        let said = super::step(&sandbox, Language::English).expect("a step");
        assert!(said.contains("the sandbox did it is not known"), "{said}");
    }

    #[test]
    fn a_link_that_has_to_wait_has_no_code() {
        let early = |provider| Error::new(ErrorKind::TooSoon).with_provider(provider);
        let wait = || Wait::new(Instant::now(), Duration::from_secs(30));
        for (error, said) in [
            (early("paytr-link"), "wait before you try again"),
            (early("paytr-link").with_wait(wait()), "try again in 30 s"),
        ] {
            assert_eq!(english(error), said);
        }
        for error in [early("paynet"), early("paynet").with_wait(wait())] {
            let said = english(error);
            assert!(said.contains("a code that was sent before"), "{said}");
        }
    }
}
