//! Reads a phone number as people spell it.

use crate::Reason;
use crate::digits::ascii_digit;
use crate::unseen::{is_blank, is_dash, is_format};

const EMPTY: Reason = Reason::new("phone_empty", "is empty", "boş");
const MASKED: Reason = Reason::new(
    "phone_masked",
    "has hidden digits: give the whole number",
    "gizlenmiş rakamlar içeriyor: numaranın tamamını yazın",
);
const LETTER: Reason = Reason::new("phone_letter", "holds a letter", "harf içeriyor");
const CHARACTER: Reason = Reason::new(
    "phone_character",
    "holds a character that no phone number has",
    "telefon numarasında bulunmayan bir karakter içeriyor",
);
const TWO_NUMBERS: Reason = Reason::new(
    "phone_two_numbers",
    "seems to be two numbers: give one",
    "iki numaraya benziyor: tek numara yazın",
);
const TOO_SHORT: Reason = Reason::new(
    "phone_too_short",
    "is too short: a Turkish mobile number is 0555 000 00 42",
    "çok kısa: Türkiye cep numarası 0555 000 00 42 biçimindedir",
);
const TOO_LONG: Reason = Reason::new(
    "phone_too_long",
    "is too long: a Turkish mobile number is 0555 000 00 42, a foreign one begins with +",
    "çok uzun: Türkiye cep numarası 0555 000 00 42 biçimindedir, yabancı numara + ile başlar",
);
const LANDLINE: Reason = Reason::new(
    "phone_landline",
    "is a landline number, which no SMS reaches",
    "sabit hat numarası; SMS ulaşmaz",
);
const SERVICE: Reason = Reason::new(
    "phone_service",
    "is a service number (444, 0800, 0850, 0900), which no SMS reaches",
    "hizmet numarası (444, 0800, 0850, 0900); SMS ulaşmaz",
);
const NOT_MOBILE: Reason = Reason::new(
    "phone_not_mobile",
    "is not a Turkish mobile number, which begins with 5 after the 0",
    "Türkiye cep numarası değil: 0'dan sonra 5 ile başlamalı",
);
const NO_COUNTRY: Reason = Reason::new(
    "phone_no_country_code",
    "has a + or 00 but ten digits that begin with 5: is the country code 90 missing?",
    "+ veya 00 ile başlıyor ama 5 ile başlayan on rakamı var: ülke kodu 90 eksik mi?",
);
const COUNTRY_CODE: Reason = Reason::new(
    "phone_country_code",
    "has no country code after + or 00: none begins with 0",
    "+ veya 00 sonrasında ülke kodu yok: hiçbiri 0 ile başlamaz",
);

/// What people write before a number, longest first. Compared without case, as a whole word.
const LABELS: [&str; 14] = [
    "cep telefonu",
    "telefon no",
    "cep tel",
    "telefon",
    "tel no",
    "gsm no",
    "cep no",
    "mobile",
    "mobil",
    "phone",
    "gsm",
    "cep",
    "tel",
    "tr",
];

/// More than two numbers written one after the other.
const MAX_DIGITS: usize = 32;

/// The longest number of E.164.
const MAX_INTERNATIONAL: usize = 15;
const MIN_INTERNATIONAL: usize = 8;

/// The digits of a number, with the country code.
pub(super) struct Digits {
    digits: [u8; MAX_DIGITS],
    count: usize,
}

impl Digits {
    pub(super) fn as_slice(&self) -> &[u8] {
        self.digits.get(..self.count).unwrap_or_default()
    }

    fn push(&mut self, digit: u8) -> Result<(), Reason> {
        let place = self.digits.get_mut(self.count).ok_or(TWO_NUMBERS)?;
        *place = digit;
        self.count += 1;
        Ok(())
    }

    fn of(parts: [&[u8]; 2]) -> Result<Self, Reason> {
        let mut digits = Self {
            digits: [0; MAX_DIGITS],
            count: 0,
        };
        for digit in parts.into_iter().flatten() {
            digits.push(*digit)?;
        }
        Ok(digits)
    }
}

/// The digits of E.164, without the plus, of a number in any usual spelling.
pub(super) fn international(text: &str) -> Result<Digits, Reason> {
    let (has_plus, digits) = read(text)?;
    let digits = digits.as_slice();
    let abroad = match digits {
        [b'0', b'0', rest @ ..] if !has_plus => Some(rest),
        _ => has_plus.then_some(digits),
    };
    match abroad {
        Some(digits) => with_country_code(digits),
        None => turkish(match digits {
            // Twelve digits: ten would be a number that begins with 90.
            [b'9', b'0', b'0', rest @ ..] if digits.len() == 13 => rest,
            [b'9', b'0', rest @ ..] if digits.len() == 12 => rest,
            [b'0', rest @ ..] => rest,
            _ => digits,
        }),
    }
}

