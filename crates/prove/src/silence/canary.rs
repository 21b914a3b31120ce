//! The values that must show nowhere, and how they are found in whatever writing.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use onay::Error;
use onay::paytr_link::Signed;

use crate::every_call::{credentials, values};

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Key,
    Session,
    Code,
    Number,
    Address,
    Signature,
    Link,
}

impl Kind {
    pub(super) const ALL: [Self; 7] = [
        Self::Key,
        Self::Session,
        Self::Code,
        Self::Number,
        Self::Address,
        Self::Signature,
        Self::Link,
    ];

    pub(super) const fn head(self) -> &'static str {
        match self {
            Self::Key => "keys, salts",
            Self::Session => "sessions, OTP tokens",
            Self::Code => "codes",
            Self::Number => "numbers",
            Self::Address => "addresses",
            Self::Signature => "PayTR tokens",
            Self::Link => "link ids",
        }
    }

    /// What stands where a value of this kind was masked so that its owner knows it again.
    pub(super) const fn mask(self) -> Option<&'static str> {
        match self {
            Self::Number => Some("+90 555 *** ** 91"),
            Self::Address => Some("k***@example.com"),
            _ => None,
        }
    }
}

/// A value that must show nowhere, and all its writings.
#[derive(Clone, Debug)]
pub(super) struct Canary {
    pub(super) kind: Kind,
    pub(super) value: String,
    /// Looked for without regard to case.
    plain: Vec<String>,
    /// Looked for as it is.
    exact: Vec<String>,
    /// Looked for in a text without separators.
    joined: Option<String>,
}

impl Canary {
    pub(super) fn new(kind: Kind, value: &str) -> Self {
        let bytes = value.as_bytes();
        let hex = encoded(value).replace('%', "").to_lowercase();
        let listed = format!("{bytes:?}");
        let mut plain = vec![
            value.to_lowercase(),
            hex,
            listed.trim_matches(['[', ']']).to_owned(),
        ];
        if kind == Kind::Number {
            plain.extend(grouped(value));
        }
        let joined: String = value.to_lowercase().chars().filter(is_core).collect();
        Self {
            kind,
            value: value.to_owned(),
            plain,
            exact: (0..3).filter_map(|shift| base64(value, shift)).collect(),
            joined: (joined.len() >= 10).then_some(joined),
        }
    }

    /// The same value in the writings that a provider might quote it in.
    pub(super) fn writings(&self) -> Vec<String> {
        let value = &self.value;
        let mut writings = vec![
            value.clone(),
            value.to_uppercase(),
            encoded(value),
            encoded_but(value, "-_.~"),
            encoded_but(value, "-_.*").replace("%20", "+"),
        ];
        // Alone, and behind one byte and two: it looks different each time.
        for before in ["", ":", "k:"] {
            writings.push(STANDARD.encode(format!("{before}{value}")));
        }
        if self.kind == Kind::Number {
            writings.extend([format!("+90{value}"), format!("0{value}")]);
            writings.extend(grouped(value).into_iter().map(|rest| format!("555 {rest}")));
        }
        writings
    }
}

/// A text, prepared to be looked through.
pub(super) struct Text {
    exact: String,
    lower: String,
    joined: String,
}

impl Text {
    pub(super) fn new(text: &str) -> Self {
        let exact = format!("{text}\n{}", decoded(text));
        let lower = exact.to_lowercase();
        let joined = |line: &str| line.chars().filter(is_core).collect::<String>() + "\n";
        let joined = lower.lines().map(joined).collect();
        Self {
            exact,
            lower,
            joined,
        }
    }

    pub(super) fn holds(&self, canary: &Canary) -> bool {
        let joined = canary.joined.as_ref();
        canary.plain.iter().any(|form| stands(&self.lower, form))
            || canary.exact.iter().any(|form| self.exact.contains(form))
            || joined.is_some_and(|form| self.joined.contains(form))
    }

    pub(super) fn shows_mask(&self, kind: Kind) -> bool {
        kind.mask().is_some_and(|mask| self.exact.contains(mask))
    }
}

/// Every canary there is.
pub(super) fn all() -> Result<Vec<Canary>, Error> {
    let mut all = vec![
        Canary::new(Kind::Key, values::PAYNET_KEY),
        Canary::new(Kind::Key, values::PAYWALL_KEY),
        Canary::new(Kind::Key, values::PAYWALL_CLIENT),
        Canary::new(Kind::Key, values::PAYTR_KEY),
        Canary::new(Kind::Key, values::PAYTR_SALT),
        Canary::new(Kind::Key, super::guard::SECRET),
        Canary::new(Kind::Session, values::SESSION),
        Canary::new(Kind::Session, values::TOKEN),
        Canary::new(Kind::Session, super::answers::NEXT_SESSION),
        Canary::new(Kind::Session, super::answers::NEXT_TOKEN),
        Canary::new(Kind::Code, values::CODE),
        Canary::new(Kind::Number, values::NUMBER),
        Canary::new(Kind::Address, values::EMAIL),
        Canary::new(Kind::Link, values::LINK),
    ];
    for token in tokens()? {
        all.push(Canary::new(Kind::Signature, &token));
    }
    Ok(all)
}

