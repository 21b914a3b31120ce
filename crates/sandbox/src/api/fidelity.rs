//! `/api/v1/fidelity` lists what is documented and what is assumed.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use crate::fidelity::Row;
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

pub(super) async fn list(State(shared): State<Arc<Shared>>) -> Json<Fidelity> {
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
