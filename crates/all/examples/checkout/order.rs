//! The order: what is in it, and that it is paid.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

use crate::page::{self, Slot};
use crate::shop::{Shop, Visitor};
use crate::visit::PaidBy;

/// Name, note, and price in kuruş.
const GOODS: [(&str, &str, u64); 3] = [
    ("Şakayık buketi", "12 dal, pembe", 64_900),
    ("Cam vazo", "Ağız çapı 9 cm", 21_950),
    ("El yazısı kart", "“İyi ki doğdun”", 4_500),
];

/// What the order costs, in kuruş.
pub(crate) const TOTAL: u64 = GOODS[0].2 + GOODS[1].2 + GOODS[2].2;

/// The first page. Whoever comes without a cookie begins a visit: here and not with the first form,
/// because a double click on that would be two visits then, and two messages.
pub(crate) async fn show(State(shop): State<Arc<Shop>>, headers: HeaderMap) -> Response {
    if let Some(visitor) = shop.visitor(&headers) {
        return first_page(&shop, &visitor);
    }
    match shop.welcome() {
        Ok((visitor, cookie)) => {
            ([(header::SET_COOKIE, cookie)], first_page(&shop, &visitor)).into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn first_page(shop: &Shop, visitor: &Visitor) -> Response {
    let mut visit = visitor.visit();
    if visit.paid.is_some() {
        return Redirect::to("/paid").into_response();
    }
    let rows: String = GOODS.iter().map(|good| row(*good)).collect();
    let body = page::fill(
        include_str!("pages/order.html"),
        &[
            ("order", Slot::Text(&visit.order)),
            ("rows", Slot::Html(&rows)),
            ("total", Slot::Text(&lira(TOTAL))),
        ],
    );
    page::page(shop, "Siparişiniz", &body, visit.notice.take())
}

/// A new order, for whoever has paid the old one.
pub(crate) async fn again(State(shop): State<Arc<Shop>>, visitor: Visitor) -> Response {
    if visitor.visit().paid.is_none() {
        return Redirect::to("/").into_response();
    }
    match shop.welcome() {
        Ok((_, cookie)) => ([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

pub(crate) async fn paid(State(shop): State<Arc<Shop>>, visitor: Visitor) -> Response {
    let visit = visitor.visit();
    let how = match visit.paid {
        Some(PaidBy::Card) => "Kartınızla ödediniz.",
        Some(PaidBy::Link) => "Ödeme bağlantısı ile ödediniz.",
        None => return Redirect::to("/").into_response(),
    };
    let body = page::fill(
        include_str!("pages/paid.html"),
        &[
            ("order", Slot::Text(&visit.order)),
            ("how", Slot::Text(how)),
            ("total", Slot::Text(&lira(TOTAL))),
        ],
    );
    page::page(&shop, "Teşekkürler", &body, None)
}

/// `913,50 TL`.
pub(crate) fn lira(kurus: u64) -> String {
    format!("{},{:02} TL", kurus / 100, kurus % 100)
}

fn row((name, note, price): (&str, &str, u64)) -> String {
    page::fill(
        include_str!("pages/row.html"),
        &[
            ("name", Slot::Text(name)),
            ("note", Slot::Text(note)),
            ("price", Slot::Text(&lira(price))),
        ],
    )
}
