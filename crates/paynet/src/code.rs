//! Paynet's return codes: the one place where a code is named, read and explained.

use onay_core::{Bilingual, ErrorKind, Explanation};

use self::Reading::{No, Yes};

/// A return code of Paynet: its name, what it means, what to do about it, and how it is read.
///
/// The names of 0 to 21 and 100 are documented, the others were seen in Paynet's own code. No code
/// is documented for OTPs in particular, so how 1, 5, 6, 12 and 100 are read is assumed
/// ([`is_assumed`](Self::is_assumed)). The set is open: a code that is not here is kept verbatim and
/// read as [`Refused`](ErrorKind::Refused).
///
/// ```
/// use onay_core::ErrorKind;
/// use onay_paynet::ReturnCode;
///
/// let code = ReturnCode::find("7").unwrap();
/// assert_eq!(code.name(), "unauthorized");
/// assert_eq!(code.send_otp(), Some(ErrorKind::Credentials));
/// assert!(code.explanation().meaning().turkish().contains("yetki"));
/// assert!(ReturnCode::find("4711").is_none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReturnCode {
    code: &'static str,
    name: &'static str,
    send: Reading,
    check: Reading,
    explanation: Explanation,
    assumed: bool,
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

    /// Paynet's name for it.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// What it means when it answers `send_otp`; `None` is a yes.
    pub const fn send_otp(&self) -> Option<ErrorKind> {
        self.send.kind()
    }

    /// What it means when it answers `check_otp`; `None` is a yes.
    pub const fn check_otp(&self) -> Option<ErrorKind> {
        self.check.kind()
    }

    /// Whether the reading is ours, because nobody documents one.
    pub const fn is_assumed(&self) -> bool {
        self.assumed
    }

    /// What it means and what to do about it, in Turkish and in English.
    pub const fn explanation(&self) -> &Explanation {
        &self.explanation
    }

    /// How a code is read when it answers this call.
    pub(crate) fn read(call: Call, code: &str) -> Reading {
        match (Self::find(code), call) {
            (Some(row), Call::SendOtp) => row.send,
            (Some(row), Call::CheckOtp) => row.check,
            (None, _) => No(ErrorKind::Refused),
        }
    }
}

/// Which call an answer belongs to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Call {
    SendOtp,
    CheckOtp,
}

/// A code says yes, or no in some way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    Yes,
    No(ErrorKind),
}

impl Reading {
    const fn kind(self) -> Option<ErrorKind> {
        match self {
            Yes => None,
            No(kind) => Some(kind),
        }
    }
}

const fn row(
    code: &'static str,
    name: &'static str,
    (send, check): (Reading, Reading),
    meaning: Bilingual,
    advice: Bilingual,
) -> ReturnCode {
    ReturnCode {
        code,
        name,
        send,
        check,
        explanation: Explanation::new(meaning, advice),
        assumed: false,
    }
}

const fn assumed(mut row: ReturnCode) -> ReturnCode {
    row.assumed = true;
    row
}

const fn both(kind: ErrorKind) -> (Reading, Reading) {
    (No(kind), No(kind))
}

const REFUSED: (Reading, Reading) = both(ErrorKind::Refused);
const CREDENTIALS: (Reading, Reading) = both(ErrorKind::Credentials);
const UPSTREAM: (Reading, Reading) = both(ErrorKind::Upstream);

