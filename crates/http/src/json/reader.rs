//! Checks a JSON text and lists its values, in one pass and without recursion.
//!
//! The JSON library alone would refuse a whole text for one number beyond a double or for half of a
//! character pair, and so hide the field that says yes or no. It decides about every number and every
//! escape that is not plain, and the tests compare both on every short text.

use super::node::{Kind, Node, Nodes};

/// The values of a text that is one object or list. None where it is no JSON.
pub(super) fn nodes(text: &str) -> Option<Nodes> {
    // Offsets are 32 bits wide.
    u32::try_from(text.len()).ok()?;
    let mut reader = Reader {
        text,
        at: 0,
        nodes: Nodes::with_capacity(text.len() / USUAL_BYTES),
        open: None,
        is_object: false,
    };
    let mut has_name = false;
    loop {
        let next = reader.sign()?;
        let is_name = reader.is_object && !has_name;
        match next {
            b'"' => {
                reader.string()?;
                if is_name {
                    (reader.sign()? == b':').then_some(())?;
                    reader.at += 1;
                    has_name = true;
                    continue;
                }
            }
            b'}' | b']' if reader.is_empty() => reader.close(next)?,
            _ if is_name => return None,
            b'{' | b'[' => {
                reader.open(next);
                has_name = false;
                continue;
            }
            _ => reader.scalar()?,
        }
        // The value has ended, and perhaps what is around it.
        has_name = false;
        while reader.open.is_some() {
            match reader.sign()? {
                b',' => break,
                end => reader.close(end)?,
            }
        }
        if reader.open.is_none() {
            return (reader.at == text.len()).then_some(reader.nodes);
        }
        reader.at += 1;
    }
}

/// A long text has about one value to so many bytes.
const USUAL_BYTES: usize = 16;

struct Reader<'a> {
    text: &'a str,
    at: usize,
    nodes: Nodes,
    /// The innermost object or list that is not closed. Until it is, its size says how far before it
    /// the one around it begins.
    open: Option<usize>,
    /// Whether that is an object.
    is_object: bool,
}

impl<'a> Reader<'a> {
    fn open(&mut self, bracket: u8) {
        self.is_object = bracket == b'{';
        let kind = if self.is_object {
            Kind::Object
        } else {
            Kind::List
        };
        let open = self.nodes.len();
        self.push(self.at, kind, open - self.open.unwrap_or(open));
        self.open = Some(open);
        self.at += 1;
    }

    fn close(&mut self, bracket: u8) -> Option<()> {
        if bracket != if self.is_object { b'}' } else { b']' } {
            return None;
        }
        let open = self.open?;
        let size = self.nodes.len() - open;
        let node = self.nodes.get_mut(open)?;
        let back = std::mem::replace(&mut node.size, narrow(size)) as usize;
        self.open = (back > 0).then(|| open - back);
        if let Some(around) = self.open {
            self.is_object = self.nodes.get(around)?.kind == Kind::Object;
        }
        self.at += 1;
        Some(())
    }

    /// Whether what is open holds nothing yet.
    fn is_empty(&self) -> bool {
        self.open.is_some_and(|open| self.nodes.len() == open + 1)
    }

    /// A string, from its quotation mark.
    fn string(&mut self) -> Option<()> {
        self.at += 1;
        let (begin, mut kind) = (self.at, Kind::Text);
        loop {
            self.at += plain(self.rest());
            match self.rest() {
                [b'"', ..] => break,
                [b'\\', b'u', hex @ ..] => {
                    let digits = hex.first_chunk::<4>()?;
                    digits.iter().all(u8::is_ascii_hexdigit).then_some(())?;
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
        self.push(begin, kind, 1);
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
        self.push(begin, kind, 1);
        Some(())
    }

    /// A value from `begin` to here.
    fn push(&mut self, begin: usize, kind: Kind, size: usize) {
        self.nodes.push(Node {
            begin: narrow(begin),
            end: narrow(self.at),
            size: narrow(size),
            kind,
        });
    }

    /// The next byte that is no blank.
    fn sign(&mut self) -> Option<u8> {
        loop {
            self.at += match *self.text.as_bytes().get(self.at)? {
                b' ' => spaces(self.rest()),
                b'\n' | b'\r' | b'\t' => 1,
                sign => return Some(sign),
            }
        }
    }

    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }
}

/// An offset into the text, or a count of what stands there.
#[expect(clippy::cast_possible_truncation, reason = "the text is not longer")]
fn narrow(offset: usize) -> u32 {
    offset as u32
}

/// How many spaces `bytes` begin with, up to eight: indented text has many.
fn spaces(bytes: &[u8]) -> usize {
    match bytes.first_chunk() {
        Some(word) => (u64::from_le_bytes(*word) ^ (EACH * 0x20)).trailing_zeros() as usize / 8,
        None => 1,
    }
}

/// How many bytes come before the first quotation mark, backslash or control character, found eight
/// at a time.
// Within its caller the loop would fetch its constants anew for each word.
#[inline(never)]
fn plain(bytes: &[u8]) -> usize {
    let below = |word: u64, limit: u64| word.wrapping_sub(EACH * limit) & !word;
    let mut rest = bytes;
    while let Some((word, after)) = rest.split_first_chunk() {
        let word = u64::from_le_bytes(*word);
        let backslashes = below(word ^ (EACH * 0x5c), 1);
        // With its second bit turned, a quotation mark is what follows the control characters.
        let others = below(word ^ (EACH * 2), 0x21);
        // The lowest bit is the high bit of the first of them.
        let found = (backslashes | others) & (EACH << 7);
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

#[cfg(test)]
mod tests;
