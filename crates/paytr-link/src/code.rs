//! The reasons that PayTR gives: the one place where one is named, read and explained.

use onay_core::{Bilingual, ErrorKind, Explanation};

/// A reason of PayTR that is known: what it means, what to do about it, and how it is read.
///
/// The Link API has no codes, only sentences, and almost none of them is documented. A reason that
/// is not here is kept, masked, in [`Error::message`](onay_core::Error::message) and read as
/// [`Refused`](ErrorKind::Refused). All but one are read as we assume
/// ([`is_assumed`](Self::is_assumed)).
///
/// ```
/// use onay_core::ErrorKind;
/// use onay_paytr_link::Reason;
///
/// let reason = Reason::find("paytr_token gonderilmedi veya gecersiz").unwrap();
/// assert_eq!(reason.kind(), ErrorKind::Credentials);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reason {
    mark: &'static str,
    kind: ErrorKind,
    explanation: Explanation,
    assumed: bool,
}

impl Reason {
    /// Every known reason.
    pub const ALL: &'static [Self] = TABLE;

    /// The known reason that a sentence of PayTR gives, in upper or lower case, with Turkish letters
    /// or without them.
    pub fn find(sentence: &str) -> Option<&'static Self> {
        let sentence = plain(sentence);
        TABLE.iter().find(|row| sentence.contains(&plain(row.mark)))
    }

    /// The words by which it is told.
    pub const fn mark(&self) -> &'static str {
        self.mark
    }

    /// How it is read.
    pub const fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// What it means and what to do about it, in Turkish and in English.
    pub const fn explanation(&self) -> &Explanation {
        &self.explanation
    }

    /// Whether the reading is ours, because nobody documents one for this call.
    pub const fn is_assumed(&self) -> bool {
        self.assumed
    }

    /// How an answer with these sentences is read: by the first that is known.
    pub(crate) fn read(sentences: &[&str]) -> ErrorKind {
        let row = sentences.iter().find_map(|sentence| Self::find(sentence));
        row.map_or(ErrorKind::Refused, Self::kind)
    }
}

/// In lower case and without what Turkish puts on its letters, composed or not: PayTR writes both
/// `geçersiz` and `gecersiz`.
fn plain(sentence: &str) -> String {
    let letters = sentence.chars().filter(|c| !is_mark(*c)).map(|c| match c {
        'ı' | 'İ' | 'I' => 'i',
        'ş' | 'Ş' => 's',
        'ç' | 'Ç' => 'c',
        'ğ' | 'Ğ' => 'g',
        'ö' | 'Ö' => 'o',
        'ü' | 'Ü' => 'u',
        c => c,
    });
    letters.flat_map(char::to_lowercase).collect()
}

/// A dot, a cedilla, a breve that stands behind its letter.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

#[rustfmt::skip]
const TABLE: &[Reason] = &[
    // The only sign by which wrong credentials can be told.
    Reason {
        mark: "paytr_token",
        kind: ErrorKind::Credentials,
        explanation: Explanation::new(
            Bilingual::new("İmza (paytr_token) gönderilmemiş ya da geçersiz.", "The signature (paytr_token) is missing or not valid."),
            Bilingual::new("Anahtarı (merchant_key) ve salt (merchant_salt) değerini kontrol edin; `explain_token` hatayı gösterir.", "Check merchant_key and merchant_salt; `explain_token` names the mistake."),
        ),
        assumed: true,
    },
    Reason {
        mark: "Geçersiz id",
        kind: ErrorKind::Refused,
        explanation: Explanation::new(
            Bilingual::new("Bu id ile bir link yok.", "There is no link of this id."),
            Bilingual::new("Linki oluştururken gelen id'yi, büyük küçük harfine dokunmadan kullanın.", "Use the id that create answered, with its upper and lower case."),
        ),
        assumed: false,
    },
    trouble("zaman aşımı", Bilingual::new("PayTR tarafında zaman aşımı.", "Time ran out at PayTR.")),
    trouble("timeout", Bilingual::new("PayTR tarafında zaman aşımı.", "Time ran out at PayTR.")),
    trouble("sunucu hatası", Bilingual::new("PayTR sunucusunda hata.", "An error in PayTR's server.")),
];

/// Trouble at PayTR: a message may have gone out. No such sentence is documented.
const fn trouble(mark: &'static str, meaning: Bilingual) -> Reason {
    Reason {
        mark,
        kind: ErrorKind::Upstream,
        explanation: Explanation::new(
            meaning,
            Bilingual::new(
                "Mesaj gitmiş olabilir; yenisini göndermeden önce müşteriye gelip gelmediğini sorun.",
                "A message may have gone out; ask the customer before you send another.",
            ),
        ),
        assumed: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(sentence: &str) -> ErrorKind {
        Reason::read(&[sentence])
    }

    #[test]
    fn only_a_reason_that_names_the_token_is_about_credentials() {
        for (sentence, kind) in [
            (
                "paytr_token gonderilmedi veya gecersiz",
                ErrorKind::Credentials,
            ),
            ("PAYTR_TOKEN geçersiz", ErrorKind::Credentials),
            ("İşlem başarısız. Geçersiz id.", ErrorKind::Refused),
            ("Bu servis mağazanız için tanımlı değil", ErrorKind::Refused),
            ("", ErrorKind::Refused),
        ] {
            assert_eq!(read(sentence), kind, "{sentence:?}");
        }
        assert_eq!(Reason::read(&[]), ErrorKind::Refused);
    }

    #[test]
    fn a_timeout_or_a_server_error_may_have_sent_in_every_spelling() {
        for sentence in [
            "SMS servisi zaman aşımı",
            "SMS servisi zaman asimi",
            "ZAMAN AŞIMI",
            "Zaman Asimina ugradi",
            "zaman as\u{327}ımı",
            "timeout",
            "Operation Timeout.",
            "Sunucu hatası, lütfen tekrar deneyin",
            "Sunucu hatasi, lutfen tekrar deneyin",
            "SUNUCU HATASI",
        ] {
            assert_eq!(read(sentence), ErrorKind::Upstream, "{sentence}");
            let row = Reason::find(sentence).expect(sentence);
            assert!(row.is_assumed(), "{sentence}");
        }
        assert_eq!(
            Reason::read(&["olmadı", "zaman aşımı"]),
            ErrorKind::Upstream
        );
    }

    #[test]
    fn only_what_paytr_documents_is_not_assumed() {
        let documented = TABLE.iter().filter(|row| !row.is_assumed());
        let marks: Vec<&str> = documented.map(Reason::mark).collect();
        assert_eq!(marks, ["Geçersiz id"]);
    }

    #[test]
    fn every_row_is_found_by_its_mark() {
        for row in TABLE {
            assert_eq!(Reason::find(row.mark), Some(row));
        }
    }
}
