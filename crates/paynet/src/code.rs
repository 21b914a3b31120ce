//! Paynet's return codes: what each means, what to do about it, and how it is read.

use onay_core::Meaning::{self, No, Yes};
use onay_core::{Bilingual, CodeRow, CodeTable, ErrorKind, Grade, Operation};

/// Paynet's return codes.
///
/// The names of 0 to 21 and 100 are documented, the others were seen in Paynet's own code. No code
/// is documented for OTPs in particular, so how 1, 5, 6, 12 and 100 are read is assumed. The set is
/// open: an unknown code is read as [`Refused`](ErrorKind::Refused).
///
/// ```
/// use onay_core::{ErrorKind, Meaning, Operation};
/// use onay_paynet::CODES;
///
/// let code = CODES.find("7").unwrap();
/// assert_eq!(code.name(), "unauthorized");
/// assert_eq!(code.meaning(Operation::SEND_OTP), Meaning::No(ErrorKind::Credentials));
/// assert!(code.explanation().turkish().contains("yetki"));
/// assert!(CODES.find("4711").is_none());
/// ```
pub static CODES: CodeTable = CodeTable::new(ROWS);

const fn row(
    code: &'static str,
    name: &'static str,
    meaning: Meaning,
    explanation: Bilingual,
    advice: Bilingual,
) -> CodeRow {
    CodeRow::new(code, name, meaning)
        .with_explanation(explanation)
        .with_advice(advice)
}

const REFUSED: Meaning = No(ErrorKind::Refused);
const CREDENTIALS: Meaning = No(ErrorKind::Credentials);
const UPSTREAM: Meaning = No(ErrorKind::Upstream);

const NOTHING: Bilingual = Bilingual::new("Nothing to do.", "Yapılacak bir şey yok.");
const RETYPE: Bilingual = Bilingual::new(
    "When a code is checked: ask the customer to type it again. When one is sent: ask Paynet why.",
    "Kod kontrolünde: müşteriden kodu yeniden girmesini isteyin. Kod gönderirken: sebebini Paynet'e sorun.",
);
const WAIT: Bilingual = Bilingual::new(
    "When a code is sent: the customer has one that still works, do not send another before it expires. When one is checked: ask Paynet why.",
    "Kod gönderirken: müşteride geçerli bir kod var, süresi dolmadan yenisini göndermeyin. Kod kontrolünde: sebebini Paynet'e sorun.",
);
const START_OVER: Bilingual = Bilingual::new(
    "When a code is checked: send a new one with a new session id. When one is sent: ask Paynet why.",
    "Kod kontrolünde: yeni bir oturum numarasıyla yeni kod gönderin. Kod gönderirken: sebebini Paynet'e sorun.",
);
const MAYBE_SENT: Bilingual = Bilingual::new(
    "A message may have gone out; ask the customer for the code before you send another.",
    "Mesaj gitmiş olabilir; yenisini göndermeden önce müşteriye kodun gelip gelmediğini sorun.",
);
const CALL_PAYNET: Bilingual = Bilingual::new(
    "Talk to Paynet about your merchant account.",
    "Üye işyeri hesabınız için Paynet ile görüşün.",
);
const CHECK_KEY: Bilingual = Bilingual::new(
    "Check the secret key (sck_…), the environment, and that your server's static IP is registered with Paynet.",
    "Gizli anahtarı (sck_…), ortamı ve sunucunuzun Paynet'e bildirilmiş sabit IP adresini kontrol edin.",
);
const CHECK_REQUEST: Bilingual = Bilingual::new(
    "Check the fields that you send: ten digits from 5 on, a session and a code that are not empty.",
    "Gönderdiğiniz alanları kontrol edin: numara 5 ile başlayan 10 hane, oturum ve kod dolu olmalı.",
);
const NOT_OURS: Bilingual = Bilingual::new(
    "Not expected from an OTP call; keep the code and ask Paynet.",
    "OTP çağrılarında beklenmez; kodu saklayıp Paynet'e sorun.",
);

