//! One JSON value as it stands in the text, read as what a field wants.

use std::borrow::Cow;
use std::fmt;

use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::{Field, Object};

/// More is no list of ids, links or instalments.
const MAX_ITEMS: usize = 1_000;

/// One value of a list, read by the same table as a field of an [`Object`].
///
/// ```
/// use onay_http::{Field, Object};
///
/// let object = Object::parse(r#"{"ids":["a",7,{}]}"#).expect("an object");
/// let items = object.list("ids").value().expect("a list");
/// let texts: Vec<_> = items.into_iter().filter_map(|item| item.text().value()).collect();
/// assert_eq!(texts, ["a", "7"]);
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Item<'a>(&'a str);

impl<'a> Item<'a> {
    /// `raw` is one whole JSON value.
    pub(crate) fn new(raw: &'a str) -> Self {
        Self(raw)
    }

    /// A text, or a whole number as text.
    pub fn text(self) -> Field<Cow<'a, str>> {
        match self.0.as_bytes().first() {
            Some(b'"') => match unquoted(self.0) {
                Some(text) if text.is_empty() => Field::Absent,
                Some(text) => Field::Value(text),
                None => Field::Malformed,
            },
            Some(b'n') => Field::Absent,
            _ if is_whole_number(self.0) => Field::Value(Cow::Borrowed(self.0)),
            _ => Field::Malformed,
        }
    }

    /// True or false, also as these words in any case.
    pub fn flag(self) -> Field<bool> {
        match self.0 {
            "true" => return Field::Value(true),
            "false" => return Field::Value(false),
            _ => {}
        }
        self.text().and_then(|text| {
            if text.eq_ignore_ascii_case("true") {
                Field::Value(true)
            } else if text.eq_ignore_ascii_case("false") {
                Field::Value(false)
            } else {
                Field::Malformed
            }
        })
    }

    /// An object.
    pub fn object(self) -> Field<Object<'a>> {
        self.nested(b'{')
    }

    pub(crate) fn list(self) -> Field<Vec<Item<'a>>> {
        self.nested(b'[').and_then(|List(items)| match items {
            Some(items) => Field::Value(items),
            None => Field::Malformed,
        })
    }

    pub(crate) fn is_absent(self) -> bool {
        matches!(self.0, "null" | "\"\"")
    }

    fn nested<T: Deserialize<'a>>(self, begins: u8) -> Field<T> {
        if self.is_absent() {
            return Field::Absent;
        }
        if self.0.as_bytes().first() != Some(&begins) {
            return Field::Malformed;
        }
        serde_json::from_str(self.0).map_or(Field::Malformed, Field::Value)
    }
}

impl fmt::Debug for Item<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Item(..)")
    }
}

/// The name of a field. One that is no text stays as it stands: it is none that anybody asks for.
pub(crate) fn name(raw: &str) -> Cow<'_, str> {
    unquoted(raw).unwrap_or(Cow::Borrowed(raw))
}

/// Borrowed where nothing is escaped; none where an escape makes no character.
fn unquoted(raw: &str) -> Option<Cow<'_, str>> {
    let text = raw.strip_prefix('"')?.strip_suffix('"')?;
    if !text.contains('\\') {
        return Some(Cow::Borrowed(text));
    }
    serde_json::from_str(raw).ok().map(Cow::Owned)
}

/// Within 64 bits. A fraction is no code, and rounding one would make another code of it.
fn is_whole_number(raw: &str) -> bool {
    match raw.strip_prefix('-') {
        Some("0") => false,
        Some(_) => raw.parse::<i64>().is_ok(),
        None => raw.parse::<u64>().is_ok(),
    }
}

/// The items, or none where there are too many.
struct List<'a>(Option<Vec<Item<'a>>>);

impl<'de: 'a, 'a> Deserialize<'de> for List<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(ListVisitor)
    }
}

struct ListVisitor;

impl<'de> Visitor<'de> for ListVisitor {
    type Value = List<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<List<'de>, A::Error> {
        let mut items = Some(Vec::new());
        while let Some(item) = list.next_element::<&RawValue>()? {
            items = items.filter(|items| items.len() < MAX_ITEMS);
            if let Some(items) = &mut items {
                items.push(Item(item.get()));
            }
        }
        Ok(List(items))
    }
}
