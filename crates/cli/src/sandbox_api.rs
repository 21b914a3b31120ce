//! The test API of a running sandbox, over HTTP.

use std::time::Duration;

use onay::{Error, ErrorKind, Reason};
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use reqwest::{Method, Request, StatusCode, Url};
use serde_json::Value;

use crate::client::client;
use crate::failure::Failure;
use crate::language::{Texts, Words};
use crate::output::unexpected;

const NO_SANDBOX: Reason = Reason::new(
    "no_sandbox",
    "no sandbox answers; is `onay sandbox serve` running there?",
    "yanıt veren bir sandbox yok; orada `onay sandbox serve` çalışıyor mu?",
);

/// How long a call may take beyond what the sandbox itself was asked to wait. Longer than a sandbox
/// waits for the merchant's answer to a callback, which is 10 seconds.
const PATIENCE: Duration = Duration::from_secs(20);

/// Far more than a sandbox answers; the response of another server may never end.
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// The longest world that a sandbox takes.
pub(crate) const MAX_WORLD: usize = 64 * 1024 * 1024;

/// What is asked for: names and values.
pub(crate) type Query = Vec<(&'static str, String)>;

#[derive(Debug)]
pub(crate) struct SandboxApi {
    client: reqwest::Client,
    base: Url,
}

impl SandboxApi {
    pub(crate) fn new(base: Url) -> Result<Self, Failure> {
        let client = client(&base)?;
        Ok(Self { client, base })
    }

    pub(crate) async fn get(&self, path: &str, query: &Query) -> Result<Value, Failure> {
        let request = Request::new(Method::GET, self.url(path, query)?);
        let (status, body) = self.send(request, PATIENCE).await?;
        read(status, &body)
    }

    /// Waits for a message; absent where none came in time.
    pub(crate) async fn wait(
        &self,
        query: &Query,
        timeout_ms: u64,
    ) -> Result<Option<Value>, Failure> {
        let mut query = query.clone();
        query.push(("timeout_ms", timeout_ms.to_string()));
        let request = Request::new(Method::GET, self.url("messages/wait", &query)?);
        let patience = Duration::from_millis(timeout_ms).saturating_add(PATIENCE);
        match self.send(request, patience).await? {
            (StatusCode::REQUEST_TIMEOUT, _) => Ok(None),
            (status, body) => read(status, &body).map(Some),
        }
    }

    /// What happens from now on.
    pub(crate) async fn events(&self) -> Result<Events, Failure> {
        let request = Request::new(Method::GET, self.url("events", &Query::new())?);
        let begun = async {
            let mut response = self.client.execute(request).await.map_err(gone)?;
            let status = response.status();
            if status == StatusCode::OK {
                let read = Vec::new();
                return Ok(Events { response, read });
            }
            let body = whole(&mut response, MAX_BYTES, gone).await?;
            Err(read(status, &body).err().unwrap_or_else(no_sandbox))
        };
        // The stream has no end of its own, so only its beginning is timed.
        let begun = tokio::time::timeout(PATIENCE, begun).await;
        begun.unwrap_or_else(|_| Err(no_answer(ErrorKind::Unreachable).into()))
    }

    /// Has the sandbox do something.
    pub(crate) async fn call(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Value, Failure> {
        let mut request = Request::new(method, self.url(path, &Query::new())?);
        if let Some(body) = body {
            let json = HeaderValue::from_static("application/json");
            request.headers_mut().insert(CONTENT_TYPE, json);
            *request.body_mut() = Some(body.to_string().into());
        }
        let (status, body) = self.send(request, PATIENCE).await?;
        read(status, &body)
    }

    fn url(&self, path: &str, query: &Query) -> Result<Url, Failure> {
        let url = self.base.join(&format!("api/v1/{path}"));
        let mut url = url.map_err(|error| unexpected(&error))?;
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Ok(url)
    }

    async fn send(
        &self,
        mut request: Request,
        patience: Duration,
    ) -> Result<(StatusCode, Vec<u8>), Failure> {
        let failed = match *request.method() {
            Method::GET => gone,
            _ => broken,
        };
        *request.timeout_mut() = Some(patience);
        let mut answer = self.client.execute(request).await.map_err(failed)?;
        let status = answer.status();
        let is_world = answer.url().path().ends_with("/world");
        let most = if is_world { MAX_WORLD } else { MAX_BYTES };
        Ok((status, whole(&mut answer, most, failed).await?))
    }
}

/// The body of an answer, at most so many bytes of it.
async fn whole(
    answer: &mut reqwest::Response,
    most: usize,
    failed: impl Fn(reqwest::Error) -> Failure,
) -> Result<Vec<u8>, Failure> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(&failed)? {
        if body.len() + chunk.len() > most {
            return Err(Failure::Unexpected(Words::of(Texts::api_too_long)));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// Server-sent events as they come.
#[derive(Debug)]
pub(crate) struct Events {
    response: reqwest::Response,
    read: Vec<u8>,
}

impl Events {
    /// The name and the document of the next event. A sandbox that has ended is a failure.
    pub(crate) async fn next(&mut self) -> Result<(String, Value), Failure> {
        loop {
            let end = self.read.windows(2).position(|two| two == b"\n\n");
            if let Some(end) = end {
                let event: Vec<u8> = self.read.drain(..end + 2).collect();
                if let Some(event) = parse(&String::from_utf8_lossy(&event)) {
                    return Ok(event);
                }
                continue;
            }
            if self.read.len() > MAX_BYTES {
                return Err(Failure::Unexpected(Words::of(Texts::api_too_long)));
            }
            match self.response.chunk().await.map_err(gone)? {
                Some(chunk) => self.read.extend_from_slice(&chunk),
                None => return Err(no_answer(ErrorKind::Unreachable).into()),
            }
        }
    }
}

/// Comments and events without a document say nothing.
fn parse(event: &str) -> Option<(String, Value)> {
    let field = |name: &str| event.lines().find_map(|line| line.strip_prefix(name));
    let document = serde_json::from_str(field("data: ")?).ok()?;
    Some((field("event: ")?.to_owned(), document))
}

/// What was asked and not answered changed nothing, so it can be asked again: the sandbox has gone, or was never there.
fn gone(error: reqwest::Error) -> Failure {
    let error = no_answer(ErrorKind::Unreachable).with_source(error.without_url());
    error.into()
}

/// What a connection may have carried may have taken effect: a callback that is sent again, for instance.
fn broken(error: reqwest::Error) -> Failure {
    let kind = if error.is_connect() {
        ErrorKind::Unreachable
    } else {
        ErrorKind::Interrupted
    };
    let error = no_answer(kind).with_source(error.without_url());
    error.into()
}

fn no_answer(kind: ErrorKind) -> Error {
    Error::new(kind).with_reason(NO_SANDBOX)
}

fn no_sandbox() -> Failure {
    Failure::Unexpected(Words::of(Texts::api_no_sandbox))
}

/// The document, or what the sandbox has against the command. What it says is its own and about
/// nothing real, so it is shown.
fn read(status: StatusCode, body: &[u8]) -> Result<Value, Failure> {
    if status == StatusCode::NO_CONTENT {
        return Ok(Value::Null);
    }
    let Ok(document) = serde_json::from_slice::<Value>(body) else {
        let status = status.to_string();
        let words = Words::of(|texts| texts.api_not_json(status.as_str()));
        return Err(Failure::Unexpected(words));
    };
    if status.is_success() {
        return Ok(document);
    }
    let text = |place| document.pointer(place).and_then(Value::as_str);
    if text("/error/code") == Some("stopping") {
        return Err(no_answer(ErrorKind::Unreachable).into());
    }
    // A command sets one rule, so its number says nothing.
    let message = text("/error/message").unwrap_or("no");
    let message = message.strip_prefix("rules[0]: ").unwrap_or(message);
    let message = message.to_owned();
    Err(if status.is_client_error() {
        Failure::SandboxRefused(message)
    } else {
        Failure::Unexpected(Words::foreign(&message))
    })
}
