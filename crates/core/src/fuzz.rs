//! Fuzz targets: every parser of this crate, given any bytes.
//!
//! With every test run they get random bytes and the inputs in `__fuzz__` for a moment, with `cargo xtask soak fuzz` for
//! longer; `cargo bolero test` runs one under libFuzzer.

use crate::mask::{holds, masked};
use crate::unseen::is_format;
use crate::{EmailAddress, Error, Gsm, LinkId, OtpCode, OtpToken, Secret, SessionId};

/// A word that no error and no reason holds.
const CANARY: &str = "kanaryaQ7";

/// What went out with a request, as a provider's text may quote it.
const SENT: &str = "sepet-elma";

#[test]
fn gsm() {
    bolero::check!().for_each(|input: &[u8]| {
        let text = String::from_utf8_lossy(input);
        match Gsm::parse(&text) {
            Ok(gsm) => {
                for form in [gsm.e164(), gsm.msisdn(), gsm.domestic(), gsm.national()] {
                    assert_eq!(Gsm::parse(form).ok(), Some(gsm), "{form}");
                }
                let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                assert!(digits.ends_with(gsm.national()), "another number: {text}");
                assert!(gsm.national().starts_with('5') && gsm.national().len() == 10);
                assert!(most_digits(&format!("{gsm} {gsm:?}")) <= 3);
            }
            Err(error) => {
                // Of numbers a refusal shows one alone, which is nobody's.
                let printed = printed(&error).replace("0555 000 00 42", "");
                assert!(most_digits(&printed) <= 3, "{error}");
            }
        }
        quotes_nothing(&Gsm::parse(&format!("{text}{CANARY}")));
    });
}

#[test]
fn email() {
    bolero::check!().for_each(|input: &[u8]| {
        let text = String::from_utf8_lossy(input);
        if let Ok(address) = EmailAddress::parse(&text) {
            assert_eq!(address.as_str(), text);
            let (name, host) = text.split_once('@').expect("an @");
            assert!(!name.is_empty() && host.contains('.') && !host.contains('@'));
            // Nothing that could end a line, a header or a list of addresses.
            assert!(!text.contains(|c: char| c.is_whitespace() || c.is_control()));
            assert!(!text.contains([',', ';', '<', '>']));
            let shown = address.to_string();
            assert_eq!(format!("EmailAddress({shown})"), format!("{address:?}"));
            assert_eq!(shown.split_once("***@").map(|(_, host)| host), Some(host));
            assert!(shown.chars().count() == host.chars().count() + 5, "{shown}");
        }
        let quoting = format!("{CANARY},{text}");
        quotes_nothing(&EmailAddress::parse(&quoting));
    });
}

#[test]
fn words() {
    bolero::check!().for_each(|input: &[u8]| {
        let text = String::from_utf8_lossy(input);
        let sound = |word: &str| {
            !word.is_empty()
                && word.len() <= 1024
                && !word.contains(|c: char| c.is_whitespace() || c.is_control() || is_format(c))
        };
        assert_eq!(OtpToken::parse(&text).is_ok(), sound(&text));
        assert_eq!(SessionId::parse(&text).is_ok(), sound(&text));
        assert_eq!(LinkId::parse(&text).is_ok(), sound(&text));
        assert_eq!(OtpCode::parse(&text).is_ok(), sound(text.trim()));
        if let Ok(token) = OtpToken::parse(&text) {
            assert_eq!(
                (token.reveal(), format!("{token:?}")),
                (&*text, "OtpToken(***)".into())
            );
        }
        if let Ok(code) = OtpCode::parse(&text) {
            assert_eq!(code.reveal(), text.trim());
            assert_eq!(format!("{code:?}"), "OtpCode(***)");
        }
        let quoting = format!("{CANARY} {text}x");
        quotes_nothing(&OtpToken::parse(&quoting));
        quotes_nothing(&OtpCode::parse(&quoting));
        quotes_nothing(&SessionId::parse(&quoting));
        quotes_nothing(&LinkId::parse(&quoting));
    });
}

