//! The keys, the environment, and how a client is built from them.

use onay_core::{Error, Secret};
use onay_http::{BaseUrl, Connection, HttpClient, Variables};

use crate::PaywallMasterpass;
use crate::client::PROVIDER;

/// Where a Paywall payment service is.
///
/// The test address is documented. Those of the live services stand in the vendor's own code; the
/// documentation says to ask for them, so compare them with what you were given.
///
/// ```
/// use onay_paywall_masterpass::Environment;
///
/// assert_eq!(
///     Environment::Test.base_url(),
///     "https://test-payment-api.itspaywall.com",
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Environment {
    /// The test service.
    Test,
    /// The live service outside Turkey: real messages, real cards.
    LiveGlobal,
    /// The live service in Turkey: real messages, real cards.
    LiveTurkey,
    /// A local sandbox at its usual address.
    Sandbox,
}

impl Environment {
    /// The base address.
    pub const fn base_url(self) -> &'static str {
        match self {
            Self::Test => "https://test-payment-api.itspaywall.com",
            Self::LiveGlobal => "https://payment-api.itspaywall.com",
            Self::LiveTurkey => "https://payment-api.paywall.com.tr",
            Self::Sandbox => "http://127.0.0.1:8027/paywall",
        }
    }

    /// The live services. None of them is called `live` alone: which one is meant has to be said.
    const LIVE: [Self; 2] = [Self::LiveGlobal, Self::LiveTurkey];

    /// What `PAYWALL_ENV` takes: each name with its environment.
    pub const NAMES: &'static [(&'static str, Self)] = &[
        ("test", Self::Test),
        ("live-global", Self::LiveGlobal),
        ("live-turkey", Self::LiveTurkey),
        ("sandbox", Self::Sandbox),
    ];
}

/// The keys in every example for the sandbox.
const PUBLISHED: [&str; 2] = ["test-key", "test-client"];

/// How an error names the keys, where no variables are meant.
const KEYS: [&str; 2] = ["private_key", "private_client"];

const VARIABLES: [&str; 2] = ["PAYWALL_PRIVATE_KEY", "PAYWALL_PRIVATE_CLIENT"];

/// What is said of any other environment, `live` alone included.
const NAMED: &str = "is none of test, live-turkey, live-global and sandbox";

/// A merchant's key pair, as Paywall gave it. Never shows in `Debug`.
///
/// ```
/// use onay_paywall_masterpass::Keys;
///
/// let keys = Keys::parse("test-private-key", "test-private-client")?;
/// assert_eq!(format!("{keys:?}"), "Keys { private_key: ***, private_client: *** }");
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    private_key: Secret,
    private_client: Secret,
}

