//! The words of a conversation: code, token, session and link, each a type of its own.

use std::fmt;
use std::str::FromStr;

use crate::unseen::is_format;
use crate::{Error, Secret};

/// Longer than anything a provider documents; it keeps nonsense off the wire.
const MAX_BYTES: usize = 1024;

/// The parts that every word has: a parser, the plain text, `FromStr` and a silent `Debug`.
macro_rules! secret_word {
    ($(#[$docs:meta])* $name:ident, $field:literal, $trim:expr) => {
        $(#[$docs])*
        #[derive(Clone, PartialEq, Eq, Hash)]
        pub struct $name(Secret);

        impl $name {
            /// Takes the text, or says why it cannot be one.
            ///
            /// # Errors
            ///
            /// [`InvalidInput`](crate::ErrorKind::InvalidInput), nothing sent: it is empty, is
            /// longer than 1,024 bytes, or contains whitespace, a control character, or an invisible
            /// or bidirectional formatting character.
            pub fn parse(text: &str) -> Result<Self, Error> {
                let text = if $trim { text.trim() } else { text };
                check($field, text)?;
                Ok(Self(Secret::new(text)))
            }

            /// The text itself, as it goes to the provider.
            pub fn reveal(&self) -> &str {
                self.0.reveal()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(***)"))
            }
        }

        impl FromStr for $name {
            type Err = Error;

            fn from_str(text: &str) -> Result<Self, Error> {
                Self::parse(text)
            }
        }
    };
}

secret_word!(
    /// The code that the customer typed.
    ///
    /// Whitespace around it is dropped: customers paste it along. Nothing else is changed: case
    /// and leading zeros count.
    ///
    /// ```
    /// use onay_core::OtpCode;
    ///
    /// let code = OtpCode::parse(" ART2\n")?;
    /// assert_eq!(code.reveal(), "ART2");
    /// assert_eq!(format!("{code:?}"), "OtpCode(***)");
    /// # Ok::<(), onay_core::Error>(())
    /// ```
    OtpCode,
    "code",
    true
);

secret_word!(
    /// The provider's own name for who gets the code, where the provider knows the number.
    ///
    /// ```
    /// use onay_core::OtpToken;
    ///
    /// assert_eq!(OtpToken::parse("0f1e")?.reveal(), "0f1e");
    /// # Ok::<(), onay_core::Error>(())
    /// ```
    OtpToken,
    "token",
    false
);

secret_word!(
    /// What ties the calls of one conversation together.
    ///
    /// Kept as quiet as a code: with some providers it is all that a caller needs.
    ///
    /// ```
    /// use onay_core::SessionId;
    ///
    /// assert_eq!(SessionId::parse("order-1")?.reveal(), "order-1");
    /// assert!(SessionId::parse("order 1").is_err());
    /// # Ok::<(), onay_core::Error>(())
    /// ```
    SessionId,
    "session",
    false
);

/// A payment link's id, such as `NB2Zlz3`. Case counts.
///
/// It is part of the address that the customer opens, so it is not a secret and shows in `Debug`.
///
/// ```
/// use onay_core::LinkId;
///
/// assert_eq!(LinkId::parse("NB2Zlz3")?.as_str(), "NB2Zlz3");
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LinkId(String);

impl LinkId {
    /// Takes the text, or says why it cannot be one.
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput), nothing sent: it is empty, is longer than
    /// 1,024 bytes, or contains whitespace, a control character, or an invisible or bidirectional
    /// formatting character.
    pub fn parse(text: &str) -> Result<Self, Error> {
        check("link", text)?;
        Ok(Self(text.to_owned()))
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LinkId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for LinkId {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

fn check(field: &'static str, text: &str) -> Result<(), Error> {
    let why = if text.is_empty() {
        "is empty"
    } else if text.len() > MAX_BYTES {
        "is longer than 1,024 bytes"
    } else if text.chars().any(deceives) {
        "holds a blank or a control character"
    } else {
        return Ok(());
    };
    Err(Error::invalid_input(field, why))
}

fn deceives(c: char) -> bool {
    c.is_whitespace() || c.is_control() || is_format(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    #[test]
    fn refuses_what_no_provider_could_mean() {
        let long = "a".repeat(MAX_BYTES + 1);
        for text in ["", "a b", "a\n", "a\0", "\u{a0}a", long.as_str()] {
            let error = SessionId::parse(text).expect_err("refused");
            assert_eq!(error.kind(), ErrorKind::InvalidInput);
            assert_eq!(error.field(), Some("session"));
            assert!(OtpToken::parse(text).is_err());
            assert!(LinkId::parse(text).is_err());
        }
        for text in ["", "  ", "A RT2", "AR\tT2"] {
            assert!(OtpCode::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn the_longest_word_is_taken_as_it_is() {
        let longest = "a".repeat(1024);
        let session: SessionId = longest.parse().expect("a session");
        assert_eq!(session.reveal(), longest);
        let link: LinkId = longest.parse().expect("a link");
        assert_eq!(
            (link.as_str(), link.to_string()),
            (&*longest, longest.clone())
        );
    }

    #[test]
    fn refuses_what_deceives_whoever_reads_it() {
        let ranges = [
            '\u{200b}'..='\u{200f}',
            '\u{202a}'..='\u{202e}',
            '\u{2066}'..='\u{2069}',
            '\u{feff}'..='\u{feff}',
            '\u{ad}'..='\u{ad}',
        ];
        for sign in ranges.into_iter().flatten() {
            for text in [
                format!("order{sign}1"),
                format!("{sign}1"),
                format!("1{sign}"),
            ] {
                let error = SessionId::parse(&text).expect_err("refused");
                assert_eq!(error.kind(), ErrorKind::InvalidInput);
                assert!(OtpToken::parse(&text).is_err(), "{text:?}");
                assert!(LinkId::parse(&text).is_err(), "{text:?}");
                assert!(OtpCode::parse(&text).is_err(), "{text:?}");
            }
        }
        assert!(SessionId::parse("sipariş-ığ/é_漢").is_ok());
    }

    #[test]
    fn an_error_does_not_repeat_the_value() {
        let error = SessionId::parse("secret session").expect_err("refused");
        assert!(!format!("{error} {error:?}").contains("secret"));
    }

    #[test]
    fn debug_is_silent() {
        let shown = format!(
            "{:?} {:?} {:?}",
            OtpCode::parse("canary").expect("code"),
            OtpToken::parse("canary").expect("token"),
            SessionId::parse("canary").expect("session"),
        );
        assert_eq!(shown, "OtpCode(***) OtpToken(***) SessionId(***)");
    }
}
