//! {{Title}}'s return codes: the one place where a code is named, read and explained.

use onay_core::{Bilingual, ErrorKind, Explanation};

use self::Reading::{No, Yes};

/// A return code of {{Title}}: what it means, what to do about it, and how it is read.
///
/// The set is open: a code that is not here is kept verbatim and read as
/// [`Refused`](ErrorKind::Refused).
///
/// ```
/// use onay_{{module}}::ReturnCode;
///
/// for code in ReturnCode::ALL {
///     assert_eq!(ReturnCode::find(code.code()), Some(code));
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReturnCode {
    code: &'static str,
    reading: Reading,
    explanation: Explanation,
}

impl ReturnCode {
    /// Every known code.
    pub const ALL: &'static [Self] = TABLE;

    /// The row of a code, by its exact text.
    pub fn find(code: &str) -> Option<&'static Self> {
        TABLE.iter().find(|row| row.code == code)
    }

    /// The code as it stands in the answer.
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// What it means as an error; `None` is a yes.
    pub const fn kind(&self) -> Option<ErrorKind> {
        match self.reading {
            Yes => None,
            No(kind) => Some(kind),
        }
    }

    /// What it means and what to do about it, in Turkish and in English.
    pub const fn explanation(&self) -> &Explanation {
        &self.explanation
    }

    /// How a code is read.
    pub(crate) fn read(code: &str) -> Reading {
        Self::find(code).map_or(No(ErrorKind::Refused), |row| row.reading)
    }
}

/// A code says yes, or no in some way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    Yes,
    No(ErrorKind),
}

const fn row(
    code: &'static str,
    reading: Reading,
    meaning: Bilingual,
    advice: Bilingual,
) -> ReturnCode {
    ReturnCode {
        code,
        reading,
        explanation: Explanation::new(meaning, advice),
    }
}

/// A row per code: add what is documented, and delete what is not. The sentences below stand where a code belongs, and
/// no answer holds them.
#[rustfmt::skip]
const TABLE: &[ReturnCode] = &[
    row("not written yet: the code of a yes", Yes,
        Bilingual::new("İşlem başarılı.", "Done."),
        Bilingual::new("Yapılacak bir şey yok.", "Nothing to do.")),
    row("not written yet: the code of a wrong key", No(ErrorKind::Credentials),
        Bilingual::new("Anahtar geçersiz.", "The key is not valid."),
        Bilingual::new("Anahtarı ve ortamı kontrol edin.", "Check the key and the environment.")),
    row("not written yet: the code of a message asked for too soon", No(ErrorKind::TooSoon),
        Bilingual::new("Önceki kod hâlâ geçerli.", "The code before still works."),
        Bilingual::new("Süresi dolmadan yenisini göndermeyin.", "Do not send another before it expires.")),
    row("not written yet: the code of a wrong code", No(ErrorKind::WrongCode),
        Bilingual::new("Kod yanlış.", "The code is wrong."),
        Bilingual::new("Müşteriden kodu yeniden girmesini isteyin.", "Ask the customer to type it again.")),
    row("not written yet: the code of an expired code", No(ErrorKind::Expired),
        Bilingual::new("Kodun süresi dolmuş.", "The code has expired."),
        Bilingual::new("Yeni kod gönderin.", "Send a new one.")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_one_row() {
        for row in TABLE {
            let same = TABLE.iter().filter(|other| other.code == row.code);
            assert_eq!(same.count(), 1, "{}", row.code);
        }
    }

    #[test]
    fn an_unknown_code_is_a_no() {
        assert_eq!(ReturnCode::read("no such code"), No(ErrorKind::Refused));
    }
}
