//! The writings in which a value may come back: base64 and hexadecimal.

/// Shorter writings stand somewhere by chance, where case does not count.
const SHORTEST: usize = 5;

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The value as others write it. Case and separators are left to whoever compares.
pub(crate) fn encodings(value: &str, base64: &[Vec<Six>]) -> Vec<String> {
    let hex = value.bytes().fold(String::new(), |hex, byte| {
        [byte >> 4, byte & 15].iter().fold(hex, |mut hex, half| {
            hex.extend(char::from_digit(u32::from(*half), 16));
            hex
        })
    });
    let mut encodings: Vec<String> = base64.iter().map(|all| certain(all)).collect();
    encodings.push(hex);
    let counts = |c: &char| c.is_ascii_alphanumeric();
    encodings.retain(|encoding| encoding.chars().filter(counts).count() >= SHORTEST);
    encodings
}

/// One character of a base64 text, as far as a value decides it.
pub(crate) struct Six {
    mask: u8,
    bits: u8,
}

impl Six {
    /// Whether the value may be written with this character here.
    pub(crate) fn fits(&self, c: char) -> bool {
        sextet(c).is_some_and(|six| six & self.mask == self.bits)
    }
}

/// The value in base64, for each of the three places in a group of bytes where it can begin.
pub(crate) fn base64(value: &str) -> [Vec<Six>; 3] {
    [0, 1, 2].map(|shift| {
        // The first character may have bits of what stands before, the last of what follows.
        let before = std::iter::repeat_n(None, shift * 8 % 6);
        let bits = value
            .bytes()
            .flat_map(|byte| (0..8).rev().map(move |bit| Some(byte >> bit & 1)));
        let bits: Vec<Option<u8>> = before.chain(bits).collect();
        bits.chunks(6).map(six).collect()
    })
}

/// Whether a base64 text, of either alphabet, may have this character.
pub(crate) fn is_base64(c: char) -> bool {
    sextet(c).is_some()
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

/// The characters that the value alone decides.
fn certain(base64: &[Six]) -> String {
    let whole = base64.iter().filter(|six| six.mask == 0b11_1111);
    whole
        .filter_map(|six| BASE64.get(usize::from(six.bits)))
        .map(|byte| char::from(*byte))
        .collect()
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
            let part = certain(&base64("test-canary")[shift]);
            assert!(part.len() >= 13 && whole.contains(&part), "{part} {whole}");
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
        // base64 of "xQWER": the first F and the I have bits of x and of nothing.
        let [_, second, _] = base64("QWER");
        let fits = |text: &str| text.chars().zip(&second).all(|(c, six)| six.fits(c));
        assert_eq!(second.len(), 6);
        assert!(fits("FFXRVI") && fits("1FXRVL"));
        assert!(!fits("FFXRVQ") && !fits("AFXRVI") && !fits("FFXrVI"));
    }
}