const NOTHING: Bilingual = Bilingual::new("Yapılacak bir şey yok.", "Nothing to do.");
const RETYPE: Bilingual = Bilingual::new(
    "Kod kontrolünde: müşteriden kodu yeniden girmesini isteyin. Kod gönderirken: sebebini Paynet'e sorun.",
    "When a code is checked: ask the customer to type it again. When one is sent: ask Paynet why.",
);
const WAIT: Bilingual = Bilingual::new(
    "Kod gönderirken: müşteride geçerli bir kod var, süresi dolmadan yenisini göndermeyin. Kod kontrolünde: sebebini Paynet'e sorun.",
    "When a code is sent: the customer has one that still works, do not send another before it expires. When one is checked: ask Paynet why.",
);
const START_OVER: Bilingual = Bilingual::new(
    "Kod kontrolünde: yeni bir oturum numarasıyla yeni kod gönderin. Kod gönderirken: sebebini Paynet'e sorun.",
    "When a code is checked: send a new one with a new session id. When one is sent: ask Paynet why.",
);
const MAYBE_SENT: Bilingual = Bilingual::new(
    "Mesaj gitmiş olabilir; yenisini göndermeden önce müşteriye kodun gelip gelmediğini sorun.",
    "A message may have gone out; ask the customer for the code before you send another.",
);
const CALL_PAYNET: Bilingual = Bilingual::new(
    "Üye işyeri hesabınız için Paynet ile görüşün.",
    "Talk to Paynet about your merchant account.",
);
const CHECK_KEY: Bilingual = Bilingual::new(
    "Gizli anahtarı (sck_…), ortamı ve sunucunuzun Paynet'e bildirilmiş sabit IP adresini kontrol edin.",
    "Check the secret key (sck_…), the environment, and that your server's static IP is registered with Paynet.",
);
const CHECK_REQUEST: Bilingual = Bilingual::new(
    "Gönderdiğiniz alanları kontrol edin: numara 5 ile başlayan 10 hane, oturum ve kod dolu olmalı.",
    "Check the fields that you send: ten digits from 5 on, a session and a code that are not empty.",
);
const NOT_OURS: Bilingual = Bilingual::new(
    "OTP çağrılarında beklenmez; kodu saklayıp Paynet'e sorun.",
    "Not expected from an OTP call; keep the code and ask Paynet.",
);

