//! Which mistake makes a wrong token: by making every usual mistake on purpose.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use onay_core::Gsm;

use crate::Credentials;
use crate::token::{Signed, Signer};

/// What [`explain_token`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenFinding {
    /// The token is right.
    Right,
    /// The token is wrong, and this mistake makes it.
    Mistake(Mistake),
    /// The token is wrong, and none of the usual mistakes makes it: another key, another salt, or
    /// other values.
    Unknown,
}

/// A mistake that makes exactly the given token.
///
/// `Display` names it, with the values that were signed and posted: it is meant for the developer
/// who asked. `Debug` shows nothing of them.
#[derive(Clone, PartialEq, Eq)]
pub struct Mistake(String);

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mistake(..)")
    }
}

/// Says which mistake makes a token wrong, given what was posted and the right credentials.
///
/// ```
/// use onay_paytr_link::{Credentials, Signed, TokenFinding, explain_token};
///
/// let credentials = Credentials::parse("123456", "K3yForTests-0001", "S4ltForTests-001")?;
/// let posted = Signed::SendSms { id: "NB2Zlz3", cell_phone: "05551234567" };
/// let token = "EErHCjlz2nggwsWZFk5UUHcU2NHQmzd4EfswjkHGeLc=";
/// let TokenFinding::Mistake(mistake) = explain_token(&credentials, &posted, token) else {
///     panic!("a usual mistake");
/// };
/// assert_eq!(mistake.to_string(), "merchant_key and merchant_salt swapped");
/// # Ok::<(), onay_core::Error>(())
/// ```
#[must_use]
pub fn explain_token(credentials: &Credentials, posted: &Signed<'_>, token: &str) -> TokenFinding {
    let signer = credentials.signer();
    let right = signer.code(&signer.parts(posted));
    if STANDARD.encode(right) == token {
        return TokenFinding::Right;
    }
    let found = encoding(&right, token)
        .or_else(|| order_or_values(signer, credentials, posted, token))
        .or_else(|| keys(credentials, posted, token));
    found.map_or(TokenFinding::Unknown, |text| {
        TokenFinding::Mistake(Mistake(text))
    })
}

/// The right code, written in another way.
fn encoding(code: &[u8; 32], token: &str) -> Option<String> {
    let nibbles = code.iter().flat_map(|byte| [byte >> 4, byte & 0x0f]);
    let hex: String = nibbles
        .filter_map(|nibble| char::from_digit(u32::from(nibble), 16))
        .collect();
    let mistake = if token.eq_ignore_ascii_case(&hex) {
        "hex instead of base64"
    } else if STANDARD.encode(&hex) == token {
        "base64 of the hex text instead of the raw bytes"
    } else if token.replace(' ', "+") == STANDARD.encode(code) {
        "+ in the token arrived as a blank: it was not percent-encoded"
    } else if token.trim() == STANDARD.encode(code) {
        "blanks or a newline around the token"
    } else if STANDARD_NO_PAD.encode(code) == token {
        "base64 without its padding"
    } else if [URL_SAFE.encode(code), URL_SAFE_NO_PAD.encode(code)].contains(&token.to_owned()) {
        "base64 in its URL-safe alphabet"
    } else {
        return None;
    };
    Some(mistake.to_owned())
}

/// The right key over other parts.
fn order_or_values(
    signer: &Signer,
    credentials: &Credentials,
    posted: &Signed<'_>,
    token: &str,
) -> Option<String> {
    let parts = signer.parts(posted);
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let salt = credentials.salt().reveal();
    let makes = |parts: &[&str]| STANDARD.encode(signer.code(parts)) == token;
    let without = |left_out: &str| -> Vec<&str> {
        let kept = parts.iter().filter(|part| **part != left_out);
        kept.copied().collect()
    };
    if makes(&without(salt)) {
        return Some("merchant_salt left out".to_owned());
    }
    if makes(&[parts.as_slice(), &[salt]].concat()) {
        return Some("merchant_salt appended twice".to_owned());
    }
    if let Signed::Callback { callback_id, .. } = posted {
        if makes(&without(callback_id)) {
            return Some("callback_id left out".to_owned());
        }
    }
    for (value, (name, other)) in others(posted) {
        let changed: Vec<&str> = parts
            .iter()
            .map(|part| if *part == value { other.as_str() } else { part })
            .collect();
        if makes(&changed) {
            if other == value.trim() || value == other.trim() {
                return Some(format!("{name} signed as {other:?}, posted as {value:?}"));
            }
            return Some(format!("{name} signed as {other}, posted as {value}"));
        }
    }
    let merchant = credentials.merchant_id();
    let id_first = matches!(
        posted,
        Signed::SendSms { .. } | Signed::SendEmail { .. } | Signed::Delete { .. }
    );
    if id_first && makes(&[&[merchant], without(merchant).as_slice()].concat()) {
        return Some("merchant_id before id".to_owned());
    }
    another_order(parts, &makes).then(|| "the right parts in another order".to_owned())
}

