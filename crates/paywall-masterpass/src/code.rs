//! Masterpass's codes: the one place where a code is named, read and explained.

use onay_core::ErrorKind::{
    ActionRequired, Credentials, Expired, LimitReached, Refused, TooSoon, Upstream, WrongCode,
};
use onay_core::{Bilingual, ErrorKind, Explanation};

/// A code of Masterpass: a `ResponseCode` such as `5001` or an `Exception.Code` such as
/// `TOKEN_IS_NOT_VALID`; what it means, what to do about it, and how it is read.
///
/// The `ResponseCode`s 0000, 5001, 5008 and 5010 are the whole published list; the other numbers
/// were seen in public clients, the exception codes in the vendor's own code. About 250 of those
/// exist and the set is open: a code that is not here is kept verbatim and read as
/// [`Refused`](ErrorKind::Refused).
///
/// ```
/// use onay_core::ErrorKind;
/// use onay_paywall_masterpass::ResponseCode;
///
/// let code = ResponseCode::find("OTP_IS_NOT_VALID").unwrap();
/// assert_eq!(code.kind(), Some(ErrorKind::WrongCode));
/// assert!(code.explanation().meaning().english().contains("wrong"));
/// assert!(ResponseCode::find("4711").is_none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResponseCode {
    code: &'static str,
    kind: Option<ErrorKind>,
    explanation: Explanation,
}

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

impl ResponseCode {
    /// Every known code.
    pub const ALL: &'static [Self] = TABLE;

    /// The row of a code, by its exact text: leading zeros count.
    pub fn find(code: &str) -> Option<&'static Self> {
        TABLE.iter().find(|row| row.code == code)
    }

    /// The code as it stands in the answer.
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// What it means as a refusal; `None` for `0000`, which is a yes.
    ///
    /// `5001` and `5008` are a yes too when they answer a call that sends a code, and
    /// [`ActionRequired`](ErrorKind::ActionRequired) when they answer one that checks a code.
    pub const fn kind(&self) -> Option<ErrorKind> {
        self.kind
    }

    /// What it means and what to do about it, in Turkish and in English.
    pub const fn explanation(&self) -> &Explanation {
        &self.explanation
    }

    /// Whether a code says yes to some call: done, or a code was sent.
    pub(crate) fn is_yes(code: &str) -> bool {
        matches!(code, DONE | SENT_BY_BANK | SENT_BY_MASTERPASS)
    }

    /// Whether a code says no in words so clear that an HTTP status adds nothing.
    pub(crate) fn is_clear_no(code: &str) -> bool {
        Self::find(code).is_some() && !Self::is_yes(code)
    }

    /// How a code is read when it says no.
    pub(crate) fn refusal(code: &str) -> ErrorKind {
        let row = Self::find(code);
        row.and_then(Self::kind).unwrap_or(Refused)
    }
}

const fn yes(code: &'static str, meaning: Bilingual, advice: Bilingual) -> ResponseCode {
    ResponseCode {
        code,
        kind: None,
        explanation: Explanation::new(meaning, advice),
    }
}

const fn no(
    code: &'static str,
    kind: ErrorKind,
    meaning: Bilingual,
    advice: Bilingual,
) -> ResponseCode {
    ResponseCode {
        kind: Some(kind),
        ..yes(code, meaning, advice)
    }
}

const NOTHING: Bilingual = Bilingual::new("Yapılacak bir şey yok.", "Nothing to do.");
const ASK_CODE: Bilingual = Bilingual::new(
    "Müşteriden gelen kodu isteyin; sonraki çağrıda yeni token'ı kullanın.",
    "Ask the customer for the code; use the new token in the next call.",
);
const RETYPE: Bilingual = Bilingual::new(
    "Müşteriden kodu yeniden girmesini isteyin; token aynı kalır.",
    "Ask the customer to type the code again; the token stays.",
);
const START_OVER: Bilingual = Bilingual::new(
    "Bu OTP bitti; kodu isteyen adımı baştan başlatın.",
    "This OTP is over; begin the step that asked for it again.",
);
const WAIT: Bilingual = Bilingual::new(
    "Biraz bekleyip yeniden gönderin; token aynı kalır.",
    "Wait a little before sending again; the token stays.",
);
const MAYBE_SENT: Bilingual = Bilingual::new(
    "Mesaj gitmiş olabilir; yenisini göndermeden önce müşteriye kodun gelip gelmediğini sorun.",
    "A message may have gone out; ask the customer for the code before you send another.",
);
const FIX_REQUEST: Bilingual = Bilingual::new(
    "Gönderdiğiniz token, kod ve oturumu kontrol edin; en son yanıttaki değerleri kullanın.",
    "Check the token, code and session that you send; use those of the latest answer.",
);
const OTHER_CARD: Bilingual = Bilingual::new(
    "Müşteriye başka bir kart ya da ödeme yolu önerin.",
    "Offer the customer another card or way to pay.",
);
const ACCOUNT: Bilingual = Bilingual::new(
    "Müşterinin Masterpass hesabına bakın; gerekirse hesabı yeniden bağlayın.",
    "Look at the customer's Masterpass account; link it again if need be.",
);
const KEYS: Bilingual = Bilingual::new(
    "Anahtarları (apikeyprivate, apiclientprivate) ve ortamı kontrol edin; sürerse Paywall ile görüşün.",
    "Check the keys (apikeyprivate, apiclientprivate) and the environment; talk to Paywall if it goes on.",
);
const OPEN_3D: Bilingual = Bilingual::new(
    "Müşteriyi 3-D Secure sayfasına yönlendirin.",
    "Send the customer to the page of 3-D Secure.",
);
const OTHER_STEP: Bilingual = Bilingual::new(
    "Bu doğrulama burada desteklenmiyor; başka bir kart ya da ödeme yolu önerin.",
    "This check is not supported here; offer another card or way to pay.",
);

