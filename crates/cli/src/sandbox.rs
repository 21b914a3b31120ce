//! `onay sandbox`: run one, or talk to a running one.

mod exec;
mod fault;
mod follow;
mod serve;
pub(crate) mod turkish;

use std::borrow::Cow;
use std::path::Path;
use std::{fs, io};

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::address;
use crate::arguments::{ClockCommand, MessageFilter, ProviderName, SandboxCommand, SandboxUrl};
use crate::failure::Failure;
use crate::language::{Texts, Words};
use crate::output::{Output, bad, good, line, quiet, strong};
use crate::sandbox_api::SandboxApi;
use crate::terminal::plain;

pub(crate) async fn run(command: SandboxCommand, output: &Output) -> Result<(), Failure> {
    match command {
        SandboxCommand::Serve(arguments) => serve::run(arguments, output).await,
        SandboxCommand::Exec { command } => exec::run(&command).await,
        SandboxCommand::Messages {
            sandbox,
            filter,
            limit,
            follow,
        } => {
            let mut query = query(&filter);
            push(&mut query, "limit", limit);
            let api = connect(&sandbox)?;
            let document = api.get("messages", &query).await?;
            if follow {
                query.retain(|(name, _)| *name != "limit");
                return follow::messages(&api, query, &document, output).await;
            }
            output.result(messages(&document, output.texts()), &document)
        }
        SandboxCommand::Wait {
            sandbox,
            filter,
            after,
            timeout_ms,
            otp,
            expired,
        } => {
            let mut query = query(&filter);
            push(&mut query, "after", after);
            push(&mut query, "timeout_ms", Some(timeout_ms));
            let api = connect(&sandbox)?;
            let received = api.wait(&query, timeout_ms).await?;
            if otp {
                return code(&api, &received, expired).await;
            }
            output.result(message(&received, output.texts()), &received)
        }
        SandboxCommand::Journal {
            sandbox,
            provider,
            tenant,
            limit,
            follow,
        } => {
            let mut query = Vec::new();
            push(&mut query, "provider", provider.map(ProviderName::service));
            push(&mut query, "tenant", tenant);
            let api = connect(&sandbox)?;
            if follow {
                return follow::journal(&api, query, limit, output).await;
            }
            push(&mut query, "limit", limit);
            let document = api.get("journal", &query).await?;
            output.result(journal(&document, output.texts()), &document)
        }
        SandboxCommand::Clock {
            sandbox,
            tenant,
            command,
        } => clock(&connect(&sandbox)?, tenant, command, output).await,
        SandboxCommand::Fault { sandbox, command } => {
            fault::run(&connect(&sandbox)?, command, output).await
        }
        SandboxCommand::Export { sandbox } => {
            // It is JSON for people too, to be kept in a file.
            let world = connect(&sandbox)?.get("world", &[]).await?;
            line(&world.to_string())
        }
        SandboxCommand::Import { sandbox, file } => {
            let api = connect(&sandbox)?;
            api.put("world", &world(&file)?).await?;
            let document = json!({ "operation": "import" });
            output.result(output.texts().sandbox_imported(), &document)
        }
        SandboxCommand::Reset { sandbox } => {
            connect(&sandbox)?.post("reset", None).await?;
            let document = json!({ "operation": "reset" });
            output.result(output.texts().sandbox_reset(), &document)
        }
    }
}

/// Prints the code of a message. One that has expired would be refused wherever it is typed, so it has to be asked for.
async fn code(api: &SandboxApi, message: &Value, expired: bool) -> Result<(), Failure> {
    let Some(code) = message.get("otp").and_then(Value::as_str) else {
        return Err(Failure::NoCode(Words::of(Texts::wait_no_code)));
    };
    let time = |document: &Value, field: &str| -> Option<Timestamp> {
        document.get(field)?.as_str()?.parse().ok()
    };
    if !expired && let Some(end) = time(message, "expires_at") {
        let mut query = Vec::new();
        push(
            &mut query,
            "tenant",
            message.get("tenant").and_then(Value::as_str),
        );
        let clock = api.get("clock", &query).await?;
        if time(&clock, "now").is_some_and(|now| now >= end) {
            let id = id(message);
            return Err(Failure::NoCode(Words::of(|texts| {
                texts.wait_expired(id.as_str())
            })));
        }
    }
    line(&plain(code))
}

/// A world that `onay sandbox export` wrote.
fn world(file: &Path) -> Result<Value, Failure> {
    let name = file.display().to_string();
    let text = if file.as_os_str() == "-" {
        io::read_to_string(io::stdin())
    } else {
        fs::read_to_string(file)
    };
    let text = text.map_err(|error| {
        let cause = error.to_string();
        Failure::Usage(Words::of(|texts| {
            texts.import_unreadable(name.as_str(), cause.as_str())
        }))
    })?;
    serde_json::from_str(&text)
        .map_err(|_| Failure::Usage(Words::of(|texts| texts.import_not_json(name.as_str()))))
}

async fn clock(
    api: &SandboxApi,
    tenant: Option<String>,
    command: Option<ClockCommand>,
    output: &Output,
) -> Result<(), Failure> {
    let document = match command {
        Some(ClockCommand::Advance { seconds }) => {
            let body = json!({ "seconds": seconds, "tenant": tenant });
            api.post("clock/advance", Some(&body)).await?
        }
        None => {
            let mut query = Vec::new();
            push(&mut query, "tenant", tenant);
            api.get("clock", &query).await?
        }
    };
    let ahead = document.get("offset_seconds").and_then(Value::as_f64);
    let ahead = format!("{:.0}", ahead.unwrap_or_default());
    let human = output
        .texts()
        .sandbox_clock(moment(&document, "now"), ahead);
    output.result(human, &document)
}

pub(crate) fn connect(sandbox: &SandboxUrl) -> Result<SandboxApi, Failure> {
    let url = address::sandbox(sandbox.url.as_deref(), |name| std::env::var(name).ok())?;
    SandboxApi::new(url)
}

fn query(filter: &MessageFilter) -> Vec<(&'static str, String)> {
    let mut query = Vec::new();
    push(&mut query, "to", filter.to.as_ref());
    push(
        &mut query,
        "provider",
        filter.provider.map(ProviderName::service),
    );
    push(&mut query, "tenant", filter.tenant.as_ref());
    query
}

fn push(query: &mut Vec<(&'static str, String)>, name: &'static str, value: Option<impl ToString>) {
    if let Some(value) = value {
        query.push((name, value.to_string()));
    }
}

fn messages(document: &Value, texts: &Texts) -> String {
    match list(document, "messages") {
        [] => texts.sandbox_no_messages(),
        messages => {
            let messages = messages.iter().map(|one| message(one, texts));
            messages.collect::<Vec<_>>().join("\n\n")
        }
    }
}

fn message(message: &Value, texts: &Texts) -> String {
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

fn journal(document: &Value, texts: &Texts) -> String {
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
fn call(call: &Value, texts: &Texts) -> String {
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
