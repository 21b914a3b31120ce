//! Reads fields that providers write now as a number, now as text, now not at all.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// Reads a whole number or a text as text. Anything else (null, a fraction, a list, an object, true)
/// is `None` and does not fail the answer around it: a message may have gone out already. A field that
/// decides wants to be a [`Said`](crate::Said), which tells what is missing from what is nonsense.
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
    match any(deserializer)? {
        Any::Text(text) => Ok(Some(text)),
        Any::Flag(_) | Any::Nothing | Any::Other => Ok(None),
    }
}

/// Reads true or false, also as text. Missing and null are `None`; whatever else there is does not
/// say yes, so it is `false`.
///
/// ```
/// #[derive(serde::Deserialize)]
/// struct Envelope {
///     #[serde(default, deserialize_with = "onay_http::loose::flag")]
///     done: Option<bool>,
/// }
///
/// let read = |json| serde_json::from_str::<Envelope>(json).unwrap().done;
/// assert_eq!(read(r#"{"done":true}"#), Some(true));
/// assert_eq!(read(r#"{"done":"True"}"#), Some(true));
/// assert_eq!(read(r#"{"done":"perhaps"}"#), Some(false));
/// assert_eq!(read(r#"{"done":null}"#), None);
/// ```
///
/// # Errors
///
/// Those of the deserializer: malformed input.
pub fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    Ok(match any(deserializer)? {
        Any::Flag(flag) => Some(flag),
        Any::Text(text) => Some(text.eq_ignore_ascii_case("true") || text == "1"),
        Any::Nothing => None,
        Any::Other => Some(false),
    })
}

/// Reads an object. Anything else (null, an empty text, a list) is `None`.
///
/// ```
/// #[derive(serde::Deserialize)]
/// struct Envelope {
///     #[serde(default, deserialize_with = "onay_http::loose::object")]
///     body: Option<Body>,
/// }
///
/// #[derive(serde::Deserialize)]
/// struct Body {}
///
/// let read = |json| serde_json::from_str::<Envelope>(json).unwrap().body;
/// assert!(read(r#"{"body":{"a":1}}"#).is_some());
/// assert!(read(r#"{"body":""}"#).is_none());
/// assert!(read(r#"{"body":null}"#).is_none());
/// ```
///
/// # Errors
///
/// Those of the deserializer, and of what is in the object.
pub fn object<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    deserializer.deserialize_any(ObjectVisitor { other: || None })
}

/// Reads an object, for a field whose presence alone says something. Missing, null and an empty
/// text are `None`; whatever else there is counts as an object with nothing in it.
///
/// ```
/// #[derive(serde::Deserialize)]
/// struct Envelope {
///     #[serde(default, deserialize_with = "onay_http::loose::object_or_default")]
///     exception: Option<Exception>,
/// }
///
/// #[derive(Default, serde::Deserialize)]
/// struct Exception {}
///
/// let read = |json| serde_json::from_str::<Envelope>(json).unwrap().exception;
/// assert!(read(r#"{"exception":{}}"#).is_some());
/// assert!(read(r#"{"exception":"it broke"}"#).is_some());
/// assert!(read(r#"{"exception":null}"#).is_none());
/// ```
///
/// # Errors
///
/// Those of the deserializer, and of what is in the object.
pub fn object_or_default<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    deserializer.deserialize_any(ObjectVisitor {
        other: || Some(T::default()),
    })
}

/// Reads whatever there is.
pub(crate) fn any<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Any, D::Error> {
    deserializer.deserialize_any(AnyVisitor)
}

/// What stands in a field, as far as it matters.
pub(crate) enum Any {
    Nothing,
    Flag(bool),
    /// A text, or a whole number as text.
    Text(String),
    Other,
}

struct AnyVisitor;

impl<'de> Visitor<'de> for AnyVisitor {
    type Value = Any;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Any, E> {
        Ok(Any::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Any, E> {
        Ok(Any::Text(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Any, E> {
        Ok(Any::Text(number.to_string()))
    }

    /// No code is a fraction, and the next whole number would be somebody else's code.
    fn visit_f64<E>(self, _: f64) -> Result<Any, E> {
        Ok(Any::Other)
    }

    fn visit_str<E>(self, text: &str) -> Result<Any, E> {
        Ok(Any::Text(text.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Any, E> {
        Ok(Any::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Any, A::Error> {
        skip_list(list).map(|()| Any::Other)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Any, A::Error> {
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Any::Other)
    }
}

/// Reads an object as `T`, and anything else but null and an empty text as `other` says.
struct ObjectVisitor<T> {
    other: fn() -> Option<T>,
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok((self.other)())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok((self.other)())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok((self.other)())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok((self.other)())
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        if text.is_empty() {
            return Ok(None);
        }
        Ok((self.other)())
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        skip_list(list)?;
        Ok((self.other)())
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(object)).map(Some)
    }
}

fn skip_list<'de, A: SeqAccess<'de>>(mut list: A) -> Result<(), A::Error> {
    while list.next_element::<IgnoredAny>()?.is_some() {}
    Ok(())
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
            ("0.0", None),
            ("1e-400", None),
            ("18446744073709551616", None),
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

    #[test]
    fn only_true_is_a_yes() {
        for (json, expected) in [
            ("true", Some(true)),
            (r#""TRUE""#, Some(true)),
            ("1", Some(true)),
            (r#""1""#, Some(true)),
            ("null", None),
            ("false", Some(false)),
            ("0", Some(false)),
            (r#""""#, Some(false)),
            (r#""yes""#, Some(false)),
            ("[true]", Some(false)),
            ("{}", Some(false)),
        ] {
            let read = flag(&mut serde_json::Deserializer::from_str(json)).expect(json);
            assert_eq!(read, expected, "{json}");
        }
    }

    #[test]
    fn only_an_object_is_one() {
        #[derive(Default, Deserialize)]
        struct Empty {}
        for (json, is_object, is_there) in [
            ("{}", true, true),
            (r#"{"a":[1,{}]}"#, true, true),
            ("null", false, false),
            (r#""""#, false, false),
            (r#""x""#, false, true),
            ("[{}]", false, true),
            ("true", false, true),
            ("-1", false, true),
            ("1", false, true),
            ("1.5", false, true),
        ] {
            let read = object::<_, Empty>(&mut serde_json::Deserializer::from_str(json));
            assert_eq!(read.expect(json).is_some(), is_object, "{json}");
            let read = object_or_default::<_, Empty>(&mut serde_json::Deserializer::from_str(json));
            assert_eq!(read.expect(json).is_some(), is_there, "{json}");
        }
    }
}
