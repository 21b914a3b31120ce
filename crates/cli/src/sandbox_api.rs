//! The test API of a running sandbox, over HTTP.

use std::time::Duration;

use onay::{Error, ErrorKind};
use reqwest::{Method, Request, Url};
use serde_json::Value;

use crate::failure::Failure;
use crate::output::unexpected;

/// How long a call may take beyond what the sandbox itself was asked to wait.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Debug)]
pub(crate) struct SandboxApi {
    client: reqwest::Client,
    base: Url,
}

impl SandboxApi {
    pub(crate) fn new(base: Url) -> Result<Self, Failure> {
        let client = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| unexpected(&error))?;
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
        let answer = self.call(Request::new(Method::GET, url), patience).await;
        answer.map_err(|failure| match failure {
            Failure::Call(error) if error.http_status() == Some(408) => {
                Failure::WaitedInVain(timeout_ms)
            }
            other => other,
        })
    }

    pub(crate) async fn post(&self, path: &str, body: Option<&Value>) -> Result<Value, Failure> {
        let mut request = Request::new(Method::POST, self.url(path)?);
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

    async fn call(&self, mut request: Request, patience: Duration) -> Result<Value, Failure> {
        *request.timeout_mut() = Some(patience);
        let answer = self.client.execute(request).await.map_err(|error| {
            Error::new(ErrorKind::Unreachable)
                .with_reason("no sandbox answers; is `onay sandbox serve` running there?")
                .with_source(error.without_url())
        })?;
        let status = answer.status();
        let body = answer.bytes().await.map_err(|error| unexpected(&error))?;
        let document = serde_json::from_slice(&body).unwrap_or(Value::Null);
        if status.is_success() {
            return Ok(document);
        }
        let kind = match status.as_u16() {
            400..=499 => ErrorKind::InvalidInput,
            _ => ErrorKind::Refused,
        };
        let mut error = Error::new(kind).with_http_status(status.as_u16());
        if let Some(code) = document.pointer("/error/code").and_then(Value::as_str) {
            error = error.with_code(code);
        }
        if let Some(message) = document.pointer("/error/message").and_then(Value::as_str) {
            error = error.with_message(message);
        }
        Err(error.into())
    }
}
