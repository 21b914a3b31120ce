//! Card with a one-time password: ask for a code, check it, send another.

use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use onay::http::run_to_end;
use onay::{Gsm, OtpChallenge, OtpCode};
use serde::Deserialize;

use crate::notice::Notice;
use crate::order::{TOTAL, lira};
use crate::page::{self, Slot};
use crate::shop::{Shop, Visitor, log};
use crate::time;
use crate::visit::Conversation;

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
    let card = visit.card.as_ref().filter(|card| card.is_asked);
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
    page::page(&shop, "Kartı onaylayın", &body, visit.notice.take())
}

/// The customer chose to pay by card.
///
/// Anybody can type anybody's number here. The provider limits what one number gets; a real shop
/// also limits what one visitor, and one address, may ask for.
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
    let gsm = visitor.visit().card.as_ref().map(|card| card.gsm);
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
    let challenge = visitor
        .visit()
        .card
        .as_ref()
        .map(|card| card.challenge.clone());
    let Some(challenge) = challenge else {
        return Redirect::to("/");
    };
    // A customer who closes the tab drops this handler. The code may be used up by then, so the call
    // runs to its end and its answer is kept, whoever waits for it.
    let checked = run_to_end(async move {
        let answer = shop.verifier.verify_otp(&challenge, &code).await;
        let link = visitor.visit().code_was_checked(&challenge, answer);
        if let Some(link) = link {
            // Nobody shall pay a second time by the link.
            shop.paytr.delete(&[link]).await?;
        }
        Ok(())
    });
    if let Err(error) = checked.await {
        log(&error);
    }
    Redirect::to("/card")
}

async fn send(shop: Arc<Shop>, visitor: Visitor, gsm: Gsm) -> Redirect {
    let challenge = visitor.visit().challenge_to(gsm);
    match challenge {
        Ok(challenge) => ask_for_code(shop, visitor, challenge).await,
        Err(notice) => visitor.visit().notice = Some(notice),
    }
    // Which shows the first page where no code is on its way.
    Redirect::to("/card")
}

/// As with a check: the message may leave although the customer does, and the next request has to
/// know of it.
async fn ask_for_code(shop: Arc<Shop>, visitor: Visitor, challenge: OtpChallenge) {
    let asked = run_to_end(async move {
        let answer = shop.sender.send_otp(&challenge).await;
        visitor.visit().code_was_asked_for(&challenge, answer);
        Ok(())
    });
    if let Err(error) = asked.await {
        log(&error);
    }
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
