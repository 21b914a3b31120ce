//! Renewing a session on demand, from the library and by `/api/v1/sessions/renew`.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::otps::Otps;
use crate::api::{ApiBody, ApiError, ErrorBody};
use crate::error::SandboxError;
use crate::sandbox::Sandbox;
use crate::server::Extras;
use crate::shared::Shared;

/// The call of the test API.
pub(super) fn extras() -> Extras {
    Extras {
        api: OpenApiRouter::new().routes(routes!(renew)),
        ..Extras::default()
    }
}

impl Sandbox {
    /// Makes the next call of a Paywall session renew it, as if it had run out: the answer, success
    /// or refusal, says `SessionRenewed` and brings the session to go on with.
    ///
    /// # Errors
    ///
    /// [`SandboxError::UnknownSession`] if no tenant has opened such a session, or if it was renewed
    /// before.
    pub fn renew_session(&self, session: &str) -> Result<(), SandboxError> {
        let renewed = renewed(self.shared(), session);
        renewed.then_some(()).ok_or(SandboxError::UnknownSession)
    }
}

/// False where no tenant has such a session.
fn renewed(shared: &Shared, session: &str) -> bool {
    let mut world = shared.world();
    let mut all = world.states.all::<Otps>();
    all.any(|(_, otps)| otps.renew_session(session))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Renew {
    /// A SessionId.
    session: String,
}

/// Makes the next call of a Paywall session renew it, as if it had run out.
#[utoipa::path(
    post, path = "/sessions/renew", operation_id = "renewSession", tag = "control",
    request_body = Renew,
    responses(
        (status = NO_CONTENT, description = "It will be renewed."),
        (status = NOT_FOUND, description = "There is no such session.", body = ErrorBody),
    )
)]
async fn renew(
    State(shared): State<Arc<Shared>>,
    ApiBody(body): ApiBody<Renew>,
) -> Result<StatusCode, ApiError> {
    if renewed(&shared, &body.session) {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(ApiError::not_found(
            SandboxError::UnknownSession.to_string(),
        ))
    }
}
