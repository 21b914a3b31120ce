//! The keys, the environment, and how a client is built from them.

use onay_core::{Error, Reason};
use onay_http::{BaseUrl, HttpClient, Key, Profile, Service, Site, Variables};

use crate::PROVIDER;
use crate::client::PaywallMasterpass;

const TEST: Site = Site::test("test", "https://test-payment-api.itspaywall.com");
// No live service is called `live` alone: the name has to say which one.
const LIVE_GLOBAL: Site = Site::live("live-global", "https://payment-api.itspaywall.com");
const LIVE_TURKEY: Site = Site::live("live-turkey", "https://payment-api.paywall.com.tr");
const SANDBOX: Site = Site::sandbox("sandbox", "http://127.0.0.1:8027/paywall");

static PROFILE: Profile = Profile::new(PROVIDER, &[TEST, LIVE_GLOBAL, LIVE_TURKEY, SANDBOX])
    .with_variables("PAYWALL_ENV", "PAYWALL_BASE_URL")
    .with_environment_reason(ENVIRONMENTS)
    .with_published(&["test-key", "test-client"]);

const ENVIRONMENTS: Reason = Reason::new(
    "paywall_environment",
    "is none of test, live-turkey, live-global and sandbox",
    "test, live-turkey, live-global ya da sandbox olmalı",
);
const NOT_SET: Reason = Reason::new("not_set", "is not set", "tanımlı değil");

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
        self.site().base_url()
    }

    const fn site(self) -> Site {
        match self {
            Self::Test => TEST,
            Self::LiveGlobal => LIVE_GLOBAL,
            Self::LiveTurkey => LIVE_TURKEY,
            Self::Sandbox => SANDBOX,
        }
    }

    /// What `PAYWALL_ENV` takes: each name with its environment.
    pub const NAMES: &'static [(&'static str, Self)] = &[
        ("test", Self::Test),
        ("live-global", Self::LiveGlobal),
        ("live-turkey", Self::LiveTurkey),
        ("sandbox", Self::Sandbox),
    ];
}

/// A merchant's key pair, as Paywall gave it. Never shows in `Debug`.
///
/// ```
/// use onay_paywall_masterpass::Keys;
///
/// let keys = Keys::parse("test-private-key", "test-private-client")?;
/// assert_eq!(format!("{keys:?}"), "Keys { private_key: ***, private_client: *** }");
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Keys {
    private_key: Key,
    private_client: Key,
}

impl Keys {
    /// Takes the key (sent as `apikeyprivate`) and the client (sent as `apiclientprivate`).
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config), nothing sent: one of them is empty, in quotation
    /// marks, or holds a blank, a newline or anything else that no key holds.
    pub fn parse(private_key: &str, private_client: &str) -> Result<Self, Error> {
        let key = |argument, text| {
            Key::parse(argument, text).map_err(|error| error.with_provider(PROVIDER))
        };
        Ok(Self {
            private_key: key("private_key", private_key)?,
            private_client: key("private_client", private_client)?,
        })
    }

    pub(crate) fn both(&self) -> [&Key; 2] {
        [&self.private_key, &self.private_client]
    }
}

/// Builds a [`PaywallMasterpass`]. Made by [`PaywallMasterpass::builder`] or
/// [`PaywallMasterpassBuilder::from_env`].
#[derive(Clone, Debug)]
#[must_use]
pub struct PaywallMasterpassBuilder {
    keys: Option<Keys>,
    service: Service,
}

impl PaywallMasterpassBuilder {
    pub(crate) fn new() -> Self {
        Self {
            keys: None,
            service: Service::new(&PROFILE),
        }
    }

    /// Reads `PAYWALL_PRIVATE_KEY`, `PAYWALL_PRIVATE_CLIENT`, `PAYWALL_ENV` (`test`,
    /// `live-turkey`, `live-global` or `sandbox`) and, where another server is meant,
    /// `PAYWALL_BASE_URL`; `ONAY_SANDBOX_HOSTS` lists hosts that it may name with plain http in the
    /// environment `sandbox`. There are two live services, so `live` alone is refused.
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
    /// [`Config`](onay_core::ErrorKind::Config) naming the variable: missing, not valid, in quotation
    /// marks, or a base URL that is a live service although the environment is not live.
    pub fn from_lookup(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let variables = Variables::new(PROVIDER, &lookup);
        let service = Service::from_variables(&PROFILE, &variables)?;
        let keys = Keys {
            private_key: variables.key("PAYWALL_PRIVATE_KEY")?,
            private_client: variables.key("PAYWALL_PRIVATE_CLIENT")?,
        };
        Ok(Self {
            keys: Some(keys),
            service,
        })
    }

    /// The merchant's keys.
    pub fn keys(mut self, keys: Keys) -> Self {
        self.keys = Some(keys);
        self
    }

    /// The service to call.
    pub fn environment(mut self, environment: Environment) -> Self {
        self.service = self.service.with_site(environment.site());
        self
    }

    /// Another address to call instead of the environment's.
    pub fn base_url(mut self, base: BaseUrl) -> Self {
        self.service = self.service.with_base_url(base);
        self
    }

    /// A client to share with other providers. Without it one is made.
    pub fn http_client(mut self, client: HttpClient) -> Self {
        self.service = self.service.with_http_client(client);
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
            .ok_or_else(|| Error::config("keys", NOT_SET).with_provider(PROVIDER))?;
        PaywallMasterpass::new(self.service, &keys)
    }
}

#[cfg(test)]
mod tests;
