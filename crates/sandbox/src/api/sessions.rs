//! `/api/v1/sessions`: making a session renew itself.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;

use super::error::ApiError;
use super::input::ApiBody;
use crate::error::SandboxError;
use crate::state::Shared;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Renew {
    session: String,
}

pub(super) async fn renew(
    State(shared): State<Arc<Shared>>,
    ApiBody(body): ApiBody<Renew>,
) -> Result<StatusCode, ApiError> {
    if shared.world().renew_session(&body.session) {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(ApiError::not_found(
            SandboxError::UnknownSession.to_string(),
        ))
    }
}
