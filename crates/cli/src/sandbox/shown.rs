//! Formats messages and calls of a sandbox for people.

use std::borrow::Cow;

use serde_json::Value;

use crate::language::Texts;
use crate::output::{bad, good, quiet, strong};
use crate::terminal::plain;

pub(super) fn messages(document: &Value, texts: &Texts) -> String {
    match list(document, "messages") {
        [] => texts.sandbox_no_messages(),
        messages => {
            let messages = messages.iter().map(|one| message(one, texts));
            messages.collect::<Vec<_>>().join("\n\n")
        }
    }
}

pub(super) fn message(message: &Value, texts: &Texts) -> String {
    let title = format!("#{} {}", id(message), text(message, "provider"));
    let origin = format!(
        "{} {}",
        moment(message, "created_at"),
        text(message, "tenant")
    );
    format!(
        "{} {} {}  {}\n  {}",
        strong(title),
        texts.sandbox_message_to(),
        text(message, "to"),
        quiet(origin),
        text(message, "text"),
    )
}

pub(super) fn journal(document: &Value, texts: &Texts) -> String {
    match list(document, "calls") {
        [] => texts.journal_empty(),
        calls => {
            let calls = calls.iter().map(|one| call(one, texts));
            calls.collect::<Vec<_>>().join("\n")
        }
    }
}

/// `#3 paynet send_otp  refused, HTTP 200  2026-11-21T10:03:00Z paynet-d150c0e1c5d863db`, and below
/// it what was sent, the fault or what was wrong.
pub(super) fn call(call: &Value, texts: &Texts) -> String {
    let operation = match text(call, "operation") {
        operation if operation.is_empty() => texts.journal_unknown_operation(),
        operation => operation.into_owned(),
    };
    let outcome = text(call, "outcome");
    let said = texts.journal_outcome(outcome.as_ref());
    let outcome = if outcome == "accepted" {
        good(said)
    } else {
        bad(said)
    };
    let status = call.pointer("/answer/status").and_then(Value::as_u64);
    let status = match status {
        Some(status) => format!("HTTP {status}"),
        None => texts.journal_no_response(),
    };
    let title = format!("#{} {} {operation}", id(call), text(call, "provider"));
    let origin = format!("{} {}", moment(call, "at"), text(call, "tenant"));
    let mut said = format!("{}  {outcome}, {status}  {}", strong(title), quiet(origin));
    if let Some(message) = call.get("message").and_then(Value::as_u64) {
        said += &format!("\n  {}", texts.journal_message(message));
    }
    if let Some(callback) = call.get("callback").and_then(Value::as_u64) {
        said += &format!("\n  {}", texts.journal_callback(callback));
    }
    let word = |field| call.get(field).and_then(Value::as_str).map(plain);
    // A fault is all that the doctor could say.
    match (word("fault"), word("doctor")) {
        (Some(fault), _) => said + &format!("\n  {}", texts.journal_fault(fault)),
        (None, Some(doctor)) => said + &format!("\n  {}", texts.journal_doctor(doctor)),
        (None, None) => said,
    }
}

pub(crate) fn list<'a>(document: &'a Value, field: &str) -> &'a [Value] {
    let list = document.get(field).and_then(Value::as_array);
    list.map(Vec::as_slice).unwrap_or_default()
}

/// A field as it can be shown.
fn text<'a>(document: &'a Value, field: &str) -> Cow<'a, str> {
    let text = document.get(field).and_then(Value::as_str);
    plain(text.unwrap_or_default())
}

/// A time as people read it: to the second, though the sandbox tells parts of one.
pub(super) fn moment(document: &Value, field: &str) -> String {
    let text = text(document, field);
    match text.split_once('.') {
        Some((whole, fraction)) => {
            let zone = fraction.trim_start_matches(|sign: char| sign.is_ascii_digit());
            format!("{whole}{zone}")
        }
        None => text.into_owned(),
    }
}

/// The number of a message, a call or a rule, as it can be shown.
pub(super) fn id(document: &Value) -> String {
    let id = document.get("id").unwrap_or(&Value::Null).to_string();
    plain(&id).into_owned()
}
