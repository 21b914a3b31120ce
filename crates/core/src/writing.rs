//! The writings in which a value may come back: base64, hexadecimal, percent-encoded.

/// Shorter writings stand somewhere by chance.
const SHORTEST: usize = 5;

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The value as others write it. Case and separators are left to whoever compares.
pub(crate) fn encodings(value: &str) -> Vec<String> {
    let bytes = value.as_bytes();
    // Percent-encoded throughout it is the same but for the percents.
    let hex = bytes
        .iter()
        .fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
    let mut encodings: Vec<String> = (0..3).map(|shift| base64(bytes, shift)).collect();
    encodings.push(hex);
    if value.bytes().any(|byte| !byte.is_ascii_alphanumeric()) {
        encodings.push(percent_encoded(bytes));
    }
    encodings.retain(|encoding| encoding.len() >= SHORTEST);
    encodings
}

/// What of a base64 text the value alone decides, when it begins `shift` bytes in.
fn base64(value: &[u8], shift: usize) -> String {
    let bits: Vec<u8> = value
        .iter()
        .flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1))
        .collect();
    // A character has six bits, and the first whole one begins here.
    let first = (6 - shift * 8 % 6) % 6;
    let whole = bits.get(first..).unwrap_or_default().chunks_exact(6);
    whole
        .filter_map(|six| BASE64.get(six.iter().fold(0, |sum, bit| sum << 1 | usize::from(*bit))))
        .map(|byte| char::from(*byte))
        .collect()
}

fn percent_encoded(value: &[u8]) -> String {
    value
        .iter()
        .map(|byte| match byte {
            byte if byte.is_ascii_alphanumeric() => char::from(*byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_as_others_write_it() {
        let all = encodings("sck/1");
        for writing in ["c2NrLz", "73636b", "sck%2F1"] {
            assert!(all.iter().any(|given| given.contains(writing)), "{all:?}");
        }
        // base64 of "a:test-canary" and of "ab:test-canary".
        for (shift, whole) in [
            (2, "YTp0ZXN0LWNhbmFyeQ"),
            (0, "YWI6dGVzdC1jYW5hcnk"),
            (1, "OnRlc3QtY2FuYXJ5"),
        ] {
            let part = base64(b"test-canary", shift);
            assert!(part.len() >= 13 && whole.contains(&part), "{part} {whole}");
        }
        assert!(encodings("a").is_empty());
        let plain = encodings("sepet");
        assert!(!plain.contains(&"sepet".to_owned()), "nothing to encode");
    }
}
