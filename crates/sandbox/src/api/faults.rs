//! `/api/v1/faults`: what goes wrong on purpose.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

use super::error::ApiError;
use super::input::ApiBody;
use crate::fault::{read, write};
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
        read(rule).map_err(named)
    });
    let rules = rules.collect::<Result<Vec<_>, _>>()?;
    let mut world = shared.world();
    world
        .set_faults(rules)
        .map_err(|problem| ApiError::invalid(problem.to_string()))?;
    Ok(answer(&world))
}

fn answer(world: &World) -> Json<Value> {
    let rules: Vec<_> = world.faults.rules().map(write).collect();
    Json(json!({ "rules": rules }))
}
