//! One JSON value as it stands in the text, read as what a field wants.

use std::borrow::Cow;
use std::fmt;

use super::scan;
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
    /// `raw` is one JSON value, well-formed and without blanks around it.
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
        self.beginning_with('{').map(Object::of_checked)
    }

    pub(crate) fn list(self) -> Field<Vec<Item<'a>>> {
        self.beginning_with('[').and_then(|text| {
            let items: Vec<_> = scan::Items::of(text)
                .take(MAX_ITEMS + 1)
                .map(Item)
                .collect();
            if items.len() > MAX_ITEMS {
                return Field::Malformed;
            }
            Field::Value(items)
        })
    }

    pub(crate) fn is_absent(self) -> bool {
        matches!(self.0, "null" | "\"\"")
    }

    fn beginning_with(self, bracket: char) -> Field<&'a str> {
        if self.is_absent() {
            Field::Absent
        } else if self.0.starts_with(bracket) {
            Field::Value(self.0)
        } else {
            Field::Malformed
        }
    }
}

impl fmt::Debug for Item<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Item(..)")
    }
}

/// The name of a field. One that is no text stays as it stands: no provider reads such a field.
pub(crate) fn name(raw: &str) -> Cow<'_, str> {
    unquoted(raw).unwrap_or(Cow::Borrowed(raw))
}

/// Borrowed where nothing is escaped; none where an escape makes no character.
fn unquoted(raw: &str) -> Option<Cow<'_, str>> {
    let text = raw.strip_prefix('"')?.strip_suffix('"')?;
    if scan::plain(text.as_bytes()) == text.len() {
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
