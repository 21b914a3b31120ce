//! `read` reads forms in either usual encoding, and `encode` writes one.

use std::convert::Infallible;

use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use form_urlencoded::Serializer;
use multer::{Multipart, parse_boundary};
use serde_json::{Map, Value};

use crate::body::BodyProblem;

const ENCODED: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// The fields of a form, if the body says that it is one. Of a field that comes twice, the last
/// counts.
pub(crate) async fn read(headers: &HeaderMap, body: Option<Bytes>) -> Result<Value, BodyProblem> {
    if !is_declared(headers) {
        return Err(BodyProblem::FormType);
    }
    let body = body.ok_or(BodyProblem::TooLong)?;
    let fields = if is(headers, MULTIPART) {
        multipart(declared(headers), body).await
    } else {
        let fields = form_urlencoded::parse(&body);
        Ok(fields
            .map(|(name, text)| (name.into_owned(), text.into_owned().into()))
            .collect())
    };
    fields.map(Value::Object).map_err(|_| BodyProblem::NoForm)
}

/// Whether a body says that it is a form.
pub(crate) fn is_declared(headers: &HeaderMap) -> bool {
    is(headers, ENCODED) || is(headers, MULTIPART)
}

/// Writes `application/x-www-form-urlencoded`.
pub(crate) fn encode(fields: &[(&str, &str)]) -> String {
    Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// One text of a form, encoded.
pub(crate) fn percent_encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn declared(headers: &HeaderMap) -> &str {
    let declared = headers.get(CONTENT_TYPE);
    let declared = declared.and_then(|value| value.to_str().ok());
    declared.unwrap_or_default()
}

fn is(headers: &HeaderMap, media_type: &str) -> bool {
    let declared = declared(headers).split(';').next().unwrap_or_default();
    declared.trim().eq_ignore_ascii_case(media_type)
}

/// The text fields of `multipart/form-data`. Files are left out.
async fn multipart(declared: &str, body: Bytes) -> multer::Result<Map<String, Value>> {
    let boundary = parse_boundary(declared)?;
    let body = tokio_stream::once(Ok::<_, Infallible>(body));
    let mut parts = Multipart::new(body, boundary);
    let mut fields = Map::new();
    while let Some(part) = parts.next_field().await? {
        if part.file_name().is_none() {
            let name = part.name().unwrap_or_default().to_owned();
            fields.insert(name, part.text().await?.into());
        }
    }
    Ok(fields)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use serde_json::json;

    use super::*;

    async fn read_as(content_type: &'static str, body: &'static str) -> Result<Value, BodyProblem> {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        read(&headers, Some(Bytes::from_static(body.as_bytes()))).await
    }

    #[tokio::test]
    async fn what_is_written_is_read() {
        let fields = [("id", "a b&c=d"), ("hash", "+/="), ("name", "Şöleni")];
        let written = encode(&fields);
        assert_eq!(
            written,
            "id=a+b%26c%3Dd&hash=%2B%2F%3D&name=%C5%9E%C3%B6leni"
        );
        let encoded = "application/x-www-form-urlencoded; charset=UTF-8";
        let form = "id=NB2Zlz3&token=a%2Bb%2F%3d&name=%C3%87i+%C3%A7&&email=&bare&id=AA";
        assert_eq!(
            read_as(encoded, form).await,
            Ok(json!({"id": "AA", "token": "a+b/=", "name": "Çi ç", "email": "", "bare": ""}))
        );
        assert_eq!(read_as(encoded, "").await, Ok(json!({})));
    }

    #[tokio::test]
    async fn a_multipart_form_is_read() {
        let declared = "multipart/form-data; boundary=\"x-y\"";
        let form = "--x-y\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\nNB2Zlz3\r\n\
             --x-y\r\ncontent-disposition: form-data; name=\"name\"\r\n\
             Content-Type: text/plain\r\n\r\nÇi\r\nçek\r\n\
             --x-y\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\n1\r\n\
             --x-y\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\n\r\n--x-y--\r\n";
        assert_eq!(
            read_as(declared, form).await,
            Ok(json!({"id": "NB2Zlz3", "name": "Çi\r\nçek", "email": ""}))
        );
        for broken in ["--z", "--x-y\r\n", form.get(..60).expect("a part")] {
            let read = read_as(declared, broken).await;
            assert_eq!(read, Err(BodyProblem::NoForm), "{broken}");
        }
    }

    #[tokio::test]
    async fn anything_else_is_no_form() {
        for other in ["application/json", "", "text/plain"] {
            assert_eq!(read_as(other, "id=1").await, Err(BodyProblem::FormType));
        }
        let bare = read_as("multipart/form-data", "").await;
        assert_eq!(bare, Err(BodyProblem::NoForm));
    }
}
