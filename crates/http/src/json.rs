//! Reads a JSON object field by field, borrowed from the response's text.

mod code;
mod field;
mod item;
mod node;
mod reader;

use std::borrow::Cow;
use std::fmt;

use onay_core::{CodeTable, ProviderCode};
use serde::de::IgnoredAny;

pub use field::Field;
pub use item::Item;
use item::Part;
use node::Node;

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
pub struct Object<'a>(Item<'a>);

impl<'a> Object<'a> {
    /// Takes a text that is one JSON object and nothing else.
    pub fn parse(text: &'a str) -> Option<Self> {
        Self::read(text).ok()
    }

    pub(crate) fn read(text: &'a str) -> Result<Self, NoObject> {
        let text = text.trim_ascii();
        let object = text.starts_with('{').then(|| Item::read(text)).flatten();
        object.map(Self).ok_or_else(|| {
            // The JSON library says where it is malformed.
            let checked = serde_json::from_str::<IgnoredAny>(text);
            checked.err().map_or(NoObject::Other, NoObject::Malformed)
        })
    }

    /// A text, or a whole number as text. It is not trimmed.
    pub fn text(&self, name: &str) -> Field<Cow<'a, str>> {
        self.find(name)
            .and_then(|(value, _)| value.text(self.0.whole()))
    }

    /// True or false, also as these words.
    pub fn flag(&self, name: &str) -> Field<bool> {
        self.find(name)
            .and_then(|(value, _)| value.flag(self.0.whole()))
    }

    /// An object inside this one.
    pub fn object(&self, name: &str) -> Field<Object<'a>> {
        self.item(name).and_then(|item| item.object())
    }

    /// A list of at most 1,000 items.
    pub fn list(&self, name: &str) -> Field<Vec<Item<'a>>> {
        self.item(name).and_then(|item| item.list())
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
        self.named(name).any(|(value, _)| !value.is_absent())
    }

    /// Whether there is no field at all.
    pub fn is_empty(&self) -> bool {
        self.fields().next().is_none()
    }

    fn item(&self, name: &str) -> Field<Item<'a>> {
        self.find(name).map(|part| self.0.part(part))
    }

    fn find(&self, name: &str) -> Field<Part> {
        let mut named = self.named(name);
        match (named.next(), named.next()) {
            (None, _) => Field::Absent,
            (Some(part), None) => Field::Value(part),
            (Some(_), Some(_)) => Field::Malformed,
        }
    }

    fn named(&self, name: &str) -> impl Iterator<Item = Part> {
        let whole = self.0.whole();
        let fields = self.fields();
        fields.filter_map(move |(found, part)| found.is_name(name, whole).then_some(part))
    }

    /// Each name, and its value.
    fn fields(&self) -> impl Iterator<Item = (Node, Part)> {
        let mut parts = self.0.parts();
        std::iter::from_fn(move || Some((parts.next()?.0, parts.next()?)))
    }
}

impl fmt::Debug for Object<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Object")
            .field("fields", &self.fields().count())
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

#[cfg(test)]
mod tests;
