//! Carries requests to a function in memory, so that many histories run on one thread and one clock.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use http_body::Body;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use crate::classify::{Cause, Failure};
use crate::one_shot::OneShot;
use crate::transport::{Chunks, Incoming, Outgoing};

pub(crate) type Answering =
    Pin<Box<dyn Future<Output = Result<SimulatedResponse, SimulatedFailure>> + Send>>;

/// A function from request to response.
#[derive(Clone)]
pub(crate) struct Simulation(Arc<dyn Fn(SimulatedRequest) -> Answering + Send + Sync>);

/// A request as a server would see it. Its body is still the client's: until it is read, the
/// request has not left.
#[derive(Debug)]
pub struct SimulatedRequest {
    method: String,
    path: String,
    headers: HeaderMap,
    body: OneShot,
}

/// What a simulated server answers.
#[derive(Debug)]
pub struct SimulatedResponse {
    status: u16,
    headers: HeaderMap,
    body: Bytes,
    time: Option<SystemTime>,
}

/// How a simulated network breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SimulatedFailure {
    /// No connection was made, or it broke.
    Broken,
    /// What came back is not HTTP.
    NotHttp,
}

/// The call has ended as not sent, so its body is not given out any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BodyRevoked;

impl Simulation {
    pub(crate) fn of<F>(answer: impl Fn(SimulatedRequest) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<SimulatedResponse, SimulatedFailure>> + Send + 'static,
    {
        Self(Arc::new(move |request| Box::pin(answer(request))))
    }

    pub(crate) fn send(&self, outgoing: Outgoing) -> Answering {
        (self.0)(SimulatedRequest {
            method: outgoing.method.as_str().to_owned(),
            path: outgoing.url.path().to_owned(),
            headers: outgoing.headers,
            body: outgoing.body,
        })
    }
}

impl From<SimulatedResponse> for Incoming {
    fn from(response: SimulatedResponse) -> Self {
        Self {
            status: response.status,
            is_http: true,
            headers: response.headers,
            body: Chunks::Simulated(Some(response.body), response.time),
        }
    }
}

impl From<SimulatedFailure> for Failure {
    fn from(failure: SimulatedFailure) -> Self {
        Self::of(match failure {
            SimulatedFailure::Broken => Cause::Other,
            SimulatedFailure::NotHttp => Cause::NotHttp,
        })
    }
}

impl SimulatedRequest {
    /// The method.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The path, without the host.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// A header by its name, secrets included.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Reads the body, as a connection does once it is made: from here on the request may have left.
    ///
    /// # Errors
    ///
    /// [`BodyRevoked`]: the call has ended as not sent.
    pub async fn body(&mut self) -> Result<Bytes, BodyRevoked> {
        if self.body.is_end_stream() {
            return Ok(Bytes::new());
        }
        let frame = poll_fn(|context| Pin::new(&mut self.body).poll_frame(context)).await;
        match frame {
            Some(Ok(frame)) => Ok(frame.into_data().unwrap_or_default()),
            Some(Err(_)) => Err(BodyRevoked),
            None => Ok(Bytes::new()),
        }
    }
}

impl SimulatedResponse {
    /// A response with a body and no headers.
    pub fn new(status: u16, body: impl Into<Bytes>) -> Self {
        Self {
            status,
            headers: HeaderMap::new(),
            body: body.into(),
            time: None,
        }
    }

    /// Adds a header; one that is none is left out.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        let name = HeaderName::from_bytes(name.as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value)) {
            self.headers.insert(name, value);
        }
        self
    }

    /// The time at which it arrives, in place of this machine's.
    #[must_use]
    pub fn at(mut self, time: SystemTime) -> Self {
        self.time = Some(time);
        self
    }
}

impl fmt::Debug for Simulation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Simulation(..)")
    }
}

impl fmt::Display for BodyRevoked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the call has ended before its body was asked for")
    }
}

impl std::error::Error for BodyRevoked {}

#[cfg(test)]
mod tests;
