//! What a provider's code means and what to do about it, in Turkish and in English.

/// What a provider's code means and what to do about it, in both languages.
///
/// Each provider's code table carries one per row.
///
/// ```
/// use onay_core::{Bilingual, Explanation};
///
/// const UNAUTHORISED: Explanation = Explanation {
///     meaning: Bilingual { turkish: "Yetki yok.", english: "Not authorised." },
///     advice: Bilingual { turkish: "Anahtarı kontrol edin.", english: "Check the key." },
/// };
/// assert_eq!(UNAUTHORISED.advice.english, "Check the key.");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What it means.
    pub meaning: Bilingual,
    /// What to do about it.
    pub advice: Bilingual,
}

/// The same in Turkish and in English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bilingual {
    /// In Turkish, with its letters.
    pub turkish: &'static str,
    /// In English.
    pub english: &'static str,
}

impl Bilingual {
    /// Both texts, Turkish first.
    pub const fn new(turkish: &'static str, english: &'static str) -> Self {
        Self { turkish, english }
    }
}
