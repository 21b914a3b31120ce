//! The inbox page and those of payment links: rendered here, read without JavaScript and without a network.

mod html;
mod inbox;
mod language;
mod payment;

use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::{Html, IntoResponse};
use axum::routing::{get, post};
use serde::Deserialize;

use self::language::Language;
use crate::addresses::reached;
use crate::message::MessageFilter;
use crate::state::Shared;

/// How many messages the page shows.
const MESSAGES_SHOWN: usize = 100;

const STYLE: &str = include_str!("page/inbox.css");
const ICON: &str = include_str!("page/icon.svg");

/// The page allows itself its own style and icon, and nothing else.
const MANNERS: [(HeaderName, HeaderValue); 4] = [
    (
        CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; \
             base-uri 'none'; form-action 'none'",
        ),
    ),
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (CACHE_CONTROL, HeaderValue::from_static("no-store")),
];

/// The page and what it needs.
pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/", get(page))
        .route("/paytr/link/{id}", get(payment::show))
        .route("/paytr/link/{id}/pay", post(payment::pay))
        .route("/paytr/link/{id}/decline", post(payment::decline))
        .route("/assets/inbox.css", get(style))
        .route("/assets/icon.svg", get(icon))
}

#[derive(Default, Deserialize)]
struct PageQuery {
    lang: Option<String>,
    declined: Option<String>,
}

async fn page(
    State(shared): State<Arc<Shared>>,
    query: Result<Query<PageQuery>, QueryRejection>,
    headers: HeaderMap,
) -> impl IntoResponse {
    // A query that cannot be read is no reason to withhold the inbox.
    let lang = query.ok().and_then(|Query(query)| query.lang);
    let language = Language::wanted(lang.as_deref(), &headers);
    let page = {
        let world = shared.world();
        let every = MessageFilter::new();
        let shown: Vec<_> = world
            .inbox
            .newest_first(&every)
            .take(MESSAGES_SHOWN)
            .collect();
        inbox::render(language, reached(shared.address()), &world.clock, &shown)
    };
    (MANNERS, Html(page))
}

async fn style() -> impl IntoResponse {
    (MANNERS, [(CONTENT_TYPE, "text/css; charset=utf-8")], STYLE)
}

async fn icon() -> impl IntoResponse {
    (MANNERS, [(CONTENT_TYPE, "image/svg+xml")], ICON)
}
