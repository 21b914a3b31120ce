//! `/api/v1/clock`: the virtual time, and moving it ahead.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::error::{ApiError, ErrorBody};
use super::input::{ApiBody, ApiQuery};
use crate::clock::{FARTHEST, Reading};
use crate::shared::Shared;
use crate::tenant::TenantId;
use crate::whole;
use crate::world::World;

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ShowQuery {
    tenant: Option<String>,
}

/// The virtual time, of one tenant, or the common clock with the offsets of those tenants whose own
/// clock was moved.
#[utoipa::path(
    get, path = "/clock", operation_id = "showClock", tag = "control", params(ShowQuery),
    responses(
        (status = OK, description = "The clock.", body = Reading),
        (status = NOT_FOUND, description = "There is no such tenant.", body = ErrorBody),
    )
)]
pub(super) async fn show(
    State(shared): State<Arc<Shared>>,
    ApiQuery(query): ApiQuery<ShowQuery>,
) -> Result<Json<Reading>, ApiError> {
    let world = shared.world();
    let tenant = known_tenant(&world, query.tenant.as_deref())?;
    Ok(Json(match tenant {
        Some(tenant) => world.clock.reading(Some(tenant)),
        None => world.clock.readings(),
    }))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Advance {
    #[serde(deserialize_with = "whole::deserialize")]
    #[schema(minimum = 1, maximum = 315_360_000)]
    seconds: u64,
    /// A tenant's name; null or left out for every tenant.
    tenant: Option<String>,
}

/// Moves the virtual clock ahead, of every tenant or of one; ten years at most, in all.
#[utoipa::path(
    post, path = "/clock/advance", operation_id = "advanceClock", tag = "control",
    request_body = Advance,
    responses(
        (status = OK, description = "The clock after the jump.", body = Reading),
        (status = NOT_FOUND, description = "There is no such tenant.", body = ErrorBody),
        (status = CONFLICT, description = "It would be more than ten years ahead.", body = ErrorBody),
    )
)]
pub(super) async fn advance(
    State(shared): State<Arc<Shared>>,
    ApiBody(body): ApiBody<Advance>,
) -> Result<Json<Reading>, ApiError> {
    let mut world = shared.world();
    let tenant = known_tenant(&world, body.tenant.as_deref())?;
    let by = Duration::from_secs(body.seconds);
    if by.is_zero() || by > FARTHEST {
        let problem = "seconds is 1 to 315360000, which is ten years";
        return Err(ApiError::invalid(problem));
    }
    if by > world.clock.remaining(tenant.as_ref()) {
        let message =
            "the clock can be moved ten years ahead at most, in all; a reset sets it back";
        return Err(ApiError::conflict("clock_limit", message));
    }
    world.advance(tenant.as_ref(), by);
    shared.clock_moved();
    Ok(Json(world.clock.reading(tenant)))
}

fn known_tenant(world: &World, name: Option<&str>) -> Result<Option<TenantId>, ApiError> {
    let Some(name) = name else {
        return Ok(None);
    };
    match world.tenants.named(name) {
        Some(tenant) => Ok(Some(tenant.clone())),
        None => Err(ApiError::not_found(
            "there is no such tenant; one exists from the first call with its key",
        )),
    }
}
