//! `/api/v1/events`: word of whatever happens, as it happens.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{Extensions, HeaderMap, HeaderName};
use axum::response::{IntoResponse, Response};
use hyper::body::Frame;
use serde::Deserialize;
use tokio::sync::mpsc;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at};

use super::error::ApiError;
use super::input::ApiQuery;
use crate::events::NotNow;
use crate::state::Shared;
use crate::wire::Wire;

/// How long nothing may come before a comment says that the sandbox is still there.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// Comes first, so that a reader knows from when on it reads: how soon to come back, in
/// milliseconds, should the connection end.
const GREETING: &[u8] = b"retry: 1000\n\n";

const COMMENT: &[u8] = b": still here\n\n";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReadQuery {
    after: Option<u64>,
}

pub(super) async fn read(
    State(shared): State<Arc<Shared>>,
    ApiQuery(query): ApiQuery<ReadQuery>,
    headers: HeaderMap,
    extensions: Extensions,
) -> Result<Response, ApiError> {
    let after = last_event_id(&headers).or(query.after);
    let events = shared
        .world()
        .events
        .read(after, Wire::of(&extensions))
        .map_err(|reason| match reason {
            NotNow::TooMany => ApiError::too_many_readers(),
            NotNow::Stopping => ApiError::stopping(),
        })?;
    let headers = [
        (CONTENT_TYPE, "text/event-stream"),
        (CACHE_CONTROL, "no-store"),
        // A proxy in between keeps nothing back, nginx as it comes included.
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    Ok((headers, Body::new(EventStream::new(events))).into_response())
}

/// What a browser says when it comes back. One that is no id of ours was another server's.
fn last_event_id(headers: &HeaderMap) -> Option<u64> {
    let id = headers.get("last-event-id")?;
    let id = id.to_str().ok().and_then(|id| id.parse().ok());
    Some(id.unwrap_or(u64::MAX))
}

/// Events as they come, and a comment where none does for long.
#[derive(Debug)]
struct EventStream {
    greeted: bool,
    events: mpsc::Receiver<Bytes>,
    keep_alive: Interval,
}

impl EventStream {
    fn new(events: mpsc::Receiver<Bytes>) -> Self {
        let mut keep_alive = interval_at(Instant::now() + KEEP_ALIVE, KEEP_ALIVE);
        keep_alive.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self {
            greeted: false,
            events,
            keep_alive,
        }
    }
}

impl HttpBody for EventStream {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let frame = |bytes| Poll::Ready(Some(Ok(Frame::data(bytes))));
        if !self.greeted {
            self.greeted = true;
            return frame(Bytes::from_static(GREETING));
        }
        match self.events.poll_recv(context) {
            Poll::Ready(Some(event)) => return frame(event),
            Poll::Ready(None) => return Poll::Ready(None),
            Poll::Pending => {}
        }
        ready!(self.keep_alive.poll_tick(context));
        frame(Bytes::from_static(COMMENT))
    }
}
