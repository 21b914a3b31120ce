//! Text that a provider wrote is kept verbatim and never prints itself.

use std::fmt;

/// The most characters that are kept.
const MAX_CHARACTERS: usize = 2_000;

/// Text that a provider wrote: verbatim, bounded, and silent.
///
/// It may quote anything: a name, a card number, what the customer typed. So there is no `Display`
/// and no `Serialize`, `Debug` says only how long it is, and [`expose`](Self::expose) is the one way
/// to read it.
///
/// ```
/// use onay_core::ProviderText;
///
/// let text = ProviderText::new("Sayın müşterimiz…");
/// assert_eq!(format!("{text:?}"), "ProviderText(17 characters)");
/// assert_eq!(text.expose(), "Sayın müşterimiz…");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct ProviderText {
    text: Box<str>,
    is_cut: bool,
}

impl ProviderText {
    /// Keeps the text, up to its first 2,000 characters.
    pub fn new(text: &str) -> Self {
        // As few bytes are not more characters, and need not be counted.
        let may_be_cut = text.len() > MAX_CHARACTERS;
        let end = may_be_cut.then(|| text.char_indices().nth(MAX_CHARACTERS));
        let kept = end.flatten().and_then(|(end, _)| text.get(..end));
        Self {
            text: kept.unwrap_or(text).into(),
            is_cut: kept.is_some(),
        }
    }

    /// Whether the provider wrote more than is kept.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// The text, which may hold personal data and anything else: for the eyes of the person who made
    /// the call, never for a log.
    pub fn expose(&self) -> &str {
        &self.text
    }

    pub(crate) fn characters(&self) -> usize {
        self.text.chars().count()
    }
}

impl fmt::Debug for ProviderText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let more = if self.is_cut { " or more" } else { "" };
        write!(f, "ProviderText({} characters{more})", self.characters())
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "these tests are about it")]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_kept_as_it_is_and_an_endless_one_is_cut() {
        let text = ProviderText::new("Kartınız <b>4\u{202e}</b>\0");
        assert_eq!(text.expose(), "Kartınız <b>4\u{202e}</b>\0");
        assert!(!text.is_cut());
        let most = "ş".repeat(MAX_CHARACTERS);
        let text = ProviderText::new(&most);
        assert_eq!((text.expose(), text.is_cut()), (&*most, false));
        let text = ProviderText::new(&"ş".repeat(1_000_000));
        assert_eq!((text.expose(), text.is_cut()), (&*most, true));
        assert_eq!(format!("{text:?}"), "ProviderText(2000 characters or more)");
    }
}
