//! `onay sandbox journal`: which calls came, how they were answered, and what was wrong with them.

use serde_json::Value;

use super::{id, moment, text};
use crate::failure::Failure;
use crate::language::Language;
use crate::output::{BAD, GOOD, Output, QUIET, STRONG};
use crate::sandbox_api::SandboxApi;
use crate::terminal::plain;

pub(super) async fn run(
    api: &SandboxApi,
    query: &[(&str, String)],
    output: &Output,
) -> Result<(), Failure> {
    let document = api.get("journal", query).await?;
    output.result(list(&document, output.language()), &document)
}

fn list(document: &Value, language: Language) -> String {
    let calls = document.get("calls").and_then(Value::as_array);
    let calls = calls.map(Vec::as_slice).unwrap_or_default();
    if calls.is_empty() {
        return language
            .of("henüz hiçbir çağrı gelmedi", "no calls yet")
            .to_owned();
    }
    let described: Vec<String> = calls.iter().map(|call| describe(call, language)).collect();
    described.join("\n")
}

/// `#3 paynet send_otp  refused, HTTP 200  2026-11-21T10:03:00Z paynet-d150c0e1c5d863db`, and below
/// it what was sent, the fault and the doctor's word.
fn describe(call: &Value, language: Language) -> String {
    let operation = text(call, "operation");
    let operation = match operation.as_ref() {
        "" => language.of("bilinmeyen işlem", "unknown operation"),
        operation => operation,
    };
    let outcome = match text(call, "outcome").as_ref() {
        "accepted" => format!("{GOOD}{}{GOOD:#}", language.of("kabul edildi", "accepted")),
        "refused" => format!("{BAD}{}{BAD:#}", language.of("reddedildi", "refused")),
        _ => format!("{BAD}{}{BAD:#}", language.of("işlenmedi", "unhandled")),
    };
    let status = call.pointer("/answer/status").and_then(Value::as_u64);
    let status = match status {
        Some(status) => format!("HTTP {status}"),
        None => language.of("yanıt gitmedi", "no answer left").to_owned(),
    };
    let mut said = format!(
        "{STRONG}#{} {} {operation}{STRONG:#}  {outcome}, {status}  {QUIET}{} {}{QUIET:#}",
        id(call),
        text(call, "provider"),
        moment(call, "at"),
        text(call, "tenant"),
    );
    if let Some(message) = call.get("message").and_then(Value::as_u64) {
        said += &language.of(
            format!("\n  gönderdiği mesaj: #{message}"),
            format!("\n  it sent message #{message}"),
        );
    }
    for (field, turkish, english) in [
        ("fault", "bilerek konan hata", "fault on purpose"),
        ("doctor", "yanlış olan", "what was wrong"),
    ] {
        if let Some(word) = call.get(field).and_then(Value::as_str) {
            said += &format!("\n  {}: {}", language.of(turkish, english), plain(word));
            // A fault is all that the doctor could say.
            break;
        }
    }
    said
}
