//! The provider's answers: what is a yes, what is a no, and what is neither.

use onay_core::ErrorKind;

use super::examiner::{Examiner, ROOMY};
use super::wanted::Wanted;
use super::{Expected, Operation, Rule, Sample};
use crate::Behaviour;

pub(super) async fn check(examiner: &mut Examiner<'_>, operation: &Operation) {
    for (sample, next) in &operation.accepted {
        let situation = format!("the yes {}", shown(sample));
        let result = examiner
            .call(operation, &situation, sample.behaviour(), ROOMY)
            .await;
        match result {
            Some(Ok(yes)) if yes.next != *next => {
                let what = "the answer hands on another challenge than expected";
                examiner.breach(Rule::NextChallenge, operation, &situation, what);
            }
            Some(Err(error)) => {
                let what = format!("answered {:?} instead of Ok", error.kind());
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
    if let Some((yes, _)) = operation.accepted.first() {
        neither(examiner, operation, yes).await;
    }
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
    let (kind, delivery) = (expected.kind, expected.delivery);
    if (error.kind(), error.delivery()) != (kind, delivery) {
        let came = (error.kind(), error.delivery());
        let what = format!("answered {came:?} instead of {:?}", (kind, delivery));
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

/// Answers that say neither yes nor no.
async fn neither(examiner: &mut Examiner<'_>, operation: &Operation, yes: &Sample) {
    let canaries = examiner.canaries(operation).join(" ");
    for (situation, body) in [
        ("an empty body", String::new()),
        ("HTML", format!("<!doctype html><title>{canaries}</title>")),
        ("bytes that are no text", "\u{0}\u{1}\u{2}".to_owned()),
        ("an empty object", "{}".to_owned()),
        (
            "an object of nothing known",
            format!(r#"{{"{canaries}":"{canaries}"}}"#),
        ),
        ("a list", "[]".to_owned()),
        ("null", "null".to_owned()),
        ("true", "true".to_owned()),
    ] {
        let behaviour = yes.with_body(&body).behaviour();
        let result = examiner.call(operation, situation, behaviour, ROOMY).await;
        let wanted = Wanted::Kinds(&[ErrorKind::Unreadable]);
        examiner.demand(Rule::KindAndDelivery, operation, situation, result, wanted);
    }
    // Where the dialect is JSON a part of an object says nothing; elsewhere it may be a yes.
    let quarters: &[usize] = if yes.body.starts_with('{') {
        &[1, 2, 3]
    } else {
        &[]
    };
    for quarter in quarters {
        let situation = format!("the yes, cut after {quarter} quarters");
        let letters = yes.body.chars().count() * quarter / 4;
        let part: String = yes.body.chars().take(letters).collect();
        let behaviour = yes.with_body(&part).behaviour();
        let result = examiner.call(operation, &situation, behaviour, ROOMY).await;
        let wanted = Wanted::MaybeSent;
        examiner.demand(Rule::KindAndDelivery, operation, &situation, result, wanted);
    }
    let situation = "an answer that is not HTTP";
    let behaviour = Behaviour::AnswerAndClose(format!("SSH-2.0-{canaries}\r\n\r\n").into_bytes());
    let result = examiner.call(operation, situation, behaviour, ROOMY).await;
    let wanted = Wanted::MaybeSent;
    examiner.demand(Rule::KindAndDelivery, operation, situation, result, wanted);
}

/// Enough of a sample to find it again.
fn shown(sample: &Sample) -> String {
    let begin: String = sample.body.chars().take(60).collect();
    format!("{} {begin:?}", sample.status)
}
