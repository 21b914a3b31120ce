//! Reads a JSON object field by field, borrowed from the response's text.

mod code;
mod field;
mod item;
mod scan;

use std::borrow::Cow;
use std::fmt;

use onay_core::{CodeTable, ProviderCode};
use serde::Deserializer as _;
use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

pub use field::Field;
pub use item::Item;

/// A JSON object whose fields are read one by one. A field that cannot be read hides no other.
///
/// | the value | `text` | `flag` | `object` | `list` |
/// |---|---|---|---|---|
/// | missing, `null`, `""` | `Absent` | `Absent` | `Absent` | `Absent` |
/// | `"true"`, `"False"` | `Value` | `Value` | `Malformed` | `Malformed` |
/// | `true`, `false` | `Malformed` | `Value` | `Malformed` | `Malformed` |
/// | any other text | `Value` | `Malformed` | `Malformed` | `Malformed` |
/// | a whole number | `Value`, its digits | `Malformed` | `Malformed` | `Malformed` |
/// | `1.5`, `1e3`, `-0`, a number beyond 64 bits | `Malformed` | `Malformed` | `Malformed` | `Malformed` |
/// | `{…}` | `Malformed` | `Malformed` | `Value` | `Malformed` |
/// | `[…]` | `Malformed` | `Malformed` | `Malformed` | `Value`, up to 1,000 items |
/// | a text with half of a character pair | `Malformed` | `Malformed` | `Malformed` | `Malformed` |
///
/// Names are compared without ASCII case. A name that stands twice, in any case and with any value,
/// is `Malformed`.
///
/// ```
/// use onay_http::{Field, Object};
///
/// let text = r#"{"Result":"True","code":7,"amount":1e400,"id":1,"ID":2}"#;
/// let object = Object::parse(text).expect("an object");
/// assert_eq!(object.flag("result"), Field::Value(true));
/// assert_eq!(object.text("code").as_deref(), Field::Value("7"));
/// assert_eq!(object.text("amount"), Field::Malformed);
/// assert_eq!(object.text("id"), Field::Malformed);
/// assert_eq!(object.text("missing"), Field::Absent);
/// ```
#[derive(Clone)]
pub struct Object<'a> {
    /// Names without their quotes, values as they stand.
    fields: Vec<(Cow<'a, str>, Item<'a>)>,
}

impl<'a> Object<'a> {
    /// Takes a text that is one JSON object and nothing else.
    pub fn parse(text: &'a str) -> Option<Self> {
        Self::read(text).ok()
    }

    /// The JSON library checks the whole text once and finds the fields; parts of them are then only
    /// searched for.
    pub(crate) fn read(text: &'a str) -> Result<Self, NoObject> {
        let text = text.trim_ascii();
        if !text.starts_with('{') {
            let checked = serde_json::from_str::<IgnoredAny>(text);
            return Err(checked.err().map_or(NoObject::Other, NoObject::Malformed));
        }
        let mut json = serde_json::Deserializer::from_str(text);
        let object = json.deserialize_map(Fields);
        let object = object.and_then(|object| json.end().map(|()| object));
        object.map_err(NoObject::Malformed)
    }

    /// `text` is a JSON object.
    fn of_checked(text: &'a str) -> Self {
        let mut fields = Vec::with_capacity(USUAL_FIELDS);
        fields.extend(
            scan::Fields::of(text).map(|(name, value)| (item::name(name), Item::new(value))),
        );
        Self { fields }
    }

    /// A text, or a whole number as text. It is not trimmed.
    pub fn text(&self, name: &str) -> Field<Cow<'a, str>> {
        self.item(name).and_then(Item::text)
    }

    /// True or false, also as these words.
    pub fn flag(&self, name: &str) -> Field<bool> {
        self.item(name).and_then(Item::flag)
    }

    /// An object inside this one.
    pub fn object(&self, name: &str) -> Field<Object<'a>> {
        self.item(name).and_then(Item::object)
    }

    /// A list of at most 1,000 items.
    pub fn list(&self, name: &str) -> Field<Vec<Item<'a>>> {
        self.item(name).and_then(Item::list)
    }

    /// A code of this table, or one that the table does not hold.
    ///
    /// A blank text is `Absent`. A text that is a known code in another form (`00` for `0`, a blank
    /// or an invisible character beside it), or holds a character that is no visible ASCII, is
    /// `Malformed`: such a code is never a certain no.
    pub fn code(&self, name: &str, table: &'static CodeTable) -> Field<ProviderCode> {
        self.text(name).and_then(|text| code::read(&text, table))
    }

    /// Whether a field of this name holds anything but null and an empty text.
    pub fn has(&self, name: &str) -> bool {
        let mut named = self.named(name);
        named.any(|item| !item.is_absent())
    }

    /// Whether there is no field at all.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    fn item(&self, name: &str) -> Field<Item<'a>> {
        let mut named = self.named(name);
        match (named.next(), named.next()) {
            (None, _) => Field::Absent,
            (Some(item), None) => Field::Value(item),
            (Some(_), Some(_)) => Field::Malformed,
        }
    }

    fn named(&self, name: &str) -> impl Iterator<Item = Item<'a>> {
        let fields = self.fields.iter();
        fields.filter_map(move |(found, item)| {
            (found == name || found.eq_ignore_ascii_case(name)).then_some(*item)
        })
    }
}

/// Takes every field of an object as it stands.
struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = Object<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Object<'de>, M::Error> {
        let mut fields = Vec::with_capacity(USUAL_FIELDS);
        while let Some((name, value)) = map.next_entry::<&RawValue, &RawValue>()? {
            fields.push((item::name(name.get()), Item::new(value.get())));
        }
        Ok(Object { fields })
    }
}

impl fmt::Debug for Object<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Object")
            .field("fields", &self.fields.len())
            .finish()
    }
}

/// Why a text is no object.
#[derive(Debug)]
pub(crate) enum NoObject {
    /// It is no JSON.
    Malformed(serde_json::Error),
    /// It is JSON of another type.
    Other,
}

/// Allocated once for nearly every object.
const USUAL_FIELDS: usize = 8;

#[cfg(test)]
mod tests;
