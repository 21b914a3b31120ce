//! `/api/v1/tenants`: who has called, and registering who cannot be known by a call.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::error::ApiError;
use super::input::ApiBody;
use super::openapi::Secrets;
use crate::provider::Provider;
use crate::shared::Shared;

#[derive(Serialize, ToSchema)]
pub(super) struct Tenants {
    tenants: Vec<Tenant>,
}

#[derive(Serialize, ToSchema)]
struct Tenant {
    #[schema(value_type = String)]
    provider: Provider,
    /// A fingerprint of the key, or the merchant_id.
    name: String,
    /// For people: the provider and the end of the key.
    label: String,
}

/// Lists who has called, or was registered, by name.
#[utoipa::path(
    get, path = "/tenants", operation_id = "listTenants", tag = "control",
    responses((status = OK, description = "The tenants.", body = Tenants))
)]
pub(super) async fn list(State(shared): State<Arc<Shared>>) -> Json<Tenants> {
    let all = shared.world().tenants.all();
    let tenants = all.iter().map(|tenant| Tenant {
        provider: tenant.provider(),
        name: tenant.name().to_owned(),
        label: shared.registry().tenant_label(tenant),
    });
    Json(Tenants {
        tenants: tenants.collect(),
    })
}

/// Registers a tenant with the secrets that sign its calls, in place of one of its name. Tenants of
/// other providers are known by the keys that they call with.
#[utoipa::path(
    put, path = "/tenants/{provider}/{name}", operation_id = "registerTenant", tag = "control",
    params(
        ("provider" = String, Path, pattern = "^paytr$", description = "PayTR alone, of the fakes of this crate."),
        ("name" = String, Path, description = "The merchant_id.", pattern = "^[A-Za-z0-9]{1,64}$"),
    ),
    request_body = Secrets,
    responses((status = NO_CONTENT, description = "Registered."))
)]
pub(super) async fn register(
    State(shared): State<Arc<Shared>>,
    path: Result<Path<(String, String)>, PathRejection>,
    ApiBody(secrets): ApiBody<Map<String, Value>>,
) -> Result<StatusCode, ApiError> {
    let unknown = "no tenants of this provider are registered; \
                   they are known by the keys that they call with";
    let registered = path.ok().and_then(|Path((provider, name))| {
        let mut world = shared.world();
        world.register(&provider, &name, &secrets)
    });
    match registered {
        None => Err(ApiError::not_found(unknown)),
        Some(registered) => registered
            .map(|()| StatusCode::NO_CONTENT)
            .map_err(ApiError::invalid),
    }
}
