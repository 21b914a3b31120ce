//! A field that decides, and what stands in it: nothing, something that can be read, or neither.

use std::fmt;

use serde::{Deserialize, Deserializer};

use crate::loose::{self, Any};

/// What stands in a field that decides. A code of a wrong type is no code that is missing: it may
/// have been a no beside a yes, or a yes beside a no.
///
/// As a text it is read from a text or a whole number; as true or false, from these two or from their
/// names. It never fails the answer around it: a message may have gone out already.
///
/// ```
/// use onay_http::Said;
///
/// #[derive(serde::Deserialize)]
/// struct Envelope {
///     #[serde(default)]
///     code: Said<String>,
///     #[serde(default)]
///     done: Said<bool>,
/// }
///
/// let read = |json| serde_json::from_str::<Envelope>(json).unwrap();
/// assert_eq!(read(r#"{"code":7}"#).code, Said::This("7".to_owned()));
/// assert_eq!(read(r#"{"code":null}"#).code, Said::Nothing);
/// assert_eq!(read(r#"{"code":7.5}"#).code, Said::Nonsense);
/// assert_eq!(read(r#"{"done":"True"}"#).done, Said::This(true));
/// assert_eq!(read(r#"{"done":"perhaps"}"#).done, Said::Nonsense);
/// ```
///
/// `Debug` does not show what was said.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub enum Said<T> {
    /// The field is missing or null; for a text also an empty one.
    #[default]
    Nothing,
    /// This.
    This(T),
    /// Something of another type: a fraction, a number too large, a list, an object, true for a code.
    Nonsense,
}

impl Said<String> {
    /// The text, borrowed.
    pub fn as_deref(&self) -> Said<&str> {
        match self {
            Self::Nothing => Said::Nothing,
            Self::This(text) => Said::This(text),
            Self::Nonsense => Said::Nonsense,
        }
    }

    /// The text, where there is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::This(text) => Some(text),
            Self::Nothing | Self::Nonsense => None,
        }
    }
}

impl<T> fmt::Debug for Said<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nothing => "Nothing",
            Self::This(_) => "This(..)",
            Self::Nonsense => "Nonsense",
        })
    }
}

impl<'de> Deserialize<'de> for Said<String> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match loose::any(deserializer)? {
            Any::Nothing => Self::Nothing,
            Any::Text(text) if text.is_empty() => Self::Nothing,
            Any::Text(text) => Self::This(text),
            Any::Flag(_) | Any::Other => Self::Nonsense,
        })
    }
}

impl<'de> Deserialize<'de> for Said<bool> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match loose::any(deserializer)? {
            Any::Nothing => Self::Nothing,
            Any::Flag(flag) => Self::This(flag),
            Any::Text(text) if text.eq_ignore_ascii_case("true") => Self::This(true),
            Any::Text(text) if text.eq_ignore_ascii_case("false") => Self::This(false),
            Any::Text(_) | Any::Other => Self::Nonsense,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_of_another_type_is_not_missing() {
        let this = |text: &str| Said::This(text.to_owned());
        for (json, expected) in [
            ("0", this("0")),
            ("-1", this("-1")),
            ("18446744073709551615", this("18446744073709551615")),
            (r#""0000""#, this("0000")),
            (r#"" ""#, this(" ")),
            (r#""""#, Said::Nothing),
            ("null", Said::Nothing),
            ("1.0", Said::Nonsense),
            ("12e0", Said::Nonsense),
            ("99999999999999999999", Said::Nonsense),
            ("false", Said::Nonsense),
            ("true", Said::Nonsense),
            ("[]", Said::Nonsense),
            ("[1,[2]]", Said::Nonsense),
            ("{}", Said::Nonsense),
            (r#"{"a":{"b":1}}"#, Said::Nonsense),
        ] {
            let read: Said<String> = serde_json::from_str(json).expect(json);
            assert!(read == expected, "{json}: {read:?}");
        }
    }

    #[test]
    fn only_the_two_words_are_true_or_false() {
        for (json, expected) in [
            ("true", Said::This(true)),
            (r#""TRUE""#, Said::This(true)),
            ("false", Said::This(false)),
            (r#""False""#, Said::This(false)),
            ("null", Said::Nothing),
            (r#""""#, Said::Nonsense),
            (r#""False ""#, Said::Nonsense),
            (r#""no""#, Said::Nonsense),
            ("0", Said::Nonsense),
            ("1", Said::Nonsense),
            ("[true]", Said::Nonsense),
            ("{}", Said::Nonsense),
        ] {
            let read: Said<bool> = serde_json::from_str(json).expect(json);
            assert!(read == expected, "{json}: {read:?}");
        }
    }

    #[test]
    fn it_is_lent_as_it_is_and_never_shown() {
        let said = Said::This("canary".to_owned());
        assert_eq!(
            (said.as_deref(), said.text()),
            (Said::This("canary"), Some("canary"))
        );
        assert_eq!(format!("{said:?}"), "This(..)");
        for said in [Said::<String>::Nothing, Said::Nonsense] {
            assert_eq!(said.text(), None);
            assert_eq!(format!("{said:?}"), format!("{:?}", said.as_deref()));
        }
    }
}
