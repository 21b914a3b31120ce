//! Payment link: make one, send it by SMS, and hear from PayTR that it was paid.

use std::sync::Arc;

use axum::Form;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use onay::http::run_to_end;
use onay::paytr_link::{
    CALLBACK_REPLY, CreatedLink, Currency, Money, ProductLink, verify_callback,
};
use onay::{Error, ErrorKind, Gsm, LinkNotifier, LinkRecipient};

use crate::card::Phone;
use crate::notice::Notice;
use crate::order::{TOTAL, lira};
use crate::page::{self, Slot};
use crate::shop::{Shop, Visitor, log};
use crate::visit::PayLink;

/// The page that waits for the payment. It looks again every few seconds.
pub(crate) async fn show(State(shop): State<Arc<Shop>>, visitor: Visitor) -> Response {
    let visit = visitor.visit();
    let (None, Some(link)) = (visit.paid, &visit.link) else {
        return Redirect::to("/").into_response();
    };
    let address = link.created.as_ref().and_then(CreatedLink::url);
    let body = page::fill(
        include_str!("pages/link.html"),
        &[
            ("gsm", Slot::Text(&link.gsm.to_string())),
            ("total", Slot::Text(&lira(TOTAL))),
            ("address", Slot::Text(address.unwrap_or("/link"))),
        ],
    );
    let page = page::page(&shop, "Ödeme bekleniyor", &body, link.notice);
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
    {
        // Kept before anybody is called: a double click finds it, and makes no second link.
        let mut visit = visitor.visit();
        if visit.link.is_some() || visit.paid.is_some() {
            return Redirect::to("/link");
        }
        visit.link = Some(PayLink {
            gsm,
            created: None,
            notice: None,
        });
    }
    // For the same reason as with a code: what was begun is seen through, and its end is kept.
    let begun = run_to_end(async move { create_and_send(&shop, &visitor, gsm).await });
    if let Err(error) = begun.await {
        log(&error);
    }
    Redirect::to("/link")
}

/// PayTR tells of a payment. Whoever else posts here has no key to sign with.
pub(crate) async fn callback(
    State(shop): State<Arc<Shop>>,
    body: Bytes,
) -> (StatusCode, &'static str) {
    match verify_callback(&body, &shop.credentials) {
        Ok(payment) => shop.link_was_paid(&payment),
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

async fn create_and_send(shop: &Shop, visitor: &Visitor, gsm: Gsm) -> Result<(), Error> {
    let order = visitor.visit().order.clone();
    let link = match create(shop, &order).await {
        Ok(link) => link,
        Err(error) => {
            let mut visit = visitor.visit();
            visit.link = None;
            visit.notice = Some(Notice::NoLink);
            return Err(error);
        }
    };
    let sent = shop.paytr.notify(link.id(), &LinkRecipient::Sms(gsm)).await;
    visitor.visit().link = Some(PayLink {
        gsm,
        created: Some(link),
        // Where no message went out, the page offers the link itself: better than a second message.
        notice: Some(Notice::of_link(&sent)),
    });
    sent.map(|_| ())
}

async fn create(shop: &Shop, order: &str) -> Result<CreatedLink, Error> {
    let product = ProductLink::new("Çiçek siparişi", Money::new(TOTAL, Currency::Tl)?, 1)?
        .max_count(1)? // it can be paid once
        .callback(&shop.callback_address, order)?;
    shop.paytr.create(product).await
}
