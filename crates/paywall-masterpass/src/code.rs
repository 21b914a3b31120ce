//! Masterpass's codes: what each means, what to do about it, and how it is read.

use onay_core::ErrorKind::{
    ActionRequired, Credentials, Expired, LimitReached, Refused, TooSoon, Upstream, WrongCode,
};
use onay_core::Meaning::{self, No, Yes};
use onay_core::{Bilingual, CodeRow, CodeTable, Grade, Operation, ProviderCode};

use crate::wire;

/// Masterpass's codes: a `ResponseCode` such as `5001` or an `Exception.Code` such as
/// `TOKEN_IS_NOT_VALID`.
///
/// The `ResponseCode`s 0000, 5001, 5008 and 5010 are the whole published list; the other numbers
/// were seen in public clients, the exception codes in the vendor's own code. About 250 of those
/// exist and the set is open: an unknown code is read as [`Refused`].
///
/// `5001` and `5008` are a yes to an operation that sends a code, and [`ActionRequired`] to one that
/// checks a code. The names are ours, Masterpass has none.
///
/// ```
/// use onay_core::{ErrorKind, Meaning, Operation};
/// use onay_paywall_masterpass::CODES;
///
/// let code = CODES.find("OTP_IS_NOT_VALID").unwrap();
/// assert_eq!(code.meaning(Operation::VERIFY_OTP), Meaning::No(ErrorKind::WrongCode));
/// assert!(code.explanation().english().contains("wrong"));
/// assert!(CODES.find("4711").is_none());
/// ```
pub static CODES: CodeTable = CodeTable::new(ROWS);

/// Done: sent without another code, or approved.
pub(crate) const DONE: &str = "0000";
/// The card's bank sends the code.
pub(crate) const SENT_BY_BANK: &str = "5001";
/// Masterpass sends the code.
pub(crate) const SENT_BY_MASTERPASS: &str = "5008";
/// 3-D Secure is wanted instead of a code.
pub(crate) const WANTS_3D: &str = "5010";
/// Comes first in the order of decisions, wherever it stands.
pub(crate) const TOKEN_USED: &str = "TOKEN_ALREADY_USED";

/// Whether a code says yes to some operation: done, or a code was sent.
pub(crate) fn is_yes(code: &ProviderCode) -> bool {
    [DONE, SENT_BY_BANK, SENT_BY_MASTERPASS]
        .iter()
        .any(|yes| code.is(yes))
}

const SENDING: &[(Operation, Meaning)] = &[(wire::LINK_ACCOUNT, Yes), (Operation::SEND_OTP, Yes)];

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

const NOTHING: Bilingual = Bilingual::new("Nothing to do.", "Yapılacak bir şey yok.");
const ASK_CODE: Bilingual = Bilingual::new(
    "Ask the customer for the code; use the new token in the next call.",
    "Müşteriden gelen kodu isteyin; sonraki çağrıda yeni token'ı kullanın.",
);
const RETYPE: Bilingual = Bilingual::new(
    "Ask the customer to type the code again; the token stays.",
    "Müşteriden kodu yeniden girmesini isteyin; token aynı kalır.",
);
const START_OVER: Bilingual = Bilingual::new(
    "This OTP is over; begin the step that asked for it again.",
    "Bu OTP bitti; kodu isteyen adımı baştan başlatın.",
);
const WAIT: Bilingual = Bilingual::new(
    "Wait a little before sending again; the token stays.",
    "Biraz bekleyip yeniden gönderin; token aynı kalır.",
);
const MAYBE_SENT: Bilingual = Bilingual::new(
    "A message may have gone out; ask the customer for the code before you send another.",
    "Mesaj gitmiş olabilir; yenisini göndermeden önce müşteriye kodun gelip gelmediğini sorun.",
);
const FIX_REQUEST: Bilingual = Bilingual::new(
    "Check the token, code and session that you send; use those of the latest answer.",
    "Gönderdiğiniz token, kod ve oturumu kontrol edin; en son yanıttaki değerleri kullanın.",
);
const OTHER_CARD: Bilingual = Bilingual::new(
    "Offer the customer another card or way to pay.",
    "Müşteriye başka bir kart ya da ödeme yolu önerin.",
);
const ACCOUNT: Bilingual = Bilingual::new(
    "Look at the customer's Masterpass account; link it again if need be.",
    "Müşterinin Masterpass hesabına bakın; gerekirse hesabı yeniden bağlayın.",
);
const KEYS: Bilingual = Bilingual::new(
    "Check the keys (apikeyprivate, apiclientprivate) and the environment; talk to Paywall if it goes on.",
    "Anahtarları (apikeyprivate, apiclientprivate) ve ortamı kontrol edin; sürerse Paywall ile görüşün.",
);
const OPEN_3D: Bilingual = Bilingual::new(
    "Send the customer to the page of 3-D Secure.",
    "Müşteriyi 3-D Secure sayfasına yönlendirin.",
);
const OTHER_STEP: Bilingual = Bilingual::new(
    "This check is not supported here; offer another card or way to pay.",
    "Bu doğrulama burada desteklenmiyor; başka bir kart ya da ödeme yolu önerin.",
);

