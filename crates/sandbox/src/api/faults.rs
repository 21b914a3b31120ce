//! `/api/v1/faults`: what goes wrong on purpose.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use super::error::ApiError;
use super::input::ApiBody;
use crate::fault::json::{read, write};
use crate::state::Shared;
use crate::world::World;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rules {
    rules: Vec<Value>,
}

pub(super) async fn list(State(shared): State<Arc<Shared>>) -> Json<Value> {
    answer(&shared.world())
}

pub(super) async fn set(
    State(shared): State<Arc<Shared>>,
    ApiBody(body): ApiBody<Rules>,
) -> Result<Json<Value>, ApiError> {
    let rules = body.rules.iter().enumerate().map(|(place, rule)| {
        let named = |problem| ApiError::invalid(format!("rules[{place}]: {problem}"));
        read(rule, shared.registry()).map_err(named)
    });
    let rules = rules.collect::<Result<Vec<_>, _>>()?;
    let mut world = shared.world();
    world
        .set_faults(rules)
        .map_err(|problem| ApiError::invalid(problem.to_string()))?;
    Ok(answer(&world))
}

/// Adds one rule behind those that are there, which no other change can get lost by. An id in it
/// says nothing: it is a new rule.
pub(super) async fn add(
    State(shared): State<Arc<Shared>>,
    ApiBody(rule): ApiBody<Value>,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    let (_, rule) = read(&rule, shared.registry()).map_err(ApiError::invalid)?;
    let answered = rule.clone();
    let mut world = shared.world();
    if world.faults.is_full() {
        return Err(ApiError::too_many_rules());
    }
    let id = world
        .add_fault(rule)
        .map_err(|problem| ApiError::invalid(problem.to_string()))?;
    Ok((StatusCode::CREATED, Json(write(id, &answered))))
}

/// Removes one rule, unless it was used up or removed before.
pub(super) async fn remove(
    State(shared): State<Arc<Shared>>,
    id: Result<Path<u64>, PathRejection>,
) -> Result<StatusCode, ApiError> {
    let removed = id.is_ok_and(|Path(id)| shared.world().remove_fault(id));
    removed
        .then_some(StatusCode::NO_CONTENT)
        .ok_or_else(|| ApiError::not_found("there is no such rule, or no longer"))
}

fn answer(world: &World) -> Json<Value> {
    let rules = world.faults.with_ids();
    let rules: Vec<_> = rules.map(|(id, rule)| write(id, rule)).collect();
    Json(json!({ "rules": rules }))
}
