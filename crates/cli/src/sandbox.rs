//! `onay sandbox`: run one, or talk to a running one.

mod exec;
mod fault;
mod follow;
mod serve;
mod shown;
pub(crate) mod turkish;

use jiff::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};

pub(crate) use self::shown::list;
use self::shown::{id, journal, message, messages, moment};
use crate::address;
use crate::arguments::{ClockCommand, MessageFilter, SandboxCommand, SandboxUrl};
use crate::failure::Failure;
use crate::input;
use crate::language::{Texts, Words};
use crate::output::{Output, line};
use crate::provider::ProviderName;
use crate::sandbox_api::{MAX_WORLD, Query, SandboxApi};
use crate::terminal::{self, plain};

pub(crate) async fn run(command: SandboxCommand, output: &Output) -> Result<(), Failure> {
    let texts = output.texts();
    match command {
        SandboxCommand::Serve(arguments) => serve::run(arguments, output).await,
        SandboxCommand::Exec { command } => exec::run(&command).await,
        SandboxCommand::Messages {
            sandbox,
            filter,
            limit,
            follow,
        } => {
            let api = connect(&sandbox)?;
            let wanted = filter.query();
            let listed = with(&wanted, "limit", limit);
            let document = api.get("messages", &listed).await?;
            if follow {
                return follow::messages(&api, &wanted, &document, output).await;
            }
            output.result(messages(&document, texts), &document)
        }
        SandboxCommand::Wait {
            sandbox,
            filter,
            after,
            timeout_ms,
            otp,
            expired,
        } => {
            let api = connect(&sandbox)?;
            let query = with(&filter.query(), "after", after);
            let received = api.wait(&query, timeout_ms).await?;
            let received = received.ok_or(Failure::WaitTimedOut(timeout_ms))?;
            if otp {
                return code(&api, &received, expired).await;
            }
            output.result(message(&received, texts), &received)
        }
        SandboxCommand::Journal {
            sandbox,
            provider,
            tenant,
            limit,
            follow,
        } => {
            let api = connect(&sandbox)?;
            let provider = provider.map(ProviderName::service);
            let wanted = with(&with(&Query::new(), "provider", provider), "tenant", tenant);
            let listed = with(&wanted, "limit", limit);
            if follow {
                return follow::journal(&api, &wanted, &listed, output).await;
            }
            let document = api.get("journal", &listed).await?;
            output.result(journal(&document, texts), &document)
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
            let world = connect(&sandbox)?.get("world", &Query::new()).await?;
            line(&terminal::json(&world.to_string()))
        }
        SandboxCommand::Import { sandbox, file } => {
            let api = connect(&sandbox)?;
            let world = input::file(&file, MAX_WORLD, "")?;
            let name = file.display().to_string();
            let not_json = |_| Words::of(|texts| texts.import_not_json(name.as_str()));
            let world = serde_json::from_slice::<Value>(&world);
            let world = world.map_err(|error| Failure::Usage(not_json(error)))?;
            api.call(Method::PUT, "world", Some(&world)).await?;
            output.result(texts.sandbox_imported(), &json!({ "operation": "import" }))
        }
        SandboxCommand::Reset { sandbox } => {
            connect(&sandbox)?.call(Method::POST, "reset", None).await?;
            output.result(texts.sandbox_reset(), &json!({ "operation": "reset" }))
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
        let tenant = message.get("tenant").and_then(Value::as_str);
        let clock = api
            .get("clock", &with(&Query::new(), "tenant", tenant))
            .await?;
        if time(&clock, "now").is_some_and(|now| now >= end) {
            let id = id(message);
            return Err(Failure::NoCode(Words::of(|texts| {
                texts.wait_expired(id.as_str())
            })));
        }
    }
    line(&plain(code))
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
            api.call(Method::POST, "clock/advance", Some(&body)).await?
        }
        None => {
            api.get("clock", &with(&Query::new(), "tenant", tenant))
                .await?
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

impl MessageFilter {
    fn query(&self) -> Query {
        let provider = self.provider.map(ProviderName::service);
        let query = with(&Query::new(), "to", self.to.as_ref());
        with(
            &with(&query, "provider", provider),
            "tenant",
            self.tenant.as_ref(),
        )
    }
}

/// A question that names one value more, where there is one.
fn with(query: &Query, name: &'static str, value: Option<impl ToString>) -> Query {
    let value = value.map(|value| (name, value.to_string()));
    query.iter().cloned().chain(value).collect()
}
