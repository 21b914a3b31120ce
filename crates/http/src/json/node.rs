//! One JSON value as it stands in its text, read as what a field wants.

use std::borrow::Cow;

use serde::de::IgnoredAny;

use crate::Field;

/// A value. What an object or list holds stands behind it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Node<'a> {
    /// A string without its quotation marks; nothing of an object or list.
    pub(super) raw: &'a str,
    pub(super) kind: Kind,
    /// How many nodes it is, itself and all that it holds.
    pub(super) size: u32,
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

impl<'a> Node<'a> {
    pub(super) fn text(self) -> Field<Cow<'a, str>> {
        match self.kind {
            Kind::Text | Kind::Null if self.is_absent() => Field::Absent,
            Kind::Text => Field::Value(Cow::Borrowed(self.raw)),
            Kind::Escaped => self
                .unescaped()
                .map_or(Field::Malformed, |text| Field::Value(Cow::Owned(text))),
            Kind::Number if is_whole(self.raw) => Field::Value(Cow::Borrowed(self.raw)),
            _ => Field::Malformed,
        }
    }

    pub(super) fn flag(self) -> Field<bool> {
        match self.kind {
            Kind::True => Field::Value(true),
            Kind::False => Field::Value(false),
            _ => self.text().and_then(|text| {
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
        self.kind == Kind::Null || (self.kind == Kind::Text && self.raw.is_empty())
    }

    /// Whether the name of a field is this one, in any case. One that is no text is none.
    pub(super) fn is_name(self, name: &str) -> bool {
        let is = |found: &str| found == name || found.eq_ignore_ascii_case(name);
        match self.kind {
            Kind::Escaped => self.unescaped().is_some_and(|found| is(&found)),
            _ => is(self.raw),
        }
    }

    /// None where an escape makes no character.
    fn unescaped(self) -> Option<String> {
        serde_json::from_str(&format!("\"{}\"", self.raw)).ok()
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