#[rustfmt::skip]
const ROWS: &[CodeRow] = &[
    row("0", "successful", Yes,
        Bilingual::new("Done.", "İşlem başarılı."), NOTHING),
    row("1", "unsuccessful", REFUSED,
        Bilingual::new("Not done; when a code is checked: the code is wrong.", "İşlem başarısız; kod kontrolünde: kod yanlış."), RETYPE)
        .in_operation(&[(Operation::VERIFY_OTP, No(ErrorKind::WrongCode))]).with_grade(Grade::Assumed),
    row("2", "company_blocked", CREDENTIALS,
        Bilingual::new("The company is blocked.", "Firma engellenmiş."), CALL_PAYNET),
    row("3", "agent_blocked", CREDENTIALS,
        Bilingual::new("The agent is blocked.", "Bayi engellenmiş."), CALL_PAYNET),
    row("4", "agent_not_found", CREDENTIALS,
        Bilingual::new("The agent is not known.", "Bayi bulunamadı."), CALL_PAYNET),
    row("5", "duplicate_data", REFUSED,
        Bilingual::new("Exists already; when a code is sent: the one before has not expired.", "Kayıt zaten var; kod gönderirken: önceki kodun süresi dolmamış."), WAIT)
        .in_operation(&[(Operation::SEND_OTP, No(ErrorKind::TooSoon))]).with_grade(Grade::Assumed),
    row("6", "no_process", REFUSED,
        Bilingual::new("Nothing was done; when a code is checked: too many wrong ones.", "İşlem yapılmadı; kod kontrolünde: çok fazla yanlış deneme."), START_OVER)
        .in_operation(&[(Operation::VERIFY_OTP, No(ErrorKind::LimitReached))]).with_grade(Grade::Assumed),
    row("7", "unauthorized", CREDENTIALS,
        Bilingual::new("Not authorised.", "Bu işlem için yetki yok."), CHECK_KEY),
    row("8", "server_error", UPSTREAM,
        Bilingual::new("An error in Paynet's server.", "Paynet sunucusunda hata."), MAYBE_SENT),
    row("9", "not_implemented", REFUSED,
        Bilingual::new("Not offered.", "Bu işlem desteklenmiyor."), CALL_PAYNET),
    row("10", "time_out", UPSTREAM,
        Bilingual::new("Time ran out at Paynet.", "Paynet tarafında zaman aşımı."), MAYBE_SENT),
    row("11", "bad_request", REFUSED,
        Bilingual::new("The request is wrong.", "İstek hatalı."), CHECK_REQUEST),
    row("12", "no_data", REFUSED,
        Bilingual::new("Nothing found; when a code is checked: expired, used, or no such session.", "Kayıt bulunamadı; kod kontrolünde: kodun süresi dolmuş, kod kullanılmış ya da böyle bir oturum yok."), START_OVER)
        .in_operation(&[(Operation::VERIFY_OTP, No(ErrorKind::Expired))]).with_grade(Grade::Assumed),
    row("13", "paynetj_no_session", REFUSED,
        Bilingual::new("No payment form session.", "Ödeme formu oturumu yok."), NOT_OURS),
    row("14", "paynetj_wrong_bin", REFUSED,
        Bilingual::new("The card's first digits do not match.", "Kartın ilk haneleri uyuşmuyor."), NOT_OURS),
    row("15", "paynetj_unmatch_tran", REFUSED,
        Bilingual::new("The transaction does not match the form session.", "İşlem, form oturumuyla eşleşmiyor."), NOT_OURS),
    row("16", "paynetj_3d_error", REFUSED,
        Bilingual::new("An error in 3-D Secure.", "3-D Secure hatası."), NOT_OURS),
    row("17", "paynetj_used_session", REFUSED,
        Bilingual::new("The form session was used before.", "Form oturumu daha önce kullanılmış."), NOT_OURS),
    row("18", "wrong_card_data", REFUSED,
        Bilingual::new("The card data is wrong.", "Kart bilgisi hatalı."), NOT_OURS),
    row("19", "wrong_transaction_type", REFUSED,
        Bilingual::new("The kind of transaction is wrong.", "İşlem türü hatalı."), NOT_OURS),
    row("20", "wrong_pos_type", REFUSED,
        Bilingual::new("The kind of POS is wrong.", "POS türü hatalı."), NOT_OURS),
    row("21", "wrong_ratio_get", REFUSED,
        Bilingual::new("The rates could not be read.", "Oran bilgisi alınamadı."), NOT_OURS),
    row("22", "paynetj_expire_date_error", REFUSED,
        Bilingual::new("The card's expiry date is wrong.", "Kartın son kullanma tarihi hatalı."), NOT_OURS)
        .with_grade(Grade::Official),
    row("23", "ratio_code_not_found", REFUSED,
        Bilingual::new("The rate code is not known.", "Oran kodu bulunamadı."), NOT_OURS)
        .with_grade(Grade::Official),
    row("24", "invoice_no_not_found", REFUSED,
        Bilingual::new("The invoice number is not known.", "Fatura numarası bulunamadı."), NOT_OURS)
        .with_grade(Grade::Official),
    row("25", "card_not_found", REFUSED,
        Bilingual::new("The card is not known.", "Kart bulunamadı."), NOT_OURS)
        .with_grade(Grade::Official),
    row("26", "card_key_undefined", REFUSED,
        Bilingual::new("The card key is not set.", "Kart anahtarı tanımsız."), NOT_OURS)
        .with_grade(Grade::Official),
    // "Had already succeeded" proves nothing about the code that was typed now.
    row("100", "old_successful", No(ErrorKind::Expired),
        Bilingual::new("It had already succeeded.", "İşlem daha önce başarıyla tamamlanmış."), START_OVER)
        .in_operation(&[(Operation::SEND_OTP, Yes)]).with_grade(Grade::Assumed),
    row("200", "subscription_on", REFUSED,
        Bilingual::new("The subscription is on.", "Abonelik açık."), NOT_OURS)
        .with_grade(Grade::Official),
    row("201", "subscription_off", REFUSED,
        Bilingual::new("The subscription is off.", "Abonelik kapalı."), NOT_OURS)
        .with_grade(Grade::Official),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_documented_successes_are_a_yes() {
        let yes = |operation| {
            let rows = CODES.rows().iter();
            rows.filter(|row| row.meaning(operation) == Yes)
                .map(CodeRow::code)
                .collect::<Vec<_>>()
        };
        assert_eq!(yes(Operation::SEND_OTP), ["0", "100"]);
        assert_eq!(yes(Operation::VERIFY_OTP), ["0"]);
    }

    #[test]
    fn every_row_is_whole_and_there_once() {
        for row in CODES.rows() {
            let code = row.code();
            assert_eq!(CODES.find(code), Some(row), "{code}");
            for text in [row.explanation(), row.advice()] {
                assert!(text.turkish().ends_with('.'), "{code}");
                assert!(text.english().ends_with('.'), "{code}");
            }
            assert!(!row.name().is_empty(), "{code}");
            let is_assumed = ["1", "5", "6", "12", "100"].contains(&code);
            assert_eq!(row.is_assumed(), is_assumed, "{code}");
        }
        let known = CODES.rows().iter().map(|row| row.code().parse());
        let known: Vec<u32> = known.map(|code| code.expect("a number")).collect();
        let page: Vec<u32> = (0..=26).chain([100, 200, 201]).collect();
        assert_eq!(known, page);
    }
}