/// What follows a plus, or the `00` that stands for it.
fn with_country_code(digits: &[u8]) -> Result<Digits, Reason> {
    match digits {
        [] => Err(TOO_SHORT),
        [b'9', b'0', b'0', rest @ ..] | [b'9', b'0', rest @ ..] => turkish(rest),
        // Cuba has the code 53, and a Turkish number without its 90 looks the same.
        [b'5', ..] if digits.len() == 10 => Err(NO_COUNTRY),
        [b'0', ..] => Err(COUNTRY_CODE),
        _ if digits.len() < MIN_INTERNATIONAL => Err(TOO_SHORT),
        _ if digits.len() > MAX_INTERNATIONAL => Err(too_long(digits)),
        _ => Digits::of([digits, &[]]),
    }
}

/// The ten digits of a Turkish mobile number.
fn turkish(significant: &[u8]) -> Result<Digits, Reason> {
    match significant {
        [b'4', b'4', b'4', ..] if significant.len() == 7 => Err(SERVICE),
        [b'8' | b'9', _, b'0', ..] if significant.len() == 10 => Err(SERVICE),
        [b'2' | b'3' | b'4', ..] if significant.len() == 10 => Err(LANDLINE),
        _ if significant.len() < 10 => Err(TOO_SHORT),
        _ if significant.len() > 10 => Err(too_long(significant)),
        [b'5', ..] => Digits::of([b"90", significant]),
        _ => Err(NOT_MOBILE),
    }
}

fn too_long(digits: &[u8]) -> Reason {
    if digits.len() > MAX_INTERNATIONAL {
        TWO_NUMBERS
    } else {
        TOO_LONG
    }
}

/// Whether a plus stood before the digits, and the digits.
fn read(text: &str) -> Result<(bool, Digits), Reason> {
    let mut digits = Digits::of([&[], &[]])?;
    let mut has_plus = false;
    let text = text.trim_end_matches(|c: char| is_blank(c) || is_format(c) || c == ',' || c == '.');
    for c in without_label(text).chars() {
        if let Some(digit) = ascii_digit(c) {
            digits.push(digit)?;
            continue;
        }
        match c {
            ' ' | '-' | '.' | '\u{ff0e}' | '/' | '\u{2044}' | '\u{ff0f}' | '_' | '(' | ')'
            | '[' | ']' | '\u{ff08}' | '\u{ff09}' => {}
            '+' | '\u{ff0b}' | '\u{fe62}' if digits.count == 0 && !has_plus => has_plus = true,
            '+' | '\u{ff0b}' | '\u{fe62}' | ',' | ';' => return Err(TWO_NUMBERS),
            '*' | '\u{2022}' | '\u{25cf}' | '#' => return Err(MASKED),
            _ if is_blank(c) || is_dash(c) || is_format(c) => {}
            _ if c.is_alphabetic() => return Err(LETTER),
            _ => return Err(CHARACTER),
        }
    }
    if digits.count == 0 && !has_plus {
        return Err(EMPTY);
    }
    Ok((has_plus, digits))
}

/// The text after the labels of [`LABELS`] and after flags.
fn without_label(text: &str) -> &str {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| is_blank(c) || is_format(c));
        if rest.starts_with(|c: char| c.is_ascii() && !c.is_ascii_alphabetic()) {
            // Nearly every number, which needs no search.
            return rest;
        }
        let after = after_flag(rest).or_else(|| after_word(rest));
        match after {
            Some(after) => rest = after,
            None => return rest,
        }
    }
}

fn after_flag(text: &str) -> Option<&str> {
    let is_letter_of_flag = |c: &char| ('\u{1f1e6}'..='\u{1f1ff}').contains(c);
    let mut signs = text.chars();
    let first = signs.next().filter(is_letter_of_flag);
    let second = signs.next().filter(is_letter_of_flag);
    first.and(second).map(|_| signs.as_str())
}

