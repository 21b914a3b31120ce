//! The report as one JSON document.

use serde_json::{Value, json};

use super::Report;
use super::provider::Examined;
use super::setting::{Origin, Setting};
use crate::language::Words;

pub(super) fn document(report: &Report) -> Value {
    let providers: Vec<Value> = report.providers.iter().map(provider_document).collect();
    let sandbox = match &report.sandbox {
        Ok(url) => json!({ "url": url, "mistake": null }),
        Err(failure) => json!({ "url": null, "mistake": failure.to_string() }),
    };
    let clock = report.clock.as_ref().map(|clock| match clock {
        Ok(clock) => json!({
            "against": clock.against,
            "is_sandbox": clock.is_sandbox,
            "time": clock.time.to_string(),
            "server_ahead_seconds": clock.ahead_seconds,
            "agrees": clock.agrees(),
            "error": null,
        }),
        Err(failure) => json!({ "error": failure.to_string() }),
    });
    json!({
        "operation": "doctor",
        "exit_code": report.exit_code(),
        "providers": providers,
        "sandbox": sandbox,
        "clock": clock,
    })
}

fn provider_document(examined: &Examined) -> Value {
    let english =
        |words: &[Words]| -> Vec<String> { words.iter().map(ToString::to_string).collect() };
    json!({
        "provider": examined.provider,
        "configured": examined.is_configured(),
        "environment": examined.environment,
        "live": examined.is_live(),
        "base_url": examined.address,
        "settings": examined.settings.iter().map(setting_document).collect::<Vec<_>>(),
        "mistakes": english(&examined.mistakes),
        "warnings": english(&examined.warnings),
        "notes": english(&examined.notes),
        "network": examined.reached.as_ref().map(|reached| json!({
            "host": reached.host,
            "port": reached.port,
            "addresses": reached.addresses,
            "connected": reached.problem.is_none(),
            "problem": reached.problem.as_ref().map(ToString::to_string),
        })),
    })
}

fn setting_document(setting: &Setting) -> Value {
    let (from, file) = match &setting.origin {
        Origin::Unset | Origin::Nowhere => (None, None),
        Origin::Environment => (Some("environment"), None),
        Origin::File(file) => (Some("file"), Some(file)),
        Origin::Stdin => (Some("stdin"), None),
    };
    json!({
        "name": setting.name,
        "set": setting.is_set(),
        "from": from,
        "file": file,
        "shown": setting.shown,
        "length": setting.length,
    })
}
