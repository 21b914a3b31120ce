//! The provider's answers: what is a yes, what is a no, and what is neither.

use onay_core::{Error, ErrorKind};

use super::examiner::{Examiner, ROOMY};
use super::wanted::Wanted;
use super::{Expected, Operation, Rule, Sample};
use crate::Behaviour;

/// Whether a yes came through.
pub(super) async fn check(examiner: &mut Examiner<'_>, operation: &Operation) -> bool {
    let mut says_yes = false;
    for (sample, next) in &operation.accepted {
        let situation = format!("the yes {}", shown(sample));
        let result = examiner
            .call(operation, &situation, sample.behaviour(), ROOMY)
            .await;
        says_yes |= matches!(result, Some(Ok(_)));
        match result {
            Some(Ok(yes)) if yes.next != *next => {
                let what = "the answer hands on another challenge than expected";
                examiner.breach(Rule::NextChallenge, operation, &situation, what);
            }
            Some(Err(error)) => {
                let what = format!("answered {:?}{} instead of Ok", error.kind(), said(&error));
                examiner.breach(Rule::OnlyYesIsOk, operation, &situation, &what);
            }
            Some(Ok(_)) | None => {}
        }
    }
    for (sample, expected) in &operation.refused {
        refusal(examiner, operation, sample, expected).await;
    }
    for (sample, code) in &operation.unknown_codes {
        let expected = Expected::new(ErrorKind::Refused).with_code(code);
        refusal(examiner, operation, sample, &expected).await;
    }
    for sample in &operation.neither {
        let situation = format!("neither yes nor no {}", shown(sample));
        unreadable(examiner, operation, &situation, sample.behaviour()).await;
    }
    if let Some((yes, _)) = operation.accepted.first() {
        nothing_said(examiner, operation, yes).await;
        spoiled(examiner, operation, yes).await;
    }
    says_yes
}

async fn refusal(
    examiner: &mut Examiner<'_>,
    operation: &Operation,
    sample: &Sample,
    expected: &Expected,
) {
    let situation = format!("the no {}", shown(sample));
    let result = examiner
        .call(operation, &situation, sample.behaviour(), ROOMY)
        .await;
    let error = match result {
        None => return,
        Some(Ok(_)) => {
            let what = format!("answered Ok instead of {:?}", expected.kind);
            return examiner.breach(Rule::OnlyYesIsOk, operation, &situation, &what);
        }
        Some(Err(error)) => error,
    };
    if let Some(code) = &expected.code {
        if error.code() != Some(code) {
            let what = format!("code() is {:?} instead of {code:?}", error.code());
            examiner.breach(Rule::CodesKept, operation, &situation, &what);
        }
    }
    let (kind, delivery) = (error.kind(), error.delivery());
    if (kind, delivery) != (expected.kind, expected.delivery) {
        let wanted = format!("{:?}/{:?}", expected.kind, expected.delivery);
        let what = format!(
            "answered {kind:?}/{delivery:?}{} instead of {wanted}",
            said(&error)
        );
        examiner.breach(Rule::KindAndDelivery, operation, &situation, &what);
    }
    if expected.retry_after.is_some() && error.retry_after() != expected.retry_after {
        let (came, wanted) = (error.retry_after(), expected.retry_after);
        let what = format!("retry_after() is {came:?} instead of {wanted:?}");
        examiner.breach(Rule::KindAndDelivery, operation, &situation, &what);
    }
    // Without a renewal, saying nothing and saying the same again are both true.
    let goes_on_with = error.challenge().or(operation.challenge.as_ref());
    if goes_on_with != expected.challenge.as_ref().or(operation.challenge.as_ref()) {
        let what = "the error hands on another challenge than expected";
        examiner.breach(Rule::NextChallenge, operation, &situation, what);
    }
}

/// Answers under a good HTTP status that are not in anybody's dialect.
async fn nothing_said(examiner: &mut Examiner<'_>, operation: &Operation, yes: &Sample) {
    let quoted = examiner.quoted(operation);
    let object = format!(r#"{{"{quoted}":"{quoted}"}}"#);
    let html = format!("<!doctype html><title>{quoted}</title>");
    for (situation, status, body) in [
        ("an empty body", 200, ""),
        ("an empty body under HTTP 202", 202, ""),
        ("HTTP 204", 204, ""),
        ("HTML", 200, html.as_str()),
        ("HTML under HTTP 201", 201, html.as_str()),
        ("bytes that are no text", 200, "\u{0}\u{1}\u{2}"),
        ("an empty object", 200, "{}"),
        ("an empty object under HTTP 202", 202, "{}"),
        ("an object of nothing known", 200, object.as_str()),
        ("a list", 200, "[]"),
        ("null", 200, "null"),
        ("true", 200, "true"),
    ] {
        let sample = yes.with_body(body).with_status(status);
        let is_a_yes = |(yes, _): &(Sample, _)| yes.says_the_same(&sample);
        if !operation.accepted.iter().any(is_a_yes) {
            unreadable(examiner, operation, situation, sample.behaviour()).await;
        }
    }
}

/// A yes that was damaged on its way.
async fn spoiled(examiner: &mut Examiner<'_>, operation: &Operation, yes: &Sample) {
    let mut damaged = vec![(
        "the yes behind a letter".to_owned(),
        format!("X{}", yes.body),
    )];
    // Where the dialect is JSON a part of an object says nothing; elsewhere it may be a yes.
    if yes.body.starts_with('{') {
        let letters = yes.body.chars().count();
        damaged.extend([1, 2, 3].map(|quarters| {
            let part = yes.body.chars().take(letters * quarters / 4).collect();
            (format!("the yes, cut after {quarters} quarters"), part)
        }));
    }
    for (situation, body) in damaged {
        let behaviour = yes.with_body(&body).behaviour();
        let result = examiner.call(operation, &situation, behaviour, ROOMY).await;
        let wanted = Wanted::MaybeSent;
        examiner.demand(Rule::KindAndDelivery, operation, &situation, result, wanted);
    }
    let situation = "an answer that is not HTTP";
    let quoted = examiner.quoted(operation);
    let behaviour = Behaviour::AnswerAndClose(format!("SSH-2.0-{quoted}\r\n\r\n").into_bytes());
    let result = examiner.call(operation, situation, behaviour, ROOMY).await;
    let wanted = Wanted::MaybeSent;
    examiner.demand(Rule::KindAndDelivery, operation, situation, result, wanted);
}

async fn unreadable(
    examiner: &mut Examiner<'_>,
    operation: &Operation,
    situation: &str,
    behaviour: Behaviour,
) {
    let result = examiner.call(operation, situation, behaviour, ROOMY).await;
    let wanted = Wanted::Kinds(&[ErrorKind::Unreadable]);
    examiner.demand(Rule::KindAndDelivery, operation, situation, result, wanted);
}

/// Why it says so, in the error's own words.
fn said(error: &Error) -> String {
    let code = error.code().filter(|code| !code.is_empty());
    let code = code.map(|code| format!(" with the code {code:?}"));
    let message = error
        .message()
        .map(|message| format!(", saying {message:?},"));
    [code, message].into_iter().flatten().collect()
}

/// Enough of a sample to find it again.
fn shown(sample: &Sample) -> String {
    let begin: String = sample.body.chars().take(60).collect();
    format!("{} {begin:?}", sample.status)
}
