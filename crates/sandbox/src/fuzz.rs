//! Fuzz targets: what reads a request, given any bytes.
//!
//! With every test run they get random bytes and the inputs in `__fuzz__` for a moment, with `cargo xtask soak fuzz` for
//! longer; `cargo bolero test` runs one under libFuzzer.

use std::task::{Context, Poll, Waker};

use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderValue};
use serde_json::Value;

use crate::body::{self, BodyProblem};
use crate::fault::rule::{read, write};
use crate::mask::{Mask, masked};
use crate::number::{MobileNumber, masked_within};
use crate::{email, form};

const MASKS: [(&str, Mask); 6] = [
    ("number", Mask::Number),
    ("text", Mask::Fingerprint),
    ("code", Mask::Hidden),
    ("flag", Mask::Boolean),
    ("email", Mask::Email),
    ("word", Mask::Word),
];

fn headers(content_type: &'static str) -> HeaderMap {
    HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(content_type))])
}

/// A form that is read is a flat list of texts; written again and read again, it is the same. The
/// journal shows of it no code and no number.
#[test]
fn request() {
    bolero::check!().for_each(|input: &[u8]| {
        let encoded = headers("application/x-www-form-urlencoded");
        if let Ok(Value::Object(fields)) = read_form(&encoded, input) {
            let pairs: Vec<(&str, &str)> = fields
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str().expect("a text")))
                .collect();
            let written = form::encode(&pairs);
            let again = read_form(&encoded, written.as_bytes()).expect("read again");
            // A field without name and value is written as nothing but a sign.
            assert_eq!(again.as_object(), Some(&fields), "{written}");
            is_masked(&Value::Object(fields));
        }
        let parts = headers("multipart/form-data; boundary=x-y");
        if let Ok(Value::Object(fields)) = read_form(&parts, input) {
            assert!(fields.values().all(Value::is_string));
            is_masked(&Value::Object(fields));
        }
        if let Ok(value) = body::json(&headers("application/json"), Some(input)) {
            is_masked(&value);
        }
    });
}

/// What is in memory is read without waiting.
fn read_form(headers: &HeaderMap, body: &[u8]) -> Result<Value, BodyProblem> {
    let body = Bytes::copy_from_slice(body);
    let mut reading = std::pin::pin!(form::read(headers, Some(body)));
    let mut context = Context::from_waker(Waker::noop());
    match reading.as_mut().poll(&mut context) {
        Poll::Ready(read) => read,
        Poll::Pending => panic!("it waits"),
    }
}

fn is_masked(value: &Value) {
    let masked = masked(value, &MASKS);
    for (field, shown) in &masked {
        let shown = shown.as_str().unwrap_or_default();
        // A fingerprint is made of hexadecimal digits, and those say nothing.
        let digits = shown
            .split(|c: char| !c.is_ascii_digit())
            .map(str::len)
            .max();
        // An address keeps its domain, and one may be all digits.
        let free = shown.starts_with('#') || shown.contains("***@");
        assert!(free || digits <= Some(10), "{field}: {shown}");
        assert!(
            MobileNumber::any_spelling(shown).is_none(),
            "{field}: {shown}"
        );
        let hidden = field != "code" || matches!(shown, "****" | "(not a string)");
        assert!(hidden, "{shown}");
    }
}

/// What is a number in one spelling is the same number in all of them.
#[test]
fn number() {
    bolero::check!().for_each(|input: &[u8]| {
        let text = String::from_utf8_lossy(input);
        if let Some(number) = MobileNumber::any_spelling(&text) {
            assert_eq!(
                MobileNumber::any_spelling(&number.to_string()),
                Some(number)
            );
            for spelling in number.spellings() {
                assert_eq!(
                    MobileNumber::any_spelling(&spelling),
                    Some(number),
                    "{spelling}"
                );
                let shown = masked_within(&spelling);
                assert!(shown != spelling && MobileNumber::any_spelling(&shown).is_none());
            }
            assert!(MobileNumber::any_spelling(&number.masked()).is_none());
        }
        let national = MobileNumber::national(&text);
        assert!(national.is_none() || national == MobileNumber::any_spelling(&text));
        if email::is_ordinary(&text) {
            assert!(text.is_ascii() && text.len() <= 100);
            let shown = email::masked(&text);
            assert!(shown.len() >= 6 && shown.contains("***@"), "{shown}");
        }
    });
}

/// A rule for faults that is taken is written as what it was, and taken again.
#[test]
fn fault_rule() {
    bolero::check!().for_each(|input: &[u8]| {
        let Ok(value) = serde_json::from_slice::<Value>(input) else {
            return;
        };
        let registry = crate::fakes::registry();
        match read(&value, &registry) {
            Ok((id, rule)) => {
                let written = write(id.unwrap_or(1), &rule);
                let (again, same) = read(&written, &registry).expect("taken again");
                assert_eq!((again, &same), (Some(id.unwrap_or(1)), &rule), "{written}");
            }
            Err(problem) => assert!((1..400).contains(&problem.chars().count()), "{problem}"),
        }
    });
}
