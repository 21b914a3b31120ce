//! A secret value in every encoding, to be searched for in outputs.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use onay_core::{PhoneNumber, Recipient};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The shortest value that is looked for: anything shorter stands somewhere by chance.
pub(super) const SHORTEST: usize = 6;
/// The shortest piece of base64 that is no coincidence.
const SHORTEST_BASE64: usize = 8;
/// So many digits at the end of a number are its customer's own.
const SUBSCRIBER: usize = 7;

/// What a form or an address encodes.
const IN_ADDRESSES: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// A value that must show nowhere.
#[derive(Clone)]
pub(super) struct Canary {
    /// What it is to the reader of a report.
    pub(super) role: Cow<'static, str>,
    /// The value itself, for pages that quote it.
    pub(super) value: String,
    is_number: bool,
    /// Lower case, compared without case.
    plain: Vec<String>,
    base64: Vec<String>,
}

impl Canary {
    pub(super) fn new(role: impl Into<Cow<'static, str>>, value: &str) -> Self {
        let bytes = format!("{:?}", value.as_bytes());
        let bytes = bytes.trim_matches(['[', ']']).to_owned();
        let escaped = value.escape_debug().to_string();
        let mut plain = vec![value.to_lowercase(), bytes];
        let encoded = utf8_percent_encode(value, IN_ADDRESSES).to_string();
        for form in [escaped, encoded] {
            if form != value {
                plain.push(form.to_lowercase());
            }
        }
        Self {
            role: role.into(),
            value: value.to_owned(),
            is_number: false,
            plain,
            base64: (0..3).filter_map(|shift| base64(value, shift)).collect(),
        }
    }

    /// A recipient: a number in each grouping, or an address.
    pub(super) fn recipient(recipient: &Recipient) -> Option<Self> {
        match recipient {
            Recipient::Phone(phone) => Some(Self::number(phone)),
            Recipient::Email(email) => Some(Self::new("the address", email.as_str())),
            _ => None,
        }
    }

    fn number(phone: &PhoneNumber) -> Self {
        let digits = phone.msisdn();
        let begin = digits.len().saturating_sub(SUBSCRIBER);
        Self {
            role: "the number".into(),
            value: phone.e164().to_owned(),
            is_number: true,
            plain: digits.get(begin..).map(str::to_owned).into_iter().collect(),
            base64: Vec::new(),
        }
    }

    /// The first line of a text in which it stands.
    pub(super) fn line_in<'t>(&self, output: &Output<'t>) -> Option<&'t str> {
        if !self.stands_in(output) {
            return None;
        }
        let mut lines = output.text.lines();
        let line = lines.find(|line| self.stands_in(&Output::new(line)));
        // Parted by a line's end.
        Some(line.unwrap_or(output.text))
    }

    fn stands_in(&self, output: &Output<'_>) -> bool {
        if self.is_number {
            return self.plain.iter().any(|form| output.together.contains(form));
        }
        self.plain.iter().any(|form| holds(&output.lower, form))
            || self.base64.iter().any(|form| output.text.contains(form))
    }
}

/// A text that was printed or traced, prepared for many searches.
#[derive(Debug)]
pub(super) struct Output<'t> {
    text: &'t str,
    lower: String,
    /// Without what groups the digits of a number.
    together: String,
}

impl<'t> Output<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            lower: text.to_lowercase(),
            together: text.replace([' ', '-', '(', ')', '.', '/'], ""),
        }
    }
}

/// Digits count only where no other digit stands beside them: a code is not part of a port.
fn holds(text: &str, form: &str) -> bool {
    let all_digits = form.bytes().all(|byte| byte.is_ascii_digit());
    text.match_indices(form).any(|(start, _)| {
        let before = text.get(..start).and_then(|text| text.chars().last());
        let after = text
            .get(start + form.len()..)
            .and_then(|text| text.chars().next());
        let beside = before.into_iter().chain(after);
        !all_digits || !beside.into_iter().any(|c| c.is_ascii_digit() || c == '.')
    })
}

/// The part of a base64 text that the value alone decides, when it begins `shift` bytes in.
fn base64(value: &str, shift: usize) -> Option<String> {
    let bytes = [&vec![0; shift], value.as_bytes()].concat();
    let encoded = STANDARD_NO_PAD.encode(&bytes);
    let decided = bytes.len() * 8 / 6;
    let first = (shift * 8).div_ceil(6);
    let form = encoded.get(first..decided)?;
    (form.len() >= SHORTEST_BASE64).then(|| form.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_in_every_disguise() {
        let key = Canary::new("the key", "test-canary-key");
        for text in [
            "key=test-canary-key",
            "KEY=TEST-CANARY-KEY",
            "Basic dGVzdC1jYW5hcnkta2V5",
            "Basic dGVzdC1jYW5hcnkta2V5Og==",
            "Basic dXNlcjp0ZXN0LWNhbmFyeS1rZXk=",
            "Basic eDp0ZXN0LWNhbmFyeS1rZXk6",
            "body: [116, 101, 115, 116, 45, 99, 97, 110, 97, 114, 121, 45, 107, 101, 121, 10]",
        ] {
            let printed = format!("first\n{text}");
            assert_eq!(key.line_in(&Output::new(&printed)), Some(text));
        }
        assert_eq!(key.line_in(&Output::new("key=***\ntest-canary")), None);
        let token = Canary::new("the token", "a+b/c=\"d");
        for text in ["Token=a%2Bb%2Fc%3D%22d", r#""a+b/c=\"d""#] {
            assert!(token.stands_in(&Output::new(text)), "{text}");
        }
    }

    #[test]
    fn a_number_is_found_in_every_grouping() {
        let phone = PhoneNumber::parse("0555 765 43 21").expect("a number");
        let number = Canary::recipient(&phone.into()).expect("a canary");
        for text in [
            "+905557654321",
            "5557654321",
            "+90 555 765 4321",
            "0(555) 765-43-21",
            "765.43.21",
        ] {
            assert!(number.stands_in(&Output::new(text)), "{text}");
        }
        assert!(!number.stands_in(&Output::new(&phone.masked().to_string())));
    }

    #[test]
    fn a_code_is_not_found_in_a_longer_number() {
        let code = Canary::new("the code", "312745");
        assert!(code.stands_in(&Output::new("code=312745,")));
        assert!(!code.stands_in(&Output::new("elapsed=1.312745ms id=93127451")));
    }
}
