//! Each mistake is found, and named by the rule that it breaks.

use onay_core::{ErrorKind, Gsm, OtpChallenge, SessionId};
use onay_testkit::conformance::{Conformance, Expected, Operation, Report, Rule, Sample};

use crate::careless::{Careless, Mistake};
use crate::conformance::{pigeon, suite};

/// Each mistake, and the rule that it breaks.
const MISTAKES: [(Mistake, Rule); 24] = [
    (Mistake::RetriesOnTimeout, Rule::OneRequest),
    (Mistake::RetriesWhenNobodyLooks, Rule::OneRequest),
    (Mistake::RetriesOn408, Rule::OneRequest),
    (Mistake::SaysNotSentOfATimeout, Rule::HonestDelivery),
    (Mistake::TakesAWrongCode, Rule::OnlyYesIsOk),
    (Mistake::TakesAnyAnswerOfStatus200, Rule::OnlyYesIsOk),
    (Mistake::TakesWhateverIsNoNo, Rule::OnlyYesIsOk),
    (Mistake::TakesAnEmpty204, Rule::OnlyYesIsOk),
    (Mistake::TakesAYesFromBefore, Rule::OnlyYesIsOk),
    (Mistake::WritesToOneNumber, Rule::SendsWhatWasGiven),
    (Mistake::BlamesTheCustomerFor5xx, Rule::KindAndDelivery),
    (Mistake::FoldsUnknownCodes, Rule::CodesKept),
    (Mistake::ForgetsTheSession, Rule::NextChallenge),
    (Mistake::SendsWhatItCannotServe, Rule::UnsupportedFirst),
    (Mistake::FollowsRedirects, Rule::NoRedirect),
    (Mistake::HasNoTimeout, Rule::EndsInTime),
    (Mistake::ReadsWithoutEnd, Rule::BoundedAnswers),
    (Mistake::PrintsTheKey, Rule::Silence),
    (Mistake::RemembersTheLastRequest, Rule::Silence),
    (Mistake::TracesTheNumber, Rule::Silence),
    (Mistake::TracesTheKeyOnAnotherThread, Rule::Silence),
    (Mistake::StaysBusyWhenDropped, Rule::CancelSafe),
    (Mistake::ServesOneAtATime, Rule::Concurrency),
    (Mistake::DoesNotSayItsName, Rule::NamesItself),
];

fn examine(mistake: Mistake) -> Report {
    suite(move |target| Careless::new(target, mistake)).check()
}

#[test]
fn without_a_mistake_the_copy_conforms() {
    let report = examine(Mistake::None);
    assert!(report.passed(), "{report}");
}

#[test]
fn each_mistake_is_named_by_its_rule() {
    // At once, because most of the time is spent waiting for time to run out.
    let examinations = MISTAKES.map(|(mistake, rule)| {
        let examination = std::thread::spawn(move || examine(mistake));
        (mistake, rule, examination)
    });
    for (mistake, rule, examination) in examinations {
        let report = examination.join().expect("a report");
        let text = report.to_string();
        assert!(report.broken_rules().contains(&rule), "{mistake:?}: {text}");
        assert!(text.contains(&format!("\n{rule}\n")), "{mistake:?}: {text}");
        if mistake == Mistake::FoldsUnknownCodes {
            assert_eq!(report.broken_rules(), [rule], "no rule but its own: {text}");
            let breach = report.breaches().first().expect("a breach");
            assert_eq!(breach.operation, "send_otp");
            assert!(breach.what.contains("R-99"), "{breach:?}");
        }
    }
}

#[test]
fn a_yes_that_is_not_understood_is_said_once_with_the_reason_and_the_hint() {
    let challenge = OtpChallenge::for_gsm(
        SessionId::parse("canary-session").expect("a session"),
        Gsm::parse("0555 765 43 21").expect("a number"),
    );
    let refused = Expected::new(ErrorKind::Credentials).with_code("R-1");
    let report = Conformance::of("pigeon")
        .hint(Rule::OnlyYesIsOk, "a yes says yes")
        .hint(Rule::OneRequest, "never shown")
        .operation(
            Operation::send_otp(pigeon, challenge)
                .accepted(Sample::json(r#"{"result":"perhaps"}"#))
                .refused(Sample::json(r#"{"result":"no","reason":"R-1"}"#), refused)
                .unknown_code(Sample::json(r#"{"result":"no","reason":"R-99"}"#), "R-99")
                .neither(Sample::json(r#"{"result":"pending"}"#)),
        )
        .check();
    assert_eq!(report.broken_rules(), [Rule::OnlyYesIsOk], "{report}");
    assert_eq!(report.breaches().len(), 1, "{report}");
    let text = report.to_string();
    let why = "answered Unreadable, saying \"the result is neither yes nor no\", instead of Ok";
    assert!(
        text.contains(&format!("-> a yes says yes\n  {why}\n")),
        "{text}"
    );
    assert!(!text.contains("never shown"), "{text}");
}
