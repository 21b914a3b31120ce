//! The words of the inbox page, in English and in Turkish.

mod payment;

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;

pub(super) use self::payment::PaymentWords;

/// A language of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    English,
    Turkish,
}

impl Language {
    /// What the query asks for, or else the first known language that the browser names, or else
    /// English.
    pub(super) fn wanted(query: Option<&str>, headers: &HeaderMap) -> Self {
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
    pub(super) fn named(tag: &str, headers: &HeaderMap) -> Self {
        Self::of_tag(tag).unwrap_or_else(|| Self::wanted(None, headers))
    }

    pub(super) fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Turkish => "tr",
        }
    }

    pub(super) fn words(self) -> &'static Words {
        match self {
            Self::English => &ENGLISH,
            Self::Turkish => &TURKISH,
        }
    }

    pub(super) fn payment_words(self) -> &'static PaymentWords {
        match self {
            Self::English => &payment::ENGLISH,
            Self::Turkish => &payment::TURKISH,
        }
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

/// Every word of the page in one language.
pub(super) struct Words {
    pub(super) inbox: &'static str,
    pub(super) nothing_is_sent: &'static str,
    pub(super) no_messages: &'static str,
    pub(super) send_the_first: &'static str,
    pub(super) then_reload: &'static str,
    pub(super) code: &'static str,
    pub(super) open_link: &'static str,
    pub(super) expires: &'static str,
    pub(super) expired: &'static str,
    pub(super) sandbox_time: &'static str,
    pub(super) other_language: &'static str,
    pub(super) other_language_tag: &'static str,
}

const ENGLISH: Words = Words {
    inbox: "Inbox",
    nothing_is_sent: "Nothing is really sent: these messages reach no phone.",
    no_messages: "No messages yet",
    send_the_first: "Point your client at the sandbox, or send the first message from a terminal:",
    then_reload: "Then reload this page.",
    code: "Code",
    open_link: "Open the payment page",
    expires: "valid until",
    expired: "expired at",
    sandbox_time: "Sandbox time",
    other_language: "Türkçe",
    other_language_tag: "tr",
};

const TURKISH: Words = Words {
    inbox: "Gelen kutusu",
    nothing_is_sent: "Gerçekte hiçbir şey gönderilmez: bu mesajlar hiçbir telefona ulaşmaz.",
    no_messages: "Henüz mesaj yok",
    send_the_first: "İstemcinizi deneme ortamına yönlendirin ya da ilk mesajı terminalden gönderin:",
    then_reload: "Ardından bu sayfayı yenileyin.",
    code: "Kod",
    open_link: "Ödeme sayfasını aç",
    expires: "son geçerlilik",
    expired: "süresi doldu:",
    sandbox_time: "Deneme ortamı saati",
    other_language: "English",
    other_language_tag: "en",
};

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
    fn the_query_goes_before_the_browser() {
        assert_eq!(wanted(Some("tr"), "en-GB,en;q=0.9"), Language::Turkish);
        assert_eq!(wanted(Some("en"), "tr-TR,tr;q=0.9"), Language::English);
        assert_eq!(wanted(Some("<b>"), "de, tr;q=0.9"), Language::Turkish);
        assert_eq!(wanted(None, "de"), Language::English);
        assert_eq!(Language::wanted(None, &HeaderMap::new()), Language::English);
    }
}
