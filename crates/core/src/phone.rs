//! A phone number of any country, written the way each provider wants it.

mod spelling;

use std::fmt;
use std::str::FromStr;

use crate::Error;

/// A plus and the fifteen digits that E.164 allows.
const MAX_LENGTH: usize = 16;

/// A phone number of any country, in the form of E.164.
///
/// | method | form |
/// |---|---|
/// | [`e164`](Self::e164) | `+905550000042` |
/// | [`msisdn`](Self::msisdn) | `905550000042` |
/// | [`TurkishMobile::national`] | `05550000042` |
/// | [`TurkishMobile::significant`] | `5550000042` |
///
/// There is no `Display`: [`masked`](Self::masked) is for people, `Debug` is masked too.
///
/// ```
/// use onay_core::PhoneNumber;
///
/// let phone = PhoneNumber::parse("0 (555) 000-00-42")?;
/// assert_eq!(phone.e164(), "+905550000042");
/// assert_eq!(phone, PhoneNumber::parse("tel:+90 0555 000 00 42")?);
/// assert_eq!(phone.masked().to_string(), "+90 555 *** ** 42");
///
/// let german = PhoneNumber::parse("+49 151 00000042")?;
/// assert!(!german.is_turkish_mobile());
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PhoneNumber {
    text: [u8; MAX_LENGTH],
    length: u8,
}

/// The Turkish forms of a Turkish mobile number. Made by [`PhoneNumber::turkish`].
///
/// ```
/// use onay_core::PhoneNumber;
///
/// let phone = PhoneNumber::parse("+90 555 000 00 42")?;
/// let turkish = phone.turkish().expect("a Turkish mobile number");
/// assert_eq!(turkish.national(), "05550000042");
/// assert_eq!(turkish.significant(), "5550000042");
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TurkishMobile<'a>(&'a PhoneNumber);

impl PhoneNumber {
    /// Reads every spelling that people and forms produce; Turkey is the default country.
    ///
    /// - `+90`, `0090`, `90`, `0` or nothing before the ten digits of a Turkish mobile number, and
    ///   `+90` followed by `0` or `(0)`. A foreign number needs `+` or `00`.
    /// - Between digits: blanks, dashes and signs that look like one, dots, slashes, brackets,
    ///   underscores, and characters that show nothing. A comma or full stop at the end.
    /// - Decimal digits of every script, and a full-width plus.
    /// - A label before the number: `tel:`, `Tel.`, `GSM:`, `TR`, a flag.
    ///
    /// Foreign numbers are checked for their form, not for being reachable. Nothing is guessed: what
    /// could be two numbers is refused.
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](crate::ErrorKind::InvalidInput), nothing sent. The reason names what is
    /// wrong: a letter, a mask, too few or too many digits, two numbers, a Turkish number that no SMS
    /// reaches (landline, 0850, 444), a plus before ten digits that lack their country code.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let digits = spelling::international(text)
            .map_err(|reason| Error::invalid_input("phone", reason))?;
        let mut number = Self {
            text: [b'+'; MAX_LENGTH],
            length: 1,
        };
        for (place, digit) in number.text.iter_mut().skip(1).zip(digits.as_slice()) {
            *place = *digit;
            number.length += 1;
        }
        Ok(number)
    }

    /// `+905550000042`.
    pub fn e164(&self) -> &str {
        self.tail(0)
    }

    /// `905550000042`: without the plus.
    pub fn msisdn(&self) -> &str {
        self.tail(1)
    }

    /// Whether it is a Turkish mobile number.
    pub fn is_turkish_mobile(&self) -> bool {
        // No other Turkish number is ever taken.
        self.msisdn().starts_with("90")
    }

    /// The Turkish forms, where it is a Turkish mobile number.
    pub fn turkish(&self) -> Option<TurkishMobile<'_>> {
        self.is_turkish_mobile().then_some(TurkishMobile(self))
    }

    /// A view for people: `+90 555 *** ** 42`, or the first and last two digits of a foreign number.
    pub fn masked(&self) -> impl fmt::Display + use<> {
        Masked(*self)
    }

    /// Each Turkish form is a tail of `+905…`: the 0 of `90` serves as the national 0 too.
    fn tail(&self, start: usize) -> &str {
        let tail = self.text.get(start..usize::from(self.length));
        std::str::from_utf8(tail.unwrap_or_default()).unwrap_or_default()
    }
}

impl<'a> TurkishMobile<'a> {
    /// `05550000042`: as dialled within Turkey.
    pub fn national(&self) -> &'a str {
        self.0.tail(2)
    }

    /// `5550000042`: the ten digits alone.
    pub fn significant(&self) -> &'a str {
        self.0.tail(3)
    }
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PhoneNumber({})", self.masked())
    }
}

impl fmt::Debug for TurkishMobile<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TurkishMobile({})", self.0.masked())
    }
}

impl FromStr for PhoneNumber {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::parse(text)
    }
}

struct Masked(PhoneNumber);

impl fmt::Display for Masked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, end) = (&self.0, usize::from(self.0.length).saturating_sub(2));
        if let Some(turkish) = number.turkish() {
            let network = turkish.significant().get(..3).unwrap_or_default();
            return write!(f, "+90 {network} *** ** {}", number.tail(end));
        }
        let begin = number.e164().get(..3).unwrap_or_default();
        let hidden = "*".repeat(end.saturating_sub(3));
        write!(f, "{begin}{hidden}{}", number.tail(end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_every_form() {
        let phone = PhoneNumber::parse("05550000042").expect("valid");
        assert_eq!(phone.e164(), "+905550000042");
        assert_eq!(phone.msisdn(), "905550000042");
        let turkish = phone.turkish().expect("Turkish");
        assert_eq!(turkish.national(), "05550000042");
        assert_eq!(turkish.significant(), "5550000042");
        assert_eq!(
            format!("{phone:?} {turkish:?}"),
            "PhoneNumber(+90 555 *** ** 42) TurkishMobile(+90 555 *** ** 42)"
        );
    }

    #[test]
    fn a_foreign_number_has_no_turkish_form() {
        let phone: PhoneNumber = "0049 151 00000042".parse().expect("valid");
        assert_eq!(phone.e164(), "+4915100000042");
        assert!(phone.turkish().is_none());
        assert_eq!(phone.masked().to_string(), "+49*********42");
        let longest = PhoneNumber::parse("+999999999999999").expect("valid");
        assert_eq!(longest.msisdn(), "999999999999999");
    }
}
