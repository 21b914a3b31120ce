//! What the fakes have in common over HTTP: where calls go, how one is read, and how an
//! answer is dated.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::DATE;
use axum::http::request::Parts;
use axum::response::Response;
use axum::routing::{MethodRouter, any};
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;
use serde_json::{Map, Value};

use crate::body::{self, BodyProblem, Mask};
use crate::form;
use crate::state::Shared;
use crate::wire::Wire;

/// Lets a fake take the calls of one operation, or of none where the path names none.
pub(crate) fn calling<O, F>(
    take: fn(Arc<Shared>, Option<O>, Request) -> F,
    operation: Option<O>,
) -> MethodRouter<Arc<Shared>>
where
    O: Copy + Send + Sync + 'static,
    F: Future<Output = Response> + Send + 'static,
{
    any(move |State(shared): State<Arc<Shared>>, request: Request| take(shared, operation, request))
}

/// A fake's calls below its root, and an answer for every other path there.
pub(crate) fn below(
    root: &str,
    calls: Router<Arc<Shared>>,
    unknown_path: MethodRouter<Arc<Shared>>,
) -> Router<Arc<Shared>> {
    Router::new()
        .nest(root, calls.fallback(unknown_path.clone()))
        // Nesting leaves this one path out.
        .route(&format!("{root}/"), unknown_path)
}

/// A call to a provider, read to its end.
#[derive(Debug)]
pub(crate) struct Received {
    pub(crate) head: Parts,
    pub(crate) body: Result<Value, BodyProblem>,
}

impl Received {
    pub(crate) async fn read(request: Request) -> Self {
        let (head, body) = request.into_parts();
        let body = body::whole(body).await;
        let body = body::json(&head.headers, body.as_deref());
        Self { head, body }
    }

    /// The same for a call whose body is a form, read as an object of texts.
    pub(crate) async fn read_form(request: Request) -> Self {
        let (head, body) = request.into_parts();
        let body = body::whole(body).await;
        let body = form::read(&head.headers, body.as_deref());
        Self { head, body }
    }

    /// The connection that it came over.
    pub(crate) fn wire(&self) -> Wire {
        Wire::of(&self.head.extensions)
    }

    /// The fields of the body.
    pub(crate) fn fields(&self) -> Result<&Map<String, Value>, BodyProblem> {
        let body = self.body.as_ref().map_err(BodyProblem::clone)?;
        body.as_object().ok_or(BodyProblem::NoObject)
    }

    /// What the journal keeps of the body.
    pub(crate) fn masked(&self, masks: &[(&str, Mask)]) -> Map<String, Value> {
        let body = self.body.as_ref().ok();
        body.map(|body| body::masked(body, masks))
            .unwrap_or_default()
    }
}

/// Dates an answer with the virtual time, which clients judge the times in it against.
pub(crate) fn dated(mut response: Response, now: Timestamp) -> Response {
    if let Some(date) = http_date(now) {
        response.headers_mut().insert(DATE, date);
    }
    response
}

fn http_date(time: Timestamp) -> Option<HeaderValue> {
    let date = DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&time)
        .ok()?;
    HeaderValue::try_from(date).ok()
}
