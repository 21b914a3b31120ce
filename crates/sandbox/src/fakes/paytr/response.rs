//! `Response` has the shapes of PayTR's responses.

use axum::http::StatusCode;
use serde_json::{Map, Value};

use super::link::LinkProblem;
use crate::fake::{self, BodyProblem, Decision, Mask};

/// What is said of a token that is wrong, and of much else.
const WRONG_TOKEN: &str = "paytr_token gonderilmedi veya gecersiz";

/// What is said of an id that names no link.
const WRONG_ID: &str = "İşlem başarısız. Geçersiz id.";

/// What is said where nothing better is known.
const REFUSED: &str = "İşlem başarısız.";

/// The field of the QR code. Assumed.
const QR: &str = "base64_qr";

/// A response, and the doctor's word on it: what is wrong and how to mend it. That holds no key, no token
/// and no full number, and is never part of PayTR's answer.
#[derive(Clone, Debug)]
pub(super) struct Response {
    status: StatusCode,
    fields: Map<String, Value>,
    doctor: Option<String>,
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
    fn refusal(reason: &str) -> Self {
        Self::of(&[
            ("status", "error".into()),
            ("reason", reason.into()),
            ("err_msg", reason.into()),
        ])
    }

    pub(super) fn not_found(doctor: &str) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            ..Self::refusal("Adres bulunamadı.").with_doctor(doctor)
        }
    }

    /// What makes PayTR say that the token is wrong.
    pub(super) fn wrong_token(doctor: impl Into<String>) -> Self {
        Self::refusal(WRONG_TOKEN).with_doctor(doctor)
    }

    /// A field that is not as documented.
    pub(super) fn wrong_field(field: &str, turkish: &str, english: &str) -> Self {
        let refusal = Self::refusal(&format!("{field} {turkish}."));
        refusal.with_doctor(format!("{field} {english}"))
    }

    /// The refusal with a code that a fault asks for.
    pub(super) fn refusal_with_number(code: &str) -> Self {
        let mut answer = Self::refusal(REFUSED);
        answer.fields.insert("err_no".to_owned(), code.into());
        answer
    }

    pub(super) fn with_doctor(mut self, word: impl Into<String>) -> Self {
        self.doctor = Some(word.into());
        self
    }

    /// The response on the wire, and what the journal shows of it: ids that may be anything by their
    /// fingerprint, and no picture.
    pub(super) fn decision(self) -> Decision {
        let is_success = self.fields.get("status").is_some_and(|it| it == "success");
        let mut shown = self.fields.clone();
        if let Some(qr) = shown.get_mut(QR) {
            *qr = "(PNG)".into();
        }
        let lists = shown.values_mut().filter_map(Value::as_array_mut);
        for id in lists.flatten() {
            *id = Mask::Word.apply(id);
        }
        let text = Value::Object(self.fields).to_string();
        let response = fake::Response::text(self.status.as_u16(), "text/html; charset=utf-8", text);
        Decision::of(is_success, response, shown, self.doctor)
    }

    fn of(fields: &[(&str, Value)]) -> Self {
        let fields = fields.iter().cloned();
        Self {
            status: StatusCode::OK,
            fields: fields
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
            doctor: None,
        }
    }
}

impl From<BodyProblem> for Response {
    fn from(problem: BodyProblem) -> Self {
        Self::wrong_token(problem.to_string())
    }
}

impl From<LinkProblem> for Response {
    fn from(problem: LinkProblem) -> Self {
        Self::refusal(WRONG_ID).with_doctor(problem.as_str())
    }
}
