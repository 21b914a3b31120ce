//! `MobileNumber` reads Turkish mobile numbers and writes them in full or masked.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// The first number with ten digits that starts with 5, and the one after the last.
const TEN_DIGITS_FROM_FIVE: std::ops::Range<u64> = 5_000_000_000..6_000_000_000;

/// A Turkish mobile number. `Display` writes it in full, as `+905550000042`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MobileNumber(u64);

impl MobileNumber {
    /// Reads ten digits that start with 5, and nothing else.
    pub fn national(text: &str) -> Option<Self> {
        let only_digits = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit());
        let digits = only_digits.then(|| text.parse().ok()).flatten()?;
        TEN_DIGITS_FROM_FIVE
            .contains(&digits)
            .then_some(Self(digits))
    }

    /// Reads `90` and those ten digits, and nothing else.
    pub fn international(text: &str) -> Option<Self> {
        Self::national(text.strip_prefix("90")?)
    }

    /// Reads any usual spelling: `5…`, `05…`, `905…`, `+905…`, `00905…`, with blanks, dashes, dots
    /// or brackets. A `+` may have become a blank on its way through a query string.
    pub fn any_spelling(text: &str) -> Option<Self> {
        let is_separator = |sign: char| matches!(sign, ' ' | '-' | '.' | '(' | ')' | '+');
        let digits: String = text.chars().filter(|sign| !is_separator(*sign)).collect();
        let national = match digits.len() {
            11 => digits.strip_prefix('0')?,
            12 => digits.strip_prefix("90")?,
            14 => digits.strip_prefix("0090")?,
            _ => &digits,
        };
        Self::national(national)
    }

    /// The usual spellings.
    pub(crate) fn spellings(self) -> Vec<String> {
        let (operator, middle) = (self.0 / 10_000_000, self.0 / 10_000 % 1_000);
        let (next, end) = (self.0 / 100 % 100, self.0 % 100);
        let blanks = format!("{operator} {middle:03} {next:02} {end:02}");
        let digits = self.0.to_string();
        let starts = ["", "0", "90", "+90", "0090", "+90 "].into_iter();
        let spelt = starts.flat_map(|start| [&digits, &blanks].map(|it| format!("{start}{it}")));
        spelt.collect()
    }

    /// What stands before the last two digits: 55500090 for `0555 000 90 xx`.
    pub(crate) fn hundred(self) -> u64 {
        self.0 / 100
    }

    /// Enough to recognise one's own number, and no more: `+90 555 *** ** 42`.
    pub fn masked(self) -> String {
        let operator = self.0 / 10_000_000;
        let end = self.0 % 100;
        format!("+90 {operator} *** ** {end:02}")
    }
}

/// A number in the spelling that it has, without its middle: `0555 *** ** 42`, `555*****42`.
pub(crate) fn masked_within(spelling: &str) -> String {
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    let shown = spelling.char_indices().map(|(place, sign)| {
        let follow = spelling.get(place..).map_or(0, digits);
        if sign.is_ascii_digit() && (3..=7).contains(&follow) {
            '*'
        } else {
            sign
        }
    });
    shown.collect()
}

impl fmt::Display for MobileNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+90{}", self.0)
    }
}

impl Serialize for MobileNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for MobileNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::any_spelling(&text).ok_or_else(|| D::Error::custom("no Turkish mobile number"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_spelling_is_the_same_number() {
        for spelling in [
            "5550000042",
            "05550000042",
            "905550000042",
            "+905550000042",
            " 905550000042",
            "00905550000042",
            "+90 (555) 000-00-42",
            "0555.000.00.42",
        ] {
            let number = MobileNumber::any_spelling(spelling).expect(spelling);
            assert_eq!(number.to_string(), "+905550000042");
        }
    }

    #[test]
    fn anything_else_is_no_number() {
        for spelling in [
            "",
            "555000004",
            "02120000042",
            "15550000042",
            "+495550000042",
            "55500000423333",
            "555000004a",
            "٥٥٥٠٠٠٠٠٤٢",
            "5550000042;",
        ] {
            assert_eq!(MobileNumber::any_spelling(spelling), None, "{spelling}");
        }
    }

    #[test]
    fn the_national_form_is_strict() {
        assert!(MobileNumber::national("5550000042").is_some());
        for spelling in ["05550000042", "555 000 00 42", "4550000042", "+555000004"] {
            assert_eq!(MobileNumber::national(spelling), None, "{spelling}");
        }
    }

    #[test]
    fn the_international_form_is_strict() {
        let number = MobileNumber::international("905550000042");
        assert_eq!(number, MobileNumber::national("5550000042"));
        for spelling in ["+905550000042", "5550000042", "902120000042", "90"] {
            assert_eq!(MobileNumber::international(spelling), None, "{spelling}");
        }
    }

    #[test]
    fn a_mask_keeps_the_operator_and_two_digits() {
        let number = MobileNumber::national("5550000002").expect("a number");
        assert_eq!(number.masked(), "+90 555 *** ** 02");
    }
}
