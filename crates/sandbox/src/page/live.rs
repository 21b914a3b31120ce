//! `events` streams what happens to the page, each item as the HTML that it is shown as.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{Extensions, HeaderMap};
use axum::response::sse::Event;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::PageQuery;
use super::find::is_problem;
use super::item::Look;
use super::language::Language;
use super::stream::Item;
use crate::api::events::{event, last_event_id, stream};
use crate::events::EventRecord;
use crate::shared::Shared;

/// `/page/items`: the items that are looked for, as HTML.
pub(super) async fn items(
    State(shared): State<Arc<Shared>>,
    query: Result<Query<PageQuery>, QueryRejection>,
    headers: HeaderMap,
) -> Json<Value> {
    let query = PageQuery::read(query);
    let language = Language::wanted(query.lang.as_deref(), &headers);
    let world = shared.world();
    let (listing, is_narrow) = query.listed(&world);
    let look = Look::of(language, &world);
    let html = listing.items.iter().map(|item| look.at(item).to_string());
    Json(json!({
        "html": html.collect::<String>(),
        "count": listing.count,
        "has_older": listing.has_older,
        "has_any": listing.has_any,
        "is_narrow": is_narrow,
    }))
}

/// `/page/events`: what happens, with each item as it is shown.
pub(super) async fn events(
    State(shared): State<Arc<Shared>>,
    query: Result<Query<PageQuery>, QueryRejection>,
    headers: HeaderMap,
    extensions: Extensions,
) -> Response {
    let query = PageQuery::read(query);
    let language = Language::wanted(query.lang.as_deref(), &headers);
    let after = last_event_id(&headers).or(query.after);
    let world = Arc::clone(&shared);
    let heard = move |record: EventRecord| match (record.kind, record.message, record.call) {
        // Its call follows at once, and is told with it.
        ("message", ..) => None,
        ("journal" | "paid", message, call) => shown(&world, language, &record, message, call),
        _ => Some(event(&record)),
    };
    match stream(&shared, after, &extensions, heard) {
        Ok(response) => response,
        Err(refused) => refused.into_response(),
    }
}

fn shown(
    shared: &Shared,
    language: Language,
    record: &EventRecord,
    message: Option<u64>,
    call: Option<u64>,
) -> Option<Event> {
    let world = shared.world();
    let item = super::listing::item(&world, message, call)?;
    let look = Look::of(language, &world);
    let data = json!({
        "key": item.key(),
        "tenant": item.tenant().map(crate::tenant::TenantId::name),
        "html": look.at(&item).to_string(),
        "is_new": record.kind == "journal",
        "is_message": item.message.is_some(),
        "says": says(&look, &item),
    });
    let event = Event::default().id(record.id.to_string()).event("item");
    Some(event.data(data.to_string()))
}

/// What is said to those who hear the page, where it is worth it.
fn says(look: &Look<'_>, item: &Item<'_>) -> Option<String> {
    let words = look.language.words();
    let provider = item.provider().map_or("", |it| look.registry.label(it));
    if let Some(message) = item.message {
        let code = message.otp().map(|code| format!(", {} {code}", words.code));
        let (to, code) = (message.to(), code.unwrap_or_default());
        return Some(format!("{}: {provider}, {to}{code}", words.new_message));
    }
    let call = item.call().filter(|call| is_problem(call))?;
    let operation = call.operation.unwrap_or(words.unknown_path);
    Some(format!("{}: {provider}, {operation}", words.new_refusal))
}