#[rustfmt::skip]
const ROWS: &[CodeRow] = &[
    row(DONE, "done", Yes,
        Bilingual::new("Done.", "İşlem başarılı."), NOTHING),
    row(SENT_BY_BANK, "sent_by_bank", No(ActionRequired),
        Bilingual::new("The card's bank sends the code.", "Kodu kartın bankası gönderiyor."), ASK_CODE).in_operation(SENDING),
    row(SENT_BY_MASTERPASS, "sent_by_masterpass", No(ActionRequired),
        Bilingual::new("Masterpass sends the code.", "Kodu Masterpass gönderiyor."), ASK_CODE).in_operation(SENDING),
    row(WANTS_3D, "wants_3d", No(ActionRequired),
        Bilingual::new("3-D Secure is wanted instead of a code.", "Kod yerine 3-D Secure isteniyor."), OPEN_3D).certain(),
    row("1051", "no_card", No(Refused),
        Bilingual::new("There is no card on the account.", "Hesapta kart yok."), ACCOUNT).certain().with_grade(Grade::Community),
    row("1409", "wrong_code", No(WrongCode),
        Bilingual::new("The code is wrong.", "Kod yanlış."), RETYPE).certain().with_grade(Grade::Community),
    row("5002", "wants_mpin", No(Refused),
        Bilingual::new("The MPIN is wanted.", "MPIN isteniyor."), OTHER_STEP).certain().with_grade(Grade::Community),
    row("5007", "wants_device_code", No(Refused),
        Bilingual::new("A code for the device is wanted.", "Cihaz doğrulama kodu isteniyor."), OTHER_STEP).certain().with_grade(Grade::Community),
    row("5015", "wants_new_mpin", No(Refused),
        Bilingual::new("An MPIN has to be set first.", "MPIN tanımlanması isteniyor."), OTHER_STEP).certain().with_grade(Grade::Community),
    row("TOKEN_IS_REQUIRED", "no_token", No(Refused),
        Bilingual::new("The token is missing.", "Token gönderilmemiş."), FIX_REQUEST).certain().with_grade(Grade::Official),
    row("TOKEN_IS_NOT_VALID", "bad_token", No(Refused),
        Bilingual::new("The token is not valid.", "Token geçersiz."), FIX_REQUEST).certain().with_grade(Grade::Official),
    row("OTP_CODE_IS_REQUIRED", "no_code", No(Refused),
        Bilingual::new("The code is missing.", "Kod gönderilmemiş."), FIX_REQUEST).certain().with_grade(Grade::Official),
    row("OTP_CODE_MAX_LENGTH_EXCEEDED", "long_code", No(Refused),
        Bilingual::new("The code is too long.", "Kod çok uzun."), FIX_REQUEST).certain().with_grade(Grade::Official),
    row("VALIDATION_FAILED", "bad_request", No(Refused),
        Bilingual::new("The request is wrong.", "İstek hatalı."), FIX_REQUEST).certain().with_grade(Grade::Official),
    row("TOKEN_HAS_EXPIRED", "token_expired", No(Expired),
        Bilingual::new("The token has expired.", "Token'ın süresi dolmuş."), START_OVER).certain().with_grade(Grade::Official),
    row(TOKEN_USED, "token_used", No(Expired),
        Bilingual::new("The token was used before.", "Token daha önce kullanılmış."), START_OVER).certain().with_grade(Grade::Official),
    row("OTP_IS_NOT_VALID", "wrong_code", No(WrongCode),
        Bilingual::new("The code is wrong.", "Kod yanlış."), RETYPE).certain().with_grade(Grade::Official),
    row("ERROR_CALLED_OTP_SERVICE_ONE_MORE_TIME_BEFORE_TIMEOUT_EXPIRED", "too_soon", No(TooSoon),
        Bilingual::new("It is too early for another code.", "Yeni kod için henüz erken."), WAIT).certain().with_grade(Grade::Official),
    row("ERR_YOU_CAN_NOT_CALL_OTP_SERVICE_ONE_MORE_TIME", "resend_limit", No(LimitReached),
        Bilingual::new("The code cannot be sent again any more.", "Yeniden gönderme sınırına ulaşıldı."), START_OVER).certain().with_grade(Grade::Official),
    row("BANK_DOES_NOT_SUPPORT_OTP", "bank_without_otp", No(Refused),
        Bilingual::new("The bank does not support OTPs.", "Banka OTP desteklemiyor."), OTHER_CARD).certain().with_grade(Grade::Official),
    row("BANK_DOES_NOT_SUPPORT_OTP_VALIDATION", "bank_without_otp_check", No(Refused),
        Bilingual::new("The bank does not support checking OTPs.", "Banka OTP doğrulamasını desteklemiyor."), OTHER_CARD).certain().with_grade(Grade::Official),
    row("ACCOUNT_IS_BLOCKED", "account_blocked", No(Refused),
        Bilingual::new("The account is blocked.", "Hesap engelli."), ACCOUNT).certain().with_grade(Grade::Official),
    row("ACCOUNT_IS_REMOVED", "account_removed", No(Refused),
        Bilingual::new("The account was removed.", "Hesap silinmiş."), ACCOUNT).certain().with_grade(Grade::Official),
    row("ACCOUNT_IS_REMOVED_DUE_TO_OTP_FAILED_FOR_ALL_CARDS", "account_removed_after_otp", No(Refused),
        Bilingual::new("The account was removed because the OTP failed for all cards.", "Bütün kartlarda OTP başarısız olduğu için hesap silinmiş."), ACCOUNT).certain().with_grade(Grade::Official),
    row("ACCOUNT_NOT_FOUND", "no_account", No(Refused),
        Bilingual::new("The account is not known.", "Hesap bulunamadı."), ACCOUNT).certain().with_grade(Grade::Official),
    row("ACCOUNT_NOT_LINKED_TO_MERCHANT", "account_not_linked", No(Refused),
        Bilingual::new("The account is not linked to the merchant.", "Hesap üye işyerine bağlı değil."), ACCOUNT).certain().with_grade(Grade::Official),
    row("USER_NOT_FOUND", "no_user", No(Refused),
        Bilingual::new("The user is not known.", "Kullanıcı bulunamadı."), ACCOUNT).certain().with_grade(Grade::Official),
    row("CARD_NOT_FOUND", "no_such_card", No(Refused),
        Bilingual::new("The card is not known.", "Kart bulunamadı."), ACCOUNT).certain().with_grade(Grade::Official),
    row("MSISDN_HAS_BEEN_CHANGED", "phone_changed", No(Refused),
        Bilingual::new("The phone number has changed.", "Telefon numarası değişmiş."), ACCOUNT).certain().with_grade(Grade::Official),
    row("AUTHENTICATION_FAILED", "authentication_failed", No(Credentials),
        Bilingual::new("Authentication failed.", "Kimlik doğrulama başarısız."), KEYS).certain().with_grade(Grade::Official),
    row("CLIENT_IS_NOT_AUTHENTICATED", "client_not_authenticated", No(Credentials),
        Bilingual::new("The client is not authenticated.", "İstemcinin kimliği doğrulanmamış."), KEYS).certain().with_grade(Grade::Official),
    row("MERCHANT_NOT_FOUND", "no_merchant", No(Credentials),
        Bilingual::new("The merchant is not known.", "Üye işyeri bulunamadı."), KEYS).certain().with_grade(Grade::Official),
    row("MERCHANT_DOES_NOT_HAVE_ACCESS", "merchant_without_access", No(Credentials),
        Bilingual::new("The merchant has no access.", "Üye işyerinin yetkisi yok."), KEYS).certain().with_grade(Grade::Official),
    row("CONNECTION_ERROR", "connection_error", No(Upstream),
        Bilingual::new("A connection failed.", "Bağlantı hatası."), MAYBE_SENT).certain().with_grade(Grade::Official),
    row("VPOS_CONNECTION_ERROR", "vpos_connection_error", No(Upstream),
        Bilingual::new("The connection to the virtual POS failed.", "Sanal POS bağlantı hatası."), MAYBE_SENT).certain().with_grade(Grade::Official),
    row("VPOS_TIMEOUT_ERROR", "vpos_timeout", No(Upstream),
        Bilingual::new("Time ran out at the virtual POS.", "Sanal POS zaman aşımı."), MAYBE_SENT).certain().with_grade(Grade::Official),
    row("UNEXPECTED_ERROR", "unexpected_error", No(Upstream),
        Bilingual::new("An unexpected error.", "Beklenmeyen hata."), MAYBE_SENT).certain().with_grade(Grade::Official),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_sends_takes_more_than_one_code_for_a_yes() {
        let yes = |operation| {
            let rows = CODES.rows().iter();
            rows.filter(|row| row.meaning(operation) == Yes)
                .map(CodeRow::code)
                .collect::<Vec<_>>()
        };
        let sent = [DONE, SENT_BY_BANK, SENT_BY_MASTERPASS];
        assert_eq!(yes(Operation::SEND_OTP), sent);
        assert_eq!(yes(wire::LINK_ACCOUNT), sent);
        assert_eq!(yes(Operation::VERIFY_OTP), [DONE]);
        assert!(CODES.rows().iter().all(|row| {
            let code = CODES.code(row.code());
            is_yes(&code) == sent.contains(&row.code()) && row.is_certain() != is_yes(&code)
        }));
    }

    /// A shop that shows a field for a code after `ActionRequired` must not show it for an MPIN.
    #[test]
    fn only_what_can_be_gone_on_from_asks_for_another_step() {
        let steps = CODES.rows().iter();
        let steps = steps.filter(|row| row.meaning(Operation::VERIFY_OTP) == No(ActionRequired));
        let steps: Vec<&str> = steps.map(CodeRow::code).collect();
        assert_eq!(steps, [SENT_BY_BANK, SENT_BY_MASTERPASS, WANTS_3D]);
    }

    #[test]
    fn every_row_is_whole_and_there_once() {
        for row in CODES.rows() {
            let code = row.code();
            assert_eq!(CODES.find(code), Some(row));
            for text in [row.explanation(), row.advice()] {
                assert!(text.turkish().ends_with('.'), "{code}");
                assert!(text.english().ends_with('.'), "{code}");
            }
            assert!(!row.name().is_empty(), "{code}");
            assert!(!row.is_assumed(), "{code}");
        }
    }
}
