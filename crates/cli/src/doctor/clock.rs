//! This machine's clock against another: a server's, or the running sandbox's virtual one.

use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use onay::http::Variables;
use onay::{Error, ErrorKind};
use reqwest::header::DATE;
use serde::Serialize;
use serde_json::Value;

use crate::address;
use crate::client::client;
use crate::failure::Failure;
use crate::language::{Texts, Words};
use crate::output::unexpected;
use crate::sandbox_api::{Query, SandboxApi};

const PATIENCE: Duration = Duration::from_secs(10);

/// `Date` counts whole seconds, and the answer takes its time.
const TOLERATED_SECONDS: i64 = 2;

/// Another clock, compared with this machine's.
#[derive(Debug, Serialize)]
pub(super) struct Clock {
    /// The server, or the sandbox.
    pub(super) against: String,
    pub(super) is_sandbox: bool,
    time: String,
    pub(super) server_ahead_seconds: i64,
    pub(super) agrees: bool,
    error: Option<String>,
}

pub(super) async fn of_server(text: &str) -> Result<Clock, Failure> {
    let url = address::http(text).map_err(|reason| Error::invalid_input("--clock", reason))?;
    let against = url.origin().ascii_serialization();
    let answer = client(&url)?
        .head(url)
        .timeout(PATIENCE)
        .send()
        .await
        .map_err(|error| Error::new(ErrorKind::Unreachable).with_source(error.without_url()))?;
    let now = SystemTime::now();
    let date = answer
        .headers()
        .get(DATE)
        .and_then(|date| date.to_str().ok());
    let time = date.and_then(|date| DateTimeParser::new().parse_timestamp(date).ok());
    let Some(time) = time else {
        return Err(Failure::Unexpected(Words::of(Texts::clock_no_date)));
    };
    compare(against, false, time, now)
}

pub(super) async fn of_sandbox() -> Result<Clock, Failure> {
    let url = address::sandbox(None, Variables::of_process)?;
    let against = url.origin().ascii_serialization();
    let document = SandboxApi::new(url)?.get("clock", &Query::new()).await?;
    let now = SystemTime::now();
    let time = document.get("now").and_then(Value::as_str);
    let time = time
        .and_then(|time| time.parse().ok())
        .ok_or_else(|| Failure::Unexpected(Words::of(Texts::api_no_sandbox)))?;
    compare(against, true, time, now)
}

fn compare(
    against: String,
    is_sandbox: bool,
    time: Timestamp,
    now: SystemTime,
) -> Result<Clock, Failure> {
    let now = Timestamp::try_from(now).map_err(|error| unexpected(&error))?;
    let ahead = time.as_second() - now.as_second();
    Ok(Clock {
        against,
        is_sandbox,
        time: time.to_string(),
        server_ahead_seconds: ahead,
        agrees: ahead.abs() <= TOLERATED_SECONDS,
        error: None,
    })
}
