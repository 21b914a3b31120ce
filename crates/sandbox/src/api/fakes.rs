//! What the fakes are: `/api/v1/fidelity`, `/api/v1/magic-numbers`, and `/api/v1/reset` of it all.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use serde_json::{Value, json};

use crate::fidelity::Row;
use crate::magic::NUMBERS;
use crate::provider::Provider;
use crate::state::Shared;

#[derive(Serialize)]
pub(super) struct Fidelity {
    rows: Vec<Listed>,
}

#[derive(Serialize)]
struct Listed {
    provider: Provider,
    #[serde(flatten)]
    row: &'static Row,
}

pub(super) async fn fidelity(State(shared): State<Arc<Shared>>) -> Json<Fidelity> {
    let services = shared.registry().services();
    let rows = services.flat_map(|service| {
        let listed = |row| Listed {
            provider: service.provider,
            row,
        };
        service.fidelity.iter().map(listed)
    });
    Json(Fidelity {
        rows: rows.collect(),
    })
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
