//! `/api/v1/tenants`: who has called.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use crate::provider::Provider;
use crate::state::Shared;

#[derive(Serialize)]
pub(super) struct Tenants {
    tenants: Vec<Tenant>,
}

#[derive(Serialize)]
struct Tenant {
    provider: Provider,
    name: String,
}

pub(super) async fn list(State(shared): State<Arc<Shared>>) -> Json<Tenants> {
    let all = shared.world().tenants.all();
    let tenants = all.iter().map(|tenant| Tenant {
        provider: tenant.provider(),
        name: tenant.name().to_owned(),
    });
    Json(Tenants {
        tenants: tenants.collect(),
    })
}
