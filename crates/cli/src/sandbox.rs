//! `onay sandbox`: run one, or talk to a running one.

use std::io::{self, Write};

use onay_sandbox::{Addresses, Sandbox};
use serde_json::Value;

use crate::address;
use crate::arguments::{ClockCommand, MessageFilter, SandboxCommand, SandboxUrl};
use crate::failure::Failure;
use crate::output::{Output, QUIET, STRONG, line};
use crate::sandbox_api::SandboxApi;

pub(crate) async fn run(command: SandboxCommand, output: &Output) -> Result<(), Failure> {
    match command {
        SandboxCommand::Serve { listen, print_json } => {
            let announce = if print_json || output.is_json() {
                announce_json
            } else {
                announce_human
            };
            Ok(Sandbox::builder().listen(listen).serve(announce).await?)
        }
        SandboxCommand::Messages {
            sandbox,
            filter,
            limit,
        } => {
            let mut query = query(&filter);
            push(&mut query, "limit", limit);
            let document = connect(&sandbox)?.get("messages", &query).await?;
            output.result(list(&document), &document)
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
                return line(text(&message, "otp"));
            }
            output.result(describe(&message), &message)
        }
        SandboxCommand::Clock {
            sandbox,
            tenant,
            command,
        } => clock(&connect(&sandbox)?, tenant, command, output).await,
        SandboxCommand::Reset { sandbox } => {
            connect(&sandbox)?.post("reset", None).await?;
            let document = serde_json::json!({ "operation": "reset" });
            output.result("the sandbox has forgotten everything", &document)
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
    let human = format!("{} ({ahead} s ahead)", text(&document, "now"));
    output.result(human, &document)
}

fn connect(sandbox: &SandboxUrl) -> Result<SandboxApi, Failure> {
    let url = address::sandbox(sandbox.url.as_deref(), |name| std::env::var(name).ok())?;
    SandboxApi::new(url)
}

fn query(filter: &MessageFilter) -> Vec<(&'static str, String)> {
    let mut query = Vec::new();
    push(&mut query, "to", filter.to.as_ref());
    push(&mut query, "provider", filter.provider.as_ref());
    push(&mut query, "tenant", filter.tenant.as_ref());
    query
}

fn push(query: &mut Vec<(&'static str, String)>, name: &'static str, value: Option<impl ToString>) {
    if let Some(value) = value {
        query.push((name, value.to_string()));
    }
}

fn list(document: &Value) -> String {
    let messages = document
        .get("messages")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    if messages.is_empty() {
        return "no messages".to_owned();
    }
    let described: Vec<String> = messages.iter().map(describe).collect();
    described.join("\n\n")
}

fn describe(message: &Value) -> String {
    format!(
        "{STRONG}#{} {}{STRONG:#} to {}  {QUIET}{}{QUIET:#}\n  {}",
        message.get("id").unwrap_or(&Value::Null),
        text(message, "provider"),
        text(message, "to"),
        text(message, "created_at"),
        text(message, "text"),
    )
}

fn text<'a>(document: &'a Value, field: &str) -> &'a str {
    document
        .get(field)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

fn announce_json(addresses: &Addresses) -> io::Result<()> {
    addresses.write_json(&mut io::stdout().lock())
}

fn announce_human(addresses: &Addresses) -> io::Result<()> {
    let mut stderr = anstream::stderr().lock();
    writeln!(
        stderr,
        "The sandbox is ready. Nothing is really sent; Ctrl-C stops it.\n"
    )?;
    writeln!(stderr, "  {STRONG}inbox{STRONG:#}    {}", addresses.inbox)?;
    writeln!(stderr, "  {STRONG}paynet{STRONG:#}   {}", addresses.paynet)?;
    writeln!(stderr, "  {STRONG}paywall{STRONG:#}  {}", addresses.paywall)?;
    writeln!(stderr, "  {STRONG}paytr{STRONG:#}    {}\n", addresses.paytr)?;
    writeln!(stderr, "Send the first message from another terminal:\n")?;
    writeln!(
        stderr,
        "  PAYNET_ENV=sandbox PAYNET_BASE_URL={} PAYNET_SECRET_KEY=sck_test_demo \\\n  \
         onay otp send --provider paynet --to '0555 000 00 42' --session s-1",
        addresses.paynet
    )
}
