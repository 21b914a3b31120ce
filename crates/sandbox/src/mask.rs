//! `Mask` says what the journal shows of a field, and `masked` applies masks to a body.

use serde_json::{Map, Value};

use crate::email;
use crate::number::MobileNumber;
use crate::tenant::fingerprint;

/// What the journal shows of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mask {
    /// A mobile number, without its middle.
    Number,
    /// A fingerprint, by which the same text is known again.
    Fingerprint,
    /// That there is something.
    Hidden,
    /// True or false, as it is.
    Boolean,
    /// An e-mail address, without most of it.
    Email,
    /// A short word of letters and digits, as it is.
    Word,
}

impl Mask {
    pub(crate) fn apply(self, value: &Value) -> Value {
        match (self, value) {
            (Self::Boolean, Value::Bool(_)) => value.clone(),
            (Self::Boolean, _) => "(not a boolean)".into(),
            (Self::Number, Value::String(number)) => MobileNumber::any_spelling(number)
                .map_or_else(|| "(not a number)".to_owned(), MobileNumber::masked)
                .into(),
            (Self::Fingerprint, Value::String(text)) => format!("#{}", fingerprint(text)).into(),
            (Self::Hidden, Value::String(_)) => "****".into(),
            (Self::Email, Value::String(address)) if address.is_empty() => "".into(),
            (Self::Email, Value::String(address)) if email::is_address(address) => {
                email::masked(address).into()
            }
            (Self::Email, Value::String(_)) => "(not an address)".into(),
            (Self::Word, Value::String(word)) if is_word(word) => word.as_str().into(),
            (Self::Word, Value::String(word)) => format!("#{}", fingerprint(word)).into(),
            _ => "(not a string)".into(),
        }
    }
}

/// Whether it is too short to be a number, an address or a key.
fn is_word(text: &str) -> bool {
    text.len() <= 10
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && MobileNumber::any_spelling(text).is_none()
}

/// What the journal keeps of a body: the fields that are named, masked, and no other.
pub(crate) fn masked(body: &Value, masks: &[(&str, Mask)]) -> Map<String, Value> {
    let shown = |(field, mask): &(&str, Mask)| {
        let value = body.get(field)?;
        Some(((*field).to_owned(), mask.apply(value)))
    };
    masks.iter().filter_map(shown).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_mask_shows_no_more_than_it_says() {
        let body = json!({
            "number": "05550000042",
            "no_number": "someone@example.com",
            "text": "5550000042",
            "code": "ART2",
            "flag": true,
            "no_flag": "5550000042",
            "address": "musteri@example.com",
            "no_address": "5550000042",
            "word": "NB2Zlz3",
            "no_word": "5550000042",
            "list": ["5550000042"],
            "unnamed": "5550000042",
        });
        let masked = masked(
            &body,
            &[
                ("number", Mask::Number),
                ("no_number", Mask::Number),
                ("text", Mask::Fingerprint),
                ("code", Mask::Hidden),
                ("flag", Mask::Boolean),
                ("no_flag", Mask::Boolean),
                ("address", Mask::Email),
                ("no_address", Mask::Email),
                ("word", Mask::Word),
                ("no_word", Mask::Word),
                ("list", Mask::Hidden),
                ("absent", Mask::Hidden),
            ],
        );
        let text = format!("#{}", fingerprint("5550000042"));
        assert_eq!(
            Value::Object(masked),
            json!({
                "number": "+90 555 *** ** 42",
                "no_number": "(not a number)",
                "text": text,
                "address": "m***@example.com",
                "no_address": "(not an address)",
                "word": "NB2Zlz3",
                "no_word": text,
                "code": "****",
                "flag": true,
                "no_flag": "(not a boolean)",
                "list": "(not a string)",
            })
        );
    }
}
