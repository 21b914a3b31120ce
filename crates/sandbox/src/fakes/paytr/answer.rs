//! `Response` has the shapes of PayTR's responses.

use axum::http::StatusCode;
use serde_json::{Map, Value};

use crate::body::Mask;
use crate::fake::Answer;

/// What is said of a token that is wrong, and of much else.
pub(super) const WRONG_TOKEN: &str = "paytr_token gonderilmedi veya gecersiz";

/// What is said of an id that names no link.
pub(super) const WRONG_ID: &str = "İşlem başarısız. Geçersiz id.";

/// What is said where nothing better is known.
const REFUSED: &str = "İşlem başarısız.";

/// The field of the QR code. Assumed.
const QR: &str = "base64_qr";

/// A response.
#[derive(Clone, Debug)]
pub(super) struct Response {
    pub(super) status: StatusCode,
    fields: Map<String, Value>,
}

impl Response {
    pub(super) fn success() -> Self {
        Self::of(&[("status", "success".into())])
    }

    pub(super) fn created(id: &str, link: &str, qr: Option<String>) -> Self {
        let mut response = Self::of(&[
            ("status", "success".into()),
            ("id", id.into()),
            ("link", link.into()),
        ]);
        if let Some(qr) = qr {
            response.fields.insert(QR.to_owned(), qr.into());
        }
        response
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

    /// The fields for the journal: ids that may be anything by their fingerprint, and no picture.
    pub(super) fn masked(&self) -> Map<String, Value> {
        let mut fields = self.fields.clone();
        if let Some(qr) = fields.get_mut(QR) {
            *qr = "(PNG)".into();
        }
        let lists = fields.values_mut().filter_map(Value::as_array_mut);
        for id in lists.flatten() {
            *id = Mask::Word.apply(id);
        }
        fields
    }

    /// The response on the wire.
    pub(super) fn answer(&self) -> Answer {
        let text = Value::Object(self.fields.clone()).to_string();
        Answer::text(self.status.as_u16(), "text/html; charset=utf-8", text)
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