/// Forms in which a posted value may have been signed instead.
fn others<'a>(posted: &Signed<'a>) -> Vec<(&'a str, (&'static str, String))> {
    let mut others = Vec::new();
    let mut push = |value: &'a str, name: &'static str, other: String| {
        if other != value {
            others.push((value, (name, other)));
        }
    };
    let (id, phone, email) = match *posted {
        Signed::SendSms { id, cell_phone } => (Some(id), Some(cell_phone), None),
        Signed::SendEmail { id, email } => (Some(id), None, Some(email)),
        Signed::Delete { id } => (Some(id), None, None),
        Signed::CreateCollection { email, .. } => (None, None, Some(email)),
        Signed::CreateProduct { .. } | Signed::Callback { .. } => (None, None, None),
    };
    if let Some(id) = id {
        push(id, "id", id.trim().to_owned());
        push(id, "id", format!("{id} "));
        push(id, "id", format!(" {id}"));
        push(id, "id", id.to_lowercase());
        push(id, "id", id.to_uppercase());
    }
    if let Some((phone, gsm)) = phone.and_then(|phone| Some((phone, Gsm::parse(phone).ok()?))) {
        for form in [gsm.national(), gsm.domestic(), gsm.msisdn(), gsm.e164()] {
            push(phone, "cell_phone", form.to_owned());
        }
        push(phone, "cell_phone", format!("00{}", gsm.msisdn()));
    }
    if let Some(email) = email {
        push(email, "email", email.to_lowercase());
        push(email, "email", email.trim().to_owned());
        push(email, "email", format!("{email} "));
        push(email, "email", format!(" {email}"));
    }
    others
}

/// Whether some order of the parts makes the token: at most 8 parts, 40,320 orders.
fn another_order(mut parts: Vec<&str>, makes: &dyn Fn(&[&str]) -> bool) -> bool {
    fn permute(parts: &mut [&str], from: usize, makes: &dyn Fn(&[&str]) -> bool) -> bool {
        if from + 1 >= parts.len() {
            return makes(parts);
        }
        (from..parts.len()).any(|other| {
            parts.swap(from, other);
            let found = permute(parts, from + 1, makes);
            parts.swap(from, other);
            found
        })
    }
    permute(&mut parts, 0, makes)
}

/// The right parts under another key.
fn keys(credentials: &Credentials, posted: &Signed<'_>, token: &str) -> Option<String> {
    let (key, salt) = (credentials.key().reveal(), credentials.salt().reveal());
    let candidates = [
        (
            "merchant_key and merchant_salt swapped",
            salt.to_owned(),
            key.to_owned(),
        ),
        (
            "merchant_key with a newline at its end",
            format!("{key}\n"),
            salt.to_owned(),
        ),
        (
            "merchant_salt with a newline at its end",
            key.to_owned(),
            format!("{salt}\n"),
        ),
        (
            "merchant_key with a carriage return and a newline at its end",
            format!("{key}\r\n"),
            salt.to_owned(),
        ),
        (
            "merchant_key with a blank at its end",
            format!("{key} "),
            salt.to_owned(),
        ),
        (
            "merchant_salt with a blank at its end",
            key.to_owned(),
            format!("{salt} "),
        ),
    ];
    let makes = |key: &str, salt: &str| {
        let signer = Signer::new(credentials.merchant_id(), key, salt);
        signer.is_ok_and(|signer| signer.token(posted) == token)
    };
    let mut candidates = candidates.into_iter();
    let found = candidates.find(|(_, key, salt)| makes(key, salt));
    found.map(|(text, ..)| text.to_owned())
}

#[cfg(test)]
mod tests;
