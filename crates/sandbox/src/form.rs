//! `read` reads forms in either usual encoding, and `encode` writes one.

use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use serde_json::{Map, Value};

use crate::body::BodyProblem;

/// The fields of a form, if the body says that it is one. Of a field that comes twice, the last
/// counts.
pub(crate) fn read(headers: &HeaderMap, body: Option<&[u8]>) -> Result<Value, BodyProblem> {
    let declared = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let mut parameters = declared.split(';').map(str::trim);
    let media_type = parameters.next().unwrap_or_default();
    let is_multipart = media_type.eq_ignore_ascii_case("multipart/form-data");
    if !is_multipart && !media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(BodyProblem::FormType);
    }
    let body = body.ok_or(BodyProblem::TooLong)?;
    let fields = if is_multipart {
        parameters
            .find_map(|parameter| value_of(parameter, "boundary"))
            .and_then(|boundary| multipart(body, boundary))
    } else {
        urlencoded(body)
    };
    fields.map(Value::Object).ok_or(BodyProblem::NoForm)
}

/// Whether a body says that it is a form.
pub(crate) fn is_declared(headers: &HeaderMap) -> bool {
    let declared = headers.get(CONTENT_TYPE);
    let declared = declared.and_then(|value| value.to_str().ok());
    declared.is_some_and(|value| {
        let media_type = value.split(';').next().unwrap_or_default().trim();
        ["application/x-www-form-urlencoded", "multipart/form-data"]
            .iter()
            .any(|form| media_type.eq_ignore_ascii_case(form))
    })
}

/// Writes `application/x-www-form-urlencoded`.
pub(crate) fn encode(fields: &[(&str, &str)]) -> String {
    let pairs = fields
        .iter()
        .map(|(name, value)| format!("{}={}", percent_encoded(name), percent_encoded(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// One text of a form, encoded.
pub(crate) fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b' ' => encoded.push('+'),
            b'-' | b'.' | b'_' | b'*' => encoded.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

fn urlencoded(body: &[u8]) -> Option<Map<String, Value>> {
    let pairs = body
        .split(|byte| *byte == b'&')
        .filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = split_once(pair, b"=").unwrap_or((pair, b""));
            Some((percent_decoded(name)?, percent_decoded(value)?.into()))
        })
        .collect()
}

fn percent_decoded(text: &[u8]) -> Option<String> {
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.iter();
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'+' => b' ',
            b'%' => 16 * hex_digit(*bytes.next()?)? + hex_digit(*bytes.next()?)?,
            byte => *byte,
        });
    }
    String::from_utf8(decoded).ok()
}

fn hex_digit(byte: u8) -> Option<u8> {
    let digit = char::from(byte).to_digit(16)?;
    u8::try_from(digit).ok()
}

/// The text fields of `multipart/form-data`. Files are left out.
fn multipart(body: &[u8], boundary: &str) -> Option<Map<String, Value>> {
    let delimiter = format!("\r\n--{boundary}").into_bytes();
    // With a line break before it, the first delimiter looks like the others.
    let body = [b"\r\n", body].concat();
    let (_, mut rest) = split_once(&body, &delimiter)?;
    let mut fields = Map::new();
    while !rest.starts_with(b"--") {
        let (part, after) = split_once(rest.strip_prefix(b"\r\n")?, &delimiter)?;
        let (head, value) = split_once(part, b"\r\n\r\n")?;
        let disposition = disposition(std::str::from_utf8(head).ok()?)?;
        let parameter = |name| {
            let mut parameters = disposition.split(';').map(str::trim);
            parameters.find_map(|parameter| value_of(parameter, name))
        };
        if parameter("filename").is_none() {
            let value = std::str::from_utf8(value).ok()?;
            fields.insert(parameter("name")?.to_owned(), value.into());
        }
        rest = after;
    }
    Some(fields)
}

fn disposition(head: &str) -> Option<&str> {
    head.split("\r\n").find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-disposition")
            .then_some(value)
    })
}

/// The value of a header's parameter, such as `name="id"`.
fn value_of<'header>(parameter: &'header str, name: &str) -> Option<&'header str> {
    let (known, value) = parameter.split_once('=')?;
    let value = value.trim_matches('"');
    (known.eq_ignore_ascii_case(name) && !value.is_empty()).then_some(value)
}

fn split_once<'bytes>(bytes: &'bytes [u8], at: &[u8]) -> Option<(&'bytes [u8], &'bytes [u8])> {
    let start = bytes.windows(at.len()).position(|window| window == at)?;
    let (before, rest) = bytes.split_at_checked(start)?;
    Some((before, rest.strip_prefix(at)?))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use serde_json::json;

    use super::*;

    fn read_as(content_type: &'static str, body: &[u8]) -> Result<Value, BodyProblem> {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        read(&headers, Some(body))
    }

    #[test]
    fn an_encoded_form_is_read() {
        let read = |body: &[u8]| read_as("application/x-www-form-urlencoded; charset=UTF-8", body);
        assert_eq!(
            read(b"id=NB2Zlz3&token=a%2Bb%2F%3d&name=%C3%87i+%C3%A7&&email=&bare&id=AA"),
            Ok(json!({"id": "AA", "token": "a+b/=", "name": "Çi ç", "email": "", "bare": ""}))
        );
        assert_eq!(read(b""), Ok(json!({})));
        for broken in [&b"id=%"[..], b"id=%2", b"id=%zz", b"id=%ff", b"%=1"] {
            assert_eq!(read(broken), Err(BodyProblem::NoForm));
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let fields = [("id", "a b&c=d"), ("hash", "+/="), ("name", "Şöleni")];
        let written = encode(&fields);
        assert_eq!(
            written,
            "id=a+b%26c%3Dd&hash=%2B%2F%3D&name=%C5%9E%C3%B6leni"
        );
        let read = read_as("application/x-www-form-urlencoded", written.as_bytes());
        assert_eq!(
            read,
            Ok(json!({"id": "a b&c=d", "hash": "+/=", "name": "Şöleni"}))
        );
    }

    #[test]
    fn a_multipart_form_is_read() {
        let read = |body: &str| read_as("multipart/form-data; boundary=\"x-y\"", body.as_bytes());
        let form = "--x-y\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\nNB2Zlz3\r\n\
             --x-y\r\ncontent-disposition: form-data; name=\"name\"\r\n\
             Content-Type: text/plain\r\n\r\nÇi\r\nçek\r\n\
             --x-y\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\n1\r\n\
             --x-y\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\n\r\n--x-y--\r\n";
        assert_eq!(
            read(form),
            Ok(json!({"id": "NB2Zlz3", "name": "Çi\r\nçek", "email": ""}))
        );
        assert_eq!(read("--x-y--"), Ok(json!({})));
        for broken in ["", "--z", "--x-y", "--x-y\r\n", "--x-y\r\n\r\n\r\n--x-y--"] {
            assert_eq!(read(broken), Err(BodyProblem::NoForm), "{broken}");
        }
        for cut in 1..form.len() - 4 {
            if let Some(cut) = form.get(..cut) {
                assert_eq!(read(cut), Err(BodyProblem::NoForm), "{cut}");
            }
        }
    }

    #[test]
    fn anything_else_is_no_form() {
        for other in ["application/json", "", "text/plain"] {
            assert_eq!(read_as(other, b"id=1"), Err(BodyProblem::FormType));
        }
        assert_eq!(
            read_as("multipart/form-data", b""),
            Err(BodyProblem::NoForm)
        );
    }
}
