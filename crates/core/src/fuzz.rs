//! Fuzz targets: every parser of this crate, given any bytes.
//!
//! With every test run they get random bytes and the inputs in `__fuzz__` for a moment, with `cargo xtask soak fuzz` for
//! longer; `cargo bolero test` runs one under libFuzzer.

use crate::digits::ascii_digit;
use crate::unseen::{is_blank, is_format};
use crate::{
    EmailAddress, Error, LinkId, OtpCode, OtpToken, PhoneNumber, Secret, SessionId, WebAddress,
};

/// A word that no error and no reason holds.
const CANARY: &str = "kanaryaQ7";

#[test]
fn phone() {
    bolero::check!().for_each(|input: &[u8]| {
        let text = String::from_utf8_lossy(input);
        match PhoneNumber::parse(&text) {
            Ok(phone) => {
                let again = PhoneNumber::parse(phone.e164());
                assert_eq!(again.ok(), Some(phone), "{text}");
                if let Some(turkish) = phone.turkish() {
                    for form in [phone.msisdn(), turkish.national(), turkish.significant()] {
                        assert_eq!(PhoneNumber::parse(form).ok(), Some(phone), "{form}");
                    }
                    assert!(turkish.significant().starts_with('5'));
                }
                // No digit is made up, and none is left out but zeros of a prefix.
                let digits: String = text
                    .chars()
                    .filter_map(ascii_digit)
                    .map(char::from)
                    .collect();
                let significant = phone.turkish().map_or(phone.msisdn(), |t| t.significant());
                assert!(digits.ends_with(significant), "another number: {text}");
                let prefix = digits.strip_suffix(significant).unwrap_or_default();
                let known = ["", "0", "00", "90", "090", "900", "0090", "00900"];
                assert!(known.contains(&prefix), "{text}");
                assert!(most_digits(&format!("{phone:?}")) <= 3);
            }
            Err(error) => {
                // Of numbers a refusal shows those of a Turkish example and of services alone.
                let printed = printed(&error).replace("0555 000 00 42", "");
                assert!(most_digits(&printed) <= 4, "{error}");
            }
        }
        let lettered = PhoneNumber::parse(&format!("{text}{CANARY}"));
        assert!(lettered.is_err(), "letters were read away: {text}");
        quotes_nothing(&lettered);
    });
}

/// A number is read in whichever way its digits are written and parted, and a letter within it is never read away.
#[test]
fn spelling() {
    const PARTS: [&str; 12] = [
        "", " ", "-", "/", ".", "_", "(", ")", "\u{a0}", "\u{2011}", "\u{200b}", "\u{202c}",
    ];
    const PREFIXES: [&str; 8] = ["", "0", "90", "+90", "0090", "+900", "+90 (0) ", "tel:+90"];
    bolero::check!()
        .with_type::<(u8, u8, u8, [u8; 9], [u8; 10])>()
        .for_each(|(prefix, script, place, digits, parts)| {
            let zero = ['0', '\u{660}', '\u{ff10}'][usize::from(script % 3)];
            let written = |digit: u8| char::from_u32(u32::from(zero) + u32::from(digit));
            let digits: Vec<u8> = [5]
                .into_iter()
                .chain(digits.iter().map(|d| d % 10))
                .collect();
            let mut spelled: Vec<String> = vec![PREFIXES[usize::from(prefix % 8)].to_owned()];
            for (digit, part) in digits.iter().zip(parts) {
                spelled.extend(written(*digit).map(String::from));
                spelled.push(PARTS[usize::from(part % 12)].to_owned());
            }
            let text = spelled.concat();
            let phone = PhoneNumber::parse(&text).expect(&text);
            let ascii: String = digits.iter().map(|d| char::from(b'0' + d)).collect();
            assert_eq!(phone.e164(), format!("+90{ascii}"), "{text}");
            assert_eq!(PhoneNumber::parse(phone.e164()).ok(), Some(phone));
            spelled.insert(1 + usize::from(*place) % 20, "O".to_owned());
            assert!(
                PhoneNumber::parse(&spelled.concat()).is_err(),
                "{spelled:?}"
            );
        });
}

#[test]
fn email() {
    bolero::check!().for_each(|input: &[u8]| {
        let text = String::from_utf8_lossy(input);
        if let Ok(address) = EmailAddress::parse(&text) {
            let text = text.trim_matches(|c: char| c.is_whitespace() || is_format(c));
            assert_eq!(address.as_str(), text);
            let (name, host) = text.split_once('@').expect("an @");
            assert!(!name.is_empty() && host.contains('.') && !host.contains('@'));
            // Nothing that could end a line, a header or a list of addresses.
            assert!(!text.contains(|c: char| c.is_whitespace() || c.is_control()));
            assert!(!text.contains([',', ';', '<', '>']));
            let shown = address.masked().to_string();
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
                && !word.contains(|c: char| is_blank(c) || c.is_control() || is_format(c))
        };
        assert_eq!(OtpToken::parse(&text).is_ok(), sound(&text));
        assert_eq!(SessionId::parse(&text).is_ok(), sound(&text));
        assert_eq!(LinkId::parse(&text).is_ok(), sound(&text));
        if let Ok(token) = OtpToken::parse(&text) {
            assert_eq!(
                (token.expose(), format!("{token:?}")),
                (&*text, "OtpToken(***)".into())
            );
        }
        if let Ok(code) = OtpCode::parse(&text) {
            assert!(sound(code.expose()), "{text:?}");
            assert_eq!(OtpCode::parse(code.expose()).ok().as_ref(), Some(&code));
            let count = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
            let seen: String = text.chars().filter(|c| !is_format(*c)).collect();
            assert!(count(code.expose()) <= count(&seen), "a letter made up");
            assert_eq!(format!("{code:?}"), "OtpCode(***)");
        }
        if let Ok(address) = WebAddress::parse(&text) {
            assert_eq!(address.as_str(), text);
        }
        let quoting = format!("{CANARY} {text}x");
        quotes_nothing(&OtpToken::parse(&quoting));
        quotes_nothing(&OtpCode::parse(&format!("{CANARY}\0{text}")));
        quotes_nothing(&SessionId::parse(&quoting));
        quotes_nothing(&LinkId::parse(&quoting));
    });
}

#[test]
fn key() {
    bolero::check!().for_each(|input: &[u8]| {
        let text = String::from_utf8_lossy(input);
        if let Ok(key) = Secret::key("key", &text) {
            assert_eq!((key.expose(), format!("{key:?}")), (&*text, "***".into()));
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

/// The most digits that are together.
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
