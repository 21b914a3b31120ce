//! `--follow`: what is there, the oldest first, and then what comes, until Ctrl-C.

use std::io::{self, Write};

use serde_json::Value;

use super::push;
use super::shown::{call, list, message};
use crate::failure::Failure;
use crate::output::{Output, unexpected};
use crate::sandbox_api::SandboxApi;

/// How long one request waits for the next message, in milliseconds.
const WAIT_MS: u64 = 100_000;

/// The messages of a listing, and each that comes after them.
pub(super) async fn messages(
    api: &SandboxApi,
    query: Vec<(&'static str, String)>,
    listed: &Value,
    output: &Output,
) -> Result<(), Failure> {
    let mut last = 0;
    let mut shown = Follow { output };
    for one in list(listed, "messages").iter().rev() {
        last = number(one);
        if shown.is_over(one, &message(one, output.texts()))? {
            return Ok(());
        }
    }
    loop {
        let mut query = query.clone();
        push(&mut query, "after", Some(last));
        push(&mut query, "timeout_ms", Some(WAIT_MS));
        match api.wait(&query, WAIT_MS).await {
            Ok(next) => {
                last = number(&next);
                if shown.is_over(&next, &message(&next, output.texts()))? {
                    return Ok(());
                }
            }
            Err(Failure::WaitTimedOut(_)) => {}
            Err(failure) => return Err(failure),
        }
    }
}

/// The newest calls, and each that comes after them.
pub(super) async fn journal(
    api: &SandboxApi,
    mut query: Vec<(&'static str, String)>,
    limit: Option<u32>,
    output: &Output,
) -> Result<(), Failure> {
    // Read first, so that nothing is lost in between.
    let mut events = api.events().await?;
    let wanted = query.clone();
    push(&mut query, "limit", limit);
    let listed = api.get("journal", &query).await?;
    let mut last = 0;
    let mut shown = Follow { output };
    for one in list(&listed, "calls").iter().rev() {
        last = number(one);
        if shown.is_over(one, &call(one, output.texts()))? {
            return Ok(());
        }
    }
    while let Some((kind, one)) = events.next().await? {
        let mut wanted = wanted.iter();
        let is_wanted = wanted.all(|(name, value)| one.get(name) == Some(&value.as_str().into()));
        if kind == "journal" && is_wanted && number(&one) > last {
            last = number(&one);
            if shown.is_over(&one, &call(&one, output.texts()))? {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// Prints one after another: for people, or a JSON document a line.
struct Follow<'a> {
    output: &'a Output,
}

impl Follow<'_> {
    /// Whether the reader has gone, as `head` does.
    fn is_over(&mut self, document: &Value, human: &str) -> Result<bool, Failure> {
        let mut stdout = anstream::stdout().lock();
        let written = if self.output.is_json() {
            writeln!(stdout, "{document}")
        } else {
            writeln!(stdout, "{human}")
        };
        match written.and_then(|()| stdout.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(true),
            written => written.map(|()| false).map_err(|error| unexpected(&error)),
        }
    }
}

fn number(document: &Value) -> u64 {
    document
        .get("id")
        .and_then(Value::as_u64)
        .unwrap_or_default()
}
