//! `show` is the page of a payment link: what it costs, Pay and Decline, and what came of it.

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::link::{Link, LinkProblem};
use super::payment;
use super::words::{PaymentWords, of};
use crate::callbacks::CallbackAnswer;
use crate::page::{HEADERS, Language, Markup, NOT_KEPT};
use crate::state::Shared;

const PAGE: &str = include_str!("page/payment.html");
const ORDER: &str = include_str!("page/order.html");
const BUTTONS: &str = include_str!("page/buttons.html");
const OUTCOME: &str = include_str!("page/outcome.html");
const CALLBACK: &str = include_str!("page/callback.html");
const NOTICE: &str = include_str!("page/notice.html");

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
    let found = {
        let mut world = shared.world();
        payment::found(&mut world, &id).map(|(tenant, link)| {
            let payable = link.payable(world.clock.now(Some(&tenant)));
            let payment = link.last_payment.as_ref();
            let paid = payment.map(|payment| {
                let callback = payment.callback;
                let callback = callback.and_then(|number| world.callbacks.get(number));
                let answer = callback.and_then(|callback| callback.last_answer().cloned());
                (payment.merchant_oid.clone(), answer)
            });
            (link, payable, paid)
        })
    };
    let Some((link, payable, paid)) = found else {
        let language = Language::wanted(query.lang.as_deref(), &headers);
        let words = of(language);
        let page = page(language, notice("unknown", words.unknown));
        return respond(StatusCode::NOT_FOUND, page);
    };
    // The merchant chose the language of the link; its page shows that unless it is told otherwise.
    let language = Language::named(query.lang.as_deref().unwrap_or(&link.lang), &headers);
    let declined = query.declined.is_some();
    respond(
        StatusCode::OK,
        render(
            language,
            &id,
            &link,
            payable,
            paid.as_ref().filter(|_| !declined),
            declined,
        ),
    )
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

fn respond(status: StatusCode, page: String) -> Response {
    (status, HEADERS, [NOT_KEPT], Html(page)).into_response()
}

fn render(
    language: Language,
    id: &str,
    link: &Link,
    payable: Result<(), LinkProblem>,
    paid: Option<&Told>,
    declined: bool,
) -> String {
    let words = of(language);
    let doing = match payable {
        Ok(()) => Markup::filled(
            BUTTONS,
            &[
                ("id", Markup::text(id)),
                ("language", Markup::text(language.tag())),
                ("pay", Markup::text(words.pay)),
                ("decline", Markup::text(words.decline)),
            ],
        ),
        Err(problem) => notice("not-payable", not_payable(words, problem)),
    };
    let outcome = match paid {
        _ if declined => notice("declined", words.declined),
        Some(paid) => outcome(language, paid),
        None => Markup::default(),
    };
    let order = Markup::filled(
        ORDER,
        &[
            ("name", Markup::text(&link.name)),
            ("price", Markup::text(&price(language, link))),
            ("doing", doing),
            ("outcome", outcome),
        ],
    );
    page(language, order)
}

/// The price with the decimal sign of the language; thousands have none.
fn price(language: Language, link: &Link) -> String {
    let shown = link.shown_price();
    match language {
        Language::English => shown,
        Language::Turkish => shown.replace('.', ","),
    }
}

fn page(language: Language, content: Markup) -> String {
    let (words, payment_words) = (language.words(), of(language));
    Markup::filled(
        PAGE,
        &[
            ("language", Markup::text(language.tag())),
            ("title", Markup::text(payment_words.title)),
            (
                "nothing_is_paid",
                Markup::text(payment_words.nothing_is_paid),
            ),
            ("other_language", Markup::text(words.other_language)),
            ("other_language_tag", Markup::text(words.other_language_tag)),
            ("content", content),
        ],
    )
    .into_string()
}

/// The number of an order, and what the merchant answered to word of it.
type Told = (String, Option<CallbackAnswer>);

fn outcome(language: Language, (merchant_oid, callback): &Told) -> Markup {
    let words = of(language);
    let (state, verdict) = match callback {
        None => ("accepted", words.paid_without_callback),
        Some(callback) if callback.is_accepted() => ("accepted", words.accepted),
        Some(callback) if callback.error().is_some() => ("refused", words.no_answer),
        Some(_) => ("refused", words.not_ok),
    };
    let answer = callback
        .as_ref()
        .map_or_else(Markup::default, |it| answer(language, it));
    Markup::filled(
        OUTCOME,
        &[
            ("state", Markup::text(state)),
            ("verdict", Markup::text(verdict)),
            ("order", Markup::text(words.order)),
            ("merchant_oid", Markup::text(merchant_oid)),
            ("answer", answer),
        ],
    )
}

fn answer(language: Language, callback: &CallbackAnswer) -> Markup {
    let words = of(language);
    if let Some(error) = callback.error() {
        return notice("callback-error", error);
    }
    let status = callback.status().map(|status| status.to_string());
    let cause = callback.cause().map(|cause| match language {
        Language::English => cause.english(),
        Language::Turkish => cause.turkish(),
    });
    let cause = cause.map_or_else(Markup::default, |cause| notice("callback-cause", cause));
    Markup::filled(
        CALLBACK,
        &[
            ("status", Markup::text(words.status)),
            ("status_shown", Markup::text(&status.unwrap_or_default())),
            ("body", Markup::text(callback.shown().unwrap_or_default())),
            ("cause", cause),
        ],
    )
}

fn notice(hook: &str, text: &str) -> Markup {
    Markup::filled(
        NOTICE,
        &[("hook", Markup::text(hook)), ("text", Markup::text(text))],
    )
}

fn not_payable(words: &PaymentWords, problem: LinkProblem) -> &'static str {
    match problem {
        LinkProblem::Unknown => words.unknown,
        LinkProblem::Deleted => words.deleted,
        LinkProblem::Expired => words.expired,
        LinkProblem::UsedUp => words.used_up,
    }
}
