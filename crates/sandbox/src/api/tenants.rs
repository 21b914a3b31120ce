//! `/api/v1/tenants`: who has called.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use crate::provider::Provider;
use crate::state::Shared;
use crate::tenant::TenantName;

#[derive(Serialize)]
pub(super) struct Tenants {
    tenants: Vec<Tenant>,
}

#[derive(Serialize)]
struct Tenant {
    provider: Provider,
    name: TenantName,
}

pub(super) async fn list(State(shared): State<Arc<Shared>>) -> Json<Tenants> {
    let all = shared.world().tenants.all();
    let tenants = all
        .into_iter()
        .map(|(provider, name)| Tenant { provider, name });
    Json(Tenants {
        tenants: tenants.collect(),
    })
}
