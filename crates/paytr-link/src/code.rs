//! The sentences by which PayTR refuses: the one table that names, reads and explains them.

use onay_core::{Bilingual, CodeRow, CodeTable, ErrorKind, Grade, Meaning, Reason};

/// The known reasons of PayTR. The Link API has no codes, only sentences; the codes of this table are
/// our names for them. A sentence that is not here is kept in
/// [`Error::provider_text`](onay_core::Error::provider_text) and read as
/// [`Refused`](ErrorKind::Refused); [`find_reason`] finds the row of one that is.
///
/// ```
/// let row = onay_paytr_link::CODES.find("paytr_token").unwrap();
/// assert_eq!(row.name(), "signature not accepted");
/// ```
pub static CODES: CodeTable = CodeTable::new(&ROWS);

/// The row of [`CODES`] that a sentence of PayTR belongs to, in upper or lower case, with Turkish
/// letters or without them.
///
/// ```
/// let row = onay_paytr_link::find_reason("paytr_token gonderilmedi veya gecersiz").unwrap();
/// assert_eq!(row.code(), "paytr_token");
/// ```
pub fn find_reason(sentence: &str) -> Option<&'static CodeRow> {
    let sentence = plain(sentence);
    let (_, code) = MARKS.iter().find(|(mark, _)| sentence.contains(mark))?;
    CODES.find(code)
}

/// The field that a sentence of the documented form names:
/// `Zorunlu alan degeri gecersiz veya gonderilmedi (Link API - create): price`.
pub(crate) fn named_field(sentence: &str) -> Option<&'static str> {
    let sentence = plain(sentence);
    let (_, field) = sentence.split_once(REQUIRED)?.1.split_once("):")?;
    let field = field.trim().trim_end_matches('.');
    FIELDS.into_iter().find(|known| *known == field)
}

/// Beside the name of a field.
pub(crate) const NOT_TAKEN: Reason = Reason::new(
    "paytr_field_not_taken",
    "is missing or not valid, says PayTR",
    "eksik ya da geçersiz, PayTR'ye göre",
);

/// How the documented sentence about a field begins.
const REQUIRED: &str = "zorunlu alan degeri gecersiz veya gonderilmedi";

/// What tells a sentence, in the letters of [`plain`], and the row that it belongs to. The first counts.
const MARKS: [(&str, &str); 6] = [
    // The only sign by which wrong credentials can be told.
    ("paytr_token", "paytr_token"),
    (REQUIRED, "required_field"),
    ("gecersiz id", "invalid_id"),
    ("zaman asimi", "timeout"),
    ("timeout", "timeout"),
    ("sunucu hatasi", "server_error"),
];

/// The fields that a sentence can name: those that are posted.
const FIELDS: [&str; 18] = [
    "merchant_id",
    "name",
    "price",
    "currency",
    "max_installment",
    "link_type",
    "lang",
    "min_count",
    "max_count",
    "email",
    "expiry_date",
    "callback_link",
    "callback_id",
    "debug_on",
    "get_qr",
    "id",
    "cell_phone",
    "paytr_token",
];

