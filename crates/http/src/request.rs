//! One call of an endpoint: its body, and what differs from other calls.

use std::fmt;

use bytes::Bytes;
use onay_core::{Error, Reason, Secret};
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Method, Url};
use tracing::Instrument;

use crate::base_url::{DROPPED, is_dot_segment};
use crate::endpoint::header;
use crate::one_shot::{BodyState, OneShot};
use crate::trace::CallTrace;
use crate::transport::{Outgoing, Route};
use crate::{Endpoint, Response, exchange};

const NO_SEGMENT: Reason = Reason::new(
    "no_path_segment",
    "is empty, made of dots, or holds a tab or a line break, and would lead to another path",
    "boş, noktalardan oluşuyor ya da sekme veya satır sonu içeriyor ve başka bir yola götürür",
);

/// One call, ready to be sent. Made by [`Endpoint::json`], [`Endpoint::form`] or
/// [`Endpoint::empty`].
#[must_use]
pub struct Request<'e> {
    endpoint: &'e Endpoint,
    pub(crate) body: Bytes,
    content_type: Option<&'static HeaderValue>,
    /// Few calls have any, and every call would carry the room for it.
    own: Option<Box<Own>>,
    pub(crate) hold_keys: bool,
}

/// What differs from other calls besides the body.
#[derive(Default)]
struct Own {
    /// In place of the endpoint's, where segments were added.
    url: Option<Url>,
    headers: HeaderMap,
}

impl<'e> Request<'e> {
    pub(crate) fn new(
        endpoint: &'e Endpoint,
        body: Bytes,
        content_type: Option<&'static HeaderValue>,
    ) -> Self {
        Self {
            endpoint,
            body,
            content_type,
            own: None,
            hold_keys: endpoint.headers.hold_keys,
        }
    }

    /// Adds a header to this call, in place of one of the same name.
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config) naming the header: not a header's name or value.
    pub fn with_header(self, name: &'static str, value: &str) -> Result<Self, Error> {
        self.with(name, value, false)
    }

    /// Adds a header that holds a secret: marked, so that nothing below prints it.
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config) naming the header: not a header's name or value.
    pub fn with_secret_header(self, name: &'static str, value: &Secret) -> Result<Self, Error> {
        self.with(name, value.expose(), true)
    }

    /// Adds a segment to the end of the path, encoded: a slash in it stays inside the segment.
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](onay_core::ErrorKind::InvalidInput) naming `path_segment`: empty, with a tab
    /// or a line break, or one that means this folder or the one above, as it stands or escaped.
    pub fn with_segment(mut self, segment: &str) -> Result<Self, Error> {
        if segment.is_empty() || segment.contains(DROPPED) || is_dot_segment(segment) {
            return Err(self.named(Error::invalid_input("path_segment", NO_SEGMENT)));
        }
        // Every base URL has a host, and so a path that can be extended.
        let own = self.own.get_or_insert_default();
        let url = own
            .url
            .get_or_insert_with(|| self.endpoint.route.url.clone());
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.push(segment);
        }
        Ok(self)
    }

    /// Sends the request and has `read` judge the response.
    ///
    /// The request leaves at most once. Errors of the connection are made here, those of the
    /// response by `read`; all of them name provider and operation.
    ///
    /// Dropping the future after its first poll is the caller's own
    /// [`MaybeSent`](onay_core::Dispatch::MaybeSent); see [`run_to_end`](crate::run_to_end).
    ///
    /// # Errors
    ///
    /// | kind | dispatch | when |
    /// |---|---|---|
    /// | [`Config`](onay_core::ErrorKind::Config) | `NotSent` | the builder that was handed in refuses the address |
    /// | [`Unreachable`](onay_core::ErrorKind::Unreachable) | `NotSent` | the connection never asked for the body |
    /// | [`Interrupted`](onay_core::ErrorKind::Interrupted) | `MaybeSent` | it broke, or time ran out, after that |
    /// | [`Unreadable`](onay_core::ErrorKind::Unreadable) | `MaybeSent` | the response is not HTTP, or too long |
    ///
    /// and those of `read`.
    pub fn send<T>(
        mut self,
        read: impl FnOnce(&Response) -> Result<T, Error>,
    ) -> impl Future<Output = Result<T, Error>> {
        let route = &self.endpoint.route;
        let keep_body = route.transport.settings().retry.is_some();
        // An `async fn` would hold its arguments twice.
        async move {
            let hold_keys = self.hold_keys;
            let mut trace = CallTrace::start(route);
            let span = trace.span();
            let call = async {
                let prepare = |state| self.outgoing(state, keep_body);
                let sent = exchange::run(&route.transport, prepare, hold_keys, &mut trace).await;
                let result = sent.and_then(|response| read(&response));
                let result = result.map_err(|error| {
                    error
                        .with_provider(route.provider)
                        .with_operation(route.operation)
                });
                trace.end(&result);
                result
            };
            call.instrument(span).await
        }
    }

    /// One try of the request. A try that was not sent leaves nothing behind.
    fn outgoing(&mut self, state: BodyState, keep_body: bool) -> Outgoing {
        let headers = self.headers();
        let body = if keep_body {
            self.body.clone()
        } else {
            std::mem::take(&mut self.body)
        };
        Outgoing {
            method: self.route().method.clone(),
            url: self.url().clone(),
            headers,
            body: OneShot::new(body, state),
        }
    }

    fn route(&self) -> &'e Route {
        &self.endpoint.route
    }

    pub(crate) fn url(&self) -> &Url {
        let own = self.own.as_ref().and_then(|own| own.url.as_ref());
        own.unwrap_or(&self.route().url)
    }

    /// All headers: the endpoint's, and over them those of this call.
    pub(crate) fn headers(&self) -> HeaderMap {
        let mut headers = self.endpoint.headers.map.clone();
        if let Some(content_type) = self.content_type {
            headers.insert(CONTENT_TYPE, content_type.clone());
        }
        if self.body.is_empty() && self.route().method != Method::GET {
            // The HTTP library leaves it out, and some servers refuse a POST without it.
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        for (name, value) in self.own.iter().flat_map(|own| &own.headers) {
            headers.insert(name, value.clone());
        }
        headers
    }

    fn with(mut self, name: &'static str, value: &str, is_secret: bool) -> Result<Self, Error> {
        let (name, value) = header(name, value, is_secret).map_err(|error| self.named(error))?;
        let own = self.own.get_or_insert_default();
        own.headers.insert(name, value);
        self.hold_keys |= is_secret;
        Ok(self)
    }

    fn named(&self, error: Error) -> Error {
        error
            .with_provider(self.endpoint.provider())
            .with_operation(self.endpoint.operation())
    }
}

impl fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A segment may be an id, so the address is not shown.
        f.debug_struct("Request")
            .field("endpoint", self.endpoint)
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
