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
/// A value that has escapes itself is found with those read, where those of the text are. One whose
/// letters beyond ASCII were lost or misread is found by the others, if those are four at least.
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
    for (depth, view) in views(text).iter().enumerate() {
        let text = Text::new(view);
        for value in &values {
            value.find(&text, depth, is_cut, &mut found);
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
        _ if is_foreign_digit(c) => Some('*'),
        _ => Some(c),
    };
    text.chars().filter_map(plain).collect()
}

fn is_foreign_digit(c: char) -> bool {
    c.is_numeric() && !c.is_ascii_digit()
}

/// A text in the ways in which values are looked for.
struct Text {
    core: Vec<Letter>,
    all: Vec<Letter>,
    damaged: Vec<Letter>,
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
            damaged: damaged(view),
            base64: read(writing::in_base64),
        }
    }
}

/// A value in the writings in which it may come back.
struct Value {
    /// As it stands, and with its own escapes read, as often as those of a text are.
    spellings: Vec<Spelling>,
    /// Without separators.
    encodings: Vec<Wanted>,
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
        let spelling = |view: &Vec<Letter>| Spelling::new(&Text::new(view));
        Some(Self {
            spellings: views(&value).iter().map(spelling).collect(),
            encodings: encodings.iter().map(without_separators).collect(),
            base64: base64.each_ref().map(Wanted::base64),
        })
    }

    /// In a text whose escapes were read so many times. No more often are those of the value.
    fn find(&self, text: &Text, depth: usize, is_cut: bool, found: &mut Vec<(usize, usize)>) {
        for spelling in self.spellings.iter().take(depth + 1) {
            spelling.find(text, is_cut, found);
        }
        for wanted in &self.encodings {
            wanted.find(&text.core, is_cut, found);
        }
        for wanted in &self.base64 {
            wanted.find(&text.base64, is_cut, found);
        }
    }
}

/// A value in letters.
struct Spelling {
    /// Without separators.
    core: Option<Wanted>,
    /// With them, if it is next to nothing without.
    whole: Option<Wanted>,
    damaged: Option<Wanted>,
}

impl Spelling {
    fn new(value: &Text) -> Self {
        let wanted = |signs: &[Letter]| Wanted::new(signs.iter().map(|at| at.shown));
        let is_short = value.core.len() <= SHORTEST;
        let is_whole = is_short && value.all.len() >= SHORTEST;
        let damaged: String = value.damaged.iter().map(|at| at.shown).collect();
        let left = damaged.chars().filter(char::is_ascii_alphanumeric);
        Self {
            core: (!is_short).then(|| wanted(&value.core)),
            whole: is_whole.then(|| wanted(&value.all)),
            damaged: (left.count() > SHORTEST).then(|| Wanted::new(damaged.trim().chars())),
        }
    }

    fn find(&self, text: &Text, is_cut: bool, found: &mut Vec<(usize, usize)>) {
        for (wanted, text) in [
            (&self.core, &text.core),
            (&self.whole, &text.all),
            (&self.damaged, &text.damaged),
        ] {
            if let Some(wanted) = wanted {
                wanted.find(text, is_cut, found);
            }
        }
    }
}

/// The text as it is compared where letters beyond ASCII may have been lost or misread: whatever
/// stands for some of them is one sign, and whatever stands between words is one blank.
fn damaged(view: &[Letter]) -> Vec<Letter> {
    const LOST: char = char::REPLACEMENT_CHARACTER;

    let mut signs: Vec<Letter> = Vec::with_capacity(view.len());
    let is_seen = |at: &&Letter| !at.shown.is_control() && !is_format(at.shown);
    for at in view.iter().filter(is_seen) {
        let shown = match at.shown {
            c if c.is_ascii_alphanumeric() => c.to_ascii_lowercase(),
            // The second stands for a digit that is not ASCII.
            '?' | '*' => LOST,
            c if c.is_ascii() || c.is_whitespace() => ' ',
            _ => LOST,
        };
        match signs.last_mut() {
            Some(last) if last.shown == shown && matches!(shown, LOST | ' ') => last.end = at.end,
            _ => signs.push(Letter { shown, ..*at }),
        }
    }
    signs
}

/// A letter or a digit, as it is compared.
fn core(c: char) -> Option<char> {
    Some(fold(c)).filter(|c| c.is_alphanumeric() && !is_format(*c))
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
        // As in the plain text.
        c if is_foreign_digit(c) => '*',
        c => c,
    }
}
