//! `whole` and `json` read the body of a call, and `Mask` says what the journal shows of a field.

use std::fmt;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use serde_json::{Map, Value};
use tokio::time::timeout;

use crate::email;
use crate::number::MobileNumber;
use crate::tenant::fingerprint;

/// The longest body that is read, in bytes.
const LONGEST: usize = 64 * 1024;

/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);

/// The whole body, unless it is longer than 64 KiB, too slow or cut off.
pub(crate) async fn whole(body: Body) -> Option<Bytes> {
    at_most(LONGEST, body).await
}

/// The same with another bound, in bytes.
pub(crate) async fn at_most(longest: usize, body: Body) -> Option<Bytes> {
    timeout(PATIENCE, to_bytes(body, longest)).await.ok()?.ok()
}

/// What is wrong with a body. `Display` is the doctor's word.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BodyProblem {
    /// It is not declared as JSON.
    ContentType,
    /// It is not declared as a form.
    FormType,
    /// It was cut off, too slow or too long.
    TooLong,
    /// The form cannot be read.
    NoForm,
    /// It is not JSON.
    NoJson,
    /// It is JSON, but no object.
    NoObject,
    /// A field is not there.
    Missing(&'static str),
    /// A field is no string.
    NoText(&'static str),
    /// A field is neither true nor false.
    NoBoolean(&'static str),
    /// A field is empty.
    Empty(&'static str),
}

impl std::error::Error for BodyProblem {}

impl fmt::Display for BodyProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ContentType => f.write_str("the Content-Type is not application/json"),
            Self::FormType => f.write_str(
                "the Content-Type is neither application/x-www-form-urlencoded \
                 nor multipart/form-data",
            ),
            Self::NoForm => {
                f.write_str("the form cannot be read: its boundary is missing or it is cut off")
            }
            Self::TooLong => f.write_str("the body was cut off, too slow or longer than 64 KiB"),
            Self::NoJson => f.write_str("the body is not JSON"),
            Self::NoObject => f.write_str("the body is JSON, but not an object"),
            Self::Missing(field) => write!(f, "{field} is missing"),
            Self::NoText(field) => write!(f, "{field} is not a string"),
            Self::NoBoolean(field) => write!(f, "{field} is not true or false"),
            Self::Empty(field) => write!(f, "{field} is empty"),
        }
    }
}

/// The body as JSON, if it says that it is.
pub(crate) fn json(headers: &HeaderMap, body: Option<&[u8]>) -> Result<Value, BodyProblem> {
    let declared = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|media_type| media_type.trim().eq_ignore_ascii_case("application/json"));
    if !declared {
        return Err(BodyProblem::ContentType);
    }
    serde_json::from_slice(body.ok_or(BodyProblem::TooLong)?).map_err(|_| BodyProblem::NoJson)
}

/// The text of a field that has to be there.
pub(crate) fn text<'body>(
    fields: &'body Map<String, Value>,
    field: &'static str,
) -> Result<&'body str, BodyProblem> {
    let value = fields.get(field).ok_or(BodyProblem::Missing(field))?;
    match value.as_str() {
        None => Err(BodyProblem::NoText(field)),
        Some("") => Err(BodyProblem::Empty(field)),
        Some(text) => Ok(text),
    }
}

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
