//! What a provider's code means and what to do about it, in Turkish and in English.

/// What a provider's code means and what to do about it, in both languages.
///
/// Each provider's code table carries one per row.
///
/// ```
/// use onay_core::{Bilingual, Explanation};
///
/// const UNAUTHORISED: Explanation = Explanation::new(
///     Bilingual::new("Yetki yok.", "Not authorised."),
///     Bilingual::new("Anahtarı kontrol edin.", "Check the key."),
/// );
/// assert_eq!(UNAUTHORISED.advice().english(), "Check the key.");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation {
    meaning: Bilingual,
    advice: Bilingual,
}

impl Explanation {
    /// What it means, and what to do about it.
    pub const fn new(meaning: Bilingual, advice: Bilingual) -> Self {
        Self { meaning, advice }
    }

    /// What it means.
    pub const fn meaning(&self) -> Bilingual {
        self.meaning
    }

    /// What to do about it.
    pub const fn advice(&self) -> Bilingual {
        self.advice
    }
}

/// The same in Turkish and in English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bilingual {
    turkish: &'static str,
    english: &'static str,
}

impl Bilingual {
    /// Both texts, Turkish first.
    pub const fn new(turkish: &'static str, english: &'static str) -> Self {
        Self { turkish, english }
    }

    /// In Turkish, with its letters.
    pub const fn turkish(&self) -> &'static str {
        self.turkish
    }

    /// In English.
    pub const fn english(&self) -> &'static str {
        self.english
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_is_where_it_was_put() {
        let meaning = Bilingual::new("Yetki yok.", "Not authorised.");
        let advice = Bilingual::new("Anahtarı kontrol edin.", "Check the key.");
        let explanation = Explanation::new(meaning, advice);
        assert_eq!(
            (explanation.meaning(), explanation.advice()),
            (meaning, advice)
        );
        assert_eq!(
            (meaning.turkish(), meaning.english()),
            ("Yetki yok.", "Not authorised.")
        );
    }
}