#[test]
fn key() {
    bolero::check!().for_each(|input: &[u8]| {
        let text = String::from_utf8_lossy(input);
        if let Ok(key) = Secret::key("key", &text) {
            assert_eq!((key.reveal(), format!("{key:?}")), (&*text, "***".into()));
            // It can be written into a header as it is.
            assert!(text.bytes().all(|byte| (b'!'..=b'~').contains(&byte)));
        }
        quotes_nothing(&Secret::key("key", &format!("{CANARY} {text}")));
    });
}

/// What a store gives back is the challenge that was put into it, or an error that quotes nothing.
#[cfg(feature = "serde")]
#[test]
fn challenge() {
    bolero::check!().for_each(|input: &[u8]| {
        if let Ok(challenge) = serde_json::from_slice::<crate::OtpChallenge>(input) {
            let written = serde_json::to_string(&challenge).expect("written");
            let read: crate::OtpChallenge = serde_json::from_str(&written).expect(&written);
            assert_eq!(read, challenge);
            assert!(challenge.gsm().is_none() || challenge.token().is_none());
            assert!(most_digits(&format!("{challenge:?}")) <= 3);
        }
        // The same with a canary and a space in every text, which none of ours may hold; and in a name.
        let text = String::from_utf8_lossy(input);
        for text in [
            text.replace(":\"", &format!(":\" {CANARY}")),
            text.replace("{\"", &format!("{{\"{CANARY}")),
            format!("\"{CANARY}{text}\""),
        ] {
            let read = serde_json::from_str::<crate::OtpChallenge>(&text);
            if let Err(error) = read {
                assert!(!error.to_string().contains(CANARY), "{error}");
            }
        }
    });
}

/// A provider's text is one short line in which no code, no number and nothing that was sent stands.
#[test]
fn mask() {
    bolero::check!().for_each(|input: &[u8]| {
        // A rare sign stands for what was sent, so that the fuzzer finds it soon.
        let text = String::from_utf8_lossy(input)
            .replace('\u{2}', SENT)
            .replace('\u{3}', "sepet&#45;elm&#x61;")
            .replace('\u{4}', r"sepet\u002delma");
        let hidden = [SENT, "QWER", "5550000042", "", "a"];
        let shown = masked(&text, &hidden);
        assert!(shown.chars().count() <= 301);
        assert!(!shown.contains(char::is_control), "{shown:?}");
        assert!(most_digits(&shown) <= 3, "{shown:?}");
        assert!(
            !holds(&shown, &hidden) || shown.contains("***"),
            "{shown:?}"
        );
        let read = shown
            .replace("&#45;", "-")
            .replace(r"\u002d", "-")
            .replace("&#x61;", "a");
        assert!(!quoted(&read, "sepetelma"), "{shown:?}");
        assert!(!quoted(&shown, "qwer"), "{shown:?}");
        let error = Error::new(crate::ErrorKind::Refused)
            .with_provider("acme")
            .with_code_hiding(&text, &hidden)
            .with_message_hiding(&text, &hidden);
        let shown = printed(&error);
        assert!(!quoted(&shown, "sepetelma"), "{shown:?}");
        assert!(!shown.contains("5550000042"), "{shown:?}");
        // A code is shown as it is, but nothing that is as long as a number of a phone or a card.
        let shown = printed(&Error::new(crate::ErrorKind::Refused).with_code(text));
        assert!(most_digits(&shown) <= 8, "{shown:?}");
    });
}

/// Whether a value stands in a text, in capitals or not, with signs between its letters or not. What
/// was masked counts as a letter.
fn quoted(text: &str, value: &str) -> bool {
    let text = text.replace("***", "X").to_lowercase();
    let text: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    text.contains(value)
}

/// The most digits that stand together.
fn most_digits(text: &str) -> usize {
    let runs = text.split(|c: char| !c.is_numeric());
    runs.map(|run| run.chars().count())
        .max()
        .unwrap_or_default()
}

fn printed(error: &Error) -> String {
    format!("{error} {error:?}")
}

fn quotes_nothing<T>(result: &Result<T, Error>) {
    if let Err(error) = result {
        let shown = printed(error);
        assert!(!shown.contains(CANARY), "{shown}");
    }
}