#[rustfmt::skip]
static ROWS: [CodeRow; 5] = [
    CodeRow::new("paytr_token", "signature not accepted", Meaning::No(ErrorKind::Credentials))
        .with_explanation(Bilingual::new("The signature (paytr_token) is missing or not valid.", "İmza (paytr_token) gönderilmemiş ya da geçersiz."))
        .with_advice(Bilingual::new("Check merchant_id, merchant_key and merchant_salt; `onay token explain` names the mistake.", "Mağaza numarasını (merchant_id), anahtarı (merchant_key) ve salt (merchant_salt) değerini kontrol edin; `onay token explain` hatayı gösterir."))
        .with_grade(Grade::Assumed),
    CodeRow::new("required_field", "field missing or not valid", Meaning::No(ErrorKind::Refused))
        .with_explanation(Bilingual::new("A field that PayTR wants is missing or not valid.", "PayTR'nin istediği bir alan eksik ya da geçersiz."))
        .with_advice(Bilingual::new("Correct the field that the error names.", "Hatanın adını verdiği alanı düzeltin.")),
    CodeRow::new("invalid_id", "no such link", Meaning::No(ErrorKind::Refused))
        .with_explanation(Bilingual::new("There is no link of this id.", "Bu id ile bir bağlantı yok."))
        .with_advice(Bilingual::new("Use the id that create answered, with its upper and lower case.", "Bağlantıyı oluştururken gelen id'yi, büyük küçük harfine dokunmadan kullanın.")),
    CodeRow::new("timeout", "timeout at PayTR", Meaning::No(ErrorKind::Upstream))
        .with_explanation(Bilingual::new("Time ran out at PayTR.", "PayTR tarafında zaman aşımı."))
        .with_advice(MAYBE_SENT)
        .with_grade(Grade::Assumed),
    CodeRow::new("server_error", "server error at PayTR", Meaning::No(ErrorKind::Upstream))
        .with_explanation(Bilingual::new("An error in PayTR's server.", "PayTR sunucusunda hata."))
        .with_advice(MAYBE_SENT)
        .with_grade(Grade::Assumed),
];

const MAYBE_SENT: Bilingual = Bilingual::new(
    "A message may have gone out; ask the customer before you send another.",
    "Mesaj gitmiş olabilir; yenisini göndermeden önce müşteriye gelip gelmediğini sorun.",
);

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_read_in_every_spelling() {
        for (sentence, code) in [
            ("paytr_token gonderilmedi veya gecersiz", "paytr_token"),
            ("PAYTR_TOKEN geçersiz", "paytr_token"),
            ("İşlem başarısız. Geçersiz id.", "invalid_id"),
            ("SMS servisi zaman aşımı", "timeout"),
            ("SMS servisi zaman asimi", "timeout"),
            ("ZAMAN AŞIMI", "timeout"),
            ("zaman as\u{327}ımı", "timeout"),
            ("Operation Timeout.", "timeout"),
            ("Sunucu hatası, lütfen tekrar deneyin", "server_error"),
            ("SUNUCU HATASI", "server_error"),
        ] {
            let row = find_reason(sentence).expect(sentence);
            assert_eq!(row.code(), code, "{sentence}");
        }
        for sentence in ["", "Bu servis mağazanız için tanımlı değil"] {
            assert_eq!(find_reason(sentence), None, "{sentence}");
        }
    }

    #[test]
    #[rustfmt::skip]
    fn the_documented_form_names_its_field() {
        const PLAIN: &str = "Zorunlu alan degeri gecersiz veya gonderilmedi";
        const TURKISH: &str = "Zorunlu alan değeri geçersiz veya gönderilmedi";
        for (sentence, code, field) in [
            (format!("{PLAIN} (Link API - create): price"), "required_field", Some("price")),
            (format!("{TURKISH} (Link API - delete): id."), "required_field", Some("id")),
            (format!("{PLAIN} (Link API - create): paytr_token"), "paytr_token", Some("paytr_token")),
            (format!("{PLAIN} (Link API - create): 05551234567"), "required_field", None),
            (PLAIN.to_owned(), "required_field", None),
        ] {
            let sentence = sentence.as_str();
            assert_eq!(find_reason(sentence).map(CodeRow::code), Some(code));
            assert_eq!(named_field(sentence), field, "{sentence}");
        }
        assert_eq!(named_field("price: gecersiz"), None);
    }

    #[test]
    fn every_row_has_a_mark_and_texts_in_both_languages() {
        for row in CODES.rows() {
            assert!(MARKS.iter().any(|(_, code)| *code == row.code()));
            for text in [row.explanation(), row.advice()] {
                assert!(!text.english().is_empty() && !text.turkish().is_empty());
            }
        }
        assert!(MARKS.iter().all(|(mark, _)| plain(mark) == *mark));
    }
}
