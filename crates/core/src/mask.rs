//! Hides, in a provider's own text, whatever looks like a number, an address, a code or a token.
//!
//! A provider's message may quote what it was sent. It goes into errors and from there into logs,
//! so it is masked before it is kept, and rather too much than too little.

use crate::{Gsm, email, writing};

/// Longer provider texts are cut here: no error needs more, and none may grow without bound.
const MAX_CHARS: usize = 300;

/// A run of so many digits may be a code; a shorter one says little.
const DIGITS: usize = 4;

/// A word of so many characters that no sentence would hold is taken for a token.
const LONG: usize = 32;

/// Nothing behind this is looked at: it would never be shown, and looking takes time.
const MOST_CHARS: usize = 8 * 1024;

/// A shorter value would be found all over ordinary words, and tells nothing.
const SHORTEST: usize = 3;

const MASK: &str = "***";

/// The text with every `hidden` value and everything that looks like one masked, on one line.
pub(crate) fn masked(text: &str, hidden: &[&str]) -> String {
    let text = without(&plain(text), hidden);
    // Cut short only now: a value that is cut in two is not found any more.
    let text: String = text.chars().take(MAX_CHARS * 4).collect();
    let words: Vec<String> = text.split_whitespace().map(word_masked).collect();
    let line = numbers_masked(&words.join(" "));
    match line.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

/// Whether one of the values stands in the text, in whatever spelling.
pub(crate) fn holds(text: &str, hidden: &[&str]) -> bool {
    without(&plain(text), hidden).contains(MASK)
}

/// The text without what only hides other things: control and format characters, digits of other
/// scripts.
fn plain(text: &str) -> String {
    let plain = |c: char| match c {
        _ if c.is_whitespace() => Some(' '),
        _ if c.is_control() || is_format(c) => None,
        _ if c.is_numeric() && !c.is_ascii_digit() => Some('*'),
        _ => Some(c),
    };
    text.chars().filter_map(plain).take(MOST_CHARS).collect()
}

/// Characters without a width, and those that turn the direction of writing.
fn is_format(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}'
            // Letters by name that show nothing.
            | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{3164}' | '\u{ffa0}'
    )
}

/// Masks the values, whatever their case and whatever stands between their characters, and what they
/// are in base64, hexadecimal and percent-encoded.
fn without(text: &str, hidden: &[&str]) -> String {
    let core = folded(text, is_core);
    let mut found: Vec<(usize, usize)> = Vec::new();
    for value in hidden {
        let raw = value;
        let value = plain(value);
        if value.chars().count() < SHORTEST {
            continue;
        }
        for encoding in writing::encodings(raw) {
            found.extend(places(&core, &folded(&encoding, is_core)));
        }
        let wanted = folded(&value, is_core);
        if wanted.len() > SHORTEST {
            found.extend(places(&core, &wanted));
        } else {
            // A value of next to nothing but separators is looked for with them.
            found.extend(places(&folded(text, |_| true), &folded(&value, |_| true)));
        }
    }
    found.sort_unstable();
    let mut masked = String::with_capacity(text.len());
    let mut copied = 0;
    for (start, end) in found {
        if start >= copied {
            masked.push_str(text.get(copied..start).unwrap_or_default());
            masked.push_str(MASK);
        }
        copied = copied.max(end);
    }
    masked.push_str(text.get(copied..).unwrap_or_default());
    masked
}

/// A character that counts, without regard to case, and where it begins and ends.
struct Folded {
    fold: char,
    start: usize,
    end: usize,
}

fn folded(text: &str, keep: fn(char) -> bool) -> Vec<Folded> {
    let kept = text.char_indices().filter(|(_, c)| keep(*c));
    kept.map(|(start, c)| Folded {
        fold: fold(c),
        start,
        end: start + c.len_utf8(),
    })
    .collect()
}

