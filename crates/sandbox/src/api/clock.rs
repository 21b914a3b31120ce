//! `/api/v1/clock`: the virtual time, and moving it ahead.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;

use super::error::ApiError;
use super::input::{ApiBody, ApiQuery};
use crate::clock::{FARTHEST, Reading};
use crate::state::Shared;
use crate::tenant::TenantId;
use crate::whole;
use crate::world::World;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ShowQuery {
    tenant: Option<String>,
}

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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Advance {
    #[serde(deserialize_with = "whole::deserialize")]
    seconds: u64,
    tenant: Option<String>,
}

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
    if by > world.clock.room(tenant.as_ref()) {
        return Err(ApiError::clock_limit());
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
