//! Finds, in a provider's text, the values that went out with the request.

use crate::search::Wanted;
use crate::unseen::is_format;
use crate::view::{Letter, views};
use crate::writing;

/// A shorter value would be found all over ordinary words, and tells nothing.
const SHORTEST: usize = 3;

/// Where the values stand, sorted: whatever their case and their accents, whatever stands between
/// their characters, and with any of their characters escaped, up to three times over.
///
/// They are found in hexadecimal and in base64 too, wherever in the encoded text they begin. Where
/// the base64 of a value has fewer than five letters and digits of its own, only in its own case: in
/// another it would be found in ordinary words. A value of three letters and digits is found as it is
/// spelled, with its own separators only, and one of fewer than three characters is not looked for.
///
/// Of a text that `is_cut`, what may be the beginning of a value at its end is one.
pub(crate) fn places(text: &str, hidden: &[&str], is_cut: bool) -> Vec<(usize, usize)> {
    let values: Vec<Value> = hidden
        .iter()
        .filter_map(|value| Value::new(value))
        .collect();
    let mut found = Vec::new();
    if values.is_empty() {
        return found;
    }
    for view in views(text) {
        let text = Text::new(&view);
        for value in &values {
            value.find(&text, is_cut, &mut found);
        }
    }
    found.sort_unstable();
    found
}

/// The text without what only hides other things: control and format characters, digits of other
/// scripts.
pub(crate) fn plain(text: &str) -> String {
    let plain = |c: char| match c {
        _ if c.is_whitespace() => Some(' '),
        _ if c.is_control() || is_format(c) => None,
        _ if c.is_numeric() && !c.is_ascii_digit() => Some('*'),
        _ => Some(c),
    };
    text.chars().filter_map(plain).collect()
}

/// A text in the ways in which values are looked for.
struct Text {
    core: Vec<Letter>,
    all: Vec<Letter>,
    base64: Vec<Letter>,
}

impl Text {
    fn new(view: &[Letter]) -> Self {
        let read = |as_read: fn(char) -> Option<char>| {
            let letter = |at: &Letter| {
                let shown = as_read(at.shown)?;
                Some(Letter { shown, ..*at })
            };
            view.iter().filter_map(letter).collect()
        };
        Self {
            core: read(core),
            all: read(whole),
            base64: read(writing::in_base64),
        }
    }
}

/// A value in the writings in which it may come back.
struct Value {
    /// Without separators, and so are its writings.
    core: Vec<Wanted>,
    /// With them, if it is next to nothing without.
    whole: Option<Wanted>,
    base64: [Wanted; 3],
}

impl Value {
    fn new(raw: &str) -> Option<Self> {
        let value = plain(raw);
        if value.chars().filter_map(whole).count() < SHORTEST {
            return None;
        }
        let base64 = writing::base64(raw);
        let encodings = writing::encodings(raw, &base64);
        let without_separators = |text: &String| Wanted::new(text.chars().filter_map(core));
        let mut wanted: Vec<Wanted> = encodings.iter().map(without_separators).collect();
        let is_short = value.chars().filter_map(core).count() <= SHORTEST;
        if !is_short {
            wanted.push(without_separators(&value));
        }
        Some(Self {
            core: wanted,
            whole: is_short.then(|| Wanted::new(value.chars().filter_map(whole))),
            base64: base64.each_ref().map(Wanted::base64),
        })
    }

    fn find(&self, text: &Text, is_cut: bool, found: &mut Vec<(usize, usize)>) {
        for wanted in &self.core {
            wanted.find(&text.core, is_cut, found);
        }
        if let Some(wanted) = &self.whole {
            wanted.find(&text.all, is_cut, found);
        }
        for wanted in &self.base64 {
            wanted.find(&text.base64, is_cut, found);
        }
    }
}

/// A letter or a digit, as it is compared.
fn core(c: char) -> Option<char> {
    (c.is_alphanumeric() && !is_format(c)).then(|| fold(c))
}

/// A character that shows by itself, as it is compared.
fn whole(c: char) -> Option<char> {
    let shows = !c.is_control() && !is_format(c) && !is_accent(c);
    shows.then(|| fold(c))
}

/// An accent of the letter before it, where the two are not written as one character.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Many write Turkish without the accents of its letters, and either letter i may come back in
/// capitals as the other. Forms write a space as a plus.
fn fold(c: char) -> char {
    match c.to_lowercase().next().unwrap_or(c) {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => 'a',
        'ç' => 'c',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'ğ' => 'g',
        'ı' | 'í' | 'ì' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' => 'o',
        // The second has a comma, as in Romanian.
        'ş' | 'ș' => 's',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        '+' => ' ',
        c => c,
    }
}
