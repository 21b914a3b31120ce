//! Each mistake is found, and named by the rule that it breaks.

use onay_core::ErrorKind;
use onay_testkit::conformance::{Conformance, Expected, Operation, Report, Rule, Sample};

use crate::mistake::Mistake;
use crate::provider::Careless;
use crate::suite::{KEY, PROVIDER, by_email, challenge, send, suite, verify};

/// Each mistake, and the rule that it breaks.
const MISTAKES: [(Mistake, Rule); 34] = [
    (Mistake::RetriesOnTimeout, Rule::OneRequest),
    (Mistake::RetriesLater, Rule::OneRequest),
    (Mistake::RetriesOn408, Rule::OneRequest),
    (Mistake::SpeaksHttp2, Rule::OneRequest),
    (Mistake::SaysNotSentOfATimeout, Rule::HonestDispatch),
    (Mistake::TakesAWrongCode, Rule::OnlyYesIsOk),
    (Mistake::TakesAnyAnswerOfStatus200, Rule::OnlyYesIsOk),
    (Mistake::TakesUnknownStatuses, Rule::OnlyYesIsOk),
    (Mistake::TakesAnEmpty204, Rule::OnlyYesIsOk),
    (Mistake::TakesAYesFromBefore, Rule::OnlyYesIsOk),
    (Mistake::TakesTheLastOfTwo, Rule::OnlyYesIsOk),
    (Mistake::WritesToOneNumber, Rule::SendsWhatWasGiven),
    (Mistake::ForgetsToEncodeThePlus, Rule::SendsWhatWasGiven),
    (Mistake::ChecksByNumberAlone, Rule::BoundApproval),
    (Mistake::BlamesTheCustomerFor5xx, Rule::KindAndDispatch),
    (Mistake::BelievesAFirewall, Rule::KindAndDispatch),
    (Mistake::FoldsUnknownCodes, Rule::CodesKept),
    (Mistake::ForgetsTheSession, Rule::NextChallenge),
    (
        Mistake::DoesNotNameTheProviderInTheChallenge,
        Rule::NextChallenge,
    ),
    (Mistake::SendsWhatItCannotServe, Rule::UnsupportedFirst),
    (Mistake::TakesTheChallengeOfAnother, Rule::UnsupportedFirst),
    (Mistake::FollowsRedirects, Rule::NoRedirect),
    (Mistake::HasNoTimeout, Rule::EndsInTime),
    (Mistake::ReadsWithoutEnd, Rule::BoundedAnswers),
    (Mistake::PrintsTheKey, Rule::Silence),
    (Mistake::RemembersTheLastRequest, Rule::Silence),
    (Mistake::TracesTheNumber, Rule::Silence),
    (Mistake::TracesTheState, Rule::Silence),
    (Mistake::TracesTheKeyOnAnotherThread, Rule::Silence),
    (Mistake::PrintsTheProvidersText, Rule::Silence),
    (Mistake::SendsTheCaller, Rule::Silence),
    (Mistake::StaysBusyWhenDropped, Rule::CancelSafe),
    (Mistake::ServesOneAtATime, Rule::Concurrency),
    (Mistake::DoesNotSayItsName, Rule::NamesItself),
];

/// One of the two operations is enough to show a mistake.
fn examine(mistake: Mistake) -> Report {
    let build = move |target: &_| Careless::new(target, mistake);
    let suite = Conformance::of(PROVIDER).secret(KEY);
    match mistake {
        Mistake::TakesAWrongCode | Mistake::ChecksByNumberAlone => suite.operation(verify(build)),
        Mistake::SpeaksHttp2 => suite.operation(send(build)).over_tls(),
        Mistake::SendsWhatItCannotServe => suite
            .operation(send(build))
            .unsupported(Operation::send_otp(build, by_email())),
        _ => suite.operation(send(build)),
    }
    .check()
}

#[test]
fn without_a_mistake_it_conforms() {
    let report = suite(|target| Careless::new(target, Mistake::None)).check();
    assert!(report.passed(), "{report}");
    let (text, calls) = (report.to_string(), report.calls());
    assert_eq!(text, format!("{PROVIDER} conforms ({calls} calls)"));
}

#[test]
fn each_mistake_is_named_by_its_rule() {
    // At once, because much of the time is spent waiting for time to run out.
    let examinations = MISTAKES.map(|(mistake, rule)| {
        let examination = std::thread::spawn(move || examine(mistake));
        (mistake, rule, examination)
    });
    for (mistake, rule, examination) in examinations {
        let report = examination.join().expect("a report");
        let text = report.to_string();
        assert!(report.broken_rules().contains(&rule), "{mistake:?}: {text}");
        assert!(text.contains(&format!("\n{rule}\n")), "{mistake:?}: {text}");
        if matches!(
            mistake,
            Mistake::FoldsUnknownCodes
                | Mistake::ChecksByNumberAlone
                | Mistake::PrintsTheProvidersText
        ) {
            assert_eq!(report.broken_rules(), [rule], "no rule but its own: {text}");
        }
    }
}

#[test]
fn a_check_by_number_alone_is_reported_where_it_is_declared() {
    let build = |target: &_| Careless::new(target, Mistake::ChecksByNumberAlone);
    let report = Conformance::of(PROVIDER)
        .operation(verify(build).ignores_session())
        .check();
    let text = report.to_string();
    assert!(report.passed(), "{text}");
    assert!(text.contains("verify_otp ignores the session"), "{text}");
}

#[test]
fn a_yes_that_is_not_understood_is_said_once_with_the_hint() {
    let build = |target: &_| Careless::new(target, Mistake::None);
    let refused = Expected::new(ErrorKind::Credentials).with_code("20003");
    let no = |code: u32| Sample::new(401, "application/json", &format!(r#"{{"code":{code}}}"#));
    let report = Conformance::of(PROVIDER)
        .hint(Rule::OnlyYesIsOk, "a yes says yes")
        .hint(Rule::OneRequest, "never shown")
        .operation(
            Operation::send_otp(build, challenge())
                .accepted(Sample::json(r#"{"status":"perhaps"}"#))
                .refused(no(20003), refused)
                .unknown_code(no(60999), "60999")
                .neither(Sample::json(r#"{"status":"later"}"#)),
        )
        .check();
    let text = report.to_string();
    assert_eq!(report.broken_rules(), [Rule::OnlyYesIsOk], "{text}");
    assert_eq!(report.breaches().len(), 1, "{text}");
    let why = "answered Unreadable instead of Ok";
    assert!(
        text.contains(&format!("-> a yes says yes\n  {why}\n")),
        "{text}"
    );
    assert!(!text.contains("never shown"), "{text}");
}
