//! `/api/v1/callbacks` lists what was posted to merchants, and posts it again.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::error::ApiError;
use super::input::{ApiQuery, Number, list_length};
use crate::callback_sender;
use crate::callbacks::{Callback, CallbackResponse};
use crate::shared::Shared;

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ListQuery {
    tenant: Option<String>,
    limit: Option<usize>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Callbacks)]
pub(super) struct Listed {
    callbacks: Vec<Callback>,
}

/// Lists the callbacks to merchants, newest first; 1,000 are kept.
#[utoipa::path(
    get, path = "/callbacks", operation_id = "listCallbacks", tag = "insight", params(ListQuery),
    responses((status = OK, description = "The callbacks.", body = Listed))
)]
pub(super) async fn list(
    State(shared): State<Arc<Shared>>,
    ApiQuery(query): ApiQuery<ListQuery>,
) -> Result<Json<Listed>, ApiError> {
    let limit = list_length(query.limit)?;
    let world = shared.world();
    let asked = query.tenant.as_deref();
    let of_tenant = |it: &&Callback| asked.is_none_or(|name| name == it.new.tenant.name());
    let callbacks = world.callbacks.oldest_first().rev().filter(of_tenant);
    Ok(Json(Listed {
        callbacks: callbacks.take(limit).cloned().collect(),
    }))
}

/// Posts a callback again, at once.
#[utoipa::path(
    post, path = "/callbacks/{id}/resend", operation_id = "resendCallback", tag = "control",
    params(("id" = u64, Path, description = "The callback's number.")),
    responses((status = OK, description = "What the merchant answered.", body = CallbackResponse))
)]
pub(super) async fn resend(
    State(shared): State<Arc<Shared>>,
    Number(id): Number,
) -> Result<Json<CallbackResponse>, ApiError> {
    let answer = callback_sender::send(&shared, id).await;
    answer.map(Json).ok_or_else(|| {
        ApiError::not_found("there is no such callback, no longer, or it is under way just now")
    })
}