fn after_word(text: &str) -> Option<&str> {
    let after = LABELS.iter().find_map(|label| {
        let (start, rest) = text.split_at_checked(label.len())?;
        let is_it = start.eq_ignore_ascii_case(label) && !rest.starts_with(char::is_alphabetic);
        is_it.then_some(rest)
    })?;
    let after = after.trim_start_matches(is_blank);
    Some(after.strip_prefix([':', '.']).unwrap_or(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_as(text: &str) -> Result<String, Reason> {
        let digits = international(text)?;
        Ok(String::from_utf8(digits.as_slice().to_vec()).expect("digits"))
    }

    #[test]
    fn reads_what_people_and_forms_write() {
        for text in [
            "5550000042",
            "05550000042",
            "905550000042",
            "+905550000042",
            "00905550000042",
            "+90 555 000 00 42",
            "0090 (555) 000-00-42",
            "(0555) 000.00.42",
            "\u{a0}555\t000-00 42\n",
            "0555/000 00 42",
            "0555_000_00_42",
            "[0555] 000 00 42",
            "555\u{2007}000\u{202f}00\u{3000}42",
            "0555\u{2011}000\u{2013}00\u{2212}42",
            "\u{202a}+90 555 000 00 42\u{202c}",
            "\u{200e}05550000042",
            "\u{feff}0555 000\u{200b} 00 42",
            "\u{ff0b}90 555 000 00 42",
            "٠٥٥٥٠٠٠٠٠٤٢",
            "０５５５０００００４２",
            "+90 0555 000 00 42",
            "+9005550000042",
            "0090 0555 000 00 42",
            "90 0555 000 00 42",
            "+90 (0) 555 000 00 42",
            "0555 000 00 42,",
            "0555 000 00 42.",
            "tel:+905550000042",
            "Tel. 0555 000 00 42",
            "TEL: 0555 000 00 42",
            "GSM: 0555 000 00 42",
            "Gsm No: 0555 000 00 42",
            "Cep Tel : 0555 000 00 42",
            "TR +90 555 000 00 42",
            "🇹🇷 +90 555 000 00 42",
            "🇹🇷 Tel: 0555 000 00 42",
        ] {
            assert_eq!(read_as(text), Ok("905550000042".into()), "{text:?}");
        }
        for (text, number) in [
            ("+49 151 00000042", "4915100000042"),
            ("0049 (151) 000-000-42", "4915100000042"),
            ("+1 212 555 0142", "12125550142"),
            ("+53 5 555 00421", "53555500421"),
            ("+44 7700 900042", "447700900042"),
            ("+12345678", "12345678"),
        ] {
            assert_eq!(read_as(text), Ok(number.into()), "{text:?}");
        }
    }

    #[test]
    fn a_refusal_names_what_is_wrong() {
        for (text, reason) in [
            ("", EMPTY),
            (" \u{200b}", EMPTY),
            ("tel:", EMPTY),
            ("+", TOO_SHORT),
            ("+90", TOO_SHORT),
            ("555 000 00 4", TOO_SHORT),
            ("90 555 000 00 4", TOO_LONG),
            ("0555 000 00 421", TOO_LONG),
            ("+90 555 000 00 421", TOO_LONG),
            ("+1234567", TOO_SHORT),
            ("+49 1510 0000 0042 1234", TWO_NUMBERS),
            ("0555 000 00 42 / 0555 000 00 43", TWO_NUMBERS),
            ("0555 000 00 42, 0555 000 00 43", TWO_NUMBERS),
            ("0555,000,00,42", TWO_NUMBERS),
            ("0555+0000042", TWO_NUMBERS),
            ("++905550000042", TWO_NUMBERS),
            ("9999999999999999999999999999999999", TWO_NUMBERS),
            ("0212 555 00 42", LANDLINE),
            ("+90 (312) 555 00 42", LANDLINE),
            ("444 0 042", SERVICE),
            ("0850 555 00 42", SERVICE),
            ("0800 555 00 42", SERVICE),
            ("0900 555 00 42", SERVICE),
            ("0655 000 00 42", NOT_MOBILE),
            ("+5550000042", NO_COUNTRY),
            ("005550000042", NO_COUNTRY),
            ("+05550000042", COUNTRY_CODE),
            ("+00905550000042", COUNTRY_CODE),
            ("O555 000 00 42", LETTER),
            ("0555 000 00 42 dahili 12", LETTER),
            ("telli 0555 000 00 42", LETTER),
            ("TRX 0555 000 00 42", LETTER),
            ("0555 000 ** 42", MASKED),
            ("0(___) ___ __ __", TOO_SHORT),
            ("0555 000 00 42 ☎", CHARACTER),
            ("0555=0000042", CHARACTER),
        ] {
            assert_eq!(read_as(text), Err(reason), "{text:?}");
        }
    }
}
