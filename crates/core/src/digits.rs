//! The decimal digits of every script.

/// The zero of each run of ten decimal digits in Unicode 15 (general category Nd), ASCII left out.
const ZEROS: [u32; 65] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6,
    0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50,
    0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
    0x104a0, 0x10d30, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650,
    0x116c0, 0x11730, 0x118e0, 0x11950, 0x11c50, 0x11d50, 0x11da0, 0x16a60, 0x16ac0, 0x16b50,
    0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e950, 0x1fbf0,
];

/// The ASCII digit that a decimal digit of any script means.
pub(crate) fn ascii_digit(c: char) -> Option<u8> {
    if c.is_ascii() {
        return c.is_ascii_digit().then_some(c as u8);
    }
    let code = u32::from(c);
    let run = ZEROS.partition_point(|zero| *zero <= code).checked_sub(1)?;
    let value = code - ZEROS.get(run)?;
    u8::try_from(value)
        .ok()
        .filter(|value| *value < 10)
        .map(|value| b'0' + value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digit_of_any_script_is_read_and_nothing_else() {
        assert!(ZEROS.is_sorted());
        for (c, digit) in [
            ('0', Some(b'0')),
            ('9', Some(b'9')),
            ('٠', Some(b'0')),
            ('٥', Some(b'5')),
            ('۹', Some(b'9')),
            ('５', Some(b'5')),
            ('\u{1d7ff}', Some(b'9')),
            ('a', None),
            ('²', None),
            ('五', None),
            ('\u{66a}', None),
            ('\u{65f}', None),
            ('é', None),
        ] {
            assert_eq!(ascii_digit(c), digit, "{c:?}");
        }
        for zero in ZEROS {
            for value in 0..10 {
                let c = char::from_u32(zero + value).expect("a character");
                assert!(c.is_numeric(), "{c:?}");
            }
        }
    }
}
