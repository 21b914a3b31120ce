//! `show` is the page of a payment link: what it costs, Pay and Decline, and what came of it.

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::link::{Link, LinkProblem};
use super::payment;
use super::words::PaymentWords;
use crate::callbacks::CallbackResponse;
use crate::page::{HEADERS, Language, NOT_KEPT};
use crate::shared::Shared;

/// The page of a link, or of none.
#[derive(Template)]
#[template(path = "payment.html")]
struct Page<'link> {
    language: Language,
    words: &'static PaymentWords,
    id: &'link str,
    order: Option<Order>,
    is_declined: bool,
}

/// What is paid for, and what came of it.
struct Order {
    link: Link,
    payable: Result<(), LinkProblem>,
    paid: Option<PaymentResult>,
}

/// A payment, and what the merchant answered to its callback.
struct PaymentResult {
    merchant_oid: String,
    answer: Option<CallbackResponse>,
}

impl PaymentResult {
    /// Whether the merchant took it, or need not.
    fn is_accepted(&self) -> bool {
        self.answer
            .as_ref()
            .is_none_or(CallbackResponse::is_accepted)
    }

    fn verdict(&self, words: &PaymentWords) -> &'static str {
        match &self.answer {
            None => words.paid_without_callback,
            Some(answer) if answer.is_accepted() => words.accepted,
            Some(answer) if answer.error().is_some() => words.no_answer,
            Some(_) => words.not_ok,
        }
    }
}

#[derive(Default, Deserialize)]
pub(super) struct PageQuery {
    lang: Option<String>,
    declined: Option<String>,
}

type Asked = Result<Query<PageQuery>, QueryRejection>;

/// The page.
pub(super) async fn show(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    query: Asked,
    headers: HeaderMap,
) -> Response {
    let query = read(query);
    let order = {
        let mut world = shared.world();
        payment::found(&mut world, &id).map(|(tenant, link)| Order {
            payable: link.payable(world.clock.now(Some(&tenant))),
            paid: link.last_payment.as_ref().map(|payment| {
                let callback = payment.callback;
                let callback = callback.and_then(|number| world.callbacks.get(number));
                PaymentResult {
                    merchant_oid: payment.merchant_oid.clone(),
                    answer: callback.and_then(|it| it.last_answer().cloned()),
                }
            }),
            link,
        })
    };
    // The merchant chose the language of the link; its page shows that unless it is told otherwise.
    let chosen = order.as_ref().map(|order| order.link.lang.as_ref());
    let language = match query.lang.as_deref().or(chosen) {
        Some(tag) => Language::named(tag, &headers),
        None => Language::wanted(None, &headers),
    };
    let status = match order {
        Some(_) => StatusCode::OK,
        None => StatusCode::NOT_FOUND,
    };
    let page = Page {
        language,
        words: PaymentWords::of(language),
        id: &id,
        order,
        is_declined: query.declined.is_some(),
    };
    // Never fails: it is written to memory.
    let page = page.render().unwrap_or_default();
    (status, HEADERS, [NOT_KEPT], Html(page)).into_response()
}

/// The Pay button.
pub(super) async fn pay(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    query: Asked,
) -> Redirect {
    // Where it cannot be paid, the page that follows says why.
    let _ = payment::pay(&shared, &id).await;
    back(&id, query, "")
}

/// The Decline button. Word goes out of payments that succeeded, and of no other.
pub(super) async fn decline(Path(id): Path<String>, query: Asked) -> Redirect {
    back(&id, query, "declined=1")
}

fn back(id: &str, query: Asked, more: &str) -> Redirect {
    // Nothing but letters and digits goes into the address: no other id is one.
    let id: String = id.chars().filter(char::is_ascii_alphanumeric).collect();
    let lang = match read(query).lang.as_deref() {
        Some("en") => "lang=en&",
        Some("tr") => "lang=tr&",
        _ => "",
    };
    let query = format!("?{lang}{more}");
    let query = query.trim_end_matches(['?', '&']);
    Redirect::to(&format!("/paytr/link/{id}{query}"))
}

fn read(query: Asked) -> PageQuery {
    // A query that cannot be read is no reason to withhold the page.
    query.map(|Query(query)| query).unwrap_or_default()
}
