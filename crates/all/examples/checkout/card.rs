//! Card with a one-time password: ask for a code, check it, send another.

use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use onay::{Gsm, OtpCode};
use serde::Deserialize;

use crate::conversations::Conversation;
use crate::notice::Notice;
use crate::order::{TOTAL, lira};
use crate::page::{self, Slot};
use crate::shop::{Shop, Visitor, see_through};
use crate::time;

#[derive(Deserialize)]
pub(crate) struct Phone {
    pub(crate) phone: String,
}

#[derive(Deserialize)]
pub(crate) struct Typed {
    code: String,
}

/// The page that asks for the code.
pub(crate) async fn show(State(shop): State<Arc<Shop>>, visitor: Visitor) -> Response {
    let mut visit = visitor.visit();
    if visit.paid.is_none() && visit.card.is_busy() {
        return page::busy(&shop);
    }
    let card = visit.card.current().filter(|card| card.is_asked);
    let (None, Some(card)) = (visit.paid, card) else {
        // Paid already, or no code was asked for: the first page knows.
        return Redirect::to("/").into_response();
    };
    // Where the code is used up there is nothing to type, and the other button is the first.
    let (form, weight) = if card.is_over {
        (include_str!("pages/code_over.html"), "first")
    } else {
        (include_str!("pages/code_form.html"), "second")
    };
    let form = page::fill(
        form,
        &[
            // Written masked: `Gsm` has no other `Display`.
            ("gsm", Slot::Text(&card.gsm.to_string())),
            ("total", Slot::Text(&lira(TOTAL))),
        ],
    );
    let body = page::fill(
        include_str!("pages/code.html"),
        &[
            ("form", Slot::Html(&form)),
            ("weight", Slot::Text(weight)),
            ("wait", Slot::Html(&wait(card))),
        ],
    );
    let title = if card.is_over {
        "Kod geçersiz"
    } else {
        "Kartı onaylayın"
    };
    page::page(&shop, title, &body, visit.notice.take())
}

/// The customer chose to pay by card.
///
/// Anybody can type anybody's number here. The guard limits what one number gets; a real shop also
/// limits what one address may ask for, with `for_caller`.
pub(crate) async fn begin(
    State(shop): State<Arc<Shop>>,
    visitor: Visitor,
    Form(form): Form<Phone>,
) -> Redirect {
    let Ok(gsm) = Gsm::parse(&form.phone) else {
        visitor.visit().notice = Some(Notice::NotANumber);
        return Redirect::to("/");
    };
    send(shop, visitor, gsm).await
}

/// The customer wants another code.
pub(crate) async fn resend(State(shop): State<Arc<Shop>>, visitor: Visitor) -> Redirect {
    let gsm = visitor.visit().card.current().map(|card| card.gsm);
    match gsm {
        Some(gsm) => send(shop, visitor, gsm).await,
        None => Redirect::to("/"),
    }
}

/// The customer typed a code.
pub(crate) async fn verify(
    State(shop): State<Arc<Shop>>,
    visitor: Visitor,
    Form(form): Form<Typed>,
) -> Redirect {
    let Ok(code) = OtpCode::parse(&form.code) else {
        visitor.visit().notice = Some(Notice::NotACode);
        return Redirect::to("/card");
    };
    let challenge = visitor.visit().check_code();
    let Some(challenge) = challenge else {
        return Redirect::to("/card");
    };
    see_through(async move {
        let answer = shop.verifier.verify_otp(&challenge, &code).await;
        let link = visitor.visit().code_was_checked(answer);
        if let Some(link) = link {
            shop.take_back(link).await;
        }
    })
    .await;
    Redirect::to("/card")
}

async fn send(shop: Arc<Shop>, visitor: Visitor, gsm: Gsm) -> Redirect {
    let challenge = visitor.visit().ask_for_code(gsm);
    if let Some(challenge) = challenge {
        see_through(async move {
            let answer = shop.sender.send_otp(&challenge).await;
            visitor.visit().code_was_asked_for(answer);
        })
        .await;
    }
    // Which shows the first page where no code is on its way.
    Redirect::to("/card")
}

/// The note beside the button for another code; the script makes a countdown of it.
fn wait(card: &Conversation) -> String {
    let Some(wait) = card.wait() else {
        return String::new();
    };
    page::fill(
        include_str!("pages/wait.html"),
        &[
            ("seconds", Slot::Text(&time::whole(wait).to_string())),
            ("spoken", Slot::Text(&time::spoken(wait))),
            ("when", Slot::Text(&time::when(wait))),
        ],
    )
}
