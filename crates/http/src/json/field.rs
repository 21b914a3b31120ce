//! A field of a response is absent, a value, or malformed.

use std::borrow::Cow;
use std::fmt;

/// What a field of a response holds.
///
/// A malformed field is not a missing one: it may have been a no beside a yes, or the reverse.
///
/// ```
/// use onay_http::Field;
///
/// let code = Field::Value("7");
/// assert_eq!(code.map(str::len), Field::Value(1));
/// assert_eq!(Field::<&str>::Malformed.value(), None);
/// ```
///
/// `Debug` does not show the value.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Field<T> {
    /// The field is missing, null or an empty text.
    #[default]
    Absent,
    /// A value of the type that was asked for.
    Value(T),
    /// A value of another type, one that cannot be read, or a name that stands twice.
    Malformed,
}

impl<T> Field<T> {
    /// The value, where there is one.
    pub fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Malformed => None,
        }
    }

    /// Whether there is nothing.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether there is something that cannot be read.
    pub fn is_malformed(&self) -> bool {
        matches!(self, Self::Malformed)
    }

    /// The same field with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Field<U> {
        self.and_then(|value| Field::Value(change(value)))
    }

    /// Reads the value further.
    pub fn and_then<U>(self, read: impl FnOnce(T) -> Field<U>) -> Field<U> {
        match self {
            Self::Absent => Field::Absent,
            Self::Value(value) => read(value),
            Self::Malformed => Field::Malformed,
        }
    }

    /// The field, its value borrowed.
    pub fn as_ref(&self) -> Field<&T> {
        match self {
            Self::Absent => Field::Absent,
            Self::Value(value) => Field::Value(value),
            Self::Malformed => Field::Malformed,
        }
    }
}

impl Field<Cow<'_, str>> {
    /// The field, its text borrowed.
    pub fn as_deref(&self) -> Field<&str> {
        self.as_ref().map(|text| &**text)
    }
}

impl<T> fmt::Debug for Field<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Absent => "Absent",
            Self::Value(_) => "Value(..)",
            Self::Malformed => "Malformed",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_value() {
        let field = Field::Value(Cow::Borrowed("canary"));
        assert_eq!(
            format!("{field:?} {:?}", field.as_deref()),
            "Value(..) Value(..)"
        );
        let others = [Field::<bool>::Absent, Field::Malformed];
        assert_eq!(format!("{others:?}"), "[Absent, Malformed]");
    }

    #[test]
    fn absent_and_malformed_stay_what_they_are() {
        for field in [Field::<&str>::Absent, Field::Malformed] {
            let mapped = field.map(str::len);
            assert_eq!(mapped.is_absent(), field.is_absent());
            assert_eq!(mapped.is_malformed(), field.is_malformed());
            assert_eq!(field.value(), None);
        }
    }
}
