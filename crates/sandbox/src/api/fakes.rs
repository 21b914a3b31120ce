//! What the fakes are: `/api/v1/fidelity`, `/api/v1/magic-numbers`, and `/api/v1/reset` of it all.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use serde_json::{Value, json};

use crate::fidelity::{Row, rows};
use crate::magic::NUMBERS;
use crate::provider::Provider;
use crate::state::Shared;

#[derive(Serialize)]
struct Listed {
    provider: Provider,
    #[serde(flatten)]
    row: Row,
}

pub(super) async fn fidelity(State(shared): State<Arc<Shared>>) -> Json<Value> {
    let services = shared.registry().services();
    let listed = services.flat_map(|service| {
        let provider = service.provider;
        rows(service.fidelity).map(move |row| Listed { provider, row })
    });
    Json(json!({ "rows": listed.collect::<Vec<_>>() }))
}

pub(super) async fn magic_numbers(State(shared): State<Arc<Shared>>) -> Json<Value> {
    let on = shared.world().has_magic_numbers();
    let numbers = NUMBERS.iter().filter(|_| on);
    let numbers = numbers.map(|number| number.json(shared.registry()));
    let numbers: Vec<_> = numbers.collect();
    Json(json!({ "numbers": numbers }))
}

pub(super) async fn reset(State(shared): State<Arc<Shared>>) -> StatusCode {
    shared.world().reset();
    StatusCode::NO_CONTENT
}
