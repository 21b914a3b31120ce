//! `/api/v1/events` tells what happens, as it happens.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, HeaderName};
use axum::http::{Extensions, HeaderMap};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;

use super::error::{ApiError, ErrorBody};
use super::input::ApiQuery;
use crate::connections::ConnectionHandle;
use crate::events::{EventRecord, NotNow};
use crate::shared::Shared;

/// How long nothing may come before a comment says that the sandbox is still there.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// How soon a reader comes back, should the connection end.
const RETRY: Duration = Duration::from_secs(1);

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ReadQuery {
    after: Option<u64>,
}

/// Server-sent events, as things happen: `message` and `paid` (a message), `removed` (the id of one),
/// `journal` (a call), `clock`, `faults` (how many rules there are, and their ids), `cleared` and
/// `journal_cleared` (whose), `reset`.
///
/// A client that comes back with the id of the last event gets those since; where they are not kept any
/// more, and for an id of another sandbox, the first event is `resync`: read the lists again. 256 events
/// are kept, 32 may read at once, and a reader that is too slow loses the connection.
#[utoipa::path(
    get, path = "/events", operation_id = "readEvents", tag = "insight",
    params(ReadQuery, ("Last-Event-ID" = Option<String>, Header, description = "What a browser sends when it comes back.")),
    responses(
        (status = OK, description = "The events, without end.", body = String, content_type = "text/event-stream"),
        (status = SERVICE_UNAVAILABLE, description = "As many read as may at once.", body = ErrorBody),
    )
)]
pub(super) async fn read(
    State(shared): State<Arc<Shared>>,
    ApiQuery(query): ApiQuery<ReadQuery>,
    headers: HeaderMap,
    extensions: Extensions,
) -> Result<Response, ApiError> {
    let after = last_event_id(&headers).or(query.after);
    stream(&shared, after, &extensions, |record| Some(event(&record)))
}

/// What happens from now on, or after an event, each made into what a reader wants to hear of it.
pub(crate) fn stream(
    shared: &Shared,
    after: Option<u64>,
    extensions: &Extensions,
    heard: impl FnMut(EventRecord) -> Option<Event> + Send + 'static,
) -> Result<Response, ApiError> {
    let events = shared
        .world()
        .events
        .read(after, ConnectionHandle::of(extensions))
        .map_err(|reason| match reason {
            NotNow::TooMany => {
                let message = "as many read the events as may at once, which is 32";
                ApiError::unavailable("too_many_readers", message)
            }
            NotNow::Stopping => ApiError::stopping(),
        })?;
    // Comes first, so that a reader knows from when on it reads.
    let greeting = tokio_stream::once(Event::default().retry(RETRY));
    let events = ReceiverStream::new(events).filter_map(heard);
    let events = greeting.chain(events).map(Ok::<_, Infallible>);
    let keep_alive = KeepAlive::new().interval(KEEP_ALIVE).text("still here");
    let headers = [
        (CACHE_CONTROL, "no-store"),
        // A proxy in between keeps nothing back, nginx as it comes included.
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    Ok((headers, Sse::new(events).keep_alive(keep_alive)).into_response())
}

/// An event as the test API tells it.
pub(crate) fn event(record: &EventRecord) -> Event {
    let event = Event::default()
        .id(record.id.to_string())
        .event(record.kind);
    event.data(&record.data)
}

/// What a browser says when it comes back. One that is no id of ours was another server's.
pub(crate) fn last_event_id(headers: &HeaderMap) -> Option<u64> {
    let id = headers.get("last-event-id")?;
    let id = id.to_str().ok().and_then(|id| id.parse().ok());
    Some(id.unwrap_or(u64::MAX))
}
