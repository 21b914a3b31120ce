//! Checks a JSON text and lists its values, in one pass and without recursion.

use super::node::{Kind, Node, Nodes};

/// The values of a text that is one object or list. None where it is no JSON.
pub(super) fn nodes(text: &str) -> Option<Nodes> {
    let mut reader = Reader {
        text,
        at: 0,
        nodes: Nodes::new(),
        open: None,
    };
    reader.value()?;
    while let Some(open) = reader.open {
        reader.part(open)?;
    }
    (reader.at == text.len()).then_some(reader.nodes)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    nodes: Nodes,
    /// The innermost object or list that is not closed. Until it is, its size says how far before it
    /// the one around it begins.
    open: Option<usize>,
}

impl<'a> Reader<'a> {
    /// The next part of an object or list, or its end.
    fn part(&mut self, open: usize) -> Option<()> {
        let is_object = self.nodes.get(open)?.kind == Kind::Object;
        let next = self.sign()?;
        if next == if is_object { b'}' } else { b']' } {
            return self.close(open);
        }
        if self.nodes.len() > open + 1 {
            self.skip(b',')?;
        }
        if is_object {
            self.skip(b'"')?;
            self.string()?;
            self.skip(b':')?;
        }
        self.value()
    }

    fn value(&mut self) -> Option<()> {
        match self.sign()? {
            b'"' => {
                self.at += 1;
                self.string()
            }
            b'{' => self.open(Kind::Object),
            b'[' => self.open(Kind::List),
            _ => self.scalar(),
        }
    }

    fn open(&mut self, kind: Kind) -> Option<()> {
        let open = self.nodes.len();
        let back = open - self.open.unwrap_or(open);
        self.open = Some(open);
        self.push(self.at, kind, back)?;
        self.at += 1;
        Some(())
    }

    fn close(&mut self, open: usize) -> Option<()> {
        let size = u32::try_from(self.nodes.len() - open).ok()?;
        let back = std::mem::replace(&mut self.nodes.get_mut(open)?.size, size);
        self.open = (back > 0).then_some(open - back as usize);
        self.at += 1;
        Some(())
    }

    /// A string, from behind its first quotation mark.
    fn string(&mut self) -> Option<()> {
        let (begin, mut kind) = (self.at, Kind::Text);
        loop {
            self.at += plain(self.rest());
            match self.rest() {
                [b'"', ..] => break,
                [b'\\', b'u', a, b, c, d, ..]
                    if [a, b, c, d].iter().all(|x| x.is_ascii_hexdigit()) =>
                {
                    self.at += 6;
                }
                [
                    b'\\',
                    b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't',
                    ..,
                ] => self.at += 2,
                _ => return None,
            }
            kind = Kind::Escaped;
        }
        self.push(begin, kind, 1)?;
        self.at += 1;
        Some(())
    }

    /// A number or a word, up to what ends it.
    fn scalar(&mut self) -> Option<()> {
        let rest = self.rest();
        let goes_on =
            |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
        let begin = self.at;
        self.at += rest.iter().take_while(goes_on).count();
        let kind = Kind::of_scalar(self.text.get(begin..self.at)?)?;
        self.push(begin, kind, 1)
    }

    /// A value from `begin` to here.
    fn push(&mut self, begin: usize, kind: Kind, size: usize) -> Option<()> {
        self.nodes.push(Node {
            begin: u32::try_from(begin).ok()?,
            end: u32::try_from(self.at).ok()?,
            size: u32::try_from(size).ok()?,
            kind,
        });
        Some(())
    }

    /// The next byte that is no blank.
    fn sign(&mut self) -> Option<u8> {
        loop {
            match *self.text.as_bytes().get(self.at)? {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                sign => return Some(sign),
            }
        }
    }

    fn skip(&mut self, sign: u8) -> Option<()> {
        (self.sign()? == sign).then(|| self.at += 1)
    }

    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }
}

