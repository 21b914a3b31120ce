//! What the fakes are: `/api/v1/fidelity`, `/api/v1/magic-numbers`, and `/api/v1/reset` of it all.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use crate::fidelity::{Row, rows};
use crate::magic::{Described, NUMBERS};
use crate::provider::Provider;
use crate::shared::Shared;

#[derive(Serialize, ToSchema)]
pub(super) struct Fidelity {
    rows: Vec<Listed>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = FidelityRow)]
struct Listed {
    #[schema(value_type = String)]
    provider: Provider,
    #[serde(flatten)]
    row: Row,
}

#[derive(Serialize, ToSchema)]
pub(super) struct Numbers {
    numbers: Vec<Described>,
}

/// What is documented by the providers, what was observed, and what is assumed.
#[utoipa::path(
    get, path = "/fidelity", operation_id = "listFidelity", tag = "insight",
    responses((status = OK, description = "One row for each behaviour.", body = Fidelity))
)]
pub(super) async fn fidelity(State(shared): State<Arc<Shared>>) -> Json<Fidelity> {
    let services = shared.registry().services();
    let listed = services.flat_map(|service| {
        let provider = service.provider;
        rows(service.fidelity).map(move |row| Listed { provider, row })
    });
    Json(Fidelity {
        rows: listed.collect(),
    })
}

/// Mobile numbers that have a fault without any rule; none where the sandbox was started without.
#[utoipa::path(
    get, path = "/magic-numbers", operation_id = "listMagicNumbers", tag = "control",
    responses((status = OK, description = "The numbers.", body = Numbers))
)]
pub(super) async fn magic_numbers(State(shared): State<Arc<Shared>>) -> Json<Numbers> {
    let on = shared.world().has_magic_numbers();
    let numbers = NUMBERS.iter().filter(|_| on);
    let numbers = numbers.map(|number| number.described(shared.registry()));
    Json(Numbers {
        numbers: numbers.collect(),
    })
}

/// Begins a new world, set up like the old one. Numbers of messages, calls and events go on.
#[utoipa::path(
    post, path = "/reset", operation_id = "reset", tag = "control",
    responses((status = NO_CONTENT, description = "Everything is forgotten."))
)]
pub(super) async fn reset(State(shared): State<Arc<Shared>>) -> StatusCode {
    shared.world().reset();
    StatusCode::NO_CONTENT
}
