//! Builds a client.

use std::fmt;
use std::time::Duration;

use onay_core::Error;

use crate::settings::Settings;
use crate::{ConnectRetry, HttpClient};

/// Builds an [`HttpClient`].
///
/// ```
/// use std::time::Duration;
/// use onay_http::HttpClient;
///
/// let client = HttpClient::builder()
///     .timeout(Duration::from_secs(20))
///     .connect_timeout(Duration::from_secs(3))
///     .build()?;
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Default)]
#[must_use]
pub struct HttpClientBuilder {
    handed_in: Option<reqwest::ClientBuilder>,
    settings: Settings,
}

impl HttpClientBuilder {
    /// Starts from a reqwest builder: for a proxy, a CA of one's own, a client certificate, pool
    /// settings.
    ///
    /// The rules of this crate are laid over it last. Of what was set on it, redirects, retries,
    /// HTTP/2, timeouts, decompression, `Referer`, verbose connections, disabled certificate checks
    /// and the choice of a TLS backend are overruled. Its proxies, certificates, TLS versions, default
    /// headers and cookie store stay: who sets one means it. A proxy sees plain-http calls to loopback
    /// whole, keys included. A configuration given to `tls_backend_preconfigured` is replaced, and
    /// its pins and verifiers with it: set certificates on the builder itself.
    ///
    /// Where TLS is `rustls-ring`'s, nothing can be read out of the builder, and a configuration made
    /// here would silently replace its certificates and TLS versions. reqwest makes one that holds
    /// them, for which it needs rustls' process-wide provider. Install it before
    /// [`build`](Self::build), which fails without it:
    ///
    /// ```text
    /// rustls::crypto::ring::default_provider().install_default()
    /// ```
    ///
    /// If another provider is installed, a client from a builder that was handed in uses that one.
    pub fn reqwest(mut self, builder: reqwest::ClientBuilder) -> Self {
        self.handed_in = Some(builder);
        self
    }

    /// How long a connection may take to be made, TLS included. Default: 5 s. Range: 1 ms to 300 s.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.settings.connect_timeout = limit;
        self
    }

    /// How long a call may take in all, to the last byte of the response. Default: 30 s. Range: 1 ms to
    /// 300 s.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.settings.timeout = limit;
        self
    }

    /// How long an unused connection is kept. Default: 4 s, below what servers keep theirs, so that a
    /// call seldom meets a connection that is just being closed. Range: 1 ms to 90 s.
    pub fn idle_timeout(mut self, limit: Duration) -> Self {
        self.settings.idle_timeout = limit;
        self
    }

    /// How long a response may be. Default: 256 KiB. Range: 1 KiB to 16 MiB.
    ///
    /// While its JSON is read, a hostile one takes up to 32 times as much memory.
    pub fn max_response_bytes(mut self, limit: usize) -> Self {
        self.settings.max_response_bytes = limit;
        self
    }

    /// Tries again when the request was certainly not sent, and only then. Default: off.
    pub fn connect_retry(mut self, retry: ConnectRetry) -> Self {
        self.settings.retry = Some(retry);
        self
    }

    /// Makes the client.
    ///
    /// Made from a reqwest builder it costs milliseconds, and so does its first https endpoint: make
    /// it once, not per call.
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config): a setting outside its bound; with a reqwest builder
    /// also no TLS to be had, or, with `rustls-ring`, no process-wide rustls provider.
    pub fn build(mut self) -> Result<HttpClient, Error> {
        let handed_in = self.handed_in.take();
        let settings = self.settings.checked()?;
        match handed_in {
            Some(builder) => HttpClient::handed_in(builder, settings),
            None => Ok(HttpClient::ours(settings)),
        }
    }

    #[cfg(any(feature = "simulation", test))]
    pub(crate) fn checked(self) -> Result<Settings, Error> {
        self.settings.checked()
    }
}

impl fmt::Debug for HttpClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What was handed in may print default headers, and those may be keys.
        f.debug_struct("HttpClientBuilder")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use onay_core::Subject;

    use super::*;

    #[test]
    fn no_setting_can_be_switched_off() {
        let new = HttpClientBuilder::default;
        for (field, builder) in [
            ("timeout", new().timeout(Duration::ZERO)),
            ("timeout", new().timeout(Duration::MAX)),
            ("connect_timeout", new().connect_timeout(Duration::ZERO)),
            ("connect_timeout", new().connect_timeout(Duration::MAX)),
            ("idle_timeout", new().idle_timeout(Duration::ZERO)),
            ("idle_timeout", new().idle_timeout(Duration::MAX)),
            ("max_response_bytes", new().max_response_bytes(0)),
            ("max_response_bytes", new().max_response_bytes(usize::MAX)),
        ] {
            let error = builder.build().expect_err(field);
            assert_eq!(error.subject(), Some(Subject::Argument(field)));
        }
    }
}
