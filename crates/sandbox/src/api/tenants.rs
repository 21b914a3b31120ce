//! `/api/v1/tenants`: who has called, and registering who cannot be known by a call.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use super::error::ApiError;
use super::input::ApiBody;
use crate::fakes::paytr::Merchant;
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

/// The secrets of a PayTR merchant. Never shown again.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Secrets {
    merchant_key: String,
    merchant_salt: String,
}

pub(super) async fn register(
    State(shared): State<Arc<Shared>>,
    path: Result<Path<(Provider, String)>, PathRejection>,
    ApiBody(secrets): ApiBody<Secrets>,
) -> Result<StatusCode, ApiError> {
    let unknown = "only tenants of paytr are registered, by their merchant_id; \
                   those of the other providers are known by the keys that they call with";
    let Ok(Path((Provider::Paytr, id))) = path else {
        return Err(ApiError::not_found(unknown));
    };
    let merchant = Merchant::new(&id, &secrets.merchant_key, &secrets.merchant_salt)
        .map_err(ApiError::invalid)?;
    shared.world().register(merchant);
    Ok(StatusCode::NO_CONTENT)
}
