//! A text letter by letter, as it stands and with its escapes read, each with its place.

use std::mem::discriminant;

use crate::escape::{self, Meaning};

/// Escapes may themselves have been escaped, but no more often than this is read.
const DEPTH: usize = 3;

/// What a text shows at one place: from where to where it is written.
#[derive(Clone, Copy)]
pub(crate) struct Letter {
    pub(crate) shown: char,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// The text as it stands; and, where it has escapes, with those read, and again.
///
/// Encoders differ in what they escape. So the text is read, and no spelling has to be guessed.
pub(crate) fn views(text: &str) -> Vec<Vec<Letter>> {
    let mut views = vec![letters(text)];
    for _ in 0..DEPTH {
        let Some(next) = views.last().and_then(|view| unescaped(view)) else {
            break;
        };
        views.push(next);
    }
    views
}

/// The text as it stands.
pub(crate) fn letters(text: &str) -> Vec<Letter> {
    let letters = text.char_indices().map(|(start, shown)| Letter {
        shown,
        start,
        end: start + shown.len_utf8(),
    });
    letters.collect()
}

/// The letters with their escapes read, if there are any.
fn unescaped(letters: &[Letter]) -> Option<Vec<Letter>> {
    let parts = parts(letters);
    if parts.len() == letters.len() {
        return None;
    }
    let mut read = Vec::with_capacity(parts.len());
    for run in parts.chunk_by(|one, next| discriminant(&one.meaning) == discriminant(&next.meaning))
    {
        let mut rest = run;
        for (shown, count) in signs(run) {
            let (these, after) = rest.split_at_checked(count).unwrap_or_default();
            rest = after;
            if let (Some(first), Some(last)) = (these.first(), these.last()) {
                let (start, end) = (first.start, last.end);
                read.push(Letter { shown, start, end });
            }
        }
    }
    Some(read)
}

/// A letter or an escape, and where it stands.
struct Part {
    meaning: Meaning,
    start: usize,
    end: usize,
}

fn parts(letters: &[Letter]) -> Vec<Part> {
    let mut parts = Vec::with_capacity(letters.len());
    let mut rest = letters;
    while let Some(first) = rest.first() {
        let (meaning, count) = escape::at_start(rest).unwrap_or((Meaning::Sign(first.shown), 1));
        let (these, after) = rest.split_at_checked(count).unwrap_or_default();
        let (start, end) = (first.start, these.last().unwrap_or(first).end);
        parts.push(Part {
            meaning,
            start,
            end,
        });
        rest = after;
    }
    parts
}

/// The signs that parts of one kind mean together, each with how many of them it takes.
fn signs(run: &[Part]) -> Vec<(char, usize)> {
    let mut signs = Vec::with_capacity(run.len());
    let (mut bytes, mut units) = (Vec::new(), Vec::new());
    for part in run {
        match part.meaning {
            Meaning::Byte(byte) => bytes.push(byte),
            Meaning::Unit(unit) => units.push(unit),
            Meaning::Sign(sign) => signs.push((sign, 1)),
        }
    }
    // Bytes are UTF-8, and where they are not, Latin-1.
    for chunk in bytes.utf8_chunks() {
        signs.extend(chunk.valid().chars().map(|sign| (sign, sign.len_utf8())));
        signs.extend(chunk.invalid().iter().map(|byte| (char::from(*byte), 1)));
    }
    for sign in char::decode_utf16(units) {
        let sign = sign.unwrap_or(char::REPLACEMENT_CHARACTER);
        signs.push((sign, sign.len_utf16()));
    }
    signs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let written = |view: Vec<Letter>| view.iter().map(|at| at.shown).collect();
        views(text).into_iter().map(written).collect()
    }

    #[test]
    fn escapes_are_read_at_every_depth() {
        for (text, expected) in [
            ("yok", vec!["yok"]),
            ("%4 %zz % & \\", vec!["%4 %zz % & \\"]),
            ("a%2Fb%2fc", vec!["a%2Fb%2fc", "a/b/c"]),
            ("%C3%A7a%E7", vec!["%C3%A7a%E7", "çaç"]),
            ("a%2540b", vec!["a%2540b", "a%40b", "a@b"]),
            (
                "\\u0131\\ud83d\\ude00\\ud83dx",
                vec!["\\u0131\\ud83d\\ude00\\ud83dx", "ı😀\u{fffd}x"],
            ),
            // Each kind by itself: these are no two bytes of one letter.
            ("%C3&#167;", vec!["%C3&#167;", "Ã§"]),
            // Of a template in a page in an address.
            (
                "%26amp%3B#45;",
                vec!["%26amp%3B#45;", "&amp;#45;", "&#45;", "-"],
            ),
            ("\\\\u002B", vec!["\\\\u002B", "\\u002B", "+"]),
        ] {
            assert_eq!(read(text), expected);
        }
        assert_eq!(read("%25252525252540").len(), DEPTH + 1);
    }

    #[test]
    fn every_letter_knows_where_it_is_written() {
        let text = "ş%C3%A7%2541&amp;\\ud83d\\ude00";
        let places: Vec<Vec<&str>> = views(text)
            .iter()
            .map(|view| {
                let places = view.iter().map(|at| text.get(at.start..at.end));
                places.map(|place| place.expect("a place")).collect()
            })
            .collect();
        let emoji = "\\ud83d\\ude00";
        assert_eq!(places[1], ["ş", "%C3%A7", "%25", "4", "1", "&amp;", emoji]);
        assert_eq!(places[2], ["ş", "%C3%A7", "%2541", "&amp;", emoji]);
    }
}
