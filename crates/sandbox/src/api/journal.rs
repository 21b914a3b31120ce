//! `/api/v1/journal`: the provider calls that came.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

use super::clear::ClearQuery;
use super::error::ApiError;
use super::input::{ApiQuery, known_provider, list_length};
use crate::journal::{Call, Entry};
use crate::state::Shared;
use crate::tenant::TenantId;
use crate::world::World;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
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

#[derive(Serialize)]
pub(super) struct Calls {
    calls: Vec<Entry>,
}

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

pub(super) async fn clear(
    State(shared): State<Arc<Shared>>,
    ApiQuery(query): ApiQuery<ClearQuery>,
) -> StatusCode {
    query.carry_out(&shared, World::clear_journal)
}
