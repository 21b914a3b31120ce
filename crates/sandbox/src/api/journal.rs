//! `/api/v1/journal`: the provider calls that came.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::error::ApiError;
use super::input::{ApiQuery, ClearQuery, known_provider, list_length};
use crate::journal::{Call, Entry};
use crate::shared::Shared;
use crate::tenant::TenantId;
use crate::world::World;

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ListQuery {
    provider: Option<String>,
    tenant: Option<String>,
    limit: Option<usize>,
}

impl ListQuery {
    fn matches(&self, call: &Call) -> bool {
        let tenant = call.tenant.as_ref().map(TenantId::name);
        self.provider
            .as_deref()
            .is_none_or(|name| call.provider.is_called(name))
            && self
                .tenant
                .as_deref()
                .is_none_or(|asked| tenant == Some(asked))
    }
}

#[derive(Serialize, ToSchema)]
pub(super) struct Calls {
    calls: Vec<Entry>,
}

/// Lists the calls to providers, newest first, masked, refused ones too; 1,000 are kept.
#[utoipa::path(
    get, path = "/journal", operation_id = "listCalls", tag = "insight", params(ListQuery),
    responses((status = OK, description = "The calls.", body = Calls))
)]
pub(super) async fn list(
    State(shared): State<Arc<Shared>>,
    ApiQuery(query): ApiQuery<ListQuery>,
) -> Result<Json<Calls>, ApiError> {
    let limit = list_length(query.limit)?;
    known_provider(&shared, query.provider.as_deref())?;
    let world = shared.world();
    let matching = world
        .journal
        .newest_first()
        .filter(|entry| query.matches(entry.call()));
    Ok(Json(Calls {
        calls: matching.take(limit).cloned().collect(),
    }))
}

/// Empties the journal, of every tenant or of one. Messages stay.
#[utoipa::path(
    delete, path = "/journal", operation_id = "deleteCalls", tag = "insight", params(ClearQuery),
    responses((status = NO_CONTENT, description = "Emptied."))
)]
pub(super) async fn clear(
    State(shared): State<Arc<Shared>>,
    ApiQuery(query): ApiQuery<ClearQuery>,
) -> StatusCode {
    query.carry_out(&shared, World::clear_journal)
}
