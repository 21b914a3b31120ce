//! `/api/v1/links`: paying by one, as the button on its page does.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};

use super::error::ApiError;
use crate::error::SandboxError;
use crate::fakes::paytr::{self, LinkProblem};
use crate::paid::Paid;
use crate::state::Shared;

pub(super) async fn pay(
    State(shared): State<Arc<Shared>>,
    id: Result<Path<String>, PathRejection>,
) -> Result<Json<Paid>, ApiError> {
    let id = id.map(|Path(id)| id).unwrap_or_default();
    let paid = paytr::pay(&shared, &id).await;
    paid.map(Json).map_err(|problem| match problem {
        LinkProblem::Unknown => ApiError::not_found(SandboxError::UnknownLink.to_string()),
        problem => ApiError::not_payable(problem.as_str()),
    })
}
