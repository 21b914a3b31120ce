//! The codes of a provider, and the one table type that explains them.

use std::fmt::{self, Write};

use crate::{Bilingual, ErrorKind, Language, Operation, ProviderText};

/// How well a fact about a provider is known.
///
/// ```
/// assert_ne!(onay_core::Grade::Documented, onay_core::Grade::Assumed);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Grade {
    /// The provider's documentation says so.
    Documented,
    /// The provider's own sample code shows it.
    Official,
    /// Other people's clients show it.
    Community,
    /// Nothing says so: a guess, marked as one.
    Assumed,
}

/// What a code means.
///
/// ```
/// use onay_core::{ErrorKind, Meaning};
///
/// assert_ne!(Meaning::Yes, Meaning::No(ErrorKind::Refused));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Meaning {
    /// The provider did what it was asked.
    Yes,
    /// It did not.
    No(ErrorKind),
}

/// One code of a provider: what it means, and what to do about it.
///
/// `Debug` shows the code and its name alone.
///
/// ```
/// use onay_core::{Bilingual, CodeRow, ErrorKind, Meaning, Operation};
///
/// const UNAUTHORIZED: CodeRow =
///     CodeRow::new("7", "unauthorized", Meaning::No(ErrorKind::Credentials))
///         .with_explanation(Bilingual::new("Not authorised.", "Yetki yok."))
///         .with_advice(Bilingual::new("Check the key.", "Anahtarı kontrol edin."));
///
/// assert_eq!(UNAUTHORIZED.meaning(Operation::SEND_OTP), Meaning::No(ErrorKind::Credentials));
/// assert_eq!(UNAUTHORIZED.advice().english(), "Check the key.");
/// assert_eq!(format!("{UNAUTHORIZED:?}"), "CodeRow(7 unauthorized)");
/// ```
#[derive(Clone, Copy, PartialEq)]
pub struct CodeRow {
    code: &'static str,
    name: &'static str,
    meaning: Meaning,
    by_operation: &'static [(Operation, Meaning)],
    explanation: Bilingual,
    advice: Bilingual,
    grade: Grade,
    is_certain: bool,
}

impl CodeRow {
    /// A documented code, its name in `snake_case`, and what it means in every operation.
    pub const fn new(code: &'static str, name: &'static str, meaning: Meaning) -> Self {
        Self {
            code,
            name,
            meaning,
            by_operation: &[],
            explanation: Bilingual::new("", ""),
            advice: Bilingual::new("", ""),
            grade: Grade::Documented,
            is_certain: false,
        }
    }

    /// Says what it means in some operations.
    #[must_use]
    pub const fn in_operation(mut self, meanings: &'static [(Operation, Meaning)]) -> Self {
        self.by_operation = meanings;
        self
    }

    /// Says in a sentence what it means.
    #[must_use]
    pub const fn with_explanation(mut self, explanation: Bilingual) -> Self {
        self.explanation = explanation;
        self
    }

    /// Says in a sentence what to do about it.
    #[must_use]
    pub const fn with_advice(mut self, advice: Bilingual) -> Self {
        self.advice = advice;
        self
    }

    /// Says how well it is known.
    #[must_use]
    pub const fn with_grade(mut self, grade: Grade) -> Self {
        self.grade = grade;
        self
    }

    /// Says that it is specific enough to outrank the HTTP status.
    #[must_use]
    pub const fn certain(mut self) -> Self {
        self.is_certain = true;
        self
    }

    /// The code as the provider writes it.
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// The code's name in `snake_case`.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// What it means in this operation.
    pub fn meaning(&self, operation: Operation) -> Meaning {
        let mut special = self.by_operation.iter();
        special
            .find(|(named, _)| *named == operation)
            .map_or(self.meaning, |(_, meaning)| *meaning)
    }

    /// What it means, in a sentence.
    pub const fn explanation(&self) -> Bilingual {
        self.explanation
    }

    /// What to do about it, in a sentence.
    pub const fn advice(&self) -> Bilingual {
        self.advice
    }

    /// How well it is known.
    pub const fn grade(&self) -> Grade {
        self.grade
    }

    /// Whether nothing but a guess stands behind it.
    pub fn is_assumed(&self) -> bool {
        self.grade == Grade::Assumed
    }

    /// Whether it is specific enough to outrank the HTTP status.
    pub const fn is_certain(&self) -> bool {
        self.is_certain
    }
}

impl Eq for CodeRow {}

impl fmt::Debug for CodeRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CodeRow({} {})", self.code, self.name)
    }
}

/// Every code that a provider is known to use.
///
/// ```
/// use onay_core::{CodeRow, CodeTable, ErrorKind, Meaning};
///
/// static CODES: CodeTable = CodeTable::new(&[
///     CodeRow::new("0", "successful", Meaning::Yes),
///     CodeRow::new("7", "unauthorized", Meaning::No(ErrorKind::Credentials)),
/// ]);
///
/// assert_eq!(CODES.code("7").to_string(), "7 unauthorized");
/// assert_eq!(CODES.code("777").to_string(), "777 unknown");
/// assert_eq!(CODES.code("5406 6700").to_string(), "unknown code (9 characters)");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct CodeTable {
    rows: &'static [CodeRow],
}

impl CodeTable {
    /// Takes the rows; each code is there once.
    pub const fn new(rows: &'static [CodeRow]) -> Self {
        Self { rows }
    }

