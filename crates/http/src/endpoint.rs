//! One operation of a provider, prepared once: a call only adds its body.

use std::fmt;
use std::time::{Duration, SystemTime};

use bytes::{Bytes, BytesMut};
use onay_core::{Error, ErrorKind, Secret};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Body, Method, Request, Response, Url, Version};
use serde::Serialize;
use tracing::Instrument;

use crate::one_shot::{BodyState, OneShot};
use crate::trace::CallTrace;
use crate::{Answer, HttpClient, classify};

/// One operation of a provider: address and headers, checked when the provider was built.
///
/// Made by [`HttpClient::endpoint`].
#[derive(Clone)]
pub struct Endpoint {
    client: HttpClient,
    provider: &'static str,
    operation: &'static str,
    url: Url,
    headers: HeaderMap,
}

impl Endpoint {
    pub(crate) fn new(
        client: HttpClient,
        provider: &'static str,
        operation: &'static str,
        url: Url,
    ) -> Self {
        Self {
            client,
            provider,
            operation,
            url,
            headers: HeaderMap::new(),
        }
    }

    /// Adds a header to every call.
    ///
    /// # Errors
    ///
    /// [`Config`](ErrorKind::Config) naming the header: not a header's name or value.
    pub fn with_header(mut self, name: &'static str, value: &str) -> Result<Self, Error> {
        let value = HeaderValue::from_str(value);
        self.insert(name, value.ok())?;
        Ok(self)
    }

    /// Adds a header that holds a secret: marked, so that nothing below prints it.
    ///
    /// # Errors
    ///
    /// [`Config`](ErrorKind::Config) naming the header: not a header's name or value.
    pub fn with_secret_header(mut self, name: &'static str, value: &Secret) -> Result<Self, Error> {
        let mut value = HeaderValue::from_str(value.reveal());
        if let Ok(value) = &mut value {
            value.set_sensitive(true);
        }
        self.insert(name, value.ok())?;
        Ok(self)
    }

