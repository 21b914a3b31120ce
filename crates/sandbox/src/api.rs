//! `routes` is the test API, which tests in any language ask.

mod callbacks;
mod clock;
mod error;
pub(crate) mod events;
mod fakes;
mod faults;
mod input;
mod journal;
mod messages;
mod openapi;
mod origin;
mod tenants;
mod world;

use std::sync::Arc;

use axum::Json;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) use self::error::{ApiError, ErrorBody};
pub(crate) use self::input::ApiBody;
pub(crate) use self::openapi::description;
pub(crate) use self::origin::{refuse_web_pages, require_own_origin};
use crate::shared::Shared;

/// What is below `/api/v1`, of every fake alike.
pub(crate) fn routes() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new()
        .routes(routes!(messages::list, messages::clear))
        .routes(routes!(messages::wait))
        .routes(routes!(messages::one, messages::remove))
        .routes(routes!(tenants::list))
        .routes(routes!(tenants::register))
        .routes(routes!(faults::list, faults::set, faults::add))
        .routes(routes!(faults::remove))
        .routes(routes!(fakes::magic_numbers))
        .routes(routes!(callbacks::list))
        .routes(routes!(callbacks::resend))
        .routes(routes!(clock::show))
        .routes(routes!(clock::advance))
        .routes(routes!(journal::list, journal::clear))
        .routes(routes!(events::read))
        .routes(routes!(fakes::reset))
        .routes(routes!(world::show, world::replace))
        .routes(routes!(fakes::fidelity))
}

/// The health checks, which answer under every name.
pub(crate) fn health() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new()
        .routes(routes!(alive))
        .routes(routes!(ready))
}

#[derive(Serialize, ToSchema)]
struct Health {
    status: &'static str,
}

/// Whether it is up.
#[utoipa::path(
    get, path = "/livez", operation_id = "isAlive", tag = "health",
    responses((status = OK, description = "It is.", body = Health))
)]
async fn alive() -> Json<Health> {
    Json(Health { status: "ok" })
}

/// Whether it takes calls.
#[utoipa::path(
    get, path = "/readyz", operation_id = "isReady", tag = "health",
    responses((status = OK, description = "It does.", body = Health))
)]
async fn ready() -> Json<Health> {
    alive().await
}

pub(crate) async fn not_found() -> ApiError {
    ApiError::not_found("there is nothing at this path")
}

pub(crate) async fn method_not_allowed() -> ApiError {
    let message = "this path does not take this method; see the Allow header";
    let status = StatusCode::METHOD_NOT_ALLOWED;
    ApiError::new(status, "method_not_allowed", message)
}
