//! What the customer is told about what just happened.

use std::time::Duration;

use onay::{Delivery, Error, ErrorKind, LinkAccepted};

use crate::time;

/// One line above the page, shown once.
#[derive(Clone, Copy)]
pub(crate) enum Notice {
    NotANumber,
    NotACode,
    SentAgain,
    MaybeSent,
    NotSent,
    SendingRefused,
    TooSoon(Option<Duration>),
    TooManyCodes,
    WrongCode,
    Expired,
    LimitReached,
    OtherStepWanted,
    MaybeChecked,
    NotChecked,
    CheckingRefused,
    NoLink,
    LinkSent,
    LinkMaybeSent,
    LinkNotSent,
}

impl Notice {
    /// After a code could not be sent.
    pub(crate) fn of_sending(error: &Error) -> Self {
        match (error.kind(), error.delivery()) {
            (ErrorKind::TooSoon, _) => Self::TooSoon(error.retry_after()),
            (ErrorKind::LimitReached, _) => Self::TooManyCodes,
            (_, Delivery::MaybeSent) => Self::MaybeSent,
            (_, Delivery::NotSent) => Self::NotSent,
            _ => Self::SendingRefused,
        }
    }

    /// After a code was not approved.
    pub(crate) fn of_checking(error: &Error) -> Self {
        match (error.kind(), error.delivery()) {
            (ErrorKind::WrongCode, _) => Self::WrongCode,
            (ErrorKind::Expired, _) => Self::Expired,
            (ErrorKind::LimitReached, _) => Self::LimitReached,
            (ErrorKind::ActionRequired, _) => Self::OtherStepWanted,
            (_, Delivery::MaybeSent) => Self::MaybeChecked,
            (_, Delivery::NotSent) => Self::NotChecked,
            _ => Self::CheckingRefused,
        }
    }

    /// After a link was to be sent by SMS.
    pub(crate) fn of_link(sent: &Result<LinkAccepted, Error>) -> Self {
        match sent.as_ref().map_err(Error::delivery) {
            Ok(_) => Self::LinkSent,
            Err(Delivery::MaybeSent) => Self::LinkMaybeSent,
            Err(_) => Self::LinkNotSent,
        }
    }

    /// Whether it is good news.
    pub(crate) fn is_good(self) -> bool {
        matches!(self, Self::SentAgain | Self::LinkSent)
    }

    pub(crate) fn text(self) -> String {
        let text = match self {
            Self::TooSoon(Some(wait)) => {
                let wait = time::spoken(wait);
                return format!("Yeni kod için henüz erken: {wait} sonra isteyebilirsiniz.");
            }
            Self::TooSoon(None) => "Yeni kod için henüz erken. Lütfen biraz bekleyin.",
            Self::TooManyCodes => {
                "Bu numara için çok fazla kod istendi. Lütfen daha sonra ya da ödeme bağlantısı ile deneyin."
            }
            Self::NotANumber => "Bu bir cep telefonu numarası değil. Örnek: 0555 000 00 42",
            Self::NotACode => "Lütfen SMS ile gelen kodu girin.",
            Self::SentAgain => "Yeni kod gönderildi.",
            Self::MaybeSent => {
                "Kod yola çıkmış olabilir. SMS geldiyse kodu girin; gelmediyse bir dakika sonra yenisini isteyin."
            }
            Self::NotSent => "Kod gönderilemedi: bağlantı kurulamadı. Lütfen yeniden deneyin.",
            Self::SendingRefused => {
                "Bu numaraya kod gönderilemedi. Başka bir numara ya da ödeme bağlantısı deneyin."
            }
            Self::WrongCode => "Kod yanlış. Lütfen yeniden deneyin.",
            Self::Expired => "Bu kodun süresi doldu. Yeni bir kod isteyebilirsiniz.",
            Self::LimitReached => {
                "Çok fazla yanlış kod girildi. Süre dolunca yeni bir kod isteyebilirsiniz."
            }
            Self::OtherStepWanted => {
                "Bankanız başka bir onay istiyor. Lütfen ödeme bağlantısı ile ödeyin."
            }
            Self::MaybeChecked => {
                "Yanıt alınamadı; kod denenmiş olabilir. Lütfen aynı kodu bir kez daha girin."
            }
            Self::NotChecked => "Bağlantı kurulamadı, kod denenmedi. Lütfen yeniden deneyin.",
            Self::CheckingRefused => "Kod onaylanamadı. Lütfen ödeme bağlantısı ile ödeyin.",
            Self::NoLink => "Ödeme bağlantısı oluşturulamadı. Lütfen yeniden deneyin.",
            Self::LinkSent => "Bağlantıyı SMS ile gönderdik.",
            Self::LinkMaybeSent => {
                "SMS yola çıkmış olabilir. Gelmediyse ödeme sayfasını buradan açın."
            }
            Self::LinkNotSent => "SMS gönderilemedi. Ödeme sayfasını buradan açabilirsiniz.",
        };
        text.to_owned()
    }
}
