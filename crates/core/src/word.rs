//! Short texts without blanks: one-time code, token, session id and payment link id.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use crate::digits::ascii_digit;
use crate::unseen::{is_blank, is_dash, is_format};
use crate::{Error, Reason, Secret};

/// Longer than anything a provider documents; it keeps nonsense off the wire.
const MAX_BYTES: usize = 1024;

const EMPTY: Reason = Reason::new("word_empty", "is empty", "boş");
const TOO_LONG: Reason = Reason::new(
    "word_too_long",
    "is longer than 1,024 bytes",
    "1.024 bayttan uzun",
);
const BLANK: Reason = Reason::new(
    "word_blank",
    "holds a blank, a control character or an invisible one",
    "boşluk, kontrol karakteri veya görünmeyen bir karakter içeriyor",
);

/// Longer than a code of any provider, shorter than the message that it came in: who pastes the whole
/// message loses no try.
const MAX_CODE_CHARACTERS: usize = 64;
const CODE_TOO_LONG: Reason = Reason::new(
    "code_too_long",
    "is longer than 64 characters: the code alone is wanted, not its whole message",
    "64 karakterden uzun: mesajın tamamı değil, yalnızca kod girilmeli",
);

/// The parts that every secret word has: the plain text, a comparison, `FromStr`, a silent `Debug`.
macro_rules! secret_word {
    ($(#[$docs:meta])* $name:ident) => {
        $(#[$docs])*
        #[derive(Clone)]
        pub struct $name(Secret);

        impl $name {
            /// The text itself, as it goes to the provider.
            pub fn expose(&self) -> &str {
                self.0.expose()
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.expose() == other.expose()
            }
        }

        impl Eq for $name {}

        impl Hash for $name {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.expose().hash(state);
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

/// A word that is taken as it is.
macro_rules! verbatim_word {
    ($(#[$docs:meta])* $name:ident, $argument:literal) => {
        secret_word!($(#[$docs])* $name);

        impl $name {
            /// Takes the text, or says why it cannot be one.
            ///
            /// # Errors
            ///
            /// [`InvalidInput`](crate::ErrorKind::InvalidInput), nothing sent: it is empty, is
            /// longer than 1,024 bytes, or contains whitespace, a control character, or an invisible
            /// or bidirectional formatting character.
            pub fn parse(text: &str) -> Result<Self, Error> {
                check($argument, text)?;
                Ok(Self(Secret::new(text)))
            }
        }
    };
}

secret_word!(
    /// The code that the customer typed.
    ///
    /// Blanks, dashes and invisible characters are dropped wherever they are, a full stop or comma
    /// at the end too, and decimal digits of any script become ASCII: customers paste codes out of
    /// messages. Letters keep their case, leading zeros count.
    ///
    /// ```
    /// use onay_core::OtpCode;
    ///
    /// assert_eq!(OtpCode::parse(" ARt2\n")?.expose(), "ARt2");
    /// let code = OtpCode::parse("123-456.")?;
    /// assert_eq!(code.expose(), "123456");
    /// assert_eq!(format!("{code:?}"), "OtpCode(***)");
    /// # Ok::<(), onay_core::Error>(())
    /// ```
    OtpCode
);

impl OtpCode {
    /// Takes what the customer typed, or says why it cannot be a code.
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput), nothing sent: nothing is left, more than 64
    /// characters are left (a whole message was pasted), or it contains a control character.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let passes_over = |c: char| is_blank(c) || is_format(c) || is_dash(c);
        let text = text.trim_end_matches(|c: char| passes_over(c) || c == '.' || c == ',');
        if text.len() > MAX_BYTES {
            return Err(Error::invalid_input("code", TOO_LONG));
        }
        // All at once, so that no copy of a shorter code is left behind unwiped.
        let mut code = String::with_capacity(text.len());
        for c in text.chars().filter(|c| !passes_over(*c)) {
            code.push(ascii_digit(c).map_or(c, char::from));
        }
        let code = Secret::new(code);
        if code.expose().chars().count() > MAX_CODE_CHARACTERS {
            return Err(Error::invalid_input("code", CODE_TOO_LONG));
        }
        check("code", code.expose())?;
        Ok(Self(code))
    }
}

verbatim_word!(
    /// The provider's own name for the recipient, or for the verification, where it has one.
    ///
    /// ```
    /// use onay_core::OtpToken;
    ///
    /// assert_eq!(OtpToken::parse("0f1e")?.expose(), "0f1e");
    /// # Ok::<(), onay_core::Error>(())
    /// ```
    OtpToken,
    "token"
);

verbatim_word!(
    /// What ties the calls of one session together.
    ///
    /// Kept as quiet as a code: with some providers it is all that a caller needs.
    ///
    /// ```
    /// use onay_core::SessionId;
    ///
    /// assert_eq!(SessionId::parse("order-1")?.expose(), "order-1");
    /// assert!(SessionId::parse("order 1").is_err());
    /// # Ok::<(), onay_core::Error>(())
    /// ```
    SessionId,
    "session"
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

fn check(argument: &'static str, text: &str) -> Result<(), Error> {
    let reason = if text.is_empty() {
        EMPTY
    } else if text.len() > MAX_BYTES {
        TOO_LONG
    } else if text.chars().any(deceives) {
        BLANK
    } else {
        return Ok(());
    };
    Err(Error::invalid_input(argument, reason))
}

fn deceives(c: char) -> bool {
    is_blank(c) || c.is_control() || is_format(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ErrorKind, Subject};

    #[test]
    fn refuses_what_no_provider_could_mean() {
        let long = "a".repeat(MAX_BYTES + 1);
        for text in ["", "a b", "a\n", "a\0", "\u{a0}a", long.as_str()] {
            let error = SessionId::parse(text).expect_err("refused");
            assert_eq!(error.kind(), ErrorKind::InvalidInput);
            assert_eq!(error.subject(), Some(Subject::Argument("session")));
            assert!(OtpToken::parse(text).is_err());
            assert!(LinkId::parse(text).is_err());
        }
        let (long, longer) = ("1".repeat(65), "1".repeat(MAX_BYTES + 1));
        for text in [
            "", "  ", "-", ".", ",-", "A\0RT2", "\u{7f}1", &long, &longer,
        ] {
            assert!(OtpCode::parse(text).is_err(), "{text:?}");
        }
        assert!(OtpCode::parse(&"1 ".repeat(64)).is_ok());
    }

    #[test]
    fn a_whole_message_is_no_code() {
        let text =
            "Kart kaydetme onay kodunuz: ART2. Kod 3 dakika geçerlidir, kimseyle paylaşmayınız.";
        let error = OtpCode::parse(text).expect_err("refused");
        assert_eq!(
            error.reason().map(|reason| reason.id()),
            Some("code_too_long")
        );
    }

    #[test]
    fn a_code_is_read_as_customers_paste_it() {
        for (text, code) in [
            ("123456", "123456"),
            ("123 456", "123456"),
            ("123-456", "123456"),
            ("123\u{2011}456", "123456"),
            ("\u{200e}123456", "123456"),
            ("123456.", "123456"),
            ("123456,\n", "123456"),
            ("123456.-", "123456"),
            ("١٢٣٤٥٦", "123456"),
            ("０１２３", "0123"),
            (" aRT2\t", "aRT2"),
            ("A RT2", "ART2"),
            ("İı12", "İı12"),
            ("12.34", "12.34"),
        ] {
            let read = OtpCode::parse(text).expect(text);
            assert_eq!(read.expose(), code, "{text:?}");
            assert_eq!(OtpCode::parse(read.expose()).expect(text), read);
        }
    }

    #[test]
    fn the_longest_word_is_taken_as_it_is() {
        let longest = "a".repeat(1024);
        let session: SessionId = longest.parse().expect("a session");
        assert_eq!(session.expose(), longest);
        let link: LinkId = longest.parse().expect("a link");
        assert_eq!(
            (link.as_str(), link.to_string()),
            (&*longest, longest.clone())
        );
    }

    #[test]
    fn refuses_what_deceives_its_reader() {
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
            }
        }
        assert!(SessionId::parse("sipariş-ığ/é_漢").is_ok());
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
