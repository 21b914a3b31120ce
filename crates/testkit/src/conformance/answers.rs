//! The provider's answers: what is a yes, what is a no, and what is neither.

use std::time::Duration;

use onay_core::{Error, ErrorKind, OtpChallenge, ProviderCode, ProviderText, Wait};

use super::examiner::Examiner;
use super::situation::{Situation, Wanted};
use super::{Expected, Operation, Rule, Sample};

/// How much of a wait may have passed when it is looked at.
const PASSED: Duration = Duration::from_secs(5);

/// Whether a yes came through.
pub(super) async fn check(examiner: &mut Examiner<'_>, operation: &Operation) -> bool {
    let mut says_yes = false;
    for (sample, next) in &operation.accepted {
        says_yes |= yes(examiner, operation, sample, next.as_ref()).await;
    }
    for (sample, expected) in &operation.refused {
        refusal(examiner, operation, sample, expected, None).await;
    }
    for (sample, code) in &operation.unknown_codes {
        let expected = Expected::new(ErrorKind::Refused);
        let code = ProviderCode::Unknown(ProviderText::new(code));
        refusal(examiner, operation, sample, &expected, Some(&code)).await;
    }
    let neither = operation.neither.iter().map(|sample| {
        let name = format!("neither yes nor no {}", shown(sample));
        unreadable(name, sample)
    });
    examiner.try_all(operation, neither).await;
    if let Some((yes, _)) = operation.accepted.first() {
        let nothing = nothing_said(operation, yes, &examiner.quoted(operation));
        examiner.try_all(operation, nothing).await;
    }
    says_yes
}

async fn yes(
    examiner: &mut Examiner<'_>,
    operation: &Operation,
    sample: &Sample,
    next: Option<&OtpChallenge>,
) -> bool {
    let name = format!("the yes {}", shown(sample));
    let situation = free(&name, sample);
    match examiner.try_it(operation, situation).await {
        None => false,
        Some(Err(error)) => {
            let what = format!("answered {:?}{} instead of Ok", error.kind(), said(&error));
            examiner.breach(Rule::OnlyYesIsOk, operation, &name, &what);
            false
        }
        Some(Ok(yes)) => {
            // The merchant made this challenge; the next one belongs to the provider.
            let next = next.map(|next| next.clone().with_provider(examiner.suite.provider));
            if yes.next != next {
                let names_it = yes.next.as_ref().and_then(OtpChallenge::provider);
                let what = if names_it == Some(examiner.suite.provider) {
                    "the answer hands on another challenge than expected"
                } else {
                    "the next challenge does not name the provider"
                };
                examiner.breach(Rule::NextChallenge, operation, &name, what);
            }
            true
        }
    }
}

async fn refusal(
    examiner: &mut Examiner<'_>,
    operation: &Operation,
    sample: &Sample,
    expected: &Expected,
    unknown: Option<&ProviderCode>,
) {
    let name = format!("the no {}", shown(sample));
    let situation = free(&name, sample);
    let error = match examiner.try_it(operation, situation).await {
        None => return,
        Some(Ok(_)) => {
            let what = format!("answered Ok instead of {:?}", expected.kind);
            return examiner.breach(Rule::OnlyYesIsOk, operation, &name, &what);
        }
        Some(Err(error)) => error,
    };
    let mut breach = |rule, what: &str| examiner.breach(rule, operation, &name, what);
    let code = error.code();
    if unknown.is_some() && code != unknown {
        breach(
            Rule::CodesKept,
            &format!("code() is {code:?} instead of the unknown code"),
        );
    }
    if let Some(wanted) = &expected.code {
        if !code.is_some_and(|code| code.is(wanted)) {
            breach(
                Rule::CodesKept,
                &format!("code() is {code:?} instead of {wanted}"),
            );
        }
    }
    let (kind, dispatch) = (error.kind(), error.dispatch());
    if (kind, dispatch) != (expected.kind, expected.dispatch) {
        let wanted = format!("{:?}/{:?}", expected.kind, expected.dispatch);
        let said = said(&error);
        let what = format!("answered {kind:?}/{dispatch:?}{said} instead of {wanted}");
        breach(Rule::KindAndDispatch, &what);
    }
    if let Some(wanted) = expected.wait {
        let left = error.wait().map(Wait::remaining_now);
        if !left.is_some_and(|left| left <= wanted && left + PASSED >= wanted) {
            breach(
                Rule::KindAndDispatch,
                &format!("wait() is {left:?} instead of {wanted:?}"),
            );
        }
    }
    let status = error.http_status();
    if expected.http_status.is_some() && status != expected.http_status {
        let wanted = expected.http_status;
        breach(
            Rule::KindAndDispatch,
            &format!("http_status() is {status:?} instead of {wanted:?}"),
        );
    }
    // Without a renewal, saying nothing and saying the same again are both true.
    let ours = |challenge: &OtpChallenge| challenge.clone().with_provider("");
    let goes_on_with = error.challenge().or(operation.challenge.as_ref()).map(ours);
    let wanted = expected.challenge.as_ref().or(operation.challenge.as_ref());
    if goes_on_with != wanted.map(ours) {
        breach(
            Rule::NextChallenge,
            "the error hands on another challenge than expected",
        );
    }
}

/// Answers under a good HTTP status that are in no provider's dialect.
fn nothing_said(operation: &Operation, yes: &Sample, quoted: &str) -> Vec<Situation> {
    let object = format!(r#"{{"{quoted}":"{quoted}"}}"#);
    let html = format!("<!doctype html><title>{quoted}</title>");
    let all = [
        ("an empty body", 200, ""),
        ("an empty body under HTTP 202", 202, ""),
        ("HTTP 204", 204, ""),
        ("HTML", 200, html.as_str()),
        ("HTML under HTTP 201", 201, html.as_str()),
        ("plain text", 200, quoted),
        ("bytes that are no text", 200, "\u{0}\u{1}\u{2}"),
        ("an empty object", 200, "{}"),
        ("an empty object under HTTP 202", 202, "{}"),
        ("an object of nothing known", 200, object.as_str()),
        ("a list", 200, "[]"),
        ("null", 200, "null"),
        ("true", 200, "true"),
    ];
    let all = all.map(|(name, status, body)| (name, yes.with_body(body).with_status(status)));
    let is_a_yes = |sample: &Sample| {
        let mut accepted = operation.accepted.iter();
        accepted.any(|(yes, _)| yes.says_the_same(sample))
    };
    let all = all.iter().filter(|(_, sample)| !is_a_yes(sample));
    all.map(|(name, sample)| unreadable(*name, sample))
        .collect()
}

fn unreadable(name: impl Into<String>, sample: &Sample) -> Situation {
    let wanted = Wanted::Kinds(&[ErrorKind::Unreadable]);
    Situation::new(name, sample.behaviour(), Rule::KindAndDispatch, wanted)
}

/// What it has to say is checked here, and not by the examiner.
fn free(name: &str, sample: &Sample) -> Situation {
    Situation::new(name, sample.behaviour(), Rule::KindAndDispatch, Wanted::Any)
}

/// Why it says so, in the error's own words.
fn said(error: &Error) -> String {
    let code = error.code().map(|code| format!(" with the code {code}"));
    let reason = error
        .reason()
        .map(|reason| format!(", saying \"{reason}\","));
    [code, reason].into_iter().flatten().collect()
}

/// Enough of a sample to find it again.
fn shown(sample: &Sample) -> String {
    let begin: String = sample.body.chars().take(60).collect();
    format!("{} {begin:?}", sample.status)
}
