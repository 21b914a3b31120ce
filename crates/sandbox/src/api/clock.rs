//! `/api/v1/clock`: the virtual time, and moving it ahead.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::error::ApiError;
use super::input::{ApiBody, ApiQuery};
use crate::state::{Shared, World};
use crate::tenant::TenantId;

#[derive(Serialize)]
pub(super) struct ClockAnswer {
    now: Timestamp,
    tenant: Option<TenantId>,
    offset_seconds: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ShowQuery {
    tenant: Option<String>,
}

pub(super) async fn show(
    State(shared): State<Arc<Shared>>,
    ApiQuery(query): ApiQuery<ShowQuery>,
) -> Result<Json<ClockAnswer>, ApiError> {
    let world = shared.world();
    let tenant = known_tenant(&world, query.tenant.as_deref())?;
    Ok(answer(&world, tenant))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Advance {
    seconds: u64,
    tenant: Option<String>,
}

pub(super) async fn advance(
    State(shared): State<Arc<Shared>>,
    ApiBody(body): ApiBody<Advance>,
) -> Result<Json<ClockAnswer>, ApiError> {
    let mut world = shared.world();
    let tenant = known_tenant(&world, body.tenant.as_deref())?;
    let by = Duration::from_secs(body.seconds);
    if by.is_zero() || by > world.clock.room(tenant.as_ref()) {
        return Err(ApiError::invalid(
            "seconds is 1 or more, and the clock is ten years ahead at most",
        ));
    }
    world.clock.advance(tenant.as_ref(), by);
    Ok(answer(&world, tenant))
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

fn answer(world: &World, tenant: Option<TenantId>) -> Json<ClockAnswer> {
    Json(ClockAnswer {
        now: world.clock.now(tenant.as_ref()),
        offset_seconds: world.clock.ahead_of_real_time(tenant.as_ref()).as_secs(),
        tenant,
    })
}