    /// Writes a request as JSON, ready to be posted.
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](ErrorKind::InvalidInput), nothing sent: it cannot be written as JSON.
    pub fn json(&self, request: &impl Serialize) -> Result<Vec<u8>, Error> {
        serde_json::to_vec(request).map_err(|_| {
            Error::invalid_input("request", "cannot be written as JSON")
                .with_provider(self.provider)
        })
    }

    /// Posts a body and has `read` judge the answer.
    ///
    /// The request leaves at most once. Errors of the connection are made here, those of the
    /// answer by `read`; all of them name the provider.
    ///
    /// Dropping the future after its first poll is the caller's own
    /// [`MaybeSent`](onay_core::Delivery::MaybeSent); see [`run_to_end`](crate::run_to_end).
    ///
    /// # Errors
    ///
    /// | kind | delivery | when |
    /// |---|---|---|
    /// | [`InvalidInput`](ErrorKind::InvalidInput) | `NotSent` | the body is empty |
    /// | [`Config`](ErrorKind::Config) | `NotSent` | the builder that was handed in refuses the address |
    /// | [`Unreachable`](ErrorKind::Unreachable) | `NotSent` | the connection never asked for the body |
    /// | [`Interrupted`](ErrorKind::Interrupted) | `MaybeSent` | it broke, or time ran out, after that |
    /// | [`Unreadable`](ErrorKind::Unreadable) | `MaybeSent` | the answer is not HTTP, or too long |
    ///
    /// and whatever `read` says.
    pub async fn post<T>(
        &self,
        body: Vec<u8>,
        read: impl FnOnce(Answer) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut trace = CallTrace::start(self.provider, self.operation);
        let span = trace.span();
        let call = async {
            let result = match self.send(Bytes::from(body), &mut trace).await {
                Ok(answer) => read(answer),
                Err(error) => Err(error),
            };
            let result = result.map_err(|error| error.with_provider(self.provider));
            trace.end(&result);
            result
        };
        call.instrument(span).await
    }

    /// Sends until an answer comes or the request may have left.
    async fn send(&self, body: Bytes, trace: &mut CallTrace) -> Result<Answer, Error> {
        if body.is_empty() {
            // Whether it left could not be told without one.
            return Err(Error::invalid_input("body", "is empty"));
        }
        let limit = self.client.settings().timeout;
        let mut made = 0;
        loop {
            let state = trace.new_body();
            // The client's own timeout is the first try's; it would begin anew with every other.
            let left = (made > 0).then(|| limit.saturating_sub(trace.started().elapsed()));
            let error = match self.send_once(body.clone(), &state, left).await {
                Ok(response) if response.version() == Version::HTTP_09 => {
                    // A builder that was handed in can allow it; any bytes would be a success.
                    return Err(
                        Error::new(ErrorKind::Unreadable).with_reason("the answer is not HTTP")
                    );
                }
                Ok(response) => {
                    trace.answered(response.status().as_u16());
                    return self.read_whole(response).await;
                }
                Err(error) => classify::sending(error, &state),
            };
            match self.pause_before_retry(&error, made, trace) {
                Some(pause) => tokio::time::sleep(pause).await,
                None => return Err(error),
            }
            made += 1;
        }
    }

    async fn send_once(
        &self,
        body: Bytes,
        state: &BodyState,
        time_left: Option<Duration>,
    ) -> Result<Response, reqwest::Error> {
        let mut request = Request::new(Method::POST, self.url.clone());
        *request.headers_mut() = self.headers.clone();
        *request.body_mut() = Some(Body::wrap(OneShot::new(body, state.clone())));
        if let Some(time_left) = time_left {
            *request.timeout_mut() = Some(time_left);
        }
        self.client.reqwest().execute(request).await
    }

    async fn read_whole(&self, mut response: Response) -> Result<Answer, Error> {
        let arrived_at = SystemTime::now();
        let status = response.status().as_u16();
        let limit = self.client.settings().max_answer_bytes;
        let headers = std::mem::take(response.headers_mut());
        let mut body = Bytes::new();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if body.len() + chunk.len() > limit => {
                    return Err(Error::new(ErrorKind::Unreadable)
                        .with_http_status(status)
                        .with_reason("the answer is too long"));
                }
                Ok(Some(chunk)) => body = joined(body, chunk),
                Ok(None) => break,
                Err(error) => return Err(classify::reading(error).with_http_status(status)),
            }
        }
        Ok(Answer::new(
            self.provider,
            status,
            headers,
            body,
            arrived_at,
        ))
    }

    fn pause_before_retry(&self, error: &Error, made: u32, trace: &CallTrace) -> Option<Duration> {
        let settings = self.client.settings();
        if error.kind() != ErrorKind::Unreachable {
            return None;
        }
        let pause = settings.retry?.pause_before(made)?;
        let in_time = trace.started().elapsed() + pause < settings.timeout;
        in_time.then_some(pause)
    }

    fn insert(&mut self, name: &'static str, value: Option<HeaderValue>) -> Result<(), Error> {
        let refuse = |why| Error::config(name, why).with_provider(self.provider);
        let header = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| refuse("is not the name of a header"))?;
        let value = value
            .ok_or_else(|| refuse("contains a character that is not allowed in a header value"))?;
        self.headers.insert(header, value);
        Ok(())
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endpoint")
            .field("provider", &self.provider)
            .field("operation", &self.operation)
            .field("url", &self.url.as_str())
            .finish_non_exhaustive()
    }
}

/// Copies nothing where the answer comes in one piece, as it nearly always does.
fn joined(begun: Bytes, chunk: Bytes) -> Bytes {
    if begun.is_empty() {
        return chunk;
    }
    let mut whole = BytesMut::from(begun);
    whole.extend_from_slice(&chunk);
    whole.freeze()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::BaseUrl;

    fn endpoint() -> Endpoint {
        let base = BaseUrl::parse("http://127.0.0.1:9").expect("a base URL");
        let client = HttpClient::new().expect("a client");
        client
            .endpoint("acme", "send_otp", &base, "/send")
            .expect("an endpoint")
    }

    #[test]
    fn a_secret_header_is_marked_for_everything_below() {
        let endpoint = endpoint()
            .with_secret_header("x-key", &Secret::new("canary"))
            .expect("a header");
        assert!(endpoint.headers["x-key"].is_sensitive());
        assert!(!format!("{:?} {endpoint:?}", endpoint.headers).contains("canary"));
    }

    #[test]
    fn what_no_header_may_hold_is_refused_without_quoting_it() {
        for (name, value) in [
            ("x-key", "canary\n"),
            ("x-key", "canary\0"),
            ("x key", "canary"),
        ] {
            let error = endpoint()
                .with_secret_header(name, &Secret::new(value))
                .expect_err(value);
            assert_eq!(
                (error.kind(), error.field()),
                (ErrorKind::Config, Some(name))
            );
            assert!(!format!("{error} {error:?}").contains("canary"));
            endpoint().with_header(name, value).expect_err(value);
        }
    }
}
