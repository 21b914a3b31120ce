//! An answer that is malformed in places, read field by field: what can be saved is saved.

use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::loose;

/// A JSON object whose fields are read one by one, each for itself. A field that stands twice, or
/// holds what cannot be read, does not hide the others.
///
/// Slow, and no ground for a yes: it is for saving a renewed session or a new token out of an answer
/// that [`Answer::json`](crate::Answer::json) refused.
pub struct Object(Vec<(String, Box<RawValue>)>);

impl Object {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// The first text or whole number under one of these names that is not empty.
    pub fn text(&self, names: &[&str]) -> Option<String> {
        self.first(names, |json| {
            let text = loose::text(&mut serde_json::Deserializer::from_str(json));
            text.ok().flatten().filter(|text| !text.is_empty())
        })
    }

    /// The first true or false under one of these names.
    pub fn flag(&self, names: &[&str]) -> Option<bool> {
        self.first(names, |json| {
            let flag = loose::flag(&mut serde_json::Deserializer::from_str(json));
            flag.ok().flatten()
        })
    }

    /// The first object under one of these names.
    pub fn object(&self, names: &[&str]) -> Option<Self> {
        self.first(names, Self::parse)
    }

    fn first<T>(&self, names: &[&str], read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let fields = self
            .0
            .iter()
            .filter(|(name, _)| names.contains(&name.as_str()));
        fields.map(|(_, value)| value.get()).find_map(read)
    }
}

impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Object")
            .field("fields", &self.0.len())
            .finish()
    }
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor)
    }
}

struct ObjectVisitor;

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = Object;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_field_does_not_hide_the_others() {
        let object = Object::parse(
            r#"{"a":1e400,"b":"\ud83d","c":1,"c":2,"d":{"e":"","E":"x"},"d":5,"f":"true"}"#,
        )
        .expect("an object");
        assert_eq!(object.text(&["a"]), None);
        assert_eq!(object.text(&["b"]), None);
        assert_eq!(object.text(&["c"]).as_deref(), Some("1"));
        assert_eq!(object.flag(&["f"]), Some(true));
        let inner = object.object(&["D", "d"]).expect("an object");
        assert_eq!(inner.text(&["e", "E"]).as_deref(), Some("x"));
        assert!(!format!("{object:?}").contains("true"));
        for text in ["", "[]", "{", "1", "{\"a\":}"] {
            assert!(Object::parse(text).is_none(), "{text}");
        }
    }
}