/// How many bytes come before the first quotation mark, backslash or control character, found eight
/// at a time.
fn plain(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    while let Some((word, after)) = rest.split_first_chunk() {
        let word = u64::from_le_bytes(*word);
        let control = word.wrapping_sub(EACH * 0x20) & !word;
        let found = (zeros(word ^ (EACH * u64::from(b'"')))
            | zeros(word ^ (EACH * u64::from(b'\\')))
            | control)
            & HIGH;
        if found != 0 {
            return bytes.len() - rest.len() + found.trailing_zeros() as usize / 8;
        }
        rest = after;
    }
    let ends = |byte: &u8| matches!(byte, b'"' | b'\\' | ..0x20);
    let found = rest.iter().position(ends);
    bytes.len() - rest.len() + found.unwrap_or(rest.len())
}

const EACH: u64 = u64::from_ne_bytes([0x01; 8]);
const HIGH: u64 = EACH << 7;

/// The high bit of the first byte that is zero, and perhaps of later ones.
fn zeros(word: u64) -> u64 {
    word.wrapping_sub(EACH) & !word
}

#[cfg(test)]
mod tests {
    use serde::de::IgnoredAny;

    use super::*;

    /// Every short text of these signs, and numbers.
    #[test]
    fn what_is_json_is_what_the_library_takes_for_it() {
        const SIGNS: [&str; 18] = [
            "{", "}", "[", "]", ":", ",", "\"a\"", "\"", "\\", "u00", "0", "1", "-", " ", "\u{c}",
            "\u{1f}", "null", "ş",
        ];
        const NUMBERS: [&str; 15] = [
            "-0.1e+1",
            "10.50E-07",
            "1E400",
            "-0",
            "00",
            "01",
            "-01",
            "1.",
            ".5",
            "1e",
            "1e+",
            "+1",
            "0x1",
            "1_0",
            "NaN",
        ];
        let agree = |part: &str| {
            for text in [
                format!("{{{part}}}"),
                format!("[{part}]"),
                format!("[\"{part}\"]"),
            ] {
                let expected = serde_json::from_str::<IgnoredAny>(&text).is_ok();
                assert_eq!(nodes(&text).is_some(), expected, "{text}");
            }
        };
        for number in NUMBERS {
            agree(number);
        }
        let mut texts = vec![String::new()];
        for _ in 0..4 {
            let longer = |text: &String| SIGNS.map(|sign| format!("{text}{sign}"));
            texts = texts.iter().flat_map(longer).collect();
            for text in &texts {
                agree(text);
            }
        }
    }

    #[test]
    fn nodes_are_the_values_in_their_order() {
        let text = r#"{ "a" : 1 , "b\"":"x\\" ,"c":{"d":"}]"},"e":[1,"],[",{"f":[]}],"g":-1.5e3
 ,"":null}"#;
        let found = nodes(text).expect("JSON");
        let raw = |node: &Node| text.get(node.begin as usize..node.end as usize);
        let found: Vec<_> = found
            .iter()
            .map(|node| (raw(node).expect("a part"), node.size))
            .collect();
        let expected = [
            ("", 20),
            ("a", 1),
            ("1", 1),
            (r#"b\""#, 1),
            (r"x\\", 1),
            ("c", 1),
            ("", 3),
            ("d", 1),
            ("}]", 1),
            ("e", 1),
            ("", 6),
            ("1", 1),
            ("],[", 1),
            ("", 3),
            ("f", 1),
            ("", 1),
            ("g", 1),
            ("-1.5e3", 1),
            ("", 1),
            ("null", 1),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn the_first_mark_is_found_wherever_it_stands() {
        for length in 0..40 {
            let text = "ş\u{a2}\u{dc}a#]\u{7f}".repeat(9);
            let plain_text = text.as_bytes().get(..length).expect("long enough");
            assert_eq!(plain(plain_text), length);
            for mark in [b'"', b'\\', 0, b'\n', 0x1f] {
                for rest in ["", "b\"\\cdefghijk"] {
                    let bytes = [plain_text, &[mark], rest.as_bytes()].concat();
                    assert_eq!(plain(&bytes), length, "{bytes:?}");
                }
            }
        }
    }
}
