//! A Turkish mobile number, read from any usual spelling and written the way each provider wants.

use std::fmt;
use std::str::FromStr;

use crate::Error;

/// `+90` and the ten digits of a Turkish mobile number.
const LENGTH: usize = 13;

/// A Turkish mobile number.
///
/// | method | form |
/// |---|---|
/// | [`e164`](Self::e164) | `+905550000042` |
/// | [`msisdn`](Self::msisdn) | `905550000042` |
/// | [`domestic`](Self::domestic) | `05550000042` |
/// | [`national`](Self::national) | `5550000042` |
///
/// `Debug` and `Display` show it masked.
///
/// ```
/// use onay_core::Gsm;
///
/// let gsm = Gsm::parse("0 (555) 000-00-42")?;
/// assert_eq!(gsm.national(), "5550000042");
/// assert_eq!(gsm, Gsm::parse("+90 555 000 00 42")?);
/// assert_eq!(gsm.to_string(), "+90 555 *** ** 42");
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Gsm([u8; LENGTH]);

impl Gsm {
    /// Reads `5…`, `05…`, `905…`, `+90 5…` and `0090 5…`, with whitespace, dashes, dots and brackets
    /// anywhere between the digits. Allocates nothing.
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput), nothing sent: other characters, too few or
    /// too many digits, a landline, a number of another country.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let spelled = Spelled::read(text)?;
        let national = spelled.national()?;
        let mut number = *b"+900000000000";
        for (place, digit) in number.iter_mut().skip(3).zip(national) {
            *place = *digit;
        }
        Ok(Self(number))
    }

    /// `+905550000042`.
    pub fn e164(&self) -> &str {
        self.tail(0)
    }

    /// `905550000042`: the country code without the plus.
    pub fn msisdn(&self) -> &str {
        self.tail(1)
    }

    /// `05550000042`: as dialled within Turkey.
    pub fn domestic(&self) -> &str {
        self.tail(2)
    }

    /// `5550000042`: the ten digits alone.
    pub fn national(&self) -> &str {
        self.tail(3)
    }

    /// Every form is a tail of `+905…`: the 0 of `90` serves as the domestic 0 too.
    fn tail(&self, start: usize) -> &str {
        let tail = self.0.get(start..).unwrap_or_default();
        std::str::from_utf8(tail).unwrap_or_default()
    }
}

impl fmt::Display for Gsm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let national = self.national();
        let network = national.get(..3).unwrap_or_default();
        let last = national.get(8..).unwrap_or_default();
        write!(f, "+90 {network} *** ** {last}")
    }
}

impl fmt::Debug for Gsm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Gsm({self})")
    }
}

impl FromStr for Gsm {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

/// The digits of a number as it was written, and whether a plus stood before them.
struct Spelled {
    digits: [u8; 14],
    count: usize,
    plus: bool,
}

impl Spelled {
    fn read(text: &str) -> Result<Self, Error> {
        let mut spelled = Self {
            digits: [0; 14],
            count: 0,
            plus: false,
        };
        for c in text.chars() {
            match c {
                '0'..='9' => {
                    let place = spelled
                        .digits
                        .get_mut(spelled.count)
                        .ok_or_else(|| refuse("has too many digits"))?;
                    *place = c as u8;
                    spelled.count += 1;
                }
                '+' if spelled.count == 0 && !spelled.plus => spelled.plus = true,
                '-' | '.' | '(' | ')' => {}
                _ if c.is_whitespace() => {}
                _ => return Err(refuse("holds a character that no phone number has")),
            }
        }
        Ok(spelled)
    }

    fn national(&self) -> Result<&[u8], Error> {
        let digits = self.digits.get(..self.count).unwrap_or_default();
        let abroad = || refuse("is not a Turkish number");
        let national = match digits {
            _ if self.plus => digits.strip_prefix(b"90").ok_or_else(abroad)?,
            [b'0', b'0', rest @ ..] => rest.strip_prefix(b"90").ok_or_else(abroad)?,
            [b'9', b'0', rest @ ..] if digits.len() == 12 => rest,
            [b'0', rest @ ..] => rest,
            _ => digits,
        };
        if national.len() != 10 {
            return Err(refuse(
                "is not a Turkish mobile number such as 0555 000 00 42",
            ));
        }
        if !national.starts_with(b"5") {
            return Err(refuse("is not a mobile number: it has to begin with 5"));
        }
        Ok(national)
    }
}

fn refuse(why: &'static str) -> Error {
    Error::invalid_input("gsm", why)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    #[test]
    fn reads_every_usual_spelling() {
        for text in [
            "5550000042",
            "05550000042",
            "905550000042",
            "+905550000042",
            "00905550000042",
            "+90 555 000 00 42",
            "0090 (555) 000-00-42",
            "0 (555) 000 00 42",
            "(0555) 000.00.42",
            "\u{a0}555\t000-00 42\n",
        ] {
            let gsm = Gsm::parse(text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
            assert_eq!(gsm.e164(), "+905550000042");
        }
    }

    #[test]
    fn writes_every_form() {
        let gsm = Gsm::parse("05550000042").expect("valid");
        assert_eq!(gsm.e164(), "+905550000042");
        assert_eq!(gsm.msisdn(), "905550000042");
        assert_eq!(gsm.domestic(), "05550000042");
        assert_eq!(gsm.national(), "5550000042");
        assert_eq!(
            format!("{gsm} {gsm:?}"),
            "+90 555 *** ** 42 Gsm(+90 555 *** ** 42)"
        );
        for form in [gsm.e164(), gsm.msisdn(), gsm.domestic(), gsm.national()] {
            assert_eq!(Gsm::parse(form).expect(form), gsm);
        }
    }

    #[test]
    fn refuses_landlines_foreign_and_broken_numbers() {
        for text in [
            "",
            "+",
            "+90",
            "0212 555 00 42",
            "+90 212 555 00 42",
            "444 0 042",
            "+49 151 00000042",
            "0049 151 0000004",
            "+1 555 000 0042",
            "+5550000042",
            "+05550000042",
            "+00905550000042",
            "555000004",
            "55500000421",
            "0 0555 000 00 42",
            "90 555 000 00 4",
            "0555+0000042",
            "++905550000042",
            "0555 000 00 4x",
            "0555/0000042",
            "٠٥٥٥٠٠٠٠٠٤٢",
            "999999999999999999999999",
        ] {
            let error = Gsm::parse(text).expect_err(text);
            assert_eq!(error.kind(), ErrorKind::InvalidInput, "{text:?}");
            assert_eq!(error.field(), Some("gsm"), "{text:?}");
        }
    }

    #[test]
    fn a_refusal_says_what_is_wrong() {
        for (text, why) in [
            ("+49 151 00000042", "is not a Turkish number"),
            (
                "555000004",
                "is not a Turkish mobile number such as 0555 000 00 42",
            ),
            // Ten digits: the 90 is not a country code.
            (
                "9055500004",
                "is not a mobile number: it has to begin with 5",
            ),
            ("0555x", "holds a character that no phone number has"),
            ("999999999999999999999999", "has too many digits"),
        ] {
            let error = Gsm::parse(text).expect_err(text);
            assert_eq!(error.message(), Some(why), "{text}");
        }
    }
}
