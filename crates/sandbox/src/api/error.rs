//! `ApiError` is the one shape of a refusal by the test API.

use std::borrow::Cow;

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

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

    pub(crate) fn method_not_allowed() -> Self {
        let message = "this path does not take this method; see the Allow header";
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method_not_allowed",
            message,
        )
    }

    pub(crate) fn body_too_long() -> Self {
        let message = "the body was cut off, too slow or longer than 64 KiB (a world: 64 MiB)";
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_long", message)
    }

    pub(crate) fn not_payable(message: &'static str) -> Self {
        Self::new(StatusCode::CONFLICT, "not_payable", message)
    }

    pub(crate) fn clock_limit() -> Self {
        let message =
            "the clock can be moved ten years ahead at most, in all; a reset sets it back";
        Self::new(StatusCode::CONFLICT, "clock_limit", message)
    }

    pub(crate) fn too_many_rules() -> Self {
        let message = "there are as many rules for faults as are kept, which is 100";
        Self::new(StatusCode::CONFLICT, "too_many_rules", message)
    }

    pub(crate) fn too_many_waiting() -> Self {
        let message = "as many wait for messages as may at once, which is 256";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "too_many_waiting", message)
    }

    pub(crate) fn not_json() -> Self {
        let message = "a body needs the content type application/json";
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_media_type",
            message,
        )
    }

    pub(crate) fn no_message() -> Self {
        let message = "no matching message came in time";
        Self::new(StatusCode::REQUEST_TIMEOUT, "no_message", message)
    }

    pub(crate) fn stopping() -> Self {
        let message = "the sandbox is stopping";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "stopping", message)
    }

    pub(crate) fn too_many_readers() -> Self {
        let message = "as many read the events as may at once, which is 32";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "too_many_readers", message)
    }

    fn new(status: StatusCode, code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
        }
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