impl Keys {
    /// Takes the key (sent as `apikeyprivate`) and the client (sent as `apiclientprivate`).
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config), nothing sent: one of them is empty, or holds a
    /// blank, a newline or anything else that no key holds.
    pub fn parse(private_key: &str, private_client: &str) -> Result<Self, Error> {
        Self::parse_named(KEYS, private_key, private_client)
    }

    /// Like [`parse`](Self::parse); the fields name in the error where the texts came from.
    fn parse_named(
        [key_field, client_field]: [&'static str; 2],
        private_key: &str,
        private_client: &str,
    ) -> Result<Self, Error> {
        let named = |error: Error| error.with_provider(PROVIDER);
        Ok(Self {
            private_key: Secret::key(key_field, private_key).map_err(named)?,
            private_client: Secret::key(client_field, private_client).map_err(named)?,
        })
    }

    /// What stands in our documentation is no key for a live service. Live settings may be rehearsed
    /// with it on a loopback address.
    fn check(
        &self,
        fields: [&'static str; 2],
        environment: Option<Environment>,
        base: Option<&BaseUrl>,
    ) -> Result<(), Error> {
        let mut live = Environment::LIVE.into_iter();
        let why = if base.is_some_and(BaseUrl::is_loopback) {
            return Ok(());
        } else if live.clone().any(|live| environment == Some(live)) {
            "is the sandbox's and known to everyone, but the environment is live"
        } else if base.is_some_and(|base| live.any(|live| base.is_on_host_of(live.base_url()))) {
            "is the sandbox's and known to everyone, but the address is a live service's"
        } else {
            return Ok(());
        };
        let keys = [&self.private_key, &self.private_client];
        let mut pairs = keys.into_iter().zip(PUBLISHED).zip(fields);
        match pairs.find(|((key, published), _)| key.reveal() == *published) {
            None => Ok(()),
            Some((_, field)) => Err(Error::config(field, why).with_provider(PROVIDER)),
        }
    }

    pub(crate) fn private_key(&self) -> &Secret {
        &self.private_key
    }

    pub(crate) fn private_client(&self) -> &Secret {
        &self.private_client
    }
}

/// Builds a [`PaywallMasterpass`]. Made by [`PaywallMasterpass::builder`] or
/// [`PaywallMasterpassBuilder::from_env`].
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct PaywallMasterpassBuilder {
    keys: Option<Keys>,
    environment: Option<Environment>,
    connection: Connection,
}

impl PaywallMasterpassBuilder {
    /// Reads `PAYWALL_PRIVATE_KEY`, `PAYWALL_PRIVATE_CLIENT`, `PAYWALL_ENV` (`test`,
    /// `live-turkey`, `live-global` or `sandbox`) and, where another server is meant,
    /// `PAYWALL_BASE_URL`. There are two live services, so `live` alone is refused.
    ///
    /// # Errors
    ///
    /// As [`from_lookup`](Self::from_lookup).
    pub fn from_env() -> Result<Self, Error> {
        Self::from_lookup(Variables::of_process)
    }

    /// Like [`from_env`](Self::from_env), but asks `lookup` for the variables.
    ///
    /// ```
    /// use onay_paywall_masterpass::PaywallMasterpassBuilder;
    ///
    /// let builder = PaywallMasterpassBuilder::from_lookup(|name| {
    ///     let value = match name {
    ///         "PAYWALL_PRIVATE_KEY" => "test-private-key",
    ///         "PAYWALL_PRIVATE_CLIENT" => "test-private-client",
    ///         "PAYWALL_ENV" => "test",
    ///         _ => return None,
    ///     };
    ///     Some(value.to_owned())
    /// })?;
    /// let paywall = builder.build()?;
    /// # Ok::<(), onay_core::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config) naming the variable: missing, not valid, a base URL
    /// that is a live service although the environment is not live, or the keys of the sandbox's
    /// examples although it is and the base URL is no loopback address.
    pub fn from_lookup(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let variables = Variables::new(PROVIDER, &lookup);
        let environment = variables
            .environment("PAYWALL_ENV", Environment::NAMES)
            .map_err(|error| match lookup("PAYWALL_ENV") {
                Some(_) => error.with_reason(NAMED),
                None => error,
            })?;
        let [key, client] = VARIABLES;
        let keys = Keys::parse_named(
            VARIABLES,
            &variables.required(key)?,
            &variables.required(client)?,
        )?;
        let live = Environment::LIVE.map(Environment::base_url);
        let is_live = Environment::LIVE.contains(&environment);
        let base = variables.base_url("PAYWALL_BASE_URL", &live, is_live)?;
        keys.check(VARIABLES, Some(environment), base.as_ref())?;
        let builder = Self::default().keys(keys).environment(environment);
        Ok(match base {
            Some(base) => builder.base_url(base),
            None => builder,
        })
    }

    /// The merchant's keys.
    pub fn keys(mut self, keys: Keys) -> Self {
        self.keys = Some(keys);
        self
    }

    /// The service to call.
    pub fn environment(mut self, environment: Environment) -> Self {
        self.environment = Some(environment);
        self.connection = self.connection.environment(environment.base_url());
        self
    }

    /// Another address to call instead of the environment's.
    pub fn base_url(mut self, base: BaseUrl) -> Self {
        self.connection = self.connection.base_url(base);
        self
    }

    /// A client to share with other providers. Without it one is made.
    pub fn http_client(mut self, client: HttpClient) -> Self {
        self.connection = self.connection.http_client(client);
        self
    }

    /// Makes the client; all that does not change per call is made here.
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config): no keys, neither environment nor base URL, or the
    /// keys of the sandbox's examples in a live environment or on a live service's host. With a
    /// loopback base URL they are taken anywhere.
    pub fn build(self) -> Result<PaywallMasterpass, Error> {
        let keys = self
            .keys
            .ok_or_else(|| Error::config("keys", "are not set").with_provider(PROVIDER))?;
        let (http, base) = self.connection.open(PROVIDER)?;
        keys.check(KEYS, self.environment, Some(&base))?;
        PaywallMasterpass::new(&http, &base, keys)
    }
}

#[cfg(test)]
mod tests;
