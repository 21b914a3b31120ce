//! The shop's one page shows the order and what its customer can do now.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{Html, IntoResponse, Response};
use onay::{OtpChallenge, WebAddress};

use crate::{Order, Shop};

const PRICE: &str = "913,50&nbsp;TL";

/// The one page: the order, and what its customer can do now.
pub(super) async fn show(State(shop): State<Arc<Shop>>, headers: HeaderMap) -> Response {
    let Some(order) = shop.order_of(&headers).await else {
        return shop.open().await;
    };
    let mut order = order.lock().await;
    let notice = std::mem::take(&mut order.notice);
    let (title, body) = order.page();
    let (number, inbox) = (&order.number, &shop.inbox);
    let page = Html(format!(
        "<!doctype html><html lang=tr><meta charset=utf-8>\
         <meta name=viewport content='width=device-width'><title>{title}</title>\
         <link rel=icon href='data:,'><link rel=stylesheet href=/style.css>\
         <header>Deneme Çiçekçisi</header><main><h1>{title}</h1>\
         <p class=order><span>Şakayık buketi, 12 dal<small>Sipariş {number}</small></span> <b>{PRICE}</b></p>\
         <p class=notice role=status>{notice}</p>{body}</main>\
         <footer>Burada SMS gönderilmez, para çekilmez. Mesajlar \
         <a href='{inbox}' target=_blank>deneme gelen kutusuna</a> düşer.</footer></html>"
    ));
    let policy = "default-src 'none'; img-src data:; style-src 'self'; form-action 'self'; frame-ancestors 'none'";
    let policy = (header::CONTENT_SECURITY_POLICY, policy);
    let headers = [(header::CACHE_CONTROL, "no-store"), policy];
    // The page waits for the callback, unless the customer types a code.
    let waits = order.paid.is_none() && order.card.is_none() && order.link.is_some();
    let refresh = waits.then_some([(header::REFRESH, "5")]);
    (refresh, headers, page).into_response()
}

impl Order {
    fn page(&self) -> (&'static str, String) {
        if let Some(how) = self.paid {
            let again = "<form method=post><button name=button value=again>Yeni sipariş</button>";
            let thanks = format!("<p>{how} Çiçekleriniz yolda.</p>{again}</form>");
            return ("Teşekkürler", thanks);
        }
        let (mut title, mut body) = ("Siparişiniz", String::new());
        if let Some(link) = &self.link {
            title = "Ödeme bekleniyor";
            let url = link
                .url()
                .map_or("", WebAddress::as_str)
                .replace('"', "%22");
            body = format!(
                "<p>Bağlantınız hazır. Ödediğinizde bu sayfa yenilenir.</p>\
                 <a class=button href=\"{url}\" target=_blank>SMS gelmedi mi? Ödeme sayfasını aç</a>"
            );
        }
        if let Some(phone) = self.card.as_ref().and_then(OtpChallenge::phone) {
            title = "Kartı onaylayın";
            let phone = phone.masked();
            // Paynet's codes have letters.
            body = format!(
                "<form method=post><label>{phone} numarasına gelen kod<input name=typed \
                 autocomplete=one-time-code autocapitalize=characters spellcheck=false required \
                 autofocus></label><button name=button value=verify>Onayla</button></form>\
                 <form method=post><button class=second name=button value=card>Yeni kod gönder</button></form>{body}"
            );
        }
        let by_link = match (&self.link, self.has_no_link) {
            (None, false) => "<button class=second name=button value=link>Bağlantıyla öde</button>",
            _ => "",
        };
        let open = if body.is_empty() { " open" } else { "" };
        body += &format!(
            "<details{open}><summary>Nasıl ödemek istersiniz?</summary><form method=post>\
             <label>Cep telefonu<input name=typed type=tel autocomplete=tel \
             placeholder='0555 000 00 42' required></label>\
             <button name=button value=card>Kartla öde</button>{by_link}</form></details>"
        );
        (title, body)
    }
}
