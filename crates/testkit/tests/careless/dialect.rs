//! The careless provider's dialect: REST statuses and a JSON body, in the manner of Twilio Verify.

use onay_core::{CodeRow, CodeTable, ErrorKind, Meaning};
use serde::Deserialize;
use serde_json::Value;

const fn row(code: &'static str, name: &'static str, kind: ErrorKind) -> CodeRow {
    CodeRow::new(code, name, Meaning::No(kind))
}

pub(crate) static CODES: CodeTable = CodeTable::new(&[
    row("20003", "authenticate", ErrorKind::Credentials),
    row("20404", "not found", ErrorKind::Expired),
    row("20429", "too many requests", ErrorKind::TooSoon),
    row("60202", "max check attempts", ErrorKind::LimitReached),
    row("60203", "max send attempts", ErrorKind::LimitReached),
]);

/// Of a verification, or of an error. A name that stands twice is a failure.
#[derive(Debug, Deserialize)]
pub(crate) struct Answer {
    pub(crate) sid: Option<String>,
    /// A word of a verification, a number of an error.
    pub(crate) status: Option<Value>,
    pub(crate) valid: Option<bool>,
    pub(crate) code: Option<u32>,
    pub(crate) message: Option<String>,
}

impl Answer {
    pub(crate) fn read(body: &[u8]) -> Option<Self> {
        serde_json::from_slice(body).ok()
    }

    /// Takes the last of two fields of one name.
    pub(crate) fn read_carelessly(body: &[u8]) -> Option<Self> {
        let value: Value = serde_json::from_slice(body).ok()?;
        serde_json::from_value(value).ok()
    }

    pub(crate) fn status(&self) -> Option<&str> {
        self.status.as_ref()?.as_str()
    }
}
