//! The test API: what tests in any language ask the sandbox.

mod clock;
mod error;
mod fidelity;
mod guard;
mod input;
mod journal;
mod links;
mod messages;
mod reset;
mod sessions;
mod tenants;

use std::sync::Arc;

use axum::routing::{get, post, put};
use axum::{Json, Router};
use serde_json::{Value, json};

use self::error::ApiError;
pub(crate) use self::guard::only_from_here;
use crate::state::Shared;

/// `/api/v1` and all that stands below it.
pub(crate) fn routes() -> Router<Arc<Shared>> {
    let questions = Router::new()
        .route("/messages", get(messages::list).delete(messages::clear))
        .route("/messages/wait", get(messages::wait))
        .route("/messages/{id}", get(messages::one))
        .route("/tenants", get(tenants::list))
        .route("/tenants/{provider}/{name}", put(tenants::register))
        .route("/links/{id}/pay", post(links::pay))
        .route("/clock", get(clock::show))
        .route("/clock/advance", post(clock::advance))
        .route("/journal", get(journal::list))
        .route("/sessions/renew", post(sessions::renew))
        .route("/reset", post(reset::reset))
        .route("/fidelity", get(fidelity::list));
    Router::new().nest("/api/v1", questions)
}

/// What says that the sandbox is up, to whoever asks.
pub(crate) fn health() -> Router<Arc<Shared>> {
    Router::new()
        .route("/livez", get(alive))
        .route("/readyz", get(alive))
}

async fn alive() -> Json<Value> {
    Json(json!({"status": "ok"}))
}

pub(crate) async fn not_found() -> ApiError {
    ApiError::not_found("there is nothing at this path")
}

pub(crate) async fn method_not_allowed() -> ApiError {
    ApiError::method_not_allowed()
}
