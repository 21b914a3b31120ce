//! Lays the rules over a reqwest builder, last, so that nothing set before survives them.

use onay_core::Error;
use reqwest::redirect::Policy;
use reqwest::{Proxy, Url, retry};

use crate::settings::Settings;
use crate::tls::{self, Origin, Trust};

/// Every switch is set, also where reqwest's default would do: another crate in the tree may have
/// switched a feature on, and a builder that was handed in may hold anything.
pub(crate) fn harden(
    handed_in: Option<reqwest::ClientBuilder>,
    settings: &Settings,
    trust: Trust,
) -> Result<reqwest::ClientBuilder, Error> {
    let (builder, origin) = match handed_in {
        // The caller's proxies stay. One that never matches keeps reqwest from adding those of the
        // environment, which `no_proxy` would do too, but it would throw the caller's away. A
        // shorter timeout of the caller's would end calls before their time.
        Some(builder) => {
            let builder = builder
                .proxy(Proxy::custom(|_| None::<Url>))
                .timeout(settings.timeout)
                .read_timeout(settings.timeout);
            (builder, Origin::HandedIn)
        }
        None => (reqwest::ClientBuilder::new().no_proxy(), Origin::Ours),
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
        .pool_idle_timeout(settings.idle_timeout)
        // It would write every byte into the log.
        .connection_verbose(false);
    tls::lay_over(builder, origin, trust)
}

#[cfg(test)]
mod tests;
