//! `Decision` is what a fake decided about a call, with the `Response` that it sends.

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::IntoResponse;
use serde_json::{Map, Value};

/// What a fake decided.
#[derive(Debug)]
#[must_use]
pub struct Decision {
    pub(crate) accepted: bool,
    pub(crate) shown: Map<String, Value>,
    pub(crate) doctor: Option<String>,
    pub(crate) response: Response,
}

impl Decision {
    /// The provider did what it was asked.
    pub fn accepted(response: Response) -> Self {
        Self {
            accepted: true,
            shown: Map::new(),
            doctor: None,
            response,
        }
    }

    /// The provider said no.
    pub fn refused(response: Response) -> Self {
        Self {
            accepted: false,
            ..Self::accepted(response)
        }
    }

    /// A decision with all that is said of it.
    pub(crate) fn of(
        accepted: bool,
        response: Response,
        shown: Map<String, Value>,
        doctor: Option<String>,
    ) -> Self {
        Self {
            accepted,
            shown,
            doctor,
            response,
        }
    }

    /// What the journal keeps of the response: no key, no code and no full number.
    pub fn showing(mut self, shown: Map<String, Value>) -> Self {
        self.shown = shown;
        self
    }

    /// What was wrong and how to mend it, in plain English. It is in the journal and on the page,
    /// never in the response.
    pub fn with_doctor(mut self, word: impl Into<String>) -> Self {
        self.doctor = Some(word.into());
        self
    }
}

/// An HTTP response. The engine dates it with the virtual time.
#[derive(Clone, Debug)]
#[must_use]
pub struct Response {
    status: u16,
    content_type: &'static str,
    body: String,
}

impl Response {
    /// JSON as `application/json`.
    pub fn json(status: u16, body: &Value) -> Self {
        Self::text(status, "application/json", body.to_string())
    }

    /// Text of any content type.
    pub fn text(status: u16, content_type: &'static str, body: impl Into<String>) -> Self {
        Self {
            status,
            content_type,
            body: body.into(),
        }
    }

    pub(crate) fn status(&self) -> u16 {
        self.status
    }

    pub(crate) fn into_response(self) -> axum::response::Response {
        let status = StatusCode::from_u16(self.status);
        let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Body::from(self.body)).into_response();
        if let Ok(content_type) = HeaderValue::try_from(self.content_type) {
            response.headers_mut().insert(CONTENT_TYPE, content_type);
        }
        response
    }
}
