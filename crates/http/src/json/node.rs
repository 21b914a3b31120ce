//! One JSON value as it stands in its text, read as what a field wants.

use std::borrow::Cow;

use serde::de::IgnoredAny;
use smallvec::SmallVec;

use crate::Field;

/// The values of a text, each followed by what it holds: as many as nearly every response has
/// without another allocation.
pub(super) type Nodes = SmallVec<[Node; 60]>;

/// A value: where it stands in its text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Node {
    /// Behind the quotation mark of a string.
    pub(super) begin: u32,
    /// Before the quotation mark of a string; not known of an object or list.
    pub(super) end: u32,
    /// How many nodes it is, itself and all that it holds.
    pub(super) size: u32,
    pub(super) kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A string without escapes.
    Text,
    /// A string with some.
    Escaped,
    Number,
    True,
    False,
    Null,
    Object,
    List,
}

impl Kind {
    /// None where it is no JSON.
    pub(super) fn of_scalar(raw: &str) -> Option<Self> {
        Some(match raw {
            "true" => Self::True,
            "false" => Self::False,
            "null" => Self::Null,
            _ if is_digits(raw) => Self::Number,
            _ => serde_json::from_str(raw)
                .map(|IgnoredAny| Self::Number)
                .ok()?,
        })
    }
}

impl Node {
    pub(super) fn text(self, whole: &str) -> Field<Cow<'_, str>> {
        let raw = self.raw(whole);
        match self.kind {
            Kind::Text | Kind::Null if self.is_absent() => Field::Absent,
            Kind::Text => Field::Value(Cow::Borrowed(raw)),
            Kind::Escaped => self
                .unescaped(whole)
                .map_or(Field::Malformed, |text| Field::Value(Cow::Owned(text))),
            Kind::Number if is_whole(raw) => Field::Value(Cow::Borrowed(raw)),
            _ => Field::Malformed,
        }
    }

    pub(super) fn flag(self, whole: &str) -> Field<bool> {
        match self.kind {
            Kind::True => Field::Value(true),
            Kind::False => Field::Value(false),
            _ => self.text(whole).and_then(|text| {
                if text.eq_ignore_ascii_case("true") {
                    Field::Value(true)
                } else if text.eq_ignore_ascii_case("false") {
                    Field::Value(false)
                } else {
                    Field::Malformed
                }
            }),
        }
    }

    /// Whether it is null or an empty text.
    pub(super) fn is_absent(self) -> bool {
        self.kind == Kind::Null || (self.kind == Kind::Text && self.begin == self.end)
    }

    /// Whether the name of a field is this one, in any case. One that is no text is none.
    #[inline]
    pub(super) fn is_name(self, name: &str, whole: &str) -> bool {
        let length = (self.end - self.begin) as usize;
        // Most names differ in their length.
        (length == name.len() || self.kind == Kind::Escaped) && self.is_name_in(name, whole)
    }

    fn is_name_in(self, name: &str, whole: &str) -> bool {
        if self.kind == Kind::Escaped {
            let found = self.unescaped(whole);
            return found.is_some_and(|found| found.eq_ignore_ascii_case(name));
        }
        let found = self.raw(whole);
        found == name || found.eq_ignore_ascii_case(name)
    }

    /// None where an escape makes no character.
    fn unescaped(self, whole: &str) -> Option<String> {
        serde_json::from_str(&format!("\"{}\"", self.raw(whole))).ok()
    }

    fn raw(self, whole: &str) -> &str {
        let range = self.begin as usize..self.end as usize;
        whole.get(range).unwrap_or_default()
    }
}

/// Whether a number has neither a sign nor a fraction nor an exponent, as nearly all.
fn is_digits(raw: &str) -> bool {
    match raw.as_bytes() {
        [b'0'] => true,
        [b'1'..=b'9', rest @ ..] => rest.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}

/// Within 64 bits. A fraction is no code, and rounding one would make another code of it.
fn is_whole(raw: &str) -> bool {
    match raw.strip_prefix('-') {
        Some("0") => false,
        Some(_) => raw.parse::<i64>().is_ok(),
        None => raw.parse::<u64>().is_ok(),
    }
}
