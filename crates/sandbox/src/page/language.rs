//! `Language` names the languages of the pages, English and Turkish, and says which is wanted.

mod doctor;
mod inbox;

use std::fmt;

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;

pub(super) use self::doctor::Understood;
pub(crate) use self::inbox::{Words, words};

/// A language of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    Turkish,
}

impl Language {
    /// What the query asks for, or else the first known language that the browser names, or else
    /// English.
    pub(crate) fn wanted(query: Option<&str>, headers: &HeaderMap) -> Self {
        let accepted = headers
            .get(ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        query
            .into_iter()
            .chain(accepted.split(','))
            .find_map(Self::of_tag)
            .unwrap_or(Self::English)
    }

    /// The language of this tag, or what else is [wanted](Self::wanted).
    pub(crate) fn named(tag: &str, headers: &HeaderMap) -> Self {
        Self::of_tag(tag).unwrap_or_else(|| Self::wanted(None, headers))
    }

    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Turkish => "tr",
        }
    }

    pub(crate) fn is_turkish(self) -> bool {
        self == Self::Turkish
    }

    pub(crate) fn words(self) -> &'static Words {
        Words::of(self)
    }

    /// Reads `tr`, `tr-TR` or `tr;q=0.9`.
    fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', ';']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("tr") {
            Some(Self::Turkish)
        } else if primary.eq_ignore_ascii_case("en") {
            Some(Self::English)
        } else {
            None
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn wanted(query: Option<&str>, accepted: &'static str) -> Language {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static(accepted));
        Language::wanted(query, &headers)
    }

    #[test]
    fn every_word_is_said() {
        for words in [Language::English.words(), Language::Turkish.words()] {
            assert!(words.named().iter().all(|(_, word)| !word.is_empty()));
        }
    }

    #[test]
    fn the_query_goes_before_the_browser() {
        assert_eq!(wanted(Some("tr"), "en-GB,en;q=0.9"), Language::Turkish);
        assert_eq!(wanted(Some("en"), "tr-TR,tr;q=0.9"), Language::English);
        assert_eq!(wanted(Some("<b>"), "de, tr;q=0.9"), Language::Turkish);
        assert_eq!(wanted(None, "de"), Language::English);
        assert_eq!(Language::wanted(None, &HeaderMap::new()), Language::English);
    }
}
