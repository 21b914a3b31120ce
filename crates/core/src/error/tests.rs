//! What an error says, and what it keeps to itself.

use super::*;

#[test]
fn display_says_each_thing_once_and_never_the_source() {
    let cause = std::io::Error::other("canary cause");
    let error = Error::new(ErrorKind::Interrupted)
        .with_provider("acme")
        .with_source(cause);
    assert_eq!(error.to_string(), "acme: interrupted");
    assert_eq!(
        error.source().map(ToString::to_string).as_deref(),
        Some("canary cause")
    );
    let error = Error::invalid_input("gsm", "is empty");
    assert_eq!(error.to_string(), "invalid input: gsm is empty");
}

#[test]
fn a_code_is_kept_whole_but_printed_only_while_it_is_one() {
    let error = Error::new(ErrorKind::Refused).with_code("<b>\n");
    assert_eq!(error.code(), Some("<b>\n"));
    assert_eq!(error.to_string(), "refused (code unprintable)");
    assert!(format!("{error:?}").contains("unprintable"));
    for number in [
        "5550000042",
        "ERR5550000042",
        "5406-6700-0000-0009",
        "05550000042x",
    ] {
        let error = Error::new(ErrorKind::Refused).with_code(number);
        assert_eq!(error.to_string(), "refused (code unprintable)", "{number}");
    }
    for code in ["0815", "ERR_3D-FAILED", "12345678"] {
        let error = Error::new(ErrorKind::Refused).with_code(code);
        assert_eq!(error.to_string(), format!("refused (code {code})"));
    }
    let longest = "A".repeat(80);
    let error = Error::new(ErrorKind::Refused).with_code(longest.as_str());
    assert_eq!(error.to_string(), format!("refused (code {longest})"));
    let error = Error::new(ErrorKind::Refused).with_code(longest + "A");
    assert_eq!(error.to_string(), "refused (code unprintable)");
}

#[test]
fn a_code_that_quotes_what_went_out_is_none() {
    for code in ["sepet-elma", "SEPET ELMA", "x:sepetelma"] {
        let error = Error::new(ErrorKind::Refused).with_code_hiding(code, &["sepet-elma"]);
        assert_eq!(error.code(), Some("***"));
    }
    let error = Error::new(ErrorKind::Refused).with_code_hiding("A-17", &["sepet-elma"]);
    assert_eq!(error.code(), Some("A-17"));
    let error = Error::new(ErrorKind::Refused).with_code("ç".repeat(250_000));
    assert_eq!(error.code().map(|code| code.chars().count()), Some(100));
}

#[test]
fn an_empty_message_is_none() {
    let error = Error::new(ErrorKind::Refused).with_message(" \n");
    assert_eq!(error.message(), None);
}

#[test]
fn errors_travel_between_threads() {
    fn check<T: Send + Sync + 'static>() {}
    check::<Error>();
    assert_eq!(size_of::<Error>(), size_of::<usize>());
}

#[test]
fn what_was_said_is_told_and_nothing_else() {
    let bare = Error::new(ErrorKind::Refused);
    assert_eq!((bare.field(), bare.provider()), (None, None));
    assert_eq!((bare.code(), bare.http_status()), (None, None));
    assert_eq!((bare.message(), bare.retry_after()), (None, None));
    assert_eq!((bare.challenge(), bare.action_url()), (None, None));
    assert!(bare.source().is_none());
    let session = crate::SessionId::parse("canary-session").expect("a session");
    let challenge = OtpChallenge::for_session(session);
    let error = Error::new(ErrorKind::ActionRequired)
        .with_delivery(Delivery::MaybeSent)
        .with_provider("acme")
        .with_code("5010")
        .with_http_status(202)
        .with_message("3D gerekli")
        .with_retry_after(Duration::from_secs(7))
        .with_challenge(challenge.clone())
        .with_action_url("https://example.com/3d?canary");
    assert_eq!(error.kind(), ErrorKind::ActionRequired);
    assert_eq!(error.delivery(), Delivery::MaybeSent);
    assert_eq!(error.provider(), Some("acme"));
    assert_eq!(error.code(), Some("5010"));
    assert_eq!(error.http_status(), Some(202));
    assert_eq!(error.message(), Some("3D gerekli"));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(error.challenge(), Some(&challenge));
    assert_eq!(error.action_url(), Some("https://example.com/3d?canary"));
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("canary"), "{shown}");
    for part in ["acme", "5010", "202", "3D gerekli", "7s", "action_url"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
}

#[test]
fn an_address_that_could_deceive_is_none() {
    let error = || Error::new(ErrorKind::ActionRequired).with_code("5010");
    for url in [
        "https://x/\u{1b}]0;pwned\u{7}",
        "https://x/\u{202e}moc.example",
        "javascript:alert(1)",
        "",
    ] {
        let with = error().with_action_url(url);
        assert_eq!(with.action_url(), None, "{url:?}");
        assert_eq!(format!("{with} {with:?}"), format!("{0} {0:?}", error()));
        // What was there before stays.
        let with = error().with_action_url("HTTPS://x/3d").with_action_url(url);
        assert_eq!(with.action_url(), Some("HTTPS://x/3d"));
    }
}
