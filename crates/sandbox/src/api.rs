//! `routes` is the test API, which tests in any language ask.

mod callbacks;
mod clear;
mod clock;
mod error;
pub(crate) mod events;
mod fakes;
mod faults;
mod guard;
mod input;
mod journal;
mod messages;
mod openapi;
mod tenants;
mod world;

use std::sync::Arc;

use axum::routing::{MethodRouter, delete, get, post, put};
use axum::{Json, Router};
use serde_json::{Value, json};

pub(crate) use self::error::ApiError;
pub(crate) use self::guard::{not_from_elsewhere, only_from_here};
pub(crate) use self::input::ApiBody;
use crate::state::Shared;

/// Every path below `/api/v1`, with what it takes.
fn paths() -> [(&'static str, MethodRouter<Arc<Shared>>); 18] {
    [
        ("/messages", get(messages::list).delete(messages::clear)),
        ("/messages/wait", get(messages::wait)),
        (
            "/messages/{id}",
            get(messages::one).delete(messages::remove),
        ),
        ("/tenants", get(tenants::list)),
        ("/tenants/{provider}/{name}", put(tenants::register)),
        (
            "/faults",
            get(faults::list).put(faults::set).post(faults::add),
        ),
        ("/faults/{id}", delete(faults::remove)),
        ("/magic-numbers", get(fakes::magic_numbers)),
        ("/callbacks", get(callbacks::list)),
        ("/callbacks/{id}/resend", post(callbacks::resend)),
        ("/clock", get(clock::show)),
        ("/clock/advance", post(clock::advance)),
        ("/journal", get(journal::list).delete(journal::clear)),
        ("/events", get(events::read)),
        ("/reset", post(fakes::reset)),
        ("/world", get(world::show).put(world::replace)),
        ("/fidelity", get(fakes::fidelity)),
        ("/openapi.json", get(openapi::show)),
    ]
}

/// What is below `/api/v1`, of every fake alike.
pub(crate) fn routes() -> Router<Arc<Shared>> {
    let route = |router: Router<_>, (path, methods)| router.route(path, methods);
    paths().into_iter().fold(Router::new(), route)
}

/// The health checks, which answer under every name.
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
