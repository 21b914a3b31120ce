//! `/api/v1/fidelity`: what is documented and what is assumed.

use axum::Json;
use serde::Serialize;

use crate::fidelity::{Row, rows};

#[derive(Serialize)]
pub(super) struct Fidelity {
    rows: Vec<&'static Row>,
}

pub(super) async fn list() -> Json<Fidelity> {
    Json(Fidelity {
        rows: rows().collect(),
    })
}
