//! `PaymentWords` are the texts of a payment link's page, in English and in Turkish.

use super::link::LinkProblem;
use crate::page::words;

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

words! {
    /// Every word of the page in one language.
    PaymentWords;
    title: "Payment", "Ödeme";
    nothing_is_paid: "Nothing is really paid: no card is asked for and no money moves.",
        "Gerçekte ödeme yapılmaz: kart istenmez, para el değiştirmez.";
    pay: "Pay", "Öde";
    decline: "Decline", "Ödemeyi reddet";
    declined: "Declined. Nothing was posted: callbacks come for successful payments only.",
        "Ödeme reddedildi. Hiçbir şey gönderilmedi: bildirimler yalnızca başarılı ödemeler içindir.";
    unknown: "There is no such link.", "Böyle bir bağlantı yok.";
    deleted: "The merchant deleted this link.", "Mağaza bu bağlantıyı sildi.";
    expired: "This link has expired.", "Bu bağlantının süresi doldu.";
    used_up: "This link was paid as often as it can be.",
        "Bu bağlantıyla yapılabilecek ödemelerin tümü yapıldı.";
    order: "Order", "Sipariş";
    paid_without_callback: "Paid. The link has no callback_link, so nothing was posted.",
        "Ödendi. Bağlantının callback_link alanı boş olduğu için bildirim gönderilmedi.";
    accepted: "Paid. The merchant answered exactly OK.",
        "Ödendi. Mağaza tam olarak OK yanıtını verdi.";
    not_ok: "Paid, but the merchant's answer was not exactly OK.",
        "Ödendi, ancak mağazanın yanıtı tam olarak OK değildi.";
    no_answer: "Paid, but the merchant was not reached or did not answer.",
        "Ödendi, ancak mağazaya ulaşılamadı ya da yanıt gelmedi.";
    status: "HTTP status of the answer:", "Yanıtın HTTP durumu:";
}
