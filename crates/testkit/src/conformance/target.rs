//! `Target` is the address, timeout and certificate authority that a provider is built with.

use std::time::Duration;

/// What the suite asks a provider to be built with.
#[derive(Clone, Debug)]
pub struct Target {
    base_url: String,
    timeout: Duration,
}

impl Target {
    pub(super) fn new(base_url: String, timeout: Duration) -> Self {
        Self { base_url, timeout }
    }

    /// The address in the provider's place, without a slash at the end: `http://127.1.2.3:8123`.
    /// With [`Conformance::over_tls`](super::Conformance::over_tls) some begin with `https`.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The longest that a call may take, from its beginning to its end.
    pub fn timeout(&self) -> Duration {
        self.timeout
    }

    /// The certificate authority that the provider has to trust, in PEM: where the address begins
    /// with `https`.
    #[cfg(feature = "tls")]
    pub fn certificate_authority(&self) -> Option<&'static str> {
        self.base_url
            .starts_with("https:")
            .then(crate::certificate_authority)
    }
}
