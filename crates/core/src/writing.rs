//! The writings in which a value may come back: base64 and hexadecimal.

/// Shorter writings stand somewhere by chance, where case does not count.
const SHORTEST: usize = 5;

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The value as others write it. Case and separators are left to whoever compares.
pub(crate) fn encodings(value: &str, base64: &[Base64]) -> Vec<String> {
    let hex = value.bytes().fold(String::new(), |hex, byte| {
        [byte >> 4, byte & 15].iter().fold(hex, |mut hex, half| {
            hex.extend(char::from_digit(u32::from(*half), 16));
            hex
        })
    });
    let mut encodings: Vec<String> = base64.iter().map(|all| all.signs.clone()).collect();
    encodings.push(hex);
    let counts = |c: &char| c.is_ascii_alphanumeric();
    encodings.retain(|encoding| encoding.chars().filter(counts).count() >= SHORTEST);
    encodings
}

/// A value in base64, as a part of something longer.
pub(crate) struct Base64 {
    /// Has bits of what stands before the value.
    pub(crate) before: Option<Six>,
    /// Those that the value alone decides.
    pub(crate) signs: String,
    /// Has bits of what follows.
    pub(crate) after: Option<Six>,
}

impl Base64 {
    fn new(all: &[Six]) -> Self {
        let in_part = |six: &&Six| !six.is_whole();
        let whole = all.iter().filter(|six| six.is_whole());
        Self {
            before: all.first().filter(in_part).copied(),
            signs: whole.filter_map(|six| character(six.bits)).collect(),
            after: all.last().filter(in_part).copied(),
        }
    }
}

/// One character of a base64 text, as far as a value decides it.
#[derive(Clone, Copy)]
pub(crate) struct Six {
    mask: u8,
    bits: u8,
}

impl Six {
    /// Whether the value may be written with this character here.
    pub(crate) fn fits(self, c: char) -> bool {
        sextet(c).is_some_and(|six| six & self.mask == self.bits)
    }

    fn is_whole(self) -> bool {
        self.mask == 0b11_1111
    }
}

/// The value in base64, for each of the three places in a group of bytes where it can begin.
pub(crate) fn base64(value: &str) -> [Base64; 3] {
    [0, 1, 2].map(|shift| {
        let before = std::iter::repeat_n(None, shift * 8 % 6);
        let bits = value
            .bytes()
            .flat_map(|byte| (0..8).rev().map(move |bit| Some(byte >> bit & 1)));
        let bits: Vec<Option<u8>> = before.chain(bits).collect();
        let all: Vec<Six> = bits.chunks(6).map(six).collect();
        Base64::new(&all)
    })
}

/// The character of a base64 text, of either alphabet, in the usual one.
pub(crate) fn in_base64(c: char) -> Option<char> {
    character(sextet(c)?)
}

fn six(bits: &[Option<u8>]) -> Six {
    let mut six = Six { mask: 0, bits: 0 };
    for place in 0..6 {
        let bit = bits.get(place).copied().flatten();
        six.mask = six.mask << 1 | u8::from(bit.is_some());
        six.bits = six.bits << 1 | bit.unwrap_or_default();
    }
    six
}

fn character(sextet: u8) -> Option<char> {
    BASE64.get(usize::from(sextet)).copied().map(char::from)
}

fn sextet(c: char) -> Option<u8> {
    let c = u8::try_from(c).ok()?;
    match c {
        b'A'..=b'Z' => Some(c - b'A'),
        b'a'..=b'z' => Some(c - b'a' + 26),
        b'0'..=b'9' => Some(c - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_as_others_write_it() {
        let all = encodings("sck/1", &base64("sck/1"));
        for writing in ["c2NrLz", "73636b"] {
            assert!(all.iter().any(|given| given.contains(writing)), "{all:?}");
        }
        // base64 of "a:test-canary" and of "ab:test-canary".
        for (shift, whole) in [
            (2, "YTp0ZXN0LWNhbmFyeQ"),
            (0, "YWI6dGVzdC1jYW5hcnk"),
            (1, "OnRlc3QtY2FuYXJ5"),
        ] {
            let part = &base64("test-canary")[shift].signs;
            assert!(part.len() >= 13 && whole.contains(part), "{part} {whole}");
        }
        assert!(encodings("a", &base64("a")).is_empty());
        let plain = encodings("sepet", &base64("sepet"));
        assert!(!plain.contains(&"sepet".to_owned()), "nothing to encode");
    }

    #[test]
    fn what_is_left_of_it_without_its_signs_must_be_long_enough() {
        // base64 of it begins with "/++/", of which no letter is left.
        let all = encodings("\u{ff}\u{fe}", &base64("\u{ff}\u{fe}"));
        assert!(all.iter().all(|given| {
            given.chars().filter(char::is_ascii_alphanumeric).count() >= SHORTEST
        }));
    }

    #[test]
    fn a_character_may_be_decided_in_part() {
        // base64 of "QWER", of "xQWER" and of "xyQWER": UVdFUg==, eFFXRVI= and eHlRV0VS.
        let [first, second, third] = base64("QWER");
        let fits = |six: Option<Six>, c: char| six.map(|six| six.fits(c));
        assert_eq!((first.signs, second.signs), ("UVdFU".into(), "FXRV".into()));
        assert_eq!(third.signs, "RV0VS");
        assert_eq!(
            (fits(first.before, 'U'), fits(third.after, 'S')),
            (None, None)
        );
        assert_eq!(
            (fits(first.after, 'g'), fits(first.after, 'I')),
            (Some(true), Some(false))
        );
        for (c, before, after) in [('F', true, false), ('1', true, false), ('I', false, true)] {
            assert_eq!(fits(second.before, c), Some(before), "{c}");
            assert_eq!(fits(second.after, c), Some(after), "{c}");
        }
        for (c, before) in [('l', true), ('V', true), ('m', false), ('=', false)] {
            assert_eq!(fits(third.before, c), Some(before), "{c}");
        }
    }

    #[test]
    fn both_alphabets_are_one() {
        let usual: Vec<char> = BASE64.iter().copied().map(char::from).collect();
        for c in usual {
            assert_eq!(in_base64(c), Some(c));
        }
        assert_eq!((in_base64('-'), in_base64('_')), (Some('+'), Some('/')));
        for c in ['=', ' ', '.', 'ç', '\n', '@', '[', '`', '{', ':'] {
            assert_eq!(in_base64(c), None, "{c:?}");
        }
    }
}
