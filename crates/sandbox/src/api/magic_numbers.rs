//! `/api/v1/magic-numbers`: which numbers have a fault without any rule.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::magic::NUMBERS;
use crate::state::Shared;

pub(super) async fn list(State(shared): State<Arc<Shared>>) -> Json<Value> {
    let on = shared.world().has_magic_numbers();
    let numbers = NUMBERS.iter().filter(|_| on);
    let numbers = numbers.map(|number| number.json(shared.registry()));
    let numbers: Vec<_> = numbers.collect();
    Json(json!({ "numbers": numbers }))
}
