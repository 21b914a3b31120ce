//! Finds, in a provider's text, the values that went out with the request.

use crate::unseen::is_format;
use crate::view::{Letter, views};
use crate::writing::{self, Six};

/// A shorter value would be found all over ordinary words, and tells nothing.
const SHORTEST: usize = 3;

/// Where the values stand, sorted: whatever their case, whatever stands between their characters,
/// and with any of their characters percent-escaped, up to three times over.
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
        let folded = |keep: fn(char) -> bool| {
            let kept = view.iter().filter(|at| keep(at.shown));
            let folded = kept.map(|at| Letter {
                shown: fold(at.shown),
                ..*at
            });
            folded.collect()
        };
        let base64 = view.iter().filter(|at| writing::is_base64(at.shown));
        Self {
            core: folded(is_core),
            all: folded(is_any),
            base64: base64.copied().collect(),
        }
    }
}

/// A value in the writings in which it may come back.
struct Value {
    /// Without separators, and so are its writings.
    core: Vec<Vec<char>>,
    /// With them, if it is next to nothing without.
    whole: Option<Vec<char>>,
    base64: [Vec<Six>; 3],
}

impl Value {
    fn new(raw: &str) -> Option<Self> {
        let value = plain(raw);
        if value.chars().count() < SHORTEST {
            return None;
        }
        let base64 = writing::base64(raw);
        let mut core: Vec<Vec<char>> = writing::encodings(raw, &base64)
            .iter()
            .map(|encoding| folded(encoding, is_core))
            .collect();
        let letters = folded(&value, is_core);
        let whole = (letters.len() <= SHORTEST).then(|| folded(&value, is_any));
        if whole.is_none() {
            core.push(letters);
        }
        Some(Self {
            core,
            whole,
            base64,
        })
    }

    fn find(&self, text: &Text, is_cut: bool, found: &mut Vec<(usize, usize)>) {
        for core in &self.core {
            search(&text.core, core, |c, wanted| c == *wanted, is_cut, found);
        }
        if let Some(whole) = &self.whole {
            search(&text.all, whole, |c, wanted| c == *wanted, is_cut, found);
        }
        for base64 in &self.base64 {
            search(&text.base64, base64, |c, six| six.fits(c), is_cut, found);
        }
    }
}

/// Adds where the wanted stands: from the beginning of its first character to the end of its last.
fn search<W>(
    text: &[Letter],
    wanted: &[W],
    same: impl Fn(char, &W) -> bool,
    is_cut: bool,
    found: &mut Vec<(usize, usize)>,
) {
    let fits = |part: &&[Letter]| part.iter().zip(wanted).all(|(at, w)| same(at.shown, w));
    let place = |part: &[Letter]| Some((part.first()?.start, part.last()?.end));
    let windows = text.windows(wanted.len().max(1)).filter(fits);
    found.extend(windows.filter_map(place));
    if is_cut {
        let longest = text.len().min(wanted.len().saturating_sub(1));
        let tails = (1..=longest).rev();
        let mut tails = tails.filter_map(|count| text.get(text.len() - count..));
        found.extend(tails.find(fits).and_then(place));
    }
}

fn folded(text: &str, keep: fn(char) -> bool) -> Vec<char> {
    text.chars().filter(|c| keep(*c)).map(fold).collect()
}

/// Turkish has two letters i, and either may come back in capitals as the other. Forms write a blank
/// as a plus.
fn fold(c: char) -> char {
    match c {
        'ı' | 'İ' | 'I' => 'i',
        '+' => ' ',
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

fn is_core(c: char) -> bool {
    c.is_alphanumeric() && !is_format(c)
}

fn is_any(c: char) -> bool {
    !c.is_control() && !is_format(c)
}
