//! Finds a run of signs in a text in one pass, however often it nearly stands there.

use std::iter::successors;

use crate::view::Letter;
use crate::writing::{Base64, Six};

/// What is looked for, as Knuth, Morris and Pratt do: no text makes it slow.
pub(crate) struct Wanted {
    signs: Vec<char>,
    /// For each count of signs that stand there, how many of the first stand at their end again: with
    /// those it goes on, if the next sign is another.
    shorter: Vec<usize>,
    /// What stands before and behind them, as far as it is known.
    before: Option<Six>,
    after: Option<Six>,
}

impl Wanted {
    /// A value in base64, whatever stands beside it.
    pub(crate) fn base64(base64: &Base64) -> Self {
        Self {
            before: base64.before,
            after: base64.after,
            ..Self::new(base64.signs.chars())
        }
    }

    /// These signs, one after the other.
    pub(crate) fn new(signs: impl Iterator<Item = char>) -> Self {
        let mut wanted = Self {
            signs: Vec::new(),
            shorter: Vec::new(),
            before: None,
            after: None,
        };
        let mut count = 0;
        for sign in signs {
            count = wanted.count_with(count, sign);
            wanted.shorter.push(count);
            wanted.signs.push(sign);
        }
        wanted
    }

    /// Adds where it stands: from the beginning of its first sign to the end of its last. Of a text
    /// that `is_cut`, what may be its beginning is found at the end.
    pub(crate) fn find(&self, text: &[Letter], is_cut: bool, found: &mut Vec<(usize, usize)>) {
        let mut count = 0;
        for (last, at) in text.iter().enumerate() {
            count = self.count_with(count, at.shown);
            if count == self.signs.len() {
                found.extend(self.place(text, last + 1 - count, last + 1));
            }
        }
        if is_cut {
            let counts = successors(Some(count), |count| self.shorter(*count));
            let mut tails = counts.filter_map(|count| self.tail(text, text.len() - count));
            found.extend(tails.next());
        }
    }

    /// How many signs stand there with one more.
    fn count_with(&self, count: usize, sign: char) -> usize {
        let mut counts = successors(Some(count), |count| self.shorter(*count));
        let fits = |count: &usize| self.signs.get(*count) == Some(&sign);
        counts.find(fits).map_or(0, |count| count + 1)
    }

    fn shorter(&self, count: usize) -> Option<usize> {
        self.shorter.get(count.checked_sub(1)?).copied()
    }

    fn place(&self, text: &[Letter], start: usize, end: usize) -> Option<(usize, usize)> {
        let end = match &self.after {
            Some(six) => six.fits(text.get(end)?.shown).then_some(end + 1)?,
            None => end,
        };
        self.tail(text.get(..end)?, start)
    }

    /// From the sign before the start to the end of the text.
    fn tail(&self, text: &[Letter], start: usize) -> Option<(usize, usize)> {
        let first = match &self.before {
            Some(six) => text
                .get(start.checked_sub(1)?)
                .filter(|at| six.fits(at.shown))?,
            None => text.get(start)?,
        };
        Some((first.start, text.last()?.end))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::view::letters;

    fn found(wanted: &Wanted, text: &str, is_cut: bool) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        wanted.find(&letters(text), is_cut, &mut found);
        found
    }

    #[test]
    fn every_place_is_found_although_they_overlap() {
        for (wanted, text, expected) in [
            ("aa", "aaaa", vec![(0, 2), (1, 3), (2, 4)]),
            ("aab", "aaab aab", vec![(1, 4), (5, 8)]),
            ("abab", "ababab", vec![(0, 4), (2, 6)]),
            ("abcabd", "abcabcabd", vec![(3, 9)]),
            ("ç", "açç", vec![(1, 3), (3, 5)]),
            ("ab", "a", vec![]),
            ("ab", "", vec![]),
        ] {
            assert_eq!(found(&Wanted::new(wanted.chars()), text, false), expected);
        }
    }

    #[test]
    fn of_a_text_that_is_cut_the_longest_beginning_at_its_end() {
        let wanted = Wanted::new("abab".chars());
        for (text, expected) in [
            ("x aba", vec![(2, 5)]),
            ("x ab", vec![(2, 4)]),
            ("xa", vec![(1, 2)]),
            ("x", vec![]),
            ("abab", vec![(0, 4), (0, 4)]),
            ("ababa", vec![(0, 4), (2, 5)]),
        ] {
            assert_eq!(found(&wanted, text, true), expected, "{text}");
        }
    }

    #[test]
    fn what_stands_beside_has_to_fit() {
        let [_, second, _] = crate::writing::base64("QWER");
        let wanted = Wanted::base64(&second);
        // base64 of "xQWER"; with other bits of its own; and with other bits of the value.
        for text in ["eFFXRVI=", "e1FXRVL", "FFXRVI"] {
            let end = text.trim_end_matches('=').len();
            assert_eq!(found(&wanted, text, false), [(end - 6, end)], "{text}");
        }
        for text in ["eFFXRVQ", "AFXRVI", "FFXRV", "FXRVI", "FFXrVI"] {
            assert_eq!(found(&wanted, text, false), [], "{text}");
        }
        assert_eq!(found(&wanted, "eFFXRV", true), [(1, 6)]);
        assert_eq!(found(&wanted, "eFFX", true), [(1, 4)]);
        assert_eq!(found(&wanted, "eF", true), [(1, 2)]);
        assert_eq!(found(&wanted, "eAFX", true), []);
    }

    proptest! {
        #[test]
        fn it_finds_what_looking_everywhere_finds(
            wanted in "[ab]{1,6}",
            text in "[ab]{0,40}",
            is_cut: bool,
        ) {
            let at = |start: usize| text.get(start..).expect("ASCII");
            let places = (0..text.len()).filter(|start| at(*start).starts_with(&wanted));
            let mut expected: Vec<_> = places.map(|start| (start, start + wanted.len())).collect();
            if is_cut {
                let tail = (0..text.len()).find(|start| wanted.starts_with(at(*start)));
                expected.extend(tail.map(|start| (start, text.len())));
            }
            prop_assert_eq!(found(&Wanted::new(wanted.chars()), &text, is_cut), expected);
        }
    }
}
