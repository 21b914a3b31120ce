//! Lays the rules over a reqwest builder, last, so that nothing set before survives them.

use reqwest::redirect::Policy;
use reqwest::{Proxy, Url, retry};

use crate::builder::Settings;

/// Every switch is set by hand, also where reqwest's default would do: a neighbour in the tree may
/// have switched a feature on, and a builder that was handed in may hold anything.
pub(crate) fn harden(
    handed_in: Option<reqwest::ClientBuilder>,
    settings: &Settings,
) -> reqwest::ClientBuilder {
    let builder = match handed_in {
        // The caller's proxies stay. One that never matches keeps reqwest from adding those of the
        // environment, which `no_proxy` would do too, but it would throw the caller's away.
        Some(builder) => builder.proxy(Proxy::custom(|_| None::<Url>)),
        None => oldest_tls(reqwest::ClientBuilder::new().no_proxy()),
    };
    let builder = builder
        .retry(retry::never())
        .http1_only()
        .redirect(Policy::none())
        .referer(false)
        .no_gzip()
        .no_brotli()
        .no_zstd()
        .no_deflate()
        .connect_timeout(settings.connect_timeout)
        .timeout(settings.timeout)
        .pool_idle_timeout(settings.idle_timeout)
        // It would write every byte into the log.
        .connection_verbose(false);
    tls(builder)
}

/// TLS 1.2. A builder that was handed in keeps its own: it may say 1.3.
#[cfg(any(feature = "rustls", feature = "native-tls"))]
fn oldest_tls(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder.tls_version_min(reqwest::tls::Version::TLS_1_2)
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
fn oldest_tls(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder
}

#[cfg(any(feature = "rustls", feature = "native-tls"))]
fn tls(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    #[cfg(feature = "rustls")]
    let builder = builder.tls_backend_rustls();
    #[cfg(not(feature = "rustls"))]
    let builder = builder.tls_backend_native();
    builder
        .tls_danger_accept_invalid_certs(false)
        .tls_danger_accept_invalid_hostnames(false)
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
fn tls(builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
    builder
}

#[cfg(test)]
mod tests;