#[rustfmt::skip]
const TABLE: &[ReturnCode] = &[
    row("0", "successful", (Yes, Yes),
        Bilingual::new("İşlem başarılı.", "Done."), NOTHING),
    assumed(row("1", "unsuccessful", (No(ErrorKind::Refused), No(ErrorKind::WrongCode)),
        Bilingual::new("İşlem başarısız; kod kontrolünde: kod yanlış.", "Not done; when a code is checked: the code is wrong."), RETYPE)),
    row("2", "company_blocked", CREDENTIALS,
        Bilingual::new("Firma engellenmiş.", "The company is blocked."), CALL_PAYNET),
    row("3", "agent_blocked", CREDENTIALS,
        Bilingual::new("Bayi engellenmiş.", "The agent is blocked."), CALL_PAYNET),
    row("4", "agent_not_found", CREDENTIALS,
        Bilingual::new("Bayi bulunamadı.", "The agent is not known."), CALL_PAYNET),
    assumed(row("5", "duplicate_data", (No(ErrorKind::TooSoon), No(ErrorKind::Refused)),
        Bilingual::new("Kayıt zaten var; kod gönderirken: önceki kodun süresi dolmamış.", "Exists already; when a code is sent: the one before has not expired."), WAIT)),
    assumed(row("6", "no_process", (No(ErrorKind::Refused), No(ErrorKind::LimitReached)),
        Bilingual::new("İşlem yapılmadı; kod kontrolünde: çok fazla yanlış deneme.", "Nothing was done; when a code is checked: too many wrong ones."), START_OVER)),
    row("7", "unauthorized", CREDENTIALS,
        Bilingual::new("Bu işlem için yetki yok.", "Not authorised."), CHECK_KEY),
    row("8", "server_error", UPSTREAM,
        Bilingual::new("Paynet sunucusunda hata.", "An error in Paynet's server."), MAYBE_SENT),
    row("9", "not_implemented", REFUSED,
        Bilingual::new("Bu işlem desteklenmiyor.", "Not offered."), CALL_PAYNET),
    row("10", "time_out", UPSTREAM,
        Bilingual::new("Paynet tarafında zaman aşımı.", "Time ran out at Paynet."), MAYBE_SENT),
    row("11", "bad_request", REFUSED,
        Bilingual::new("İstek hatalı.", "The request is wrong."), CHECK_REQUEST),
    assumed(row("12", "no_data", (No(ErrorKind::Refused), No(ErrorKind::Expired)),
        Bilingual::new("Kayıt bulunamadı; kod kontrolünde: kodun süresi dolmuş, kod kullanılmış ya da böyle bir oturum yok.", "Nothing found; when a code is checked: expired, used, or no such session."), START_OVER)),
    row("13", "paynetj_no_session", REFUSED,
        Bilingual::new("Ödeme formu oturumu yok.", "No payment form session."), NOT_OURS),
    row("14", "paynetj_wrong_bin", REFUSED,
        Bilingual::new("Kartın ilk haneleri uyuşmuyor.", "The card's first digits do not match."), NOT_OURS),
    row("15", "paynetj_unmatch_tran", REFUSED,
        Bilingual::new("İşlem, form oturumuyla eşleşmiyor.", "The transaction does not match the form session."), NOT_OURS),
    row("16", "paynetj_3d_error", REFUSED,
        Bilingual::new("3-D Secure hatası.", "An error in 3-D Secure."), NOT_OURS),
    row("17", "paynetj_used_session", REFUSED,
        Bilingual::new("Form oturumu daha önce kullanılmış.", "The form session was used before."), NOT_OURS),
    row("18", "wrong_card_data", REFUSED,
        Bilingual::new("Kart bilgisi hatalı.", "The card data is wrong."), NOT_OURS),
    row("19", "wrong_transaction_type", REFUSED,
        Bilingual::new("İşlem türü hatalı.", "The kind of transaction is wrong."), NOT_OURS),
    row("20", "wrong_pos_type", REFUSED,
        Bilingual::new("POS türü hatalı.", "The kind of POS is wrong."), NOT_OURS),
    row("21", "wrong_ratio_get", REFUSED,
        Bilingual::new("Oran bilgisi alınamadı.", "The rates could not be read."), NOT_OURS),
    row("22", "paynetj_expire_date_error", REFUSED,
        Bilingual::new("Kartın son kullanma tarihi hatalı.", "The card's expiry date is wrong."), NOT_OURS),
    row("23", "ratio_code_not_found", REFUSED,
        Bilingual::new("Oran kodu bulunamadı.", "The rate code is not known."), NOT_OURS),
    row("24", "invoice_no_not_found", REFUSED,
        Bilingual::new("Fatura numarası bulunamadı.", "The invoice number is not known."), NOT_OURS),
    row("25", "card_not_found", REFUSED,
        Bilingual::new("Kart bulunamadı.", "The card is not known."), NOT_OURS),
    row("26", "card_key_undefined", REFUSED,
        Bilingual::new("Kart anahtarı tanımsız.", "The card key is not set."), NOT_OURS),
    // "Had already succeeded" proves nothing about the code that was typed now.
    assumed(row("100", "old_successful", (Yes, No(ErrorKind::Expired)),
        Bilingual::new("İşlem daha önce başarıyla tamamlanmış.", "It had already succeeded."), START_OVER)),
    row("200", "subscription_on", REFUSED,
        Bilingual::new("Abonelik açık.", "The subscription is on."), NOT_OURS),
    row("201", "subscription_off", REFUSED,
        Bilingual::new("Abonelik kapalı.", "The subscription is off."), NOT_OURS),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_documented_successes_are_a_yes() {
        let yes = |call| {
            let rows = TABLE.iter().map(|row| row.code);
            rows.filter(|code| ReturnCode::read(call, code) == Yes)
                .collect::<Vec<_>>()
        };
        assert_eq!(yes(Call::SendOtp), ["0", "100"]);
        assert_eq!(yes(Call::CheckOtp), ["0"]);
    }

    #[test]
    fn an_unknown_code_is_a_no() {
        for code in ["", " 0", "00", "-0", "+0", "0.1", "4711", "true"] {
            for call in [Call::SendOtp, Call::CheckOtp] {
                assert_eq!(
                    ReturnCode::read(call, code),
                    No(ErrorKind::Refused),
                    "{code:?}"
                );
            }
        }
    }

    #[test]
    fn every_row_is_whole_and_there_once() {
        for row in TABLE {
            assert_eq!(ReturnCode::find(row.code()), Some(row), "{}", row.code);
            let (meaning, advice) = (row.explanation().meaning(), row.explanation().advice());
            for text in [
                row.name(),
                meaning.turkish(),
                meaning.english(),
                advice.turkish(),
                advice.english(),
            ] {
                assert!(!text.is_empty(), "{}", row.code);
            }
            let is_assumed = ["1", "5", "6", "12", "100"].contains(&row.code);
            assert_eq!(row.is_assumed(), is_assumed, "{}", row.code);
        }
        let known: Vec<u32> = TABLE
            .iter()
            .map(|row| row.code.parse().expect("a number"))
            .collect();
        let page: Vec<u32> = (0..=26).chain([100, 200, 201]).collect();
        assert_eq!(known, page);
    }
}
