//! The test API of a running sandbox, over HTTP.

use std::time::Duration;

use onay::{Error, ErrorKind, Reason};
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
const MAX_WORLD: usize = 64 * 1024 * 1024;

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

    pub(crate) async fn get(&self, path: &str, query: &[(&str, String)]) -> Result<Value, Failure> {
        let mut url = self.url(path)?;
        url.query_pairs_mut().extend_pairs(query);
        self.call(Request::new(Method::GET, url), PATIENCE).await
    }

    /// Waits for a message.
    pub(crate) async fn wait(
        &self,
        query: &[(&str, String)],
        timeout_ms: u64,
    ) -> Result<Value, Failure> {
        let mut url = self.url("messages/wait")?;
        url.query_pairs_mut().extend_pairs(query);
        let patience = Duration::from_millis(timeout_ms).saturating_add(PATIENCE);
        match self.send(Request::new(Method::GET, url), patience).await? {
            (StatusCode::REQUEST_TIMEOUT, _) => Err(Failure::WaitTimedOut(timeout_ms)),
            (status, body) => read(status, &body),
        }
    }

    /// What happens from now on.
    pub(crate) async fn events(&self) -> Result<Events, Failure> {
        let request = Request::new(Method::GET, self.url("events")?);
        let begun = async {
            let mut response = self.client.execute(request).await.map_err(unreachable)?;
            let status = response.status();
            if status == StatusCode::OK {
                let read = Vec::new();
                return Ok(Events { response, read });
            }
            let body = whole(&mut response, MAX_BYTES).await?;
            Err(read(status, &body).err().unwrap_or_else(no_sandbox))
        };
        // The stream has no end of its own, so only its beginning is timed.
        let begun = tokio::time::timeout(PATIENCE, begun).await;
        begun.unwrap_or_else(|_| Err(silent()))
    }

    pub(crate) async fn post(&self, path: &str, body: Option<&Value>) -> Result<Value, Failure> {
        self.write(Method::POST, path, body).await
    }

    pub(crate) async fn put(&self, path: &str, body: &Value) -> Result<Value, Failure> {
        self.write(Method::PUT, path, Some(body)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Result<Value, Failure> {
        self.write(Method::DELETE, path, None).await
    }

    async fn write(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Value, Failure> {
        let mut request = Request::new(method, self.url(path)?);
        if let Some(body) = body {
            let json = reqwest::header::HeaderValue::from_static("application/json");
            request
                .headers_mut()
                .insert(reqwest::header::CONTENT_TYPE, json);
            *request.body_mut() = Some(body.to_string().into());
        }
        self.call(request, PATIENCE).await
    }

    fn url(&self, path: &str) -> Result<Url, Failure> {
        self.base
            .join(&format!("api/v1/{path}"))
            .map_err(|error| unexpected(&error))
    }

    async fn call(&self, request: Request, patience: Duration) -> Result<Value, Failure> {
        let (status, body) = self.send(request, patience).await?;
        read(status, &body)
    }

    async fn send(
        &self,
        mut request: Request,
        patience: Duration,
    ) -> Result<(StatusCode, Vec<u8>), Failure> {
        *request.timeout_mut() = Some(patience);
        let mut answer = self.client.execute(request).await.map_err(unreachable)?;
        let status = answer.status();
        let is_world = answer.url().path().ends_with("/world");
        let most = if is_world { MAX_WORLD } else { MAX_BYTES };
        Ok((status, whole(&mut answer, most).await?))
    }
}

/// The body of an answer, at most so many bytes of it.
async fn whole(answer: &mut reqwest::Response, most: usize) -> Result<Vec<u8>, Failure> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(unreachable)? {
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
    /// The name and the document of the next event; absent where the sandbox has ended.
    pub(crate) async fn next(&mut self) -> Result<Option<(String, Value)>, Failure> {
        loop {
            let end = self.read.windows(2).position(|two| two == b"\n\n");
            if let Some(end) = end {
                let event: Vec<u8> = self.read.drain(..end + 2).collect();
                if let Some(event) = parse(&String::from_utf8_lossy(&event)) {
                    return Ok(Some(event));
                }
                continue;
            }
            if self.read.len() > MAX_BYTES {
                return Err(Failure::Unexpected(Words::of(Texts::api_too_long)));
            }
            match self.response.chunk().await {
                Ok(Some(chunk)) => self.read.extend_from_slice(&chunk),
                // A sandbox that ends may do so in the middle.
                Ok(None) | Err(_) => return Ok(None),
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

/// The address holds the number that is waited for, so it is left out. What a connection may have
/// carried may have taken effect: a callback that is sent again, for instance.
fn unreachable(error: reqwest::Error) -> Failure {
    let kind = if error.is_connect() {
        ErrorKind::Unreachable
    } else {
        ErrorKind::Interrupted
    };
    Error::new(kind)
        .with_reason(NO_SANDBOX)
        .with_source(error.without_url())
        .into()
}

/// A server took the connection and does not answer.
fn silent() -> Failure {
    Error::new(ErrorKind::Unreachable)
        .with_reason(NO_SANDBOX)
        .into()
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
    let message = document.pointer("/error/message").and_then(Value::as_str);
    let message = message.unwrap_or("no").to_owned();
    Err(if status.is_client_error() {
        Failure::SandboxRefused(message)
    } else {
        Failure::Unexpected(Words::foreign(&message))
    })
}