/// Turkish has two letters i, and either may come back in capitals as the other.
fn fold(c: char) -> char {
    match c {
        'ı' | 'İ' | 'I' => 'i',
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

fn is_core(c: char) -> bool {
    c.is_alphanumeric()
}

/// Where a value stands: from the beginning of its first character to the end of its last.
fn places(text: &[Folded], value: &[Folded]) -> Vec<(usize, usize)> {
    let same = |window: &&[Folded]| window.iter().zip(value).all(|(a, b)| a.fold == b.fold);
    let windows = text.windows(value.len().max(1)).filter(same);
    windows
        .filter_map(|window| Some((window.first()?.start, window.last()?.end)))
        .collect()
}

/// Masks the parts of a word that are addresses, codes or tokens.
fn word_masked(word: &str) -> String {
    let mut masked = String::with_capacity(word.len());
    for piece in word.split_inclusive(|c| !(is_part(c) || matches!(c, '@' | '.'))) {
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

/// What a token may be made of.
fn is_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '=' | '-' | '+')
}

/// Whether a word is a token, or one of the pieces that dashes join is: words are joined by dashes
/// too, and none of theirs is.
fn is_token(word: &str) -> bool {
    word.split(['-', '+']).any(|piece| {
        let letters = piece.chars().any(|c| c.is_ascii_alphabetic());
        let digits = piece.chars().any(|c| c.is_ascii_digit());
        // A constant such as ERR_3D_FAILED is a name and stays.
        let constant = piece.contains('_')
            && piece
                .chars()
                .all(|c| c == '_' || c.is_ascii_uppercase() || c.is_ascii_digit());
        let code = letters && digits && piece.len() >= DIGITS;
        !constant && (code || piece.len() >= LONG)
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
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ordinary_sentences_stay() {
        for text in [
            "Başarılı İşlem",
            "Basarili islem",
            "Token geçersiz.",
            "TOKEN_IS_NOT_VALID",
            "ERROR_CALLED_OTP_SERVICE_ONE_MORE_TIME_BEFORE_TIMEOUT_EXPIRED",
            "3D Secure gerekli (kod 12).",
            "paytr_token gonderilmedi veya gecersiz",
            "en az 100 TL, en çok 3 taksit",
            "3D-Secure gerekli",
            "ERR_3D_FAILED",
            "RetrievalReferenceNumber gerekli",
            "Telefon/GSM/e-posta/adres",
        ] {
            assert_eq!(masked(text, &["QWER", "s-1", "sepet-elma"]), text);
        }
    }

    #[test]
    fn numbers_addresses_codes_and_tokens_go() {
        for (text, expected) in [
            ("GSM 5550000042 hatalı", "GSM +90 555 *** ** 42 hatalı"),
            ("+90 (555) 000-00-42.", "+90 555 *** ** 42."),
            ("tel 0212 555 00 42, tamam", "tel ***, tamam"),
            ("555/000/00/42", "***"),
            ("555,000_00:42", "***"),
            ("555–000‑00][42", "***"),
            ("kod 1234 yanlış", "kod *** yanlış"),
            ("kod 1,2,3,4", "kod ***"),
            ("kod ART2 yanlış", "kod *** yanlış"),
            ("kod@ART2", "***"),
            (
                "musteri@example.com bulunamadı",
                "m***@example.com bulunamadı",
            ),
            ("<musteri@example.com>", "<m***@example.com>"),
            ("token 67a40b720d564a878dd46579b3d2eff3", "token ***"),
            ("6489433e-f36b-1410-825e-001264113a90 yok", "*** yok"),
            ("anahtar: abcdefghijklmnopqrstuvwxyzABCDEFG", "anahtar: ***"),
            (
                "musteri@example.com,diger@example.com",
                "m***@example.com,d***@example.com",
            ),
            (
                "https://x/?email=a@b.com&token=67a40b72",
                "https://x/?e***@b.com&***",
            ),
            ("@ . .@.", "@ . ***."),
            ("kart 5406 6700 0000 0009 geçersiz", "kart *** geçersiz"),
        ] {
            assert_eq!(masked(text, &[]), expected);
        }
    }

    #[test]
    fn disguises_do_not_help() {
        for text in [
            "555\u{1}0000042",
            "555\u{200b}000\u{200b}00\u{200b}42",
            "５５５００００００４２",
            "٥٥٥٠٠٠٠٠٤٢",
        ] {
            let shown = masked(text, &[]);
            assert!(
                !shown
                    .chars()
                    .any(|c| c.is_numeric() && !"+90 555 42".contains(c)),
                "{shown}"
            );
            assert!(shown.contains('*'), "{shown}");
        }
    }

    #[test]
    fn what_the_caller_names_goes_in_whatever_spelling() {
        let hidden = ["sepet-elma", "QWER", "QWERTY", "Ilık", "s-1", "", "a"];
        for (text, expected) in [
            ("oturum sepet-elma yok", "oturum *** yok"),
            ("oturum SEPET-ELMA yok", "oturum *** yok"),
            ("oturum sepet elma yok", "oturum *** yok"),
            ("oturum se\u{0}pet-el\u{200d}ma yok", "oturum *** yok"),
            ("kod qwer", "kod ***"),
            ("kod Q W E R.", "kod ***."),
            ("kod QW\nER", "kod ***"),
            ("oturum S-1 yok", "oturum *** yok"),
            ("sepet-elmasepet-elma", "******"),
            ("oturum sepetelma ve SEPET-ELMA", "oturum *** ve ***"),
            ("kod QWERTY", "kod ***"),
            ("ılık ILIK İLİK ilik", "*** *** *** ***"),
            ("se\u{3164}pet-elma", "***"),
            ("Basic c2VwZXQtZWxtYQ==", "Basic ***Q=="),
            ("oturum=%73%65%70%65%74%2D%65%6C%6D%61", "oturum=%***"),
            ("73657065742d656c6d61", "***"),
            ("sepet%2Delma.", "***."),
        ] {
            assert_eq!(masked(text, &hidden), expected, "{text:?}");
            assert!(holds(text, &hidden));
        }
        assert!(!holds("oturum yok", &hidden));
    }

    /// Three letters stand one after the other in any sentence.
    #[test]
    fn a_value_of_three_letters_is_looked_for_as_it_stands() {
        assert_eq!(masked("kod ABC yok", &["abc"]), "kod *** yok");
        assert_eq!(masked("a b c, ab-c", &["abc"]), "a b c, ab-c");
        assert_eq!(masked("a b c d", &["abcd"]), "***");
    }

    #[test]
    fn a_value_at_the_cut_goes_whole() {
        let text = format!("{}sepet-elma", " ".repeat(MAX_CHARS * 4 - 4));
        assert_eq!(masked(&text, &["sepet-elma"]), "***");
    }

    #[test]
    fn one_line_and_bounded() {
        assert_eq!(masked("bir\r\niki\u{1b}[31m\tüç\0", &[]), "bir iki[31m üç");
        let long = masked(&"çok ".repeat(10_000), &[]);
        assert_eq!(long.chars().count(), MAX_CHARS + 1);
        assert_eq!(masked("son \u{10ffff} harf", &[]), "son \u{10ffff} harf");
    }

    proptest! {
        #[test]
        fn a_mobile_number_never_survives(
            before in "[a-zçğıöşü .,:]{0,20}",
            rest in "[0-9]{9}",
            after in "[a-zçğıöşü .,:]{0,20}",
        ) {
            let shown = masked(&format!("{before}5{rest}{after}"), &[]);
            let national = format!("5{rest}");
            prop_assert!(!shown.contains(&national), "{}", shown);
        }

        #[test]
        fn a_named_value_never_survives(
            before in "\\PC{0,30}",
            value in "[a-z]{4,12}",
            after in "\\PC{0,30}",
        ) {
            let shown = masked(&format!("{before}{value}{after}"), &[&value]);
            prop_assert!(!shown.contains(&value), "{}", shown);
        }

        #[test]
        fn any_text_is_one_bounded_line(text in "\\PC{0,600}", value in "\\PC{0,8}") {
            let shown = masked(&text, &[&value]);
            prop_assert!(shown.chars().count() <= MAX_CHARS + 1);
            prop_assert!(!shown.chars().any(char::is_control));
        }
    }
}
