//! Which mistake makes the token that was posted.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};

use super::merchant::Merchant;
use super::request::Posted;
use super::signature::{digest, token};
use crate::number::MobileNumber;
use crate::tenant::hex_start;

/// The longest texts, in bytes, over which mistakes are tried out: everybody waits meanwhile.
const LONGEST_TRIED: usize = 2_048;

/// The doctor's word on a wrong token.
pub(super) fn wrong_token(
    merchant: &Merchant,
    posted: Posted<'_>,
    signed: &[&'static str],
) -> String {
    let missing = posted.missing(signed);
    if !missing.is_empty() {
        let (is, them) = match missing.as_slice() {
            [_] => ("is", "it"),
            _ => ("are", "them"),
        };
        let missing = missing.join(", ");
        return format!("{missing} {is} missing, and the token is over {them}");
    }
    let case = Case {
        merchant,
        posted,
        signed,
        token: posted.text("paytr_token"),
    };
    let length: usize = case.texts().iter().map(|text| text.len()).sum();
    let tried = (length <= LONGEST_TRIED).then_some(&case);
    let mistake = tried.and_then(Case::mistake);
    if let Some(mistake) = mistake {
        return format!("paytr_token is wrong: {mistake}");
    }
    let order = signed.join(" + ");
    format!(
        "paytr_token is wrong, by no mistake that is known here: it is base64 of the HMAC-SHA256, \
         by merchant_key, over {order} + merchant_salt, each exactly as posted"
    )
}

/// A wrong token, with all that its mistake can be found from.
struct Case<'case> {
    merchant: &'case Merchant,
    posted: Posted<'case>,
    signed: &'case [&'static str],
    token: &'case str,
}

