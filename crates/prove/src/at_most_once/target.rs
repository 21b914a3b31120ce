//! The clients that are sent against a server: ours, and one with reqwest's defaults.

use std::time::Duration;

use onay::http::{HttpClient, UnreachableRetry};
use reqwest::dns::{Name, Resolve, Resolving};

use super::Trouble;
use super::certificate::Identity;
use super::server::Door;

/// How long a call may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patience {
    pub(super) connect: Duration,
    pub(super) total: Duration,
}

impl Patience {
    /// For what ends by itself: nothing may depend on how busy the machine is.
    pub(super) const ROOMY: Self = Self {
        connect: Duration::from_secs(25),
        total: Duration::from_secs(30),
    };
    /// For what only the total timeout ends; the request has to be out long before.
    pub(super) const TOTAL: Self = Self {
        connect: Duration::from_secs(5),
        total: Duration::from_secs(5),
    };
    /// For what only the connect timeout ends; three tries have to fit into the total.
    pub(super) const CONNECT: Self = Self {
        connect: Duration::from_millis(500),
        total: Duration::from_secs(5),
    };

    /// For a race against the total timeout. A connection that comes too late is kept for the next
    /// call.
    pub(super) fn of_milliseconds(total: u64) -> Self {
        Self {
            total: Duration::from_millis(total),
            ..Self::ROOMY
        }
    }

    /// Whether the call is over before its time.
    pub(super) fn is_roomy(self) -> bool {
        self.total == Self::ROOMY.total
    }
}

/// What a call is made with.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) base_url: String,
    pub(super) http: HttpClient,
    /// As a merchant would write it: reqwest's defaults.
    pub(super) bare: reqwest::Client,
}

impl Target {
    pub(super) fn new(
        base_url: &str,
        door: &Door,
        identity: &Identity,
        patience: Patience,
        retries: bool,
    ) -> Result<Self, Trouble> {
        let trusting = || {
            // The only difference from the defaults: the test's own certificate and names.
            reqwest::ClientBuilder::new()
                .tls_certs_only([identity.certificate()])
                .dns_resolver(Names {
                    silent: matches!(door, Door::SilentNames),
                })
        };
        let mut http = HttpClient::builder()
            .reqwest(trusting())
            .connect_timeout(patience.connect)
            .timeout(patience.total);
        if retries {
            http = http.retry_unreachable(UnreachableRetry::new(2, Duration::from_millis(1)));
        }
        Ok(Self {
            base_url: base_url.to_owned(),
            http: http.build()?,
            bare: trusting().build()?,
        })
    }
}

/// A client that sends cookies back: reqwest's own, where the build has them, or else by hand.
pub(super) fn remembering(identity: &Identity) -> Result<reqwest::Client, Trouble> {
    let builder = reqwest::ClientBuilder::new().tls_certs_only([identity.certificate()]);
    #[cfg(feature = "neighbour")]
    let builder = builder.cookie_store(true);
    #[cfg(not(feature = "neighbour"))]
    let builder = builder.default_headers(
        [(
            reqwest::header::COOKIE,
            reqwest::header::HeaderValue::from_static("prove=test"),
        )]
        .into_iter()
        .collect(),
    );
    Ok(builder.build()?)
}

/// A name server that knows no name, or never answers.
#[derive(Clone, Copy, Debug)]
struct Names {
    silent: bool,
}

impl Resolve for Names {
    fn resolve(&self, _: Name) -> Resolving {
        let silent = self.silent;
        Box::pin(async move {
            if silent {
                std::future::pending::<()>().await;
            }
            Err(std::io::Error::other("the name is unknown").into())
        })
    }
}
