//! What an error says, and what it keeps to itself.

use std::time::{Duration, Instant};

use super::*;
use crate::{CodeRow, CodeTable, Meaning, PhoneNumber, SessionId};

static CODES: CodeTable = CodeTable::new(&[CodeRow::new(
    "7",
    "unauthorized",
    Meaning::No(ErrorKind::Credentials),
)]);

const TOO_DEAR: Reason = Reason::new("too_dear", "costs too much", "çok pahalı");

#[test]
fn it_says_each_thing_once_in_both_languages_and_never_the_source() {
    let cause = std::io::Error::other("canary cause");
    let error = Error::new(ErrorKind::Interrupted)
        .with_provider("acme")
        .with_source(cause);
    assert_eq!(error.to_string(), "acme: interrupted");
    assert_eq!(
        error.source().map(ToString::to_string).as_deref(),
        Some("canary cause")
    );
    let wait = Wait::new(Instant::now(), Duration::from_secs(30));
    let error = Error::new(ErrorKind::Credentials)
        .with_provider("acme")
        .with_operation(Operation::SEND_OTP)
        .with_code(CODES.code("7"))
        .with_http_status(401)
        .with_subject(Subject::Variable("ACME_KEY"))
        .with_reason(TOO_DEAR)
        .with_wait(wait);
    assert_eq!(error.wait(), Some(&wait));
    assert_eq!(
        error.to_string(),
        "acme send_otp: credentials not accepted (code 7 unauthorized, HTTP 401): ACME_KEY costs too much, wait 30 s"
    );
    assert_eq!(
        error.message(Language::Turkish),
        "acme send_otp: kimlik bilgileri kabul edilmedi (kod 7 unauthorized, HTTP 401): ACME_KEY çok pahalı, 30 saniye bekleyin"
    );
    assert_eq!(error.message(Language::English), error.to_string());
}

#[test]
fn every_part_is_handed_back() {
    let phone = PhoneNumber::parse("0555 000 00 42").expect("a phone number");
    let session = SessionId::parse("s-1").expect("a session");
    let challenge = OtpChallenge::for_phone(session, phone);
    let link = LinkId::parse("NB2Zlz3").expect("a link");
    let action = WebAddress::parse("https://example.com/3d").expect("an address");
    let error = Error::new(ErrorKind::ActionRequired)
        .with_dispatch(Dispatch::MaybeSent)
        .with_provider("acme")
        .with_operation(Operation::NOTIFY)
        .with_code(CODES.code("7"))
        .with_http_status(200)
        .with_reason(TOO_DEAR)
        .with_provider_text(ProviderText::new("text"))
        .with_challenge(challenge.clone())
        .with_link(link.clone())
        .with_action(action.clone());
    assert_eq!(error.kind(), ErrorKind::ActionRequired);
    assert_eq!(error.dispatch(), Dispatch::MaybeSent);
    assert_eq!(error.provider(), Some("acme"));
    assert_eq!(error.operation(), Some(Operation::NOTIFY));
    assert!(error.code().is_some_and(|code| code.is("7")));
    assert_eq!(error.http_status(), Some(200));
    assert_eq!(error.reason(), Some(TOO_DEAR));
    assert_eq!(error.provider_text(), Some(&ProviderText::new("text")));
    assert_eq!(error.challenge(), Some(&challenge));
    assert_eq!(error.link(), Some(&link));
    assert_eq!(error.action(), Some(&action));
    assert_eq!((error.subject(), error.wait()), (None, None));
}

#[test]
fn what_a_provider_wrote_prints_nowhere() {
    let texts = [
        "Sayın Kanarya Ötücü",
        "5406 6700 0000 0009",
        "K<b>ana</b>rya",
        "=4B=61=6E=61",
        "12345678901",
    ];
    for text in texts {
        let error = Error::new(ErrorKind::Refused)
            .with_code(CODES.code(text))
            .with_provider_text(ProviderText::new(text))
            .with_http_status(200);
        let turkish = error.message(Language::Turkish);
        let shown = format!("{error} {error:?} {error:#?} {turkish}");
        for part in ["anarya", "ana</b>", "5406", "4B", "1234"] {
            assert!(!shown.contains(part), "{shown}");
        }
    }
}

#[test]
fn it_stays_one_pointer_wide() {
    assert_eq!(size_of::<Error>(), size_of::<usize>());
    assert_eq!(size_of::<Result<(), Error>>(), size_of::<usize>());
}
