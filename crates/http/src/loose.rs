//! Reads fields that providers write now as a number, now as text, now not at all.

use std::fmt;

use serde::Deserializer;
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};

/// Reads a number or a text as text. Anything else (null, a list, an object, true) is `None` and
/// does not fail the answer around it: a message may have gone out already.
///
/// ```
/// #[derive(serde::Deserialize)]
/// struct Envelope {
///     #[serde(default, deserialize_with = "onay_http::loose::text")]
///     code: Option<String>,
/// }
///
/// let read = |json| serde_json::from_str::<Envelope>(json).unwrap().code;
/// assert_eq!(read(r#"{"code":7}"#).as_deref(), Some("7"));
/// assert_eq!(read(r#"{"code":"07"}"#).as_deref(), Some("07"));
/// assert_eq!(read(r#"{"code":{"a":[1]}}"#), None);
/// assert_eq!(read("{}"), None);
/// ```
///
/// # Errors
///
/// Those of the deserializer: malformed input.
pub fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    deserializer.deserialize_any(Text)
}

struct Text;

impl<'de> Visitor<'de> for Text {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number or a text")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(text.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Option<String> {
        text(&mut serde_json::Deserializer::from_str(json)).expect(json)
    }

    #[test]
    fn numbers_and_texts_are_text_and_the_rest_is_none() {
        for (json, expected) in [
            ("0", Some("0")),
            ("-1", Some("-1")),
            ("0.0", Some("0")),
            ("18446744073709551615", Some("18446744073709551615")),
            (r#""0000""#, Some("0000")),
            (r#""""#, Some("")),
            ("null", None),
            ("true", None),
            ("[1,[2]]", None),
            (r#"{"a":{"b":1}}"#, None),
        ] {
            assert_eq!(read(json).as_deref(), expected, "{json}");
        }
    }
}
