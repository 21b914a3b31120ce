//! `onay sandbox`: run one, or talk to a running one.

mod fault;
mod journal;
mod serve;

use std::borrow::Cow;

use serde_json::Value;

use crate::address;
use crate::arguments::{ClockCommand, MessageFilter, SandboxCommand, SandboxProvider, SandboxUrl};
use crate::failure::Failure;
use crate::language::Language;
use crate::output::{Output, QUIET, STRONG, line};
use crate::sandbox_api::SandboxApi;
use crate::terminal::plain;

pub(crate) async fn run(command: SandboxCommand, output: &Output) -> Result<(), Failure> {
    match command {
        SandboxCommand::Serve(arguments) => serve::run(arguments, output).await,
        SandboxCommand::Messages {
            sandbox,
            filter,
            limit,
        } => {
            let mut query = query(&filter);
            push(&mut query, "limit", limit);
            let document = connect(&sandbox)?.get("messages", &query).await?;
            output.result(list(&document, output.language()), &document)
        }
        SandboxCommand::Wait {
            sandbox,
            filter,
            after,
            timeout_ms,
            otp,
        } => {
            let mut query = query(&filter);
            push(&mut query, "after", after);
            push(&mut query, "timeout_ms", Some(timeout_ms));
            let message = connect(&sandbox)?.wait(&query, timeout_ms).await?;
            if otp {
                return line(&text(&message, "otp"));
            }
            output.result(describe(&message, output.language()), &message)
        }
        SandboxCommand::Journal {
            sandbox,
            provider,
            tenant,
            limit,
        } => {
            let mut query = Vec::new();
            push(
                &mut query,
                "provider",
                provider.map(SandboxProvider::as_str),
            );
            push(&mut query, "tenant", tenant);
            push(&mut query, "limit", limit);
            journal::run(&connect(&sandbox)?, &query, output).await
        }
        SandboxCommand::Clock {
            sandbox,
            tenant,
            command,
        } => clock(&connect(&sandbox)?, tenant, command, output).await,
        SandboxCommand::Fault { sandbox, command } => {
            fault::run(&connect(&sandbox)?, command, output).await
        }
        SandboxCommand::Reset { sandbox } => {
            connect(&sandbox)?.post("reset", None).await?;
            let document = serde_json::json!({ "operation": "reset" });
            let human = output.language().of(
                "sandbox her şeyi unuttu",
                "the sandbox has forgotten everything",
            );
            output.result(human, &document)
        }
    }
}

async fn clock(
    api: &SandboxApi,
    tenant: Option<String>,
    command: Option<ClockCommand>,
    output: &Output,
) -> Result<(), Failure> {
    let document = match command {
        Some(ClockCommand::Advance { seconds }) => {
            let body = serde_json::json!({ "seconds": seconds, "tenant": tenant });
            api.post("clock/advance", Some(&body)).await?
        }
        None => {
            let mut query = Vec::new();
            push(&mut query, "tenant", tenant);
            api.get("clock", &query).await?
        }
    };
    let ahead = document
        .get("offset_seconds")
        .and_then(Value::as_f64)
        .unwrap_or_default();
    let now = moment(&document, "now");
    let human = output.language().of(
        format!("{now} ({ahead:.0} sn ileride)"),
        format!("{now} ({ahead:.0} s ahead)"),
    );
    output.result(human, &document)
}

fn connect(sandbox: &SandboxUrl) -> Result<SandboxApi, Failure> {
    let url = address::sandbox(sandbox.url.as_deref(), |name| std::env::var(name).ok())?;
    SandboxApi::new(url)
}

fn query(filter: &MessageFilter) -> Vec<(&'static str, String)> {
    let mut query = Vec::new();
    push(&mut query, "to", filter.to.as_ref());
    push(
        &mut query,
        "provider",
        filter.provider.map(SandboxProvider::as_str),
    );
    push(&mut query, "tenant", filter.tenant.as_ref());
    query
}

fn push(query: &mut Vec<(&'static str, String)>, name: &'static str, value: Option<impl ToString>) {
    if let Some(value) = value {
        query.push((name, value.to_string()));
    }
}

fn list(document: &Value, language: Language) -> String {
    let messages = document
        .get("messages")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    if messages.is_empty() {
        return language.of("mesaj yok", "no messages").to_owned();
    }
    let described: Vec<String> = messages
        .iter()
        .map(|message| describe(message, language))
        .collect();
    described.join("\n\n")
}

fn describe(message: &Value, language: Language) -> String {
    let to = language.of("→", "to");
    format!(
        "{STRONG}#{} {}{STRONG:#} {to} {}  {QUIET}{} {}{QUIET:#}\n  {}",
        id(message),
        text(message, "provider"),
        text(message, "to"),
        moment(message, "created_at"),
        text(message, "tenant"),
        text(message, "text"),
    )
}

/// A field as it can be shown.
fn text<'a>(document: &'a Value, field: &str) -> Cow<'a, str> {
    let text = document.get(field).and_then(Value::as_str);
    plain(text.unwrap_or_default())
}

/// A time as people read it: to the second, though the sandbox tells parts of one.
fn moment(document: &Value, field: &str) -> String {
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
fn id(document: &Value) -> String {
    let id = document.get("id").unwrap_or(&Value::Null).to_string();
    plain(&id).into_owned()
}
