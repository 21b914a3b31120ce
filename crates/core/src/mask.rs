//! Hides, in a provider's own text, whatever looks like a number, an address, a code or a token.
//!
//! A provider's message may quote what it was sent. It goes into errors and from there into logs,
//! so it is masked before it is kept, and rather too much than too little.

use crate::unseen::is_format;
use crate::view::{Letter, views};
use crate::{Gsm, email, hidden};

/// Longer provider texts are cut here: no error needs more, and none may grow without bound.
const MAX_CHARS: usize = 300;

/// A run of so many digits may be a code; a shorter one says little.
const DIGITS: usize = 4;

/// A word of so many characters that no sentence would hold is taken for a token.
const LONG: usize = 32;

/// Nothing behind this is looked at: it would never be shown, and looking takes time.
const MOST_CHARS: usize = 8_192;

const MASK: &str = "***";

/// The text with every `hidden` value and everything that looks like one masked, on one line.
pub(crate) fn masked(text: &str, hidden: &[&str]) -> String {
    let Looked { text, is_cut } = looked_at(text);
    let mut places = hidden::places(&text, hidden, is_cut);
    places.extend(escaped(&text));
    places.sort_unstable();
    let mut masked = without(&text, &places);
    if is_cut {
        masked.push_str(MASK);
    }
    let words: Vec<String> = masked.split_whitespace().map(word_masked).collect();
    let line = numbers_masked(&words.join(" "));
    // Cut short only now: a value that is cut in two is not found any more.
    match line.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

/// Whether one of the values stands in the text, in whatever spelling, or could stand where it is too
/// long to be looked at.
pub(crate) fn holds(text: &str, hidden: &[&str]) -> bool {
    let Looked { text, is_cut } = looked_at(text);
    is_cut || !hidden::places(&text, hidden, is_cut).is_empty()
}

/// What is looked at of a text, and whether more of it follows.
struct Looked {
    text: String,
    is_cut: bool,
}

/// The plain text up to the bound, without the word that the bound cuts: half an address, half a
/// number and half an escape do not look like what they are.
fn looked_at(text: &str) -> Looked {
    let plain = hidden::plain(text);
    let Some((end, _)) = plain.char_indices().nth(MOST_CHARS) else {
        return Looked {
            text: plain,
            is_cut: false,
        };
    };
    let unfinished =
        |c: char| is_part(c) || matches!(c, '@' | '.' | '%' | '&' | '#' | ';' | '\\' | '{' | '}');
    let kept = plain.get(..end).unwrap_or_default();
    Looked {
        text: kept.trim_end_matches(unfinished).to_owned(),
        is_cut: true,
    }
}

/// The text with the mask in these places, which are sorted.
fn without(text: &str, places: &[(usize, usize)]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut copied = 0;
    for &(start, end) in places {
        if start >= copied {
            masked.push_str(text.get(copied..start).unwrap_or_default());
            masked.push_str(MASK);
        }
        copied = copied.max(end);
    }
    masked.push_str(text.get(copied..).unwrap_or_default());
    masked
}

/// Where numbers, addresses, codes and tokens stand that have escapes in them. Those without any are
/// masked as they stand.
fn escaped(text: &str) -> Vec<(usize, usize)> {
    let mut places = Vec::new();
    for mut view in views(text) {
        view.retain(|at| !at.shown.is_control() && !is_format(at.shown));
        let words = view.split(|at| !is_word(at.shown));
        let words = words.filter(|word| {
            let word = shown(word);
            part_masked(&word) != word
        });
        let runs = view.split(|at| at.shown.is_alphabetic());
        let stretches = words.chain(runs.filter_map(number));
        places.extend(stretches.filter_map(|stretch| {
            let (start, end) = (stretch.first()?.start, stretch.last()?.end);
            (text.get(start..end)? != shown(stretch)).then_some((start, end))
        }));
    }
    places
}

/// From the first digit to the last, if they are many.
fn number(run: &[Letter]) -> Option<&[Letter]> {
    let is_digit = |at: &Letter| at.shown.is_numeric();
    let (first, last) = (
        run.iter().position(is_digit)?,
        run.iter().rposition(is_digit)?,
    );
    let is_number = run.iter().filter(|at| is_digit(at)).count() >= DIGITS;
    run.get(first..=last).filter(|_| is_number)
}

fn shown(letters: &[Letter]) -> String {
    letters.iter().map(|at| at.shown).collect()
}

/// Masks the parts of a word that are addresses, codes or tokens.
fn word_masked(word: &str) -> String {
    let mut masked = String::with_capacity(word.len());
    for piece in word.split_inclusive(|c| !is_word(c)) {
        let part = piece.trim_end_matches(|c: char| !(is_part(c) || c == '@'));
        let rest = piece.get(part.len()..).unwrap_or_default();
        masked.push_str(&part_masked(part));
        masked.push_str(rest);
    }
    masked
}

fn part_masked(part: &str) -> String {
    match part.split_once('@') {
        Some((name, host)) if !name.is_empty() && host.contains('.') => email::masked(part),
        Some((name, host)) if !name.is_empty() || !host.is_empty() => MASK.to_owned(),
        Some(_) => part.to_owned(),
        None => tokens_masked(part),
    }
}

fn tokens_masked(part: &str) -> String {
    let mut masked = String::with_capacity(part.len());
    for piece in part.split_inclusive(|c| !is_part(c)) {
        let token = piece.trim_end_matches(|c| !is_part(c));
        masked.push_str(if is_token(token) { MASK } else { token });
        masked.push_str(piece.get(token.len()..).unwrap_or_default());
    }
    masked
}

/// What tokens and addresses may be made of.
fn is_word(c: char) -> bool {
    is_part(c) || matches!(c, '@' | '.')
}

/// What a token or the name in an address may be made of.
fn is_part(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '=' | '-' | '+')
}

/// Whether a word is a token, or one of the pieces that dashes join is: words are joined by dashes
/// too, and none of theirs is.
fn is_token(word: &str) -> bool {
    word.split(['-', '+']).any(|piece| {
        let letters = piece.chars().any(char::is_alphabetic);
        let digits = piece.chars().any(|c| c.is_ascii_digit());
        let count = piece.chars().count();
        // A constant such as ERR_3D_FAILED is a name and stays.
        let constant = piece.contains('_')
            && piece
                .chars()
                .all(|c| c == '_' || c.is_uppercase() || c.is_ascii_digit());
        let code = letters && digits && count >= DIGITS;
        !constant && (code || count >= LONG)
    })
}

/// Masks runs of digits, whatever but letters stands between them.
fn numbers_masked(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let run = from.find(char::is_alphabetic).unwrap_or(from.len());
        let (run, after) = from.split_at(run);
        let number = run.trim_end_matches(|c: char| !c.is_ascii_digit());
        let plus = before.ends_with('+');
        push_number(&mut masked, before, number, plus);
        masked.push_str(run.get(number.len()..).unwrap_or_default());
        rest = after;
    }
    masked.push_str(rest);
    masked
}

fn push_number(masked: &mut String, before: &str, number: &str, plus: bool) {
    let spelled = format!("{}{number}", if plus { "+" } else { "" });
    if let Ok(gsm) = Gsm::parse(&spelled) {
        masked.push_str(before.strip_suffix('+').unwrap_or(before));
        masked.push_str(&gsm.to_string());
        return;
    }
    masked.push_str(before);
    let digits = number.chars().filter(char::is_ascii_digit).count();
    masked.push_str(if digits >= DIGITS { MASK } else { number });
}

#[cfg(test)]
mod tests;
