//! One operation of a provider, prepared once: a call only adds its body.

use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use onay_core::{Error, Operation, Reason, Secret};
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, Url};
use serde::Serialize;

use crate::Request;
use crate::transport::{Route, Transport};

const NO_NAME: Reason = Reason::new(
    "no_header_name",
    "is not the name of a header",
    "bir başlık adı değil",
);
const NO_VALUE: Reason = Reason::new(
    "no_header_value",
    "contains a character that is not allowed in a header value",
    "bir başlık değerinde bulunamayacak bir karakter içeriyor",
);
const HAS_COLON: Reason = Reason::new(
    "user_with_colon",
    "contains a colon, which ends the name in basic authentication",
    "iki nokta içeriyor; temel kimlik doğrulamada ad orada biter",
);
const NO_JSON: Reason = Reason::new(
    "no_json_request",
    "cannot be written as JSON",
    "JSON olarak yazılamıyor",
);

static JSON: HeaderValue = HeaderValue::from_static("application/json");
static FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");

/// One operation of a provider: address and headers, checked when the provider was built.
///
/// Made by [`HttpClient::endpoint`](crate::HttpClient::endpoint). Cheap to clone.
#[derive(Clone)]
pub struct Endpoint {
    pub(crate) route: Arc<Route>,
    pub(crate) headers: Arc<Headers>,
}

/// What every call carries.
#[derive(Clone, Default)]
pub(crate) struct Headers {
    pub(crate) map: HeaderMap,
    pub(crate) hold_keys: bool,
    name_content_type: bool,
}

impl Endpoint {
    pub(crate) fn new(
        transport: Transport,
        provider: &'static str,
        operation: Operation,
        url: Url,
    ) -> Self {
        let route = Route {
            transport,
            provider,
            operation,
            method: Method::POST,
            url,
        };
        Self {
            route: Arc::new(route),
            headers: Arc::default(),
        }
    }

    /// The operation.
    pub fn operation(&self) -> Operation {
        self.route.operation
    }

    /// The provider.
    pub fn provider(&self) -> &'static str {
        self.route.provider
    }

    /// Sends GET instead of POST.
    #[must_use]
    pub fn with_get(mut self) -> Self {
        Arc::make_mut(&mut self.route).method = Method::GET;
        self
    }

    /// Adds a header to every call, in place of one of the same name.
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

    /// Adds a user name and a password as `authorization: Basic …`.
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config) naming `user`: it holds a colon.
    pub fn with_basic_auth(self, user: &str, password: &Secret) -> Result<Self, Error> {
        if user.contains(':') {
            return Err(Error::config("user", HAS_COLON).with_provider(self.route.provider));
        }
        let pair = Secret::new(format!("{user}:{}", password.expose()));
        let value = Secret::new(format!("Basic {}", STANDARD.encode(pair.expose())));
        self.with_secret_header("authorization", &value)
    }

    /// Shares the headers of another endpoint, in place of its own: the calls of a provider mostly
    /// have the same, and a thousand merchants keep one set each.
    #[must_use]
    pub fn with_headers_of(mut self, other: &Self) -> Self {
        self.headers = Arc::clone(&other.headers);
        self
    }

    /// A call with a JSON body. Its content type is `application/json` unless
    /// [`with_header`](Self::with_header) set another.
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](onay_core::ErrorKind::InvalidInput), nothing sent: it cannot be written as
    /// JSON.
    pub fn json(&self, body: &impl Serialize) -> Result<Request<'_>, Error> {
        let body = serde_json::to_vec(body).map_err(|_| {
            Error::invalid_input("request", NO_JSON)
                .with_provider(self.route.provider)
                .with_operation(self.route.operation)
        })?;
        Ok(self.request(body, Some(&JSON)))
    }

    /// A call with a form body, each name and value encoded. Its content type is
    /// `application/x-www-form-urlencoded` unless [`with_header`](Self::with_header) set another.
    pub fn form<'f>(&self, fields: impl IntoIterator<Item = (&'f str, &'f str)>) -> Request<'_> {
        let form = form_urlencoded::Serializer::new(String::with_capacity(FORM_BYTES))
            .extend_pairs(fields)
            .finish();
        self.request(form.into_bytes(), Some(&FORM))
    }

    /// A call without a body.
    pub fn empty(&self) -> Request<'_> {
        self.request(Vec::new(), None)
    }

    fn request(&self, body: Vec<u8>, content_type: Option<&'static HeaderValue>) -> Request<'_> {
        // `Bytes` keeps a vector with room to spare behind another allocation.
        let body = Bytes::from(body.into_boxed_slice());
        let content_type = content_type.filter(|_| !self.headers.name_content_type);
        Request::new(self, body, content_type)
    }

    fn with(mut self, name: &'static str, value: &str, is_secret: bool) -> Result<Self, Error> {
        let (name, value) = header(name, value, is_secret)
            .map_err(|error| error.with_provider(self.route.provider))?;
        let headers = Arc::make_mut(&mut self.headers);
        headers.hold_keys |= is_secret;
        headers.name_content_type |= name == CONTENT_TYPE;
        headers.map.insert(name, value);
        Ok(self)
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endpoint")
            .field("provider", &self.route.provider)
            .field("operation", &self.route.operation.name())
            .field("url", &self.route.url.as_str())
            .finish_non_exhaustive()
    }
}

/// Roughly how long a form gets, so that it is allocated once.
const FORM_BYTES: usize = 256;

/// A header, checked.
pub(crate) fn header(
    name: &'static str,
    value: &str,
    is_secret: bool,
) -> Result<(HeaderName, HeaderValue), Error> {
    let header =
        HeaderName::from_bytes(name.as_bytes()).map_err(|_| Error::config(name, NO_NAME))?;
    let mut value = HeaderValue::from_str(value).map_err(|_| Error::config(name, NO_VALUE))?;
    value.set_sensitive(is_secret);
    Ok((header, value))
}

#[cfg(test)]
mod tests;
