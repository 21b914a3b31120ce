//! `/api/v1/magic-numbers`: numbers that have a fault without any rule.

use axum::Json;
use serde_json::{Value, json};

use crate::magic::{MagicNumber, NUMBERS};

pub(super) async fn list() -> Json<Value> {
    let numbers: Vec<_> = NUMBERS.iter().map(MagicNumber::json).collect();
    Json(json!({ "numbers": numbers }))
}