impl Case<'_> {
    fn mistake(&self) -> Option<String> {
        self.in_encoding()
            .or_else(|| self.in_secrets())
            .or_else(|| self.in_order())
            .map(str::to_owned)
            .or_else(|| self.in_spelling())
    }

    fn texts(&self) -> Vec<&str> {
        let texts = self.signed.iter().map(|field| self.posted.text(field));
        texts.collect()
    }

    /// Whether the token is over these parts by this key.
    fn is(&self, key: &str, parts: &[&str]) -> bool {
        token(key, parts) == self.token
    }

    /// Whether the token is over these texts by the merchant's key and salt.
    fn is_over(&self, texts: &[&str]) -> bool {
        let parts = [texts, &[self.merchant.salt()]].concat();
        self.is(self.merchant.key(), &parts)
    }

    /// Whether the token is right once a field is signed as this text.
    fn is_with(&self, field: &str, text: &str) -> bool {
        let named = self.signed.iter();
        let texts = named.map(|signed| match *signed {
            signed if signed == field => text,
            signed => self.posted.text(signed),
        });
        self.is_over(&texts.collect::<Vec<_>>())
    }

    /// The right bytes, written in another way.
    fn in_encoding(&self) -> Option<&'static str> {
        let parts = [self.texts().as_slice(), &[self.merchant.salt()]].concat();
        let digest = digest(self.merchant.key(), &parts);
        let hex = hex_start(&digest, digest.len());
        let right = STANDARD.encode(&digest);
        if self.token.eq_ignore_ascii_case(&hex) {
            Some("it is hex, where PayTR wants base64")
        } else if self.token == STANDARD.encode(&hex) {
            Some("it is base64 of the hex digits; PayTR wants base64 of the bytes")
        } else if self.token == STANDARD_NO_PAD.encode(&digest) {
            Some("the = at its end is missing")
        } else if self.token == URL_SAFE.encode(&digest)
            || self.token == URL_SAFE_NO_PAD.encode(&digest)
        {
            Some("it is base64 of the URL-safe alphabet; PayTR wants + and / for - and _")
        } else if self.token.replace(' ', "+") == right {
            Some("a + in it was not percent-encoded as %2B and arrived as a blank")
        } else if self.token.trim() == right {
            Some("there are blanks or line breaks around it")
        } else {
            None
        }
    }

    /// Key and salt, wrongly used.
    fn in_secrets(&self) -> Option<&'static str> {
        let (key, salt) = (self.merchant.key(), self.merchant.salt());
        let texts = self.texts();
        let with = |end: &[&str]| [texts.concat(), end.concat()].concat();
        let is = |key: &str, text: String| self.is(key, &[&text]);
        if is(key, with(&[])) {
            return Some("merchant_salt left out");
        }
        if is(key, with(&[salt, salt])) {
            return Some("merchant_salt appended twice");
        }
        if is(salt, with(&[key])) {
            return Some("merchant_key and merchant_salt swapped");
        }
        if is(key, with(&[key])) {
            return Some("merchant_key appended in place of merchant_salt");
        }
        if is(salt, with(&[salt])) {
            return Some("merchant_salt used in place of merchant_key");
        }
        let ends = ["", "\n", "\r\n", "\r", " "];
        for in_key in ends {
            for in_salt in ends {
                let key = [key, in_key].concat();
                if is(&key, with(&[salt, in_salt])) {
                    return Some(match (in_key, in_salt) {
                        (_, "") => "a line break or blank at the end of merchant_key",
                        ("", _) => "a line break or blank at the end of merchant_salt",
                        _ => "a line break or blank at the end of merchant_key and merchant_salt",
                    });
                }
            }
        }
        None
    }

    /// The right texts in another order, or others in their place.
    fn in_order(&self) -> Option<&'static str> {
        let text = |field| self.posted.text(field);
        let texts = self.texts();
        let salt = self.merchant.salt();
        let salt_first = [&[salt], texts.as_slice()].concat();
        if self.is(self.merchant.key(), &salt_first) {
            return Some("merchant_salt before the other texts");
        }
        match *self.signed {
            ["id", "merchant_id", ref rest @ ..] => {
                let rest: Vec<_> = rest.iter().map(|field| text(field)).collect();
                let (id, merchant_id) = (text("id"), text("merchant_id"));
                let over = |start: &[&str]| self.is_over(&[start, rest.as_slice()].concat());
                let end_first = [rest.as_slice(), &[id, merchant_id]].concat();
                if over(&[merchant_id, id]) {
                    Some("merchant_id before id")
                } else if over(&[id]) {
                    Some("merchant_id left out")
                } else if over(&[merchant_id]) {
                    Some("id left out")
                } else if !rest.is_empty() && self.is_over(&[id, merchant_id]) {
                    Some("the recipient left out")
                } else if self.is_over(&end_first) {
                    Some("the recipient before id and merchant_id")
                } else {
                    None
                }
            }
            [ref common @ .., last] => {
                let common: Vec<_> = common.iter().map(|field| text(field)).collect();
                let (other, word) = match last {
                    "min_count" => ("email", "email signed, where a product signs min_count"),
                    _ => (
                        "min_count",
                        "min_count signed, where a collection signs email",
                    ),
                };
                let over = |end: &[&str]| self.is_over(&[common.as_slice(), end].concat());
                if over(&[text(other)]) {
                    return Some(word);
                }
                if over(&[text("min_count"), text("email")]) {
                    return Some("both min_count and email signed; only one of them is");
                }
                let with_merchant = [&[text("merchant_id")], texts.as_slice()].concat();
                self.is_over(&with_merchant)
                    .then_some("merchant_id signed, which is not part of this token")
            }
            [] => None,
        }
    }

    /// A field signed in another form than posted.
    fn in_spelling(&self) -> Option<String> {
        for field in self.signed.iter().copied() {
            let text = self.posted.text(field);
            let trimmed = text.trim();
            if trimmed != text && self.is_with(field, trimmed) {
                return Some(format!(
                    "{field} signed without the blanks around it, with which it was posted"
                ));
            }
            for blank in [" ", "\n", "\r\n"] {
                if self.is_with(field, &[text, blank].concat())
                    || self.is_with(field, &[blank, text].concat())
                {
                    return Some(format!(
                        "{field} signed with a blank or line break, without which it was posted"
                    ));
                }
            }
            let lower = text.to_lowercase();
            let upper = text.to_uppercase();
            let other_case = [lower, upper, capitalised(text)];
            if other_case
                .iter()
                .any(|other| other != text && self.is_with(field, other))
            {
                return Some(format!(
                    "{field} signed in other upper and lower case than posted"
                ));
            }
        }
        self.in_price().or_else(|| self.in_phone())
    }

    fn in_price(&self) -> Option<String> {
        if !self.signed.contains(&"price") {
            return None;
        }
        let price = self.posted.text("price").parse::<u64>().ok()?;
        let major = [
            format!("{}.{:02}", price / 100, price % 100),
            format!("{},{:02}", price / 100, price % 100),
            (price / 100).to_string(),
        ];
        major
            .iter()
            .any(|price| self.is_with("price", price))
            .then(|| "price signed in major units, posted in minor ones".to_owned())
    }

    fn in_phone(&self) -> Option<String> {
        if !self.signed.contains(&"cell_phone") {
            return None;
        }
        let posted = self.posted.text("cell_phone");
        let number = MobileNumber::any_spelling(posted)?;
        let spellings = number.spellings();
        let signed = spellings
            .iter()
            .find(|(text, _)| text != posted && self.is_with("cell_phone", text))?;
        let shown = spellings.iter().find(|(text, _)| text == posted);
        Some(format!(
            "cell_phone signed as {}, posted as {}",
            signed.1,
            shown.map_or("another spelling", |(_, shown)| shown)
        ))
    }
}

fn capitalised(text: &str) -> String {
    let mut signs = text.chars();
    let first = signs.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(signs).collect()
}
