//! The shapes of PayTR's answers.

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::body::Mask;
use crate::exchange::dated;

/// What is said of a token that is wrong, and of much else.
pub(super) const WRONG_TOKEN: &str = "paytr_token gonderilmedi veya gecersiz";

/// What is said of an id that names no link.
pub(super) const WRONG_ID: &str = "İşlem başarısız. Geçersiz id.";

/// What is said where nothing better is known.
const REFUSED: &str = "İşlem başarısız.";

/// A number of an error that stands in no table.
pub(super) const UNKNOWN_CODE: &str = "9999";

/// An answer.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    fields: Map<String, Value>,
}

impl Answer {
    pub(super) fn success() -> Self {
        Self::of(&[("status", "success".into())])
    }

    pub(super) fn created(id: &str, link: &str) -> Self {
        Self::of(&[
            ("status", "success".into()),
            ("id", id.into()),
            ("link", link.into()),
        ])
    }

    /// What came of deleting links: a refusal where none could be deleted.
    pub(super) fn deleted(deleted: Vec<&str>, failed: Vec<&str>) -> Self {
        let mut answer = if deleted.is_empty() {
            Self::refusal(WRONG_ID)
        } else {
            Self::success()
        };
        let lists = [("success_deletes", deleted), ("failed_deletes", failed)];
        answer
            .fields
            .extend(lists.map(|(name, ids)| (name.to_owned(), ids.into())));
        answer
    }

    /// A refusal, with HTTP 200 like everything else.
    pub(super) fn refusal(reason: &str) -> Self {
        Self::of(&[
            ("status", "error".into()),
            ("reason", reason.into()),
            ("err_msg", reason.into()),
        ])
    }

    pub(super) fn not_found() -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            ..Self::refusal("Adres bulunamadı.")
        }
    }

    /// The refusal with a code that a fault asks for.
    pub(super) fn refusal_with_number(code: &str) -> Self {
        let mut answer = Self::refusal(REFUSED);
        answer.fields.insert("err_no".to_owned(), code.into());
        answer
    }

    /// Whether PayTR did what it was asked.
    pub(super) fn is_success(&self) -> bool {
        let status = self.fields.get("status");
        status.is_some_and(|status| status == "success")
    }

    /// The fields for the journal: ids that may be anything by their fingerprint.
    pub(super) fn masked(&self) -> Map<String, Value> {
        let mut fields = self.fields.clone();
        let lists = fields.values_mut().filter_map(Value::as_array_mut);
        for id in lists.flatten() {
            *id = Mask::Word.apply(id);
        }
        fields
    }

    /// The answer on the wire, dated with the virtual time.
    pub(super) fn respond(self, now: Timestamp) -> Response {
        let body = Value::Object(self.fields).to_string();
        let mut response = (self.status, Body::from(body)).into_response();
        response.headers_mut().insert(
            CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        );
        dated(response, now)
    }

    fn of(fields: &[(&str, Value)]) -> Self {
        let fields = fields.iter().cloned();
        Self {
            status: StatusCode::OK,
            fields: fields
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        }
    }
}
