//! `/api/v1/reset`: everything as it was at the start.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;

use crate::state::Shared;

pub(super) async fn reset(State(shared): State<Arc<Shared>>) -> StatusCode {
    shared.world().reset();
    StatusCode::NO_CONTENT
}
