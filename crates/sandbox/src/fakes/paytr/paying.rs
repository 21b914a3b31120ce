//! Paying by a link: from the library, by `/api/v1/links/{id}/pay` and on the link's page.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::routing::{get, post};
use axum::{Json, Router};

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::link::LinkProblem;
use super::page;
use super::payment::{self, Paid};
use crate::api::{ApiError, ErrorBody};
use crate::error::SandboxError;
use crate::sandbox::Sandbox;
use crate::server::Extras;
use crate::shared::Shared;

/// The page of a link, and the call of the test API.
pub(super) fn extras() -> Extras {
    Extras {
        pages: Router::new()
            .route("/paytr/link/{id}", get(page::show))
            .route("/paytr/link/{id}/pay", post(page::pay))
            .route("/paytr/link/{id}/decline", post(page::decline)),
        api: OpenApiRouter::new().routes(routes!(pay)),
    }
}

impl Sandbox {
    /// Pays by a PayTR link, as the Pay button on its page does: the signed callback is posted to
    /// the link's `callback_link`, if it has one, and what came back is told.
    ///
    /// The payment counts with any answer of the merchant. Where that is not exactly `OK`, the callback
    /// is repeated as the virtual clock goes on. The sandbox posts to `http` on loopback and on hosts
    /// that it was started with, and waits ten seconds for the answer.
    ///
    /// # Errors
    ///
    /// [`SandboxError::UnknownLink`] if no merchant has such a link, [`SandboxError::NotPayable`]
    /// if it was deleted, has expired or was paid as often as it can be.
    pub async fn pay(&self, link_id: &str) -> Result<Paid, SandboxError> {
        let paid = payment::pay(self.shared(), link_id).await;
        paid.map_err(|problem| match problem {
            LinkProblem::Unknown => SandboxError::UnknownLink,
            problem => SandboxError::NotPayable {
                problem: problem.as_str(),
            },
        })
    }
}

/// Pays by a PayTR link: posts the signed callback, if the link names one, and tells what came back.
#[utoipa::path(
    post, path = "/links/{id}/pay", operation_id = "payByLink", tag = "control",
    params(("id" = String, Path, description = "The link's id.")),
    responses(
        (status = OK, description = "Paid.", body = Paid),
        (status = CONFLICT, description = "It cannot be paid by any more.", body = ErrorBody),
    )
)]
async fn pay(
    State(shared): State<Arc<Shared>>,
    id: Result<Path<String>, PathRejection>,
) -> Result<Json<Paid>, ApiError> {
    let id = id.map(|Path(id)| id).unwrap_or_default();
    let paid = payment::pay(&shared, &id).await;
    paid.map(Json).map_err(|problem| match problem {
        LinkProblem::Unknown => ApiError::not_found(SandboxError::UnknownLink.to_string()),
        problem => ApiError::conflict("not_payable", problem.as_str()),
    })
}
