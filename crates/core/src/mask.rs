//! Hides, in a provider's own text, whatever looks like a number, an address, a code or a token.
//!
//! A provider's message may quote what it was sent. It goes into errors and from there into logs,
//! so it is masked before it is kept, and rather too much than too little.

use crate::{Gsm, email};

/// Longer provider texts are cut here: no error needs more, and none may grow without bound.
const MAX_CHARS: usize = 300;

/// A run of so many digits may be a code; a shorter one says little.
const DIGITS: usize = 4;

/// A word of so many characters that no sentence would hold is taken for a token.
const LONG: usize = 24;

/// The text with every `hidden` value and everything that looks like one masked, on one line.
pub(crate) fn masked(text: &str, hidden: &[&str]) -> String {
    let mut text: String = text.chars().take(MAX_CHARS * 4).collect();
    // One or two characters would tear ordinary words apart, and tell nothing.
    for value in hidden.iter().filter(|value| value.chars().count() > 2) {
        text = text.replace(value, "***");
    }
    let words: Vec<String> = text.split_whitespace().map(word_masked).collect();
    let mut line = numbers_masked(&words.join(" "));
    line.retain(|c| !c.is_control());
    if line.chars().count() > MAX_CHARS {
        line = line.chars().take(MAX_CHARS).collect();
        line.push('…');
    }
    line
}

/// Masks runs of digits, also with the separators of a phone number between them.
fn numbers_masked(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars().chain([char::MAX]) {
        let joins = matches!(c, ' ' | '\u{a0}' | '-' | '(' | ')' | '.') && !run.is_empty();
        if c.is_ascii_digit() || joins || (c == '+' && run.is_empty()) {
            run.push(c);
            continue;
        }
        push_run(&mut masked, &run);
        run.clear();
        if c != char::MAX {
            masked.push(c);
        }
    }
    masked
}

fn push_run(masked: &mut String, run: &str) {
    let number = run.trim_end_matches(|c: char| !c.is_ascii_digit());
    let (number, rest) = run.split_at(number.len());
    if let Ok(gsm) = Gsm::parse(number) {
        masked.push_str(&gsm.to_string());
    } else if number.chars().filter(char::is_ascii_digit).count() >= DIGITS {
        masked.push_str("***");
    } else {
        masked.push_str(number);
    }
    masked.push_str(rest);
}

/// Masks a word that is an address, or whose parts look like codes or tokens.
fn word_masked(word: &str) -> String {
    if word.contains('@') {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        return word.replace(bare, &email::masked(bare));
    }
    let mut masked = String::with_capacity(word.len());
    let mut part = String::new();
    for c in word.chars().chain([char::MAX]) {
        if c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '/' | '=' | '-') {
            part.push(c);
            continue;
        }
        masked.push_str(if is_token(&part) { "***" } else { &part });
        part.clear();
        if c != char::MAX {
            masked.push(c);
        }
    }
    masked
}

fn is_token(part: &str) -> bool {
    let letters = part.chars().any(|c| c.is_ascii_alphabetic());
    let digits = part.chars().any(|c| c.is_ascii_digit());
    let mixed_code = letters && digits && part.len() >= DIGITS;
    // A constant such as TOKEN_IS_NOT_VALID is a name and stays.
    let constant = part
        .chars()
        .all(|c| c == '_' || c.is_ascii_uppercase() || c.is_ascii_digit());
    mixed_code || (part.len() >= LONG && !constant)
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
        ] {
            assert_eq!(masked(text, &[]), text);
        }
    }

    #[test]
    fn numbers_addresses_codes_and_tokens_go() {
        for (text, expected) in [
            ("GSM 5550000042 hatalı", "GSM +90 555 *** ** 42 hatalı"),
            ("+90 (555) 000-00-42.", "+90 555 *** ** 42."),
            ("tel 0212 555 00 42, tamam", "tel ***, tamam"),
            ("kod 1234 yanlış", "kod *** yanlış"),
            ("kod ART2 yanlış", "kod *** yanlış"),
            (
                "musteri@example.com bulunamadı",
                "m***@example.com bulunamadı",
            ),
            ("<musteri@example.com>", "<m***@example.com>"),
            ("token 67a40b720d564a878dd46579b3d2eff3", "token ***"),
            ("6489433e-f36b-1410-825e-001264113a90 yok", "*** yok"),
            ("anahtar: abcdefghijklmnopqrstuvwxyzABC", "anahtar: ***"),
            ("kart 5406 6700 0000 0009 geçersiz", "kart *** geçersiz"),
        ] {
            assert_eq!(masked(text, &[]), expected);
        }
    }

    #[test]
    fn what_the_caller_names_goes_even_where_it_looks_ordinary() {
        assert_eq!(
            masked("oturum sepet-elma yok", &["sepet-elma", "", "a"]),
            "oturum *** yok"
        );
    }

    #[test]
    fn one_line_and_bounded() {
        assert_eq!(masked("bir\r\niki\u{1b}[31m\tüç\0", &[]), "bir iki[31m üç");
        let long = masked(&"çok ".repeat(10_000), &[]);
        assert_eq!(long.chars().count(), MAX_CHARS + 1);
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
        fn any_text_is_one_bounded_line(text in "\\PC{0,600}") {
            let shown = masked(&text, &[]);
            prop_assert!(shown.chars().count() <= MAX_CHARS + 1);
            prop_assert!(!shown.chars().any(char::is_control));
        }
    }
}
