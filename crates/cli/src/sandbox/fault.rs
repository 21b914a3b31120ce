//! `onay sandbox fault`: what goes wrong on purpose in a running sandbox.

use reqwest::Method;
use serde_json::{Map, Value, json};

use super::shown::{id, list};
use crate::arguments::{FaultCommand, NewFault};
use crate::failure::Failure;
use crate::language::Texts;
use crate::output::{Output, quiet, strong};
use crate::provider::ProviderName;
use crate::sandbox_api::{Query, SandboxApi};
use crate::terminal::plain;

pub(super) async fn run(
    api: &SandboxApi,
    command: FaultCommand,
    output: &Output,
) -> Result<(), Failure> {
    let all = |rules: Vec<Value>| Some(json!({ "rules": rules }));
    let faults = || "faults".to_owned();
    let change = match command {
        FaultCommand::List => None,
        FaultCommand::Clear { id: None } => Some((Method::PUT, faults(), all(Vec::new()))),
        // One alone, so that no other is revived that was used up in between.
        FaultCommand::Clear { id: Some(id) } => {
            Some((Method::DELETE, format!("faults/{id}"), None))
        }
        FaultCommand::Set(fault) if fault.add => Some((Method::POST, faults(), Some(rule(*fault)))),
        FaultCommand::Set(fault) => Some((Method::PUT, faults(), all(vec![rule(*fault)]))),
    };
    if let Some((method, path, body)) = change {
        api.call(method, &path, body.as_ref()).await?;
    }
    let document = api.get("faults", &Query::new()).await?;
    output.result(describe_all(&document, output.texts()), &document)
}

/// The rule that the flags say. What cannot be, the sandbox refuses by its name.
fn rule(fault: NewFault) -> Value {
    let code = fault.code.map(|code| match code.parse::<u64>() {
        Ok(status) if matches!(fault.kind.as_str(), "status" | "html") => Value::from(status),
        _ => Value::from(code),
    });
    let details = [
        ("kind", Some(fault.kind.into())),
        ("ms", fault.ms.map(Value::from)),
        ("ms_per_byte", fault.ms_per_byte.map(Value::from)),
        ("code", code),
        ("bytes", fault.bytes.map(Value::from)),
    ];
    let details = details.into_iter();
    let details: Map<String, Value> = details
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect();
    json!({
        "provider": fault.provider.map(ProviderName::service),
        "operation": fault.operation,
        "tenant": fault.tenant,
        "times": fault.times,
        "chance": fault.chance,
        "fault": details,
    })
}

fn describe_all(document: &Value, texts: &Texts) -> String {
    match list(document, "rules") {
        [] => texts.fault_none(),
        rules => {
            let rules = rules.iter().map(|rule| describe(rule, texts));
            rules.collect::<Vec<_>>().join("\n")
        }
    }
}

/// `#3 status code=503  paynet send_otp, the next 2 calls, by a chance of 0.1`
fn describe(rule: &Value, texts: &Texts) -> String {
    let field = |name: &str| rule.get(name).filter(|value| !value.is_null());
    let fault = field("fault").and_then(Value::as_object);
    let details = fault.into_iter().flatten();
    let details = details.filter(|(name, _)| *name != "kind");
    let details: Vec<String> = details
        .map(|(name, value)| format!(" {}={}", plain(name), shown(value)))
        .collect();
    let kind = fault.and_then(|fault| fault.get("kind")).map(shown);
    let calls: Vec<String> = ["provider", "operation", "tenant"]
        .into_iter()
        .filter_map(|name| field(name).map(shown))
        .collect();
    let mut about = match calls.as_slice() {
        [] => vec![texts.fault_any_call()],
        calls => vec![calls.join(" ")],
    };
    about.extend(
        field("times")
            .and_then(Value::as_u64)
            .map(|times| texts.fault_times(times)),
    );
    about.extend(field("chance").map(|chance| texts.fault_chance(shown(chance))));
    let title = format!("#{} {}", id(rule), kind.unwrap_or_default());
    let details = details.concat();
    format!("{}{details}  {}", strong(title), quiet(about.join(", ")))
}

fn shown(value: &Value) -> String {
    match value.as_str() {
        Some(text) => plain(text).into_owned(),
        None => plain(&value.to_string()).into_owned(),
    }
}
