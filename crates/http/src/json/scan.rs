//! Finds the parts of a JSON text that is known to be well-formed: names, values, items.
//!
//! The JSON library has checked the text before, so what is looked for is there. Were it not, the
//! search would end early, and never panic.

/// The fields of an object: each name in its quotes, and its value as it stands.
pub(super) struct Fields<'a>(Rest<'a>);

/// The items of a list, as they stand.
pub(super) struct Items<'a>(Rest<'a>);

/// What is still to be read.
struct Rest<'a>(&'a str);

impl<'a> Fields<'a> {
    /// `object` begins with its brace.
    pub(super) fn of(object: &'a str) -> Self {
        Self(Rest::inside(object))
    }
}

impl<'a> Items<'a> {
    /// `list` begins with its bracket.
    pub(super) fn of(list: &'a str) -> Self {
        Self(Rest::inside(list))
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let name = self.0.value()?;
        Some((name, self.0.value()?))
    }
}

impl<'a> Iterator for Items<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        self.0.value()
    }
}

impl<'a> Rest<'a> {
    fn inside(text: &'a str) -> Self {
        Self(text.get(1..).unwrap_or_default())
    }

    /// The next value; none at the end of what surrounds it.
    fn value(&mut self) -> Option<&'a str> {
        let part = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b',' | b':');
        let begins = self.0.bytes().position(|byte| !part(byte))?;
        let rest = self.0.get(begins..)?;
        let bytes = rest.as_bytes();
        let length = match bytes.first()? {
            b'}' | b']' => return None,
            b'"' => string(bytes),
            b'{' | b'[' => nested(bytes),
            _ => scalar(bytes),
        };
        let (value, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some(value)
    }
}

/// How long the string is with which `bytes` begin, quotes included.
fn string(bytes: &[u8]) -> usize {
    let mut at = 1;
    loop {
        at += plain(bytes.get(at..).unwrap_or_default());
        match bytes.get(at) {
            Some(b'"') => return at + 1,
            // What it escapes is no end.
            Some(_) => at += 2,
            None => return bytes.len(),
        }
    }
}

/// How many bytes come before the first quotation mark or backslash, found eight at a time.
pub(super) fn plain(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    while let Some((word, after)) = rest.split_first_chunk() {
        let word = u64::from_le_bytes(*word);
        let found = places_of(word, b'"') | places_of(word, b'\\');
        if found != 0 {
            return bytes.len() - rest.len() + found.trailing_zeros() as usize / 8;
        }
        rest = after;
    }
    let found = rest.iter().position(|byte| matches!(byte, b'"' | b'\\'));
    bytes.len() - rest.len() + found.unwrap_or(rest.len())
}

/// The high bit of the first byte that is `byte`, and perhaps of later ones.
fn places_of(word: u64, byte: u8) -> u64 {
    const LOW: u64 = u64::from_ne_bytes([0x01; 8]);
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    let differs = word ^ (LOW * u64::from(byte));
    differs.wrapping_sub(LOW) & !differs & HIGH
}

/// How long the object or list is with which `bytes` begin.
fn nested(bytes: &[u8]) -> usize {
    let (mut at, mut depth) = (0_usize, 0_usize);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => at += string(bytes.get(at..).unwrap_or_default()) - 1,
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            break;
        }
    }
    at
}

/// How long the number or word is with which `bytes` begin.
fn scalar(bytes: &[u8]) -> usize {
    let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b',' | b'}' | b']');
    bytes.iter().position(ends).unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_items_are_found_as_they_stand() {
        let text = r#"{ "a" : 1 , "b\"":"x\\" ,"c":{"d":"}]"},"e":[1,"],[",{"f":[]}],"g":-1.5e3
 ,"":null}"#;
        let found: Vec<_> = Fields::of(text).collect();
        let expected = [
            (r#""a""#, "1"),
            (r#""b\"""#, r#""x\\""#),
            (r#""c""#, r#"{"d":"}]"}"#),
            (r#""e""#, r#"[1,"],[",{"f":[]}]"#),
            (r#""g""#, "-1.5e3"),
            (r#""""#, "null"),
        ];
        assert_eq!(found, expected);
        let items: Vec<_> = Items::of(r#"[ 1,[2,3] , "," ]"#).collect();
        assert_eq!(items, ["1", "[2,3]", r#"",""#]);
        assert_eq!(Fields::of("{ }").count() + Items::of("[]").count(), 0);
    }

    #[test]
    fn the_first_mark_is_found_wherever_it_stands() {
        for length in 0..40 {
            let text = "ş\u{a2}\u{dc}a#]".repeat(9);
            let plain_text = text.as_bytes().get(..length).expect("long enough");
            assert_eq!(plain(plain_text), length);
            for mark in [b'"', b'\\'] {
                for rest in ["", "b\"\\cdefghijk"] {
                    let bytes = [plain_text, &[mark], rest.as_bytes()].concat();
                    assert_eq!(plain(&bytes), length, "{bytes:?}");
                }
            }
        }
    }

    #[test]
    fn a_text_that_was_not_checked_ends_early_and_does_not_panic() {
        for text in [
            "",
            "{",
            "{\"",
            "{\"a",
            "{\"a\":",
            "{\"a\":[",
            "{\"a\\",
            "{}}",
            "{ş",
            "{\"a\":\"ş",
        ] {
            let _ = (Fields::of(text).count(), Items::of(text).count());
        }
    }
}
