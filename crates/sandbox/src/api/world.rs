//! `/api/v1/world`: all that the sandbox remembers, to be kept or begun again.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use serde_json::Value;

use super::error::ApiError;
use super::openapi::WorldSchema;
use crate::body;
use crate::export;
use crate::shared::Shared;

/// The longest world that is read, in bytes: several times what is kept at most.
const LONGEST: usize = 64 * 1024 * 1024;

/// All that the sandbox remembers: messages, calls, callbacks, faults, the clock, and what each fake knows
/// of its tenants. A key is in it as a digest; the secrets of registered merchants are not in it.
#[utoipa::path(
    get, path = "/world", operation_id = "exportWorld", tag = "control",
    responses((status = OK, description = "The world.", body = WorldSchema))
)]
pub(super) async fn show(State(shared): State<Arc<Shared>>) -> Json<Value> {
    Json(export::written(&shared.world()))
}

/// Begins a world that was exported, in place of this one. The clock goes on from what it showed there.
/// 64 MiB at most.
#[utoipa::path(
    put, path = "/world", operation_id = "importWorld", tag = "control", request_body = WorldSchema,
    responses((status = NO_CONTENT, description = "It is this sandbox's world now."))
)]
pub(super) async fn replace(
    State(shared): State<Arc<Shared>>,
    request: Request,
) -> Result<StatusCode, ApiError> {
    let body = body::at_most(LONGEST, request.into_body()).await;
    let body = body.ok_or_else(ApiError::body_too_long)?;
    export::import(&mut shared.world(), &body)
        .map_err(|error| ApiError::invalid(error.to_string()))?;
    shared.clock_moved();
    Ok(StatusCode::NO_CONTENT)
}
