//! `PaymentWords` are the texts of a payment link's page, in English and in Turkish.

use super::link::LinkProblem;
use crate::page::Language;

/// The words in a language.
pub(super) fn of(language: Language) -> &'static PaymentWords {
    match language {
        Language::English => &ENGLISH,
        Language::Turkish => &TURKISH,
    }
}

/// Every word of the page in one language.
#[derive(Debug)]
pub(super) struct PaymentWords {
    pub(super) title: &'static str,
    pub(super) nothing_is_paid: &'static str,
    pub(super) pay: &'static str,
    pub(super) decline: &'static str,
    pub(super) declined: &'static str,
    pub(super) unknown: &'static str,
    pub(super) deleted: &'static str,
    pub(super) expired: &'static str,
    pub(super) used_up: &'static str,
    pub(super) order: &'static str,
    pub(super) paid_without_callback: &'static str,
    pub(super) accepted: &'static str,
    pub(super) not_ok: &'static str,
    pub(super) no_answer: &'static str,
    pub(super) status: &'static str,
}

impl PaymentWords {
    /// Why a link cannot be paid.
    pub(super) fn not_payable(&self, problem: LinkProblem) -> &'static str {
        match problem {
            LinkProblem::Unknown => self.unknown,
            LinkProblem::Deleted => self.deleted,
            LinkProblem::Expired => self.expired,
            LinkProblem::UsedUp => self.used_up,
        }
    }
}

const ENGLISH: PaymentWords = PaymentWords {
    title: "Payment",
    nothing_is_paid: "Nothing is really paid: no card is asked for and no money moves.",
    pay: "Pay",
    decline: "Decline",
    declined: "Declined. Nothing was posted: callbacks come for successful payments only.",
    unknown: "There is no such link.",
    deleted: "The merchant deleted this link.",
    expired: "This link has expired.",
    used_up: "This link was paid as often as it can be.",
    order: "Order",
    paid_without_callback: "Paid. The link has no callback_link, so nothing was posted.",
    accepted: "Paid. The merchant answered exactly OK.",
    not_ok: "Paid, but the merchant's answer was not exactly OK.",
    no_answer: "Paid, but the merchant was not reached or did not answer.",
    status: "HTTP status of the answer:",
};

const TURKISH: PaymentWords = PaymentWords {
    title: "Ödeme",
    nothing_is_paid: "Gerçekte ödeme yapılmaz: kart istenmez, para el değiştirmez.",
    pay: "Öde",
    decline: "Ödemeyi reddet",
    declined: "Ödeme reddedildi. Hiçbir şey gönderilmedi: bildirimler yalnızca başarılı ödemeler içindir.",
    unknown: "Böyle bir bağlantı yok.",
    deleted: "Satıcı bu bağlantıyı sildi.",
    expired: "Bu bağlantının süresi doldu.",
    used_up: "Bu bağlantıyla yapılabilecek ödemelerin tümü yapıldı.",
    order: "Sipariş",
    paid_without_callback: "Ödendi. Bağlantının callback_link alanı boş olduğu için bildirim gönderilmedi.",
    accepted: "Ödendi. Satıcı tam olarak OK yanıtını verdi.",
    not_ok: "Ödendi, ancak satıcının yanıtı tam olarak OK değildi.",
    no_answer: "Ödendi, ancak satıcıya ulaşılamadı ya da yanıt gelmedi.",
    status: "Yanıtın HTTP durumu:",
};
