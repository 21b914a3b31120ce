//! The reasons that PayTR gives: the one place where one is named, read and explained.

use onay_core::{Bilingual, ErrorKind, Explanation};

/// A reason of PayTR that is known: what it means, what to do about it, and how it is read.
///
/// The Link API has no codes, only sentences, and almost none of them is documented. A reason that
/// is not here is kept, masked, in [`Error::message`](onay_core::Error::message) and read as
/// [`Refused`](ErrorKind::Refused).
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
}

impl Reason {
    /// Every known reason.
    pub const ALL: &'static [Self] = TABLE;

    /// The known reason that a sentence of PayTR gives.
    pub fn find(sentence: &str) -> Option<&'static Self> {
        let sentence = sentence.to_lowercase();
        TABLE
            .iter()
            .find(|row| sentence.contains(&row.mark.to_lowercase()))
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

    /// How a sentence is read.
    pub(crate) fn read(sentence: Option<&str>) -> ErrorKind {
        let row = sentence.and_then(Self::find);
        row.map_or(ErrorKind::Refused, Self::kind)
    }
}

#[rustfmt::skip]
const TABLE: &[Reason] = &[
    // The only sign by which wrong credentials can be told.
    Reason {
        mark: "paytr_token",
        kind: ErrorKind::Credentials,
        explanation: Explanation::new(
            Bilingual::new("İmza (paytr_token) gönderilmemiş ya da geçersiz.", "The signature (paytr_token) is missing or not valid."),
            Bilingual::new("Anahtar ve tuzu (merchant_key, merchant_salt) kontrol edin; `explain_token` hatayı gösterir.", "Check merchant_key and merchant_salt; `explain_token` names the mistake."),
        ),
    },
    Reason {
        mark: "Geçersiz id",
        kind: ErrorKind::Refused,
        explanation: Explanation::new(
            Bilingual::new("Bu id ile bir link yok.", "There is no link of this id."),
            Bilingual::new("Linki oluştururken gelen id'yi, büyük küçük harfine dokunmadan kullanın.", "Use the id that create answered, with its upper and lower case."),
        ),
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_reason_that_names_the_token_is_about_credentials() {
        for (sentence, kind) in [
            (
                Some("paytr_token gonderilmedi veya gecersiz"),
                ErrorKind::Credentials,
            ),
            (Some("PAYTR_TOKEN geçersiz"), ErrorKind::Credentials),
            (Some("İşlem başarısız. Geçersiz id."), ErrorKind::Refused),
            (
                Some("Bu servis mağazanız için tanımlı değil"),
                ErrorKind::Refused,
            ),
            (Some(""), ErrorKind::Refused),
            (None, ErrorKind::Refused),
        ] {
            assert_eq!(Reason::read(sentence), kind, "{sentence:?}");
        }
    }

    #[test]
    fn every_row_is_found_by_its_mark() {
        for row in TABLE {
            assert_eq!(Reason::find(row.mark), Some(row));
        }
    }
}
