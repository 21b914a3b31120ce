//! `/api/v1/messages`: the inbox, and waiting for a message.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::error::{ApiError, ErrorBody};
use super::input::{ApiQuery, ClearQuery, Number, known_provider, list_length};
use crate::message::{Message, MessageFilter};
use crate::shared::Shared;
use crate::world::World;

/// How long is waited without `timeout_ms`.
const USUAL_WAIT: Duration = Duration::from_secs(30);

/// The longest that is waited.
const LONGEST_WAIT: Duration = Duration::from_secs(120);

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ListQuery {
    provider: Option<String>,
    to: Option<String>,
    tenant: Option<String>,
    limit: Option<usize>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct Messages {
    messages: Vec<Message>,
}

/// Lists messages, newest first.
#[utoipa::path(
    get, path = "/messages", operation_id = "listMessages", tag = "inbox", params(ListQuery),
    responses((status = OK, description = "The messages.", body = Messages))
)]
pub(super) async fn list(
    State(shared): State<Arc<Shared>>,
    ApiQuery(query): ApiQuery<ListQuery>,
) -> Result<Json<Messages>, ApiError> {
    let limit = list_length(query.limit)?;
    known_provider(&shared, query.provider.as_deref())?;
    let filter = filter(query.provider, query.to.as_deref(), query.tenant, None)?;
    let world = shared.world();
    let messages = world
        .inbox
        .newest_first(&filter)
        .take(limit)
        .cloned()
        .collect();
    Ok(Json(Messages { messages }))
}

/// One message.
#[utoipa::path(
    get, path = "/messages/{id}", operation_id = "getMessage", tag = "inbox",
    params(("id" = u64, Path, description = "The message's number.")),
    responses((status = OK, description = "The message.", body = Message))
)]
pub(super) async fn one(
    State(shared): State<Arc<Shared>>,
    Number(id): Number,
) -> Result<Json<Message>, ApiError> {
    let message = shared.world().inbox.message(id).cloned();
    message.map(Json).ok_or_else(ApiError::nothing)
}

/// Removes one message.
#[utoipa::path(
    delete, path = "/messages/{id}", operation_id = "deleteMessage", tag = "inbox",
    params(("id" = u64, Path, description = "The message's number.")),
    responses((status = NO_CONTENT, description = "Removed."))
)]
pub(super) async fn remove(
    State(shared): State<Arc<Shared>>,
    Number(id): Number,
) -> Result<StatusCode, ApiError> {
    let removed = shared.world().remove_message(id);
    let removed = removed.then_some(StatusCode::NO_CONTENT);
    removed.ok_or_else(ApiError::nothing)
}

/// Empties the inbox, of every tenant or of one.
#[utoipa::path(
    delete, path = "/messages", operation_id = "deleteMessages", tag = "inbox", params(ClearQuery),
    responses((status = NO_CONTENT, description = "Emptied."))
)]
pub(super) async fn clear(
    State(shared): State<Arc<Shared>>,
    ApiQuery(query): ApiQuery<ClearQuery>,
) -> StatusCode {
    query.carry_out(&shared, World::clear_messages)
}

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct WaitQuery {
    provider: Option<String>,
    to: Option<String>,
    tenant: Option<String>,
    after: Option<u64>,
    timeout_ms: Option<u64>,
}

/// Waits for a message. Without `after`, the newest that is there answers at once; with it, the oldest
/// that is newer.
#[utoipa::path(
    get, path = "/messages/wait", operation_id = "waitForMessage", tag = "inbox", params(WaitQuery),
    responses(
        (status = OK, description = "The first message that matches.", body = Message),
        (status = REQUEST_TIMEOUT, description = "No matching message came in time.", body = ErrorBody),
        (status = SERVICE_UNAVAILABLE, description = "As many wait as may at once.", body = ErrorBody),
    )
)]
pub(super) async fn wait(
    State(shared): State<Arc<Shared>>,
    ApiQuery(query): ApiQuery<WaitQuery>,
) -> Result<Json<Message>, ApiError> {
    known_provider(&shared, query.provider.as_deref())?;
    let filter = filter(
        query.provider,
        query.to.as_deref(),
        query.tenant,
        query.after,
    )?;
    let timeout = query.timeout_ms.map_or(USUAL_WAIT, Duration::from_millis);
    if timeout > LONGEST_WAIT {
        return Err(ApiError::invalid(format!(
            "timeout_ms is a number from 0 to {}",
            LONGEST_WAIT.as_millis()
        )));
    }
    // A message that is there needs no waiting.
    let there = shared.world().inbox.answer(&filter).cloned();
    if let Some(message) = there {
        return Ok(Json(message));
    }
    let _place = shared.waits.try_acquire().map_err(|_| {
        let message = "as many wait for messages as may at once, which is 256";
        ApiError::unavailable("too_many_waiting", message)
    })?;
    tokio::select! {
        biased;
        message = shared.wait_for(&filter) => Ok(Json(message)),
        () = shared.stopped() => Err(ApiError::stopping()),
        () = tokio::time::sleep(timeout) => {
            let message = "no matching message came in time";
            Err(ApiError::new(StatusCode::REQUEST_TIMEOUT, "no_message", message))
        }
    }
}

fn filter(
    provider: Option<String>,
    to: Option<&str>,
    tenant: Option<String>,
    after: Option<u64>,
) -> Result<MessageFilter, ApiError> {
    let mut filter = MessageFilter::new();
    (filter.provider, filter.tenant, filter.after) = (provider, tenant, after);
    match to {
        Some(to) => filter
            .to(to)
            .map_err(|error| ApiError::invalid(format!("to: {error}"))),
        None => Ok(filter),
    }
}
