//! The client: made once, shared by as many providers as one likes.

use std::fmt;
use std::sync::{Arc, OnceLock};

use onay_core::{Error, Operation, Reason};
use reqwest::Url;

use crate::cause::Source;
use crate::harden::harden;
use crate::settings::Settings;
#[cfg(any(feature = "simulation", test))]
use crate::simulation::{SimulatedFailure, SimulatedRequest, SimulatedResponse, Simulation};
use crate::tls::{self, Trust};
use crate::transport::Transport;
use crate::{BaseUrl, Endpoint, HttpClientBuilder};

const NOT_BUILT: Reason = Reason::new("client_not_built", "could not be built", "kurulamadı");

/// A client that sends at most once. Cheap to clone; clones share one connection pool.
///
/// TLS is set up by the first https endpoint: a machine without a certificate store can still talk
/// to a local sandbox.
///
/// ```
/// use onay_http::HttpClient;
///
/// let client = HttpClient::new()?;
/// let for_another_provider = client.clone();
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone)]
pub struct HttpClient(Arc<Inner>);

struct Inner {
    settings: Arc<Settings>,
    carrier: Carrier,
}

enum Carrier {
    /// Each half is made when it is first needed.
    Ours {
        plain: OnceLock<reqwest::Client>,
        secure: OnceLock<reqwest::Client>,
    },
    HandedIn(reqwest::Client),
    #[cfg(any(feature = "simulation", test))]
    Simulated(Simulation),
}

impl HttpClient {
    /// A client with the usual settings.
    ///
    /// # Errors
    ///
    /// None today: TLS is set up by the first https endpoint.
    pub fn new() -> Result<Self, Error> {
        Self::builder().build()
    }

    /// A client with settings of one's own.
    pub fn builder() -> HttpClientBuilder {
        HttpClientBuilder::default()
    }

    /// Prepares one operation of a provider: `path` begins with a slash and is added to the base.
    ///
    /// `provider` and `operation` name the call in errors and traces.
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config): base and path make no URL, the path holds a segment
    /// that leads upwards, or TLS cannot be set up, mostly because the machine has no certificate
    /// store.
    pub fn endpoint(
        &self,
        provider: &'static str,
        operation: Operation,
        base: &BaseUrl,
        path: &str,
    ) -> Result<Endpoint, Error> {
        let prepared = base.join(path).and_then(|url| {
            let transport = self.transport(&url)?;
            Ok(Endpoint::new(transport, provider, operation, url))
        });
        prepared.map_err(|error| error.with_provider(provider).with_operation(operation))
    }

    pub(crate) fn ours(settings: Settings) -> Self {
        Self::with(
            settings,
            Carrier::Ours {
                plain: OnceLock::new(),
                secure: OnceLock::new(),
            },
        )
    }

    pub(crate) fn handed_in(
        builder: reqwest::ClientBuilder,
        settings: Settings,
    ) -> Result<Self, Error> {
        let client = built(harden(Some(builder), &settings, Trust::System)?)?;
        Ok(Self::with(settings, Carrier::HandedIn(client)))
    }

    /// A client that calls `answer` in place of a network, under the rules of `builder`.
    ///
    /// Timeouts run on tokio's clock, which a test can pause.
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config): a setting outside its bound.
    #[cfg(any(feature = "simulation", test))]
    #[doc(hidden)]
    pub fn simulated<F>(
        builder: HttpClientBuilder,
        answer: impl Fn(SimulatedRequest) -> F + Send + Sync + 'static,
    ) -> Result<Self, Error>
    where
        F: Future<Output = Result<SimulatedResponse, SimulatedFailure>> + Send + 'static,
    {
        let carrier = Carrier::Simulated(Simulation::of(answer));
        Ok(Self::with(builder.checked()?, carrier))
    }

    fn with(settings: Settings, carrier: Carrier) -> Self {
        Self(Arc::new(Inner {
            settings: Arc::new(settings),
            carrier,
        }))
    }

    fn transport(&self, url: &Url) -> Result<Transport, Error> {
        let settings = Arc::clone(&self.0.settings);
        let client = match &self.0.carrier {
            Carrier::Ours { plain, .. } if url.scheme() == "http" => {
                self.half(plain, Trust::Nothing)?
            }
            Carrier::Ours { secure, .. } => self.half(secure, Trust::System)?,
            Carrier::HandedIn(client) => client.clone(),
            #[cfg(any(feature = "simulation", test))]
            Carrier::Simulated(simulation) => {
                return Ok(Transport::simulated(simulation.clone(), settings));
            }
        };
        Ok(Transport::over_reqwest(client, settings))
    }

    fn half(
        &self,
        half: &OnceLock<reqwest::Client>,
        trust: Trust,
    ) -> Result<reqwest::Client, Error> {
        if let Some(client) = half.get() {
            return Ok(client.clone());
        }
        let build = |trust| built(harden(None, &self.0.settings, trust)?);
        let client = match build(trust) {
            Err(_) if cfg!(feature = "bundled-roots") && trust == Trust::System => {
                build(Trust::Bundled)?
            }
            result => result?,
        };
        Ok(half.get_or_init(|| client).clone())
    }

    #[cfg(test)]
    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }
}

impl fmt::Debug for HttpClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // reqwest prints default headers that were handed in, and those may be keys.
        f.debug_struct("HttpClient")
            .field("settings", &self.0.settings)
            .finish_non_exhaustive()
    }
}

fn built(builder: reqwest::ClientBuilder) -> Result<reqwest::Client, Error> {
    builder.build().map_err(|error| {
        let error = error.without_url();
        let reason = tls::missing_store(&error).unwrap_or(NOT_BUILT);
        Error::config("http_client", reason).with_source(Source::of(&error))
    })
}
