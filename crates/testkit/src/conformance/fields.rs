//! A yes in which one field is missing, of another type, or there twice.

use serde_json::Value;

use super::examiner::Examiner;
use super::hostile::{answered, with_body};
use super::situation::Wanted;
use super::{Operation, Sample};

/// Stands for a value while an answer is taken apart.
const PLACE: &str = "\"\\u0001\"";

/// Tries each field of the yes.
pub(super) async fn check(examiner: &mut Examiner<'_>, operation: &Operation, yes: &Sample) {
    for field in fields(&yes.body) {
        examine_field(examiner, operation, yes, &field).await;
    }
}

/// A field of the yes: the answer before and behind its value, its name and its value.
struct Field {
    name: String,
    value: Value,
    /// With [`PLACE`] where the value stood.
    answer: String,
}

/// Every field that holds a single value, at any depth.
fn fields(body: &str) -> Vec<Field> {
    let Ok(mut whole) = serde_json::from_str::<Value>(body) else {
        return Vec::new();
    };
    let mut paths = Vec::new();
    collect(&whole, &mut String::new(), &mut paths);
    let mut fields = Vec::new();
    for (path, name) in paths {
        let Some(place) = whole.pointer_mut(&path) else {
            continue;
        };
        let value = std::mem::replace(place, Value::from("\u{1}"));
        let answer = whole.to_string();
        if let Some(place) = whole.pointer_mut(&path) {
            *place = value.clone();
        }
        fields.push(Field {
            name,
            value,
            answer,
        });
    }
    fields
}

fn collect(value: &Value, path: &mut String, paths: &mut Vec<(String, String)>) {
    let Value::Object(fields) = value else {
        return;
    };
    for (name, value) in fields {
        let length = path.len();
        path.push('/');
        path.push_str(&name.replace('~', "~0").replace('/', "~1"));
        match value {
            Value::Object(_) => collect(value, path, paths),
            Value::Array(_) | Value::Null => {}
            _ => paths.push((path.clone(), name.clone())),
        }
        path.truncate(length);
    }
}

/// A field without which the answer is no yes has to be there once, whole, and of its own type.
async fn examine_field(
    examiner: &mut Examiner<'_>,
    operation: &Operation,
    yes: &Sample,
    field: &Field,
) {
    let Field {
        name,
        value,
        answer,
    } = field;
    let replaced = |by: &str| with_body(yes, answer.replacen(PLACE, by, 1).as_bytes());
    let situation = |what: &str, by: &str, wanted| {
        answered(
            format!("the yes with {what} for {name}"),
            wanted,
            replaced(by),
        )
    };
    let maybe = Wanted::YesOrMaybeSent;
    let without = examiner
        .try_it(operation, situation("null", "null", maybe))
        .await;
    if matches!(without, Some(Ok(_))) {
        return;
    }
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let escaped = Value::from(text.as_str()).to_string();
    let inside = escaped.trim_matches('"');
    let other = match value {
        Value::Bool(is) => (!is).to_string(),
        Value::Number(_) => "987654321".to_owned(),
        _ => r#""canary-other-value""#.to_owned(),
    };
    let never = Wanted::MaybeSent;
    #[rustfmt::skip]
    let values = [
        ("an empty text", r#""""#.to_owned(), never),
        ("a NUL", r#""\u0000""#.to_owned(), never),
        ("half of a surrogate pair", r#""\ud83d""#.to_owned(), never),
        ("a list", format!("[{value}]"), never),
        ("an object", format!(r#"{{"value":{value}}}"#), never),
        ("1e400", "1e400".to_owned(), never),
        ("0.5", "0.5".to_owned(), never),
        ("the value and a blank", format!("\"{inside} \""), maybe),
        ("the value and an invisible mark", format!("\"{inside}\\u200b\""), maybe),
        ("the value twice", format!("{value},\"{name}\":{value}"), maybe),
        ("the value and then another", format!("{value},\"{name}\":{other}"), never),
        ("another value and then its own", format!("{other},\"{name}\":{value}"), never),
    ];
    let values = values.map(|(what, by, wanted)| situation(what, &by, wanted));
    examiner.try_all(operation, values).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_taken_out_on_its_own() {
        let found = fields(r#"{"a":1,"b":{"c~/d":"x"},"e":[1],"f":null}"#);
        let names: Vec<&str> = found.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names, ["a", "c~/d"]);
        for field in found {
            assert_eq!(field.answer.matches(PLACE).count(), 1, "{}", field.answer);
        }
    }
}
