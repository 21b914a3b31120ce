//! An identifier that a provider gave to what it did.

use std::fmt;

/// The most characters that an identifier has.
const MAX_CHARACTERS: usize = 100;

/// An identifier that a provider gave to what it did, for a support case.
///
/// `Debug` shows its last characters alone.
///
/// ```
/// use onay_core::Reference;
///
/// let reference = Reference::parse("100005844114").unwrap();
/// assert_eq!(reference.as_str(), "100005844114");
/// assert_eq!(format!("{reference:?}"), "Reference(…14)");
/// assert_eq!(Reference::parse("no reference"), None);
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Reference(Box<str>);

impl Reference {
    /// Takes 1 to 100 visible ASCII characters without blanks. Anything else is no reference.
    pub fn parse(text: &str) -> Option<Self> {
        let is_one = (1..=MAX_CHARACTERS).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_graphic());
        is_one.then(|| Self(text.into()))
    }

    /// The identifier.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // All of a short one would be its end.
        let end = (self.0.len() >= 6).then(|| self.0.len() - 2);
        let shown = end.and_then(|end| self.0.get(end..)).unwrap_or_default();
        write!(f, "Reference(…{shown})")
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Reference {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Reference {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)
            .map_err(|_| serde::de::Error::custom("not a stored reference"))?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a stored reference"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_taken_and_prose_is_not() {
        let longest = "a".repeat(100);
        for text in ["1", "ref-1", longest.as_str()] {
            assert_eq!(Reference::parse(text).expect(text).as_str(), text, "{text}");
        }
        let long = "a".repeat(101);
        for text in ["", " ", "a b", "a\n", "ç", "a\u{200b}", long.as_str()] {
            assert_eq!(Reference::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn debug_shows_the_end_alone() {
        for (text, shown) in [
            ("1", "Reference(…)"),
            ("12345", "Reference(…)"),
            ("100005844114", "Reference(…14)"),
        ] {
            let reference = Reference::parse(text).expect(text);
            assert_eq!(format!("{reference:?}"), shown);
        }
    }
}
