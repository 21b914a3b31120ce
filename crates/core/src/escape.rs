//! The escapes of web addresses, of HTML and of JSON: what each stands for.

use crate::view::Letter;

/// No escape that is read here has more letters.
const LONGEST: usize = 12;

/// What an escape stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A byte of a text in UTF-8.
    Byte(u8),
    /// A unit of a text in UTF-16.
    Unit(u16),
    /// A character.
    Sign(char),
}

/// The escape that a text begins with: its meaning, and how many letters it has.
pub(crate) fn at_start(letters: &[Letter]) -> Option<(Meaning, usize)> {
    let first = letters.first()?.shown;
    if !matches!(first, '%' | '&' | '\\') {
        return None;
    }
    let head: Vec<char> = letters.iter().take(LONGEST).map(|at| at.shown).collect();
    match head.as_slice() {
        ['\\', 'u', '{', digits @ ..] => {
            let end = digits.iter().position(|c| *c == '}')?;
            let sign = char::from_u32(number(digits.get(..end)?, 16)?)?;
            Some((Meaning::Sign(sign), end + 4))
        }
        ['%' | '\\', 'u', digits @ ..] => {
            let unit = number(digits.get(..4)?, 16)?;
            Some((Meaning::Unit(u16::try_from(unit).ok()?), 6))
        }
        ['\\', 'x', digits @ ..] => Some((Meaning::Byte(byte(digits)?), 4)),
        ['\\', sign, ..] => Some((Meaning::Sign(backslashed(*sign)?), 2)),
        ['%', digits @ ..] => Some((Meaning::Byte(byte(digits)?), 3)),
        ['&', name @ ..] => {
            let end = name.iter().position(|c| *c == ';')?;
            Some((Meaning::Sign(entity(name.get(..end)?)?), end + 2))
        }
        _ => None,
    }
}

fn byte(digits: &[char]) -> Option<u8> {
    u8::try_from(number(digits.get(..2)?, 16)?).ok()
}

fn number(digits: &[char], radix: u32) -> Option<u32> {
    let (first, rest) = digits.split_first()?;
    rest.iter()
        .try_fold(first.to_digit(radix)?, |number, digit| {
            number
                .checked_mul(radix)?
                .checked_add(digit.to_digit(radix)?)
        })
}

/// White space has a letter of its own; before a sign the backslash says nothing.
fn backslashed(sign: char) -> Option<char> {
    match sign {
        'b' | 'f' | 'n' | 'r' | 't' => Some(' '),
        _ if sign.is_alphanumeric() => None,
        _ => Some(sign),
    }
}

/// Signs with a name in HTML. Of the others nobody here has to know which they are.
const SIGNS: [(&str, char); 16] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("commat", '@'),
    ("period", '.'),
    ("lowbar", '_'),
    ("plus", '+'),
    ("sol", '/'),
    ("bsol", '\\'),
    ("percnt", '%'),
    ("num", '#'),
    ("imath", 'ı'),
    ("inodot", 'ı'),
];

/// What stands behind the letter in the names of letters, such as `ccedil`, `gbreve` and `Idot`: the
/// letters that are compared without it, and what they are with it.
const ACCENTS: [(&str, &str, &str); 9] = [
    ("acute", "aeiou", "áéíóú"),
    ("breve", "g", "ğ"),
    ("cedil", "cs", "çş"),
    ("circ", "aeiou", "âêîôû"),
    ("dot", "I", "İ"),
    ("grave", "aeiou", "àèìòù"),
    ("ring", "a", "å"),
    ("tilde", "ano", "ãñõ"),
    ("uml", "aeiou", "äëïöü"),
];

fn entity(name: &[char]) -> Option<char> {
    match name {
        ['#', 'x' | 'X', digits @ ..] => char::from_u32(number(digits, 16)?),
        ['#', digits @ ..] => char::from_u32(number(digits, 10)?),
        [letter, rest @ ..] if name.iter().all(char::is_ascii_alphanumeric) => {
            let (name, accent) = (String::from_iter(name), String::from_iter(rest));
            let mut signs = SIGNS.iter();
            let sign = signs.find(|(known, _)| known.eq_ignore_ascii_case(&name));
            let known = sign.map(|(_, sign)| *sign);
            let known = known.or_else(|| accented(*letter, &accent));
            Some(known.unwrap_or(char::REPLACEMENT_CHARACTER))
        }
        _ => None,
    }
}

/// Whoever compares does so without case.
fn accented(letter: char, accent: &str) -> Option<char> {
    let (_, letters, accented) = ACCENTS.iter().find(|(known, ..)| *known == accent)?;
    let mut pairs = letters.chars().zip(accented.chars());
    let pair = pairs.find(|(plain, _)| plain.eq_ignore_ascii_case(&letter));
    pair.map(|(_, accented)| accented)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::letters;

    #[test]
    fn each_is_read_with_its_length() {
        use Meaning::{Byte, Sign, Unit};

        for (text, meaning) in [
            ("%2F", Byte(b'/')),
            ("%e7", Byte(0xe7)),
            ("\\x2d", Byte(b'-')),
            ("%u011F", Unit(0x11f)),
            ("\\u002b", Unit(0x2b)),
            ("\\uD83D", Unit(0xd83d)),
            ("\\/", Sign('/')),
            ("\\\\", Sign('\\')),
            ("\\\"", Sign('"')),
            ("\\n", Sign(' ')),
            ("\\t", Sign(' ')),
            ("&amp;", Sign('&')),
            ("&QUOT;", Sign('"')),
            ("&#39;", Sign('\'')),
            ("&#039;", Sign('\'')),
            ("&#x2D;", Sign('-')),
            ("&#X0000131;", Sign('ı')),
            ("&#x10FFFF;", Sign('\u{10ffff}')),
            ("\\u{131}", Sign('ı')),
            ("\\u{1F600}", Sign('😀')),
            ("&ccedil;", Sign('ç')),
            ("&Scedil;", Sign('ş')),
            ("&Idot;", Sign('İ')),
            ("&imath;", Sign('ı')),
            ("&inodot;", Sign('ı')),
            ("&oslash;", Sign('\u{fffd}')),
            // Never without it: its letter would not be the one that was sent.
            ("&cacute;", Sign('\u{fffd}')),
            ("&hellip;", Sign('\u{fffd}')),
        ] {
            let count = text.chars().count();
            for after in ["", "a", "5;", ";"] {
                let given = at_start(&letters(&format!("{text}{after}")));
                assert_eq!(given, Some((meaning, count)), "{text}{after}");
            }
        }
    }

    #[test]
    fn whatever_else_is_none() {
        for text in [
            "",
            "a",
            "%",
            "%4",
            "%4z",
            "%u00C",
            "\\",
            "\\a",
            "\\ç",
            "\\u00e",
            "\\u{}",
            "\\u{131",
            "\\u{13g}",
            "\\u{d800}",
            "%u{131}",
            "\\xz1",
            "\\x1",
            "&",
            "&;",
            "&amp",
            "& amp;",
            "&ç;",
            "&#;",
            "&#x;",
            "&#xg;",
            "&#a;",
            "&#xD800;",
            "&#x110000;",
            "&#99999999;",
            "&#4294967341;",
            "&abcdefghijk;",
            ";",
            "u002B",
            "#39;",
        ] {
            assert_eq!(at_start(&letters(text)), None, "{text}");
        }
    }
}
