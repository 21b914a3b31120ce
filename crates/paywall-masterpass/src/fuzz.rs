//! Fuzz targets: answers, given any bytes.
//!
//! With every test run they get random bytes and the inputs in `__fuzz__` for a moment, with `cargo xtask soak fuzz` for
//! longer; `cargo bolero test` runs one under libFuzzer.

use onay_http::Object;
use serde_json::Value;

use crate::verdict::{self, Ruling};
use crate::wire::Envelope;

/// Only the inner response code under a good inner status is a yes.
#[test]
fn answer() {
    bolero::check!().for_each(|body: &[u8]| {
        // As the HTTP client reads it: an object, and what is not UTF-8 is replaced.
        let body = String::from_utf8_lossy(body);
        if !body.trim_ascii_start().starts_with('{') {
            return;
        }
        let Some(object) = Object::parse(body.trim_ascii()) else {
            return;
        };
        let envelope = Envelope::new(object);
        // A field that is not read may be a number that no reader of all fields takes.
        let Ok(json) = serde_json::from_str::<Value>(&body) else {
            return;
        };
        let inner = at(at(&json, "Body"), "Masterpass");
        let code = text(at(at(inner, "Result"), "ResponseCode"));
        let places = [
            at(inner, "StatusCode"),
            at(at(inner, "Result"), "StatusCode"),
        ];
        for (ruling, accepted) in [
            (
                verdict::of_sending(&envelope),
                &["0000", "5001", "5008"][..],
            ),
            (verdict::of_checking(&envelope), &["0000"][..]),
        ] {
            if let Ruling::Yes(yes) = ruling {
                let yes = yes.as_ref().and_then(|yes| yes.printable());
                assert!(yes.is_some_and(|yes| accepted.contains(&yes)), "{json}");
                assert_eq!(code.as_deref(), yes, "{json}");
                let good = |place: &&Value| {
                    let status = text(place);
                    ["200", "202"].map(Some).contains(&status.as_deref())
                };
                let empty = |place: &&Value| place.is_null() || **place == "";
                assert!(places.iter().any(good), "{json}");
                assert!(
                    places.iter().all(|place| good(place) || empty(place)),
                    "{json}"
                );
                let outer = at(&json, "Result");
                assert!(outer.is_null() || is_true(outer), "{json}");
                let error = at(&json, "ErrorCode");
                let is_none = error.is_null() || error == 0 || error == "0" || error == "";
                assert!(is_none, "{json}");
            }
        }
        if matches!(verdict::of_envelope(&envelope), Ruling::Yes(_)) {
            assert!(is_true(at(&json, "Result")), "{json}");
        }
        if matches!(verdict::of_checking(&envelope), Ruling::Yes(_)) {
            let verified = at(at(inner, "Result"), "IsVerified");
            assert!(verified.is_null() || is_true(verified), "{json}");
        }
    });
}

/// A field in either spelling.
fn at<'a>(json: &'a Value, name: &str) -> &'a Value {
    let mut camel = name.to_owned();
    if let Some(first) = camel.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    json.get(name)
        .or_else(|| json.get(camel))
        .unwrap_or(&Value::Null)
}

fn is_true(value: &Value) -> bool {
    let word = value.as_str();
    word.is_some_and(|word| word.eq_ignore_ascii_case("true")) || value == &Value::Bool(true)
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
