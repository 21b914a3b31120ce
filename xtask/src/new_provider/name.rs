//! A provider's name, and the forms that it takes in Rust and in prose.

use super::Result;
use super::rooms::Room;

/// It is a keyword on crates.io too, and those are not longer.
const LONGEST: usize = 20;

/// What no crate or module can be called, or what would hide something that everybody uses.
const KEYWORDS: &str = "abstract as async await become box break const continue crate do dyn else enum extern \
    false final fn for gen if impl in let loop macro match mod move mut override priv pub ref return self static \
    struct super trait true try type typeof union unsafe unsized use virtual where while yield";
const STANDARD: &str = "alloc bool char core f32 f64 i128 i16 i32 i64 i8 isize proc-macro std str test u128 u16 u32 \
    u64 u8 usize";

/// `acme-pay`.
#[derive(Debug)]
pub(super) struct Name(String);

impl Name {
    /// Takes a name, or says why it cannot be one.
    pub(super) fn parse(text: &str, taken: &[String], rooms: &[Room]) -> Result<Self> {
        let refuse =
            |why: String| Err(format!("a provider cannot be called {text:?}: {why}").into());
        let is_word = |word: &str| {
            !word.is_empty()
                && word
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        };
        if !text.starts_with(|c: char| c.is_ascii_lowercase()) || !text.split('-').all(is_word) {
            return refuse(
                "write lower-case letters and digits, a letter first, and single hyphens between words: acme-pay"
                    .to_owned(),
            );
        }
        if text.starts_with("onay") {
            return refuse("the package gets its onay- by itself".to_owned());
        }
        if text.len() > LONGEST {
            return refuse(format!(
                "it is a keyword on crates.io too, and those have {LONGEST} characters at most"
            ));
        }
        if KEYWORDS.split_whitespace().any(|word| word == text) {
            return refuse("that is a keyword of Rust".to_owned());
        }
        if STANDARD.split_whitespace().any(|word| word == text) {
            return refuse("that is a name of Rust's standard library".to_owned());
        }
        if taken.iter().any(|name| name == text) {
            return refuse("a folder, a package or a feature of onay has that name".to_owned());
        }
        let name = Self(text.to_owned());
        let own = name.type_name();
        let is_used = |room: &Room| room.is_rust() && words(&room.text).any(|word| word == own);
        if rooms.iter().any(is_used) {
            return refuse(format!(
                "its type would be {own}, which the crate needs for something else"
            ));
        }
        Ok(name)
    }

    /// `acme-pay`.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// `onay-acme-pay`.
    pub(super) fn package(&self) -> String {
        format!("onay-{}", self.0)
    }

    /// `acme_pay`.
    pub(super) fn module(&self) -> String {
        self.0.replace('-', "_")
    }

    /// `ACME_PAY`, with which its variables begin.
    pub(super) fn variable(&self) -> String {
        self.module().to_uppercase()
    }

    /// `AcmePay`.
    pub(super) fn type_name(&self) -> String {
        self.title().replace(' ', "")
    }

    /// `Acme Pay`, for people.
    pub(super) fn title(&self) -> String {
        let words = self.0.split('-').map(|word| {
            let (first, rest) = word.split_at(1);
            format!("{}{rest}", first.to_uppercase())
        });
        words.collect::<Vec<_>>().join(" ")
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Name> {
        let room = Room {
            path: "src/client.rs".into(),
            text: "use onay_http::{Answer, Endpoint};".to_owned(),
        };
        Name::parse(text, &["paynet".to_owned(), "full".to_owned()], &[room])
    }

    #[test]
    fn a_name_has_its_forms() {
        let name = parse("acme-pay2").expect("a name");
        assert_eq!(name.package(), "onay-acme-pay2");
        assert_eq!(name.module(), "acme_pay2");
        assert_eq!(name.variable(), "ACME_PAY2");
        assert_eq!(name.type_name(), "AcmePay2");
        assert_eq!(name.title(), "Acme Pay2");
    }

    #[test]
    fn what_cannot_be_a_name_is_refused_with_the_reason() {
        for (text, why) in [
            ("", "lower-case"),
            ("Acme", "lower-case"),
            ("acme_pay", "lower-case"),
            ("acme--pay", "lower-case"),
            ("-acme", "lower-case"),
            ("acme-", "lower-case"),
            ("2acme", "lower-case"),
            ("ödeme", "lower-case"),
            ("../acme", "lower-case"),
            ("onay-acme", "by itself"),
            ("a-name-of-21-characters", "crates.io"),
            ("match", "keyword of Rust"),
            ("core", "standard library"),
            ("paynet", "has that name"),
            ("full", "has that name"),
            ("endpoint", "would be Endpoint"),
        ] {
            let refusal = parse(text).expect_err(text).to_string();
            assert!(refusal.contains(why), "{text}: {refusal}");
        }
    }
}
