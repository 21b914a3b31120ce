//! The client: made once, shared by as many providers as one likes.

use std::fmt;

use onay_core::Error;

use crate::builder::Settings;
use crate::{BaseUrl, Endpoint, HttpClientBuilder};

/// A client that sends at most once. Cheap to clone; clones share one connection pool.
///
/// ```
/// use onay_http::HttpClient;
///
/// let client = HttpClient::new()?;
/// let for_another_provider = client.clone();
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone)]
pub struct HttpClient {
    client: reqwest::Client,
    settings: Settings,
}

impl HttpClient {
    /// A client with the usual settings.
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config): no TLS to be had on this machine.
    pub fn new() -> Result<Self, Error> {
        Self::builder().build()
    }

    /// A client with settings of one's own.
    pub fn builder() -> HttpClientBuilder {
        HttpClientBuilder::new()
    }

    /// Prepares one operation of a provider: `path` begins with a slash and is added to the base.
    ///
    /// `provider` and `operation` name the call in errors and traces.
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config): base and path make no URL.
    pub fn endpoint(
        &self,
        provider: &'static str,
        operation: &'static str,
        base: &BaseUrl,
        path: &str,
    ) -> Result<Endpoint, Error> {
        let url = base.join(path).map_err(|e| e.with_provider(provider))?;
        Ok(Endpoint::new(self.clone(), provider, operation, url))
    }

    pub(crate) fn from_parts(client: reqwest::Client, settings: Settings) -> Self {
        Self { client, settings }
    }

    pub(crate) fn reqwest(&self) -> &reqwest::Client {
        &self.client
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }
}

impl fmt::Debug for HttpClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // reqwest prints default headers that were handed in, and those may be keys.
        f.debug_struct("HttpClient")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
