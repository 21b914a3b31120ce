//! `ApiError` is the one shape of a refusal by the test API.

use std::borrow::Cow;

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::fault::rule::Problem;

/// A refusal: `{"error":{"code":"…","message":"…"}}`.
#[derive(Debug)]
pub(crate) struct ApiError {
    status: StatusCode,
    code: &'static str,
    message: Cow<'static, str>,
}

impl ApiError {
    pub(crate) fn invalid(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_request", message)
    }

    pub(crate) fn forbidden(message: &'static str) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", message)
    }

    pub(crate) fn not_found(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", message)
    }

    pub(crate) fn nothing() -> Self {
        Self::not_found("there is no such message, or no longer")
    }

    pub(crate) fn body_too_long() -> Self {
        let message = "the body was cut off, too slow or longer than 64 KiB (a world: 64 MiB)";
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_long", message)
    }

    /// It cannot be done as things are.
    pub(crate) fn conflict(code: &'static str, message: &'static str) -> Self {
        Self::new(StatusCode::CONFLICT, code, message)
    }

    /// It cannot be done just now.
    pub(crate) fn unavailable(code: &'static str, message: &'static str) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, code, message)
    }

    /// The sandbox is told to stop.
    pub(crate) fn stopping() -> Self {
        Self::unavailable("stopping", "the sandbox is stopping")
    }

    pub(crate) fn new(
        status: StatusCode,
        code: &'static str,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            status,
            code,
            message: message.into(),
        }
    }
}

impl From<Problem> for ApiError {
    fn from(problem: Problem) -> Self {
        Self::invalid(problem.to_string())
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let error = Details {
            code: self.code,
            message: self.message,
        };
        (self.status, Json(ErrorBody { error })).into_response()
    }
}

/// What every refusal answers.
#[derive(Serialize, ToSchema)]
#[schema(as = Error)]
pub(crate) struct ErrorBody {
    error: Details,
}

#[derive(Serialize, ToSchema)]
struct Details {
    /// What is wrong, for programs.
    code: &'static str,
    /// What is wrong, in English.
    message: Cow<'static, str>,
}