#[rustfmt::skip]
const TABLE: &[ResponseCode] = &[
    yes(DONE, Bilingual::new("İşlem başarılı.", "Done."), NOTHING),
    no(SENT_BY_BANK, ActionRequired, Bilingual::new("Kodu kartın bankası gönderiyor.", "The card's bank sends the code."), ASK_CODE),
    no(SENT_BY_MASTERPASS, ActionRequired, Bilingual::new("Kodu Masterpass gönderiyor.", "Masterpass sends the code."), ASK_CODE),
    no(WANTS_3D, ActionRequired, Bilingual::new("Kod yerine 3-D Secure isteniyor.", "3-D Secure is wanted instead of a code."), OPEN_3D),
    no("1051", Refused, Bilingual::new("Hesapta kart yok.", "There is no card on the account."), ACCOUNT),
    no("1409", WrongCode, Bilingual::new("Kod yanlış.", "The code is wrong."), RETYPE),
    no("5002", Refused, Bilingual::new("MPIN isteniyor.", "The MPIN is wanted."), OTHER_STEP),
    no("5007", Refused, Bilingual::new("Cihaz doğrulama kodu isteniyor.", "A code for the device is wanted."), OTHER_STEP),
    no("5015", Refused, Bilingual::new("MPIN tanımlanması isteniyor.", "An MPIN has to be set first."), OTHER_STEP),
    no("TOKEN_IS_REQUIRED", Refused, Bilingual::new("Token gönderilmemiş.", "The token is missing."), FIX_REQUEST),
    no("TOKEN_IS_NOT_VALID", Refused, Bilingual::new("Token geçersiz.", "The token is not valid."), FIX_REQUEST),
    no("OTP_CODE_IS_REQUIRED", Refused, Bilingual::new("Kod gönderilmemiş.", "The code is missing."), FIX_REQUEST),
    no("OTP_CODE_MAX_LENGTH_EXCEEDED", Refused, Bilingual::new("Kod çok uzun.", "The code is too long."), FIX_REQUEST),
    no("VALIDATION_FAILED", Refused, Bilingual::new("İstek hatalı.", "The request is wrong."), FIX_REQUEST),
    no("TOKEN_HAS_EXPIRED", Expired, Bilingual::new("Token'ın süresi dolmuş.", "The token has expired."), START_OVER),
    no(TOKEN_USED, Expired, Bilingual::new("Token daha önce kullanılmış.", "The token was used before."), START_OVER),
    no("OTP_IS_NOT_VALID", WrongCode, Bilingual::new("Kod yanlış.", "The code is wrong."), RETYPE),
    no("ERROR_CALLED_OTP_SERVICE_ONE_MORE_TIME_BEFORE_TIMEOUT_EXPIRED", TooSoon, Bilingual::new("Yeni kod için henüz erken.", "It is too early for another code."), WAIT),
    no("ERR_YOU_CAN_NOT_CALL_OTP_SERVICE_ONE_MORE_TIME", LimitReached, Bilingual::new("Yeniden gönderme sınırına ulaşıldı.", "The code cannot be sent again any more."), START_OVER),
    no("BANK_DOES_NOT_SUPPORT_OTP", Refused, Bilingual::new("Banka OTP desteklemiyor.", "The bank does not support OTPs."), OTHER_CARD),
    no("BANK_DOES_NOT_SUPPORT_OTP_VALIDATION", Refused, Bilingual::new("Banka OTP doğrulamasını desteklemiyor.", "The bank does not support checking OTPs."), OTHER_CARD),
    no("ACCOUNT_IS_BLOCKED", Refused, Bilingual::new("Hesap engelli.", "The account is blocked."), ACCOUNT),
    no("ACCOUNT_IS_REMOVED", Refused, Bilingual::new("Hesap silinmiş.", "The account was removed."), ACCOUNT),
    no("ACCOUNT_IS_REMOVED_DUE_TO_OTP_FAILED_FOR_ALL_CARDS", Refused, Bilingual::new("Bütün kartlarda OTP başarısız olduğu için hesap silinmiş.", "The account was removed because the OTP failed for all cards."), ACCOUNT),
    no("ACCOUNT_NOT_FOUND", Refused, Bilingual::new("Hesap bulunamadı.", "The account is not known."), ACCOUNT),
    no("ACCOUNT_NOT_LINKED_TO_MERCHANT", Refused, Bilingual::new("Hesap üye işyerine bağlı değil.", "The account is not linked to the merchant."), ACCOUNT),
    no("USER_NOT_FOUND", Refused, Bilingual::new("Kullanıcı bulunamadı.", "The user is not known."), ACCOUNT),
    no("CARD_NOT_FOUND", Refused, Bilingual::new("Kart bulunamadı.", "The card is not known."), ACCOUNT),
    no("MSISDN_HAS_BEEN_CHANGED", Refused, Bilingual::new("Telefon numarası değişmiş.", "The phone number has changed."), ACCOUNT),
    no("AUTHENTICATION_FAILED", Credentials, Bilingual::new("Kimlik doğrulama başarısız.", "Authentication failed."), KEYS),
    no("CLIENT_IS_NOT_AUTHENTICATED", Credentials, Bilingual::new("İstemcinin kimliği doğrulanmamış.", "The client is not authenticated."), KEYS),
    no("MERCHANT_NOT_FOUND", Credentials, Bilingual::new("Üye işyeri bulunamadı.", "The merchant is not known."), KEYS),
    no("MERCHANT_DOES_NOT_HAVE_ACCESS", Credentials, Bilingual::new("Üye işyerinin yetkisi yok.", "The merchant has no access."), KEYS),
    no("CONNECTION_ERROR", Upstream, Bilingual::new("Bağlantı hatası.", "A connection failed."), MAYBE_SENT),
    no("VPOS_CONNECTION_ERROR", Upstream, Bilingual::new("Sanal POS bağlantı hatası.", "The connection to the virtual POS failed."), MAYBE_SENT),
    no("VPOS_TIMEOUT_ERROR", Upstream, Bilingual::new("Sanal POS zaman aşımı.", "Time ran out at the virtual POS."), MAYBE_SENT),
    no("UNEXPECTED_ERROR", Upstream, Bilingual::new("Beklenmeyen hata.", "An unexpected error."), MAYBE_SENT),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_code_is_a_yes_by_itself() {
        let yes = TABLE.iter().filter(|row| row.kind.is_none());
        assert_eq!(yes.map(|row| row.code).collect::<Vec<_>>(), [DONE]);
    }

    #[test]
    fn only_a_known_no_is_clear() {
        for row in TABLE {
            let is_yes = [DONE, SENT_BY_BANK, SENT_BY_MASTERPASS].contains(&row.code);
            assert_eq!(ResponseCode::is_yes(row.code), is_yes, "{}", row.code);
            assert_eq!(ResponseCode::is_clear_no(row.code), !is_yes, "{}", row.code);
        }
        assert!(!ResponseCode::is_clear_no("4711") && !ResponseCode::is_yes("4711"));
    }

    /// Whoever shows a field for a code after `ActionRequired` must not show it for an MPIN.
    #[test]
    fn only_what_can_be_gone_on_from_asks_for_another_step() {
        let steps = TABLE.iter().filter(|row| row.kind == Some(ActionRequired));
        let steps: Vec<&str> = steps.map(|row| row.code).collect();
        assert_eq!(steps, [SENT_BY_BANK, SENT_BY_MASTERPASS, WANTS_3D]);
    }

    #[test]
    fn an_unknown_code_is_a_refusal() {
        for code in ["", "0", "00000", "token_is_not_valid", "4711"] {
            assert!(ResponseCode::find(code).is_none(), "{code}");
            assert_eq!(ResponseCode::refusal(code), Refused);
        }
    }

    #[test]
    fn every_row_is_whole_and_there_once() {
        for row in TABLE {
            assert_eq!(ResponseCode::find(row.code), Some(row));
            let (meaning, advice) = (row.explanation.meaning(), row.explanation.advice());
            for text in [
                meaning.turkish(),
                meaning.english(),
                advice.turkish(),
                advice.english(),
            ] {
                assert!(text.ends_with('.'), "{}: {text}", row.code);
            }
        }
    }
}
