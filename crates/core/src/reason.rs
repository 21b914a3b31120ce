//! A reason says why a call failed, in our own words and in two languages.

use std::fmt;

/// A language in which the library speaks.
///
/// ```
/// use onay_core::Language;
///
/// assert_ne!(Language::English, Language::Turkish);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Turkish.
    Turkish,
}

/// One text in English and in Turkish.
///
/// ```
/// use onay_core::{Bilingual, Language};
///
/// const CHECK_THE_KEY: Bilingual = Bilingual::new("Check the key.", "Anahtarı kontrol edin.");
/// assert_eq!(CHECK_THE_KEY.text(Language::Turkish), "Anahtarı kontrol edin.");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bilingual {
    english: &'static str,
    turkish: &'static str,
}

impl Bilingual {
    /// Takes the same text in both languages.
    pub const fn new(english: &'static str, turkish: &'static str) -> Self {
        Self { english, turkish }
    }

    /// The English text.
    pub const fn english(&self) -> &'static str {
        self.english
    }

    /// The Turkish text.
    pub const fn turkish(&self) -> &'static str {
        self.turkish
    }

    /// The text in this language.
    pub const fn text(&self, language: Language) -> &'static str {
        match language {
            Language::English => self.english,
            Language::Turkish => self.turkish,
        }
    }
}

/// Why a call failed, in our own words: fixed text, so it can hold nothing that a provider or a
/// customer wrote.
///
/// A reason is a constant beside its use. It continues the sentence that the error's subject
/// begins, or stands alone where there is none. `Display` is English.
///
/// ```
/// use onay_core::{Error, Language, Reason};
///
/// const IS_EMPTY: Reason = Reason::new("empty", "is empty", "boş");
///
/// let error = Error::invalid_input("reference", IS_EMPTY);
/// assert_eq!(error.to_string(), "invalid input: reference is empty");
/// assert_eq!(error.message(Language::Turkish), "geçersiz girdi: reference boş");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    id: &'static str,
    text: Bilingual,
}

impl Reason {
    /// Takes an identifier in `snake_case`, which programs compare, and the text in both languages.
    pub const fn new(id: &'static str, english: &'static str, turkish: &'static str) -> Self {
        Self {
            id,
            text: Bilingual::new(english, turkish),
        }
    }

    /// Takes an English text alone: for a provider whose merchants read no Turkish. It stands in
    /// for the Turkish text too.
    pub const fn english_only(id: &'static str, english: &'static str) -> Self {
        Self::new(id, english, english)
    }

    /// The identifier, which stays the same when the text is improved.
    pub const fn id(&self) -> &'static str {
        self.id
    }

    /// The English text.
    pub const fn english(&self) -> &'static str {
        self.text.english()
    }

    /// The Turkish text.
    pub const fn turkish(&self) -> &'static str {
        self.text.turkish()
    }

    /// The text in this language.
    pub const fn text(&self, language: Language) -> &'static str {
        self.text.text(language)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.english())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(
        clippy::disallowed_methods,
        reason = "this test is about english_only too"
    )]
    fn each_text_is_where_it_was_put() {
        let reason = Reason::new("empty", "is empty", "boş");
        assert_eq!(
            (reason.id(), reason.english(), reason.turkish()),
            ("empty", "is empty", "boş")
        );
        assert_eq!(reason.text(Language::English), reason.to_string());
        assert_eq!(reason.text(Language::Turkish), "boş");
        let abroad = Reason::english_only("empty", "is empty");
        assert_eq!(abroad.text(Language::Turkish), "is empty");
    }
}