/// The tokens that PayTR's calls carry when they are made with the canaries.
pub(super) fn tokens() -> Result<Vec<String>, Error> {
    let credentials = credentials()?;
    let (id, email) = (values::LINK, values::EMAIL);
    let cell_phone = &format!("0{}", values::NUMBER);
    let (name, price, currency) = (values::PRODUCT, "1445", "TL");
    let (max_installment, lang, min_count) = ("1", "tr", "1");
    let signed = [
        Signed::SendSms { id, cell_phone },
        Signed::SendEmail { id, email },
        Signed::Delete { id },
        Signed::CreateProduct {
            name,
            price,
            currency,
            max_installment,
            lang,
            min_count,
        },
        Signed::CreateCollection {
            name,
            price,
            currency,
            max_installment,
            lang,
            email,
        },
    ];
    let tokens = signed.iter().map(|signed| signed.token(&credentials));
    Ok(tokens.collect())
}

/// Every byte as `%XX`.
pub(super) fn encoded(text: &str) -> String {
    text.bytes()
        .fold(String::new(), |all, byte| all + &format!("%{byte:02X}"))
}

/// Letters, digits and what is `kept` stay as they are: so RFC 3986 writes it, and so a form.
fn encoded_but(text: &str, kept: &str) -> String {
    let stays = |c: char| c.is_ascii_alphanumeric() || kept.contains(c);
    let mut buffer = [0; 4];
    text.chars().fold(String::new(), |all, c| {
        let same = c.encode_utf8(&mut buffer);
        if stays(c) {
            all + same
        } else {
            all + &encoded(same)
        }
    })
}

fn decoded(text: &str) -> String {
    let mut pieces = text.split('%');
    let mut decoded = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        let byte = piece
            .get(..2)
            .and_then(|two| u8::from_str_radix(two, 16).ok());
        match byte {
            Some(byte) => {
                decoded.push(byte);
                decoded.extend_from_slice(piece.get(2..).unwrap_or_default().as_bytes());
            }
            None => decoded.extend_from_slice(piece.as_bytes()),
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

/// The seven last digits as people write them: in them a number is known however it begins.
fn grouped(number: &str) -> Vec<String> {
    let part = |range| number.get(range).unwrap_or_default();
    let [three, two, last] = [part(3..6), part(6..8), part(8..10)];
    vec![
        format!("{three} {two} {last}"),
        format!("{three}-{two}-{last}"),
        format!("{three} {two}{last}"),
        format!("{three}{two}{last}"),
    ]
}

/// Digits count only where no other digit stands beside them.
fn stands(text: &str, form: &str) -> bool {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let digits = form.len() < 10 && form.bytes().all(|byte| byte.is_ascii_digit());
    text.match_indices(form).any(|(start, _)| {
        let before = text.get(..start).and_then(|text| text.chars().next_back());
        let after = text
            .get(start + form.len()..)
            .and_then(|text| text.chars().next());
        !digits || !(is_digit(before) || is_digit(after))
    })
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as `filter` hands it")]
fn is_core(c: &char) -> bool {
    c.is_alphanumeric()
}

/// The part of a base64 text that the value alone decides, when it begins `shift` bytes in.
fn base64(value: &str, shift: usize) -> Option<String> {
    let bytes = [&vec![0; shift], value.as_bytes()].concat();
    let encoded = STANDARD_NO_PAD.encode(&bytes);
    let form = encoded.get((shift * 8).div_ceil(6)..bytes.len() * 8 / 6)?;
    (form.len() >= 7).then(|| form.to_owned())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use onay_testkit::{Behaviour, SocketServer};

    use super::*;
    use crate::every_call::{Call, Clients};

    #[test]
    fn every_writing_is_found() {
        for canary in all().expect("canaries") {
            for writing in canary.writings() {
                let text = Text::new(&format!("said: {writing}."));
                assert!(text.holds(&canary), "{writing}");
            }
            let bytes = format!("{:?}", canary.value.as_bytes());
            assert!(Text::new(&bytes).holds(&canary), "{bytes}");
            assert!(!Text::new("said: *** +90 555 *** ** 91").holds(&canary));
        }
    }

    #[tokio::test]
    async fn the_tokens_are_those_that_the_calls_post() {
        let calls = [
            Call::PaytrSms,
            Call::PaytrEmail,
            Call::PaytrDelete,
            Call::PaytrProduct,
            Call::PaytrCollection,
        ];
        let tokens = tokens().expect("tokens");
        assert_eq!(tokens.len(), calls.len());
        for (call, token) in calls.into_iter().zip(tokens) {
            let server = SocketServer::start(Behaviour::json(r#"{"status":"error"}"#)).await;
            let clients = Clients::of(&server.url(), Duration::from_secs(5)).expect("clients");
            call.make(&clients).await.expect_err("refused");
            let posted = server.requests().first().expect("a request").text();
            let wanted = format!("paytr_token={}", encoded_but(&token, ""));
            assert!(posted.contains(&wanted), "{call:?}: {wanted} in {posted}");
        }
    }
}
