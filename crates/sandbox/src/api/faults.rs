//! `/api/v1/faults`: what goes wrong on purpose.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::error::{ApiError, ErrorBody};
use super::input::{ApiBody, Number};
use super::openapi::RuleSchema;
use crate::fault::rule::{read, write};
use crate::shared::Shared;
use crate::world::World;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = FaultRules)]
pub(super) struct Rules {
    #[schema(value_type = Vec<RuleSchema>, max_items = 100)]
    rules: Vec<Value>,
}

/// The rules for faults, in the order in which they are looked at, each with what is left of it.
#[utoipa::path(
    get, path = "/faults", operation_id = "listFaults", tag = "control",
    responses((status = OK, description = "The rules.", body = Rules))
)]
pub(super) async fn list(State(shared): State<Arc<Shared>>) -> Json<Value> {
    answer(&shared.world())
}

/// Puts these rules in the place of all others; an empty list clears them.
///
/// Of the rules that are about a call, the first strikes, and no other. A rule that is there already, by
/// its `id` or because it is the same, keeps its id and goes on with its chance; every other one is given
/// an id. To change one rule there are POST and DELETE, so that a rule that was used up meanwhile does not
/// come back.
#[utoipa::path(
    put, path = "/faults", operation_id = "setFaults", tag = "control", request_body = Rules,
    responses((status = OK, description = "The rules as kept.", body = Rules))
)]
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
    world.set_faults(rules)?;
    Ok(answer(&world))
}

/// Adds one rule behind those that are there. An `id` in it says nothing: it is a new rule.
#[utoipa::path(
    post, path = "/faults", operation_id = "addFault", tag = "control", request_body = RuleSchema,
    responses(
        (status = CREATED, description = "The rule as kept.", body = RuleSchema),
        (status = CONFLICT, description = "There are as many rules as are kept.", body = ErrorBody),
    )
)]
pub(super) async fn add(
    State(shared): State<Arc<Shared>>,
    ApiBody(rule): ApiBody<Value>,
) -> Result<(StatusCode, Json<Value>), ApiError> {
    let (_, rule) = read(&rule, shared.registry()).map_err(ApiError::invalid)?;
    let answered = rule.clone();
    let mut world = shared.world();
    if world.faults.is_full() {
        let message = "there are as many rules for faults as are kept, which is 100";
        return Err(ApiError::conflict("too_many_rules", message));
    }
    let id = world.add_fault(rule)?;
    Ok((StatusCode::CREATED, Json(write(id, &answered))))
}

/// Removes one rule, unless it was used up or removed before.
#[utoipa::path(
    delete, path = "/faults/{id}", operation_id = "deleteFault", tag = "control",
    params(("id" = u64, Path, description = "The rule's id.")),
    responses((status = NO_CONTENT, description = "Removed."))
)]
pub(super) async fn remove(
    State(shared): State<Arc<Shared>>,
    Number(id): Number,
) -> Result<StatusCode, ApiError> {
    let removed = shared.world().remove_fault(id);
    let removed = removed.then_some(StatusCode::NO_CONTENT);
    removed.ok_or_else(|| ApiError::not_found("there is no such rule, or no longer"))
}

fn answer(world: &World) -> Json<Value> {
    let rules = world.faults.with_ids();
    let rules: Vec<_> = rules.map(|(id, rule)| write(id, rule)).collect();
    Json(json!({ "rules": rules }))
}
