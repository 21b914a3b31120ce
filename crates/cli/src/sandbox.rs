//! `onay sandbox`: run one, or talk to a running one.

mod exec;
mod fault;
mod follow;
mod serve;
mod shown;
pub(crate) mod turkish;

use std::path::Path;
use std::{fs, io};

use jiff::Timestamp;
use serde_json::{Value, json};

pub(crate) use self::shown::list;
use self::shown::{id, journal, message, messages, moment};
use crate::address;
use crate::arguments::{ClockCommand, MessageFilter, ProviderName, SandboxCommand, SandboxUrl};
use crate::failure::Failure;
use crate::language::{Texts, Words};
use crate::output::{Output, line};
use crate::sandbox_api::SandboxApi;
use crate::terminal::{self, plain};

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
            // It is JSON for people too, to be kept in a file, and its texts are what was sent.
            let world = connect(&sandbox)?.get("world", &[]).await?;
            line(&terminal::json(&world.to_string()))
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
