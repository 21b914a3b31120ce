//! `whole` and `json` read the body of a call, and `text` reads a field of it.

use std::fmt;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use serde_json::{Map, Value};
use tokio::time::timeout;

/// The longest body that is read, in bytes.
const LONGEST: usize = 64 * 1024;

/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);

/// The whole body, unless it is longer than 64 KiB, too slow or cut off.
pub(crate) async fn whole(body: Body) -> Option<Bytes> {
    at_most(LONGEST, body).await
}

/// The same with another bound, in bytes.
pub(crate) async fn at_most(longest: usize, body: Body) -> Option<Bytes> {
    timeout(PATIENCE, to_bytes(body, longest)).await.ok()?.ok()
}

/// What is wrong with a body. `Display` is the doctor's word.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BodyProblem {
    /// It is not declared as JSON.
    ContentType,
    /// It is not declared as a form.
    FormType,
    /// It was cut off, too slow or too long.
    TooLong,
    /// The form cannot be read.
    NoForm,
    /// It is not JSON.
    NoJson,
    /// It is JSON, but no object.
    NoObject,
    /// A field is not there.
    Missing(&'static str),
    /// A field is no string.
    NoText(&'static str),
    /// A field is neither true nor false.
    NoBoolean(&'static str),
    /// A field is empty.
    Empty(&'static str),
}

impl std::error::Error for BodyProblem {}

impl fmt::Display for BodyProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ContentType => f.write_str("the Content-Type is not application/json"),
            Self::FormType => f.write_str(
                "the Content-Type is neither application/x-www-form-urlencoded \
                 nor multipart/form-data",
            ),
            Self::NoForm => {
                f.write_str("the form cannot be read: its boundary is missing or it is cut off")
            }
            Self::TooLong => f.write_str("the body was cut off, too slow or longer than 64 KiB"),
            Self::NoJson => f.write_str("the body is not JSON"),
            Self::NoObject => f.write_str("the body is JSON, but not an object"),
            Self::Missing(field) => write!(f, "{field} is missing"),
            Self::NoText(field) => write!(f, "{field} is not a string"),
            Self::NoBoolean(field) => write!(f, "{field} is not true or false"),
            Self::Empty(field) => write!(f, "{field} is empty"),
        }
    }
}

/// The body as JSON, if it says that it is.
pub(crate) fn json(headers: &HeaderMap, body: Option<&[u8]>) -> Result<Value, BodyProblem> {
    let declared = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|media_type| media_type.trim().eq_ignore_ascii_case("application/json"));
    if !declared {
        return Err(BodyProblem::ContentType);
    }
    serde_json::from_slice(body.ok_or(BodyProblem::TooLong)?).map_err(|_| BodyProblem::NoJson)
}

/// The text of a field that has to be there.
pub(crate) fn text<'body>(
    fields: &'body Map<String, Value>,
    field: &'static str,
) -> Result<&'body str, BodyProblem> {
    let value = fields.get(field).ok_or(BodyProblem::Missing(field))?;
    match value.as_str() {
        None => Err(BodyProblem::NoText(field)),
        Some("") => Err(BodyProblem::Empty(field)),
        Some(text) => Ok(text),
    }
}
