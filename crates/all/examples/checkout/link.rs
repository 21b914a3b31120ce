//! Payment link: make one, send it by SMS, and hear from PayTR that it was paid.

use std::sync::Arc;

use axum::Form;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use onay::paytr_link::{
    CALLBACK_REPLY, CreatedLink, Currency, Money, ProductLink, verify_callback,
};
use onay::{Error, ErrorKind, Gsm, LinkNotifier, LinkRecipient};

use crate::card::Phone;
use crate::notice::Notice;
use crate::order::{TOTAL, lira};
use crate::page::{self, Slot};
use crate::shop::{Shop, Visitor, log, see_through};
use crate::visit::LinkState;

/// The page that waits for the payment. It looks again every few seconds.
pub(crate) async fn show(State(shop): State<Arc<Shop>>, visitor: Visitor) -> Response {
    let visit = visitor.visit();
    let (None, Some(link)) = (visit.paid, &visit.link) else {
        return Redirect::to("/").into_response();
    };
    let gsm = link.gsm.to_string();
    let (created, notice) = match &link.state {
        LinkState::Making => return page::busy(&shop),
        LinkState::Unknown => {
            let template = include_str!("pages/link_unknown.html");
            let body = page::fill(template, &[("gsm", Slot::Text(&gsm))]);
            return page::page(&shop, "Bağlantı hazır değil", &body, None);
        }
        LinkState::Made(created, notice) => (created, *notice),
    };
    let body = page::fill(
        include_str!("pages/link.html"),
        &[
            ("gsm", Slot::Text(&gsm)),
            ("total", Slot::Text(&lira(TOTAL))),
            ("address", Slot::Text(created.url().unwrap_or("/link"))),
        ],
    );
    let page = page::page(&shop, "Ödeme bekleniyor", &body, notice);
    ([("refresh", "5")], page).into_response()
}

/// The customer chose to pay by link.
pub(crate) async fn begin(
    State(shop): State<Arc<Shop>>,
    visitor: Visitor,
    Form(form): Form<Phone>,
) -> Redirect {
    let Ok(gsm) = Gsm::parse(&form.phone) else {
        visitor.visit().notice = Some(Notice::NotANumber);
        return Redirect::to("/");
    };
    let is_free = visitor.visit().make_link(gsm);
    if is_free {
        create_and_send(shop, visitor, gsm).await;
    }
    Redirect::to("/link")
}

/// The customer was told that the link may be lost, and wants another one.
pub(crate) async fn another(State(shop): State<Arc<Shop>>, visitor: Visitor) -> Redirect {
    let gsm = visitor.visit().make_another_link();
    if let Some(gsm) = gsm {
        create_and_send(shop, visitor, gsm).await;
    }
    Redirect::to("/link")
}

/// PayTR tells of a payment. Whoever else posts here has no key to sign with.
pub(crate) async fn callback(
    State(shop): State<Arc<Shop>>,
    body: Bytes,
) -> (StatusCode, &'static str) {
    match verify_callback(&body, &shop.credentials) {
        Ok(payment) if shop.link_was_paid(&payment) => {}
        // Not the word that PayTR waits for, so it tells again.
        Ok(_) => return (StatusCode::SERVICE_UNAVAILABLE, "later"),
        // Signed, but not a success: heard, and nothing to do.
        Err(error) if error.kind() == ErrorKind::Refused => {}
        Err(error) => {
            log(error);
            return (StatusCode::BAD_REQUEST, "no");
        }
    }
    // Exactly this, or PayTR calls again.
    (StatusCode::OK, CALLBACK_REPLY)
}

async fn create_and_send(shop: Arc<Shop>, visitor: Visitor, gsm: Gsm) {
    see_through(async move {
        let order = visitor.visit().order.clone();
        let link = match create(&shop, &order).await {
            Ok(link) => link,
            Err(error) => return visitor.visit().link_was_not_made(&error),
        };
        let id = link.id().clone();
        let is_wanted = visitor.visit().link_was_made(link);
        if !is_wanted {
            return shop.take_back(id).await;
        }
        let sent = shop.paytr.notify(&id, &LinkRecipient::Sms(gsm)).await;
        visitor.visit().link_was_sent(&sent);
    })
    .await;
}

async fn create(shop: &Shop, order: &str) -> Result<CreatedLink, Error> {
    let product = ProductLink::new("Çiçek siparişi", Money::new(TOTAL, Currency::Tl)?, 1)?
        .max_count(1)? // it can be paid once
        .callback(&shop.callback_address, order)?;
    shop.paytr.create(product).await
}