    /// Every row, in the provider's order.
    pub const fn rows(&self) -> &'static [CodeRow] {
        self.rows
    }

    /// The row of exactly this code.
    pub fn find(&self, code: &str) -> Option<&'static CodeRow> {
        self.rows.iter().find(|row| row.code == code)
    }

    /// What a response named: a known code, or text of the provider's.
    pub fn code(&self, text: &str) -> ProviderCode {
        match self.find(text) {
            Some(row) => ProviderCode::Known(row),
            None => ProviderCode::Unknown(ProviderText::new(text)),
        }
    }
}

/// The code that a provider answered with.
///
/// `Display` prints a known code with its name, and an unknown one only while it has at most three
/// ASCII digits: no OTP, card or phone number is that short.
///
/// ```
/// use onay_core::{ProviderCode, ProviderText};
///
/// let code = ProviderCode::Unknown(ProviderText::new("5550000042"));
/// assert_eq!(code.to_string(), "unknown code (10 characters)");
/// assert_eq!(code.printable(), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ProviderCode {
    /// A code of the provider's table.
    Known(&'static CodeRow),
    /// Something else.
    Unknown(ProviderText),
}

impl ProviderCode {
    /// The code where it can be printed: a known one, or one of at most three ASCII digits.
    #[expect(
        clippy::disallowed_methods,
        reason = "three digits are neither an OTP nor a card or phone number"
    )]
    pub fn printable(&self) -> Option<&str> {
        match self {
            Self::Known(row) => Some(row.code),
            Self::Unknown(text) => {
                let digits = text.expose();
                let is_short = (1..=3).contains(&digits.len());
                (is_short && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
            }
        }
    }

    /// The table's row, where the code is known.
    pub fn row(&self) -> Option<&'static CodeRow> {
        match self {
            Self::Known(row) => Some(row),
            Self::Unknown(_) => None,
        }
    }

    /// As an error names it: `code 5 too_soon`, `unknown code 777`, `unknown code (4 characters)`.
    pub(crate) fn write(&self, language: Language, out: &mut dyn Write) -> fmt::Result {
        let (code, unknown, characters) = match language {
            Language::English => ("code", "unknown code", "characters"),
            Language::Turkish => ("kod", "bilinmeyen kod", "karakter"),
        };
        match (self, self.printable()) {
            (Self::Known(row), _) => write!(out, "{code} {} {}", row.code, row.name),
            (Self::Unknown(_), Some(digits)) => write!(out, "{unknown} {digits}"),
            (Self::Unknown(text), None) => {
                write!(out, "{unknown} ({} {characters})", text.characters())
            }
        }
    }

    /// Whether it is this known code.
    pub fn is(&self, code: &str) -> bool {
        self.row().is_some_and(|row| row.code == code)
    }
}

impl fmt::Display for ProviderCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self, self.printable()) {
            (Self::Known(row), _) => write!(f, "{} {}", row.code, row.name),
            (Self::Unknown(_), Some(digits)) => write!(f, "{digits} unknown"),
            (Self::Unknown(_), None) => self.write(Language::English, f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static CODES: CodeTable = CodeTable::new(&[
        CodeRow::new("0", "successful", Meaning::Yes),
        CodeRow::new("100", "repeated", Meaning::Yes)
            .in_operation(&[(Operation::VERIFY_OTP, Meaning::No(ErrorKind::Expired))])
            .with_explanation(Bilingual::new("It was done before.", "Daha önce yapıldı."))
            .with_advice(Bilingual::new("Begin anew.", "Yeniden başlayın."))
            .with_grade(Grade::Assumed)
            .certain(),
    ]);

    #[test]
    fn a_code_is_found_as_it_is_written_and_no_other() {
        for text in ["", " 0", "00", "0\0", "０", "zero"] {
            assert!(CODES.find(text).is_none(), "{text:?}");
        }
        let row = CODES.find("100").expect("a row");
        assert_eq!(row.meaning(Operation::SEND_OTP), Meaning::Yes);
        let expired = Meaning::No(ErrorKind::Expired);
        assert_eq!(row.meaning(Operation::VERIFY_OTP), expired);
        assert!(row.is_assumed() && row.is_certain());
        assert_eq!(row.explanation().turkish(), "Daha önce yapıldı.");
        assert_eq!(row.advice().english(), "Begin anew.");
        assert_eq!((row.code(), row.name()), ("100", "repeated"));
        assert_eq!(format!("{row:?}"), "CodeRow(100 repeated)");
        let row = CODES.rows().first().expect("a row");
        assert!(!row.is_assumed() && !row.is_certain());
    }

    #[test]
    fn only_what_can_be_no_number_is_printed() {
        for (text, printed, printable) in [
            ("0", "0 successful", Some("0")),
            ("777", "777 unknown", Some("777")),
            ("00", "00 unknown", Some("00")),
            ("7777", "unknown code (4 characters)", None),
            ("", "unknown code (0 characters)", None),
            ("ali", "unknown code (3 characters)", None),
            ("١٢", "unknown code (2 characters)", None),
            ("-1", "unknown code (2 characters)", None),
        ] {
            let code = CODES.code(text);
            assert_eq!(code.to_string(), printed);
            assert_eq!(code.printable(), printable);
            assert_eq!(code.is(text), code.row().is_some());
        }
    }
}
