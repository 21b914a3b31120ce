//! `--follow`: what is there, the oldest first, and then what comes, until Ctrl-C. A sandbox that goes away is a failure;
//! a reader that goes away, as `head` does, is none.

use std::io::{self, Write};

use serde_json::Value;

use super::shown::{call, list, message};
use super::with;
use crate::failure::Failure;
use crate::language::Texts;
use crate::output::{Output, unexpected};
use crate::sandbox_api::{Query, SandboxApi};

/// How long one request waits for the next message, in milliseconds.
const WAIT_MS: u64 = 100_000;

/// The messages of a listing, and each that comes after them.
pub(super) async fn messages(
    api: &SandboxApi,
    wanted: &Query,
    listed: &Value,
    output: &Output,
) -> Result<(), Failure> {
    let mut shown = Follow { output, last: 0 };
    for one in list(listed, "messages").iter().rev() {
        if shown.is_over(one, message)? {
            return Ok(());
        }
    }
    loop {
        let query = with(wanted, "after", Some(shown.last));
        if let Some(next) = api.wait(&query, WAIT_MS).await?
            && shown.is_over(&next, message)?
        {
            return Ok(());
        }
    }
}

/// The newest calls, and each that comes after them.
pub(super) async fn journal(
    api: &SandboxApi,
    wanted: &Query,
    query: &Query,
    output: &Output,
) -> Result<(), Failure> {
    // Read first, so that nothing is lost in between.
    let mut events = api.events().await?;
    let listed = api.get("journal", query).await?;
    let mut shown = Follow { output, last: 0 };
    for one in list(&listed, "calls").iter().rev() {
        if shown.is_over(one, call)? {
            return Ok(());
        }
    }
    loop {
        let (kind, one) = events.next().await?;
        let mut wanted = wanted.iter();
        let is_wanted = wanted.all(|(name, value)| one.get(name) == Some(&value.as_str().into()));
        let is_new = kind == "journal" && number(&one) > shown.last;
        if is_wanted && is_new && shown.is_over(&one, call)? {
            return Ok(());
        }
    }
}

/// Prints one after another: for people, or a JSON document a line.
struct Follow<'a> {
    output: &'a Output,
    last: u64,
}

impl Follow<'_> {
    /// Whether the reader has gone, as `head` does.
    fn is_over(
        &mut self,
        document: &Value,
        human: fn(&Value, &Texts) -> String,
    ) -> Result<bool, Failure> {
        self.last = number(document);
        let mut stdout = anstream::stdout().lock();
        let written = if self.output.is_json() {
            writeln!(stdout, "{document}")
        } else {
            writeln!(stdout, "{}", human(document, self.output.texts()))
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
