//! `/api/v1/world`: all that the sandbox remembers, to be kept or begun again.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use serde_json::Value;

use super::error::ApiError;
use crate::body;
use crate::export;
use crate::state::Shared;

/// The longest world that is read, in bytes: several times what is kept at most.
const LONGEST: usize = 64 * 1024 * 1024;

pub(super) async fn show(State(shared): State<Arc<Shared>>) -> Json<Value> {
    Json(export::written(&shared.world()))
}

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
