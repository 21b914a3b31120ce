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
    let error = Error::new(ErrorKind::Refused).with_code("0815");
    assert_eq!(error.to_string(), "refused (code 0815)");
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
