//! The key, the environment, and how a client is built from them.

use onay_core::{Error, Reason};
use onay_http::{BaseUrl, HttpClient, Key, Profile, Service, Site, Variables};

use crate::PROVIDER;
use crate::client::Paynet;

const TEST: Site = Site::test("test", "https://pts-api.paynet.com.tr");
const LIVE: Site = Site::live("live", "https://api.paynet.com.tr");
const SANDBOX: Site = Site::sandbox("sandbox", "http://127.0.0.1:8027/paynet");

static PROFILE: Profile = Profile::new(PROVIDER, &[TEST, LIVE, SANDBOX])
    .with_variables("PAYNET_ENV", "PAYNET_BASE_URL")
    .with_published(&["sck_test_demo"]);

const NOT_SET: Reason = Reason::new("not_set", "is not set", "tanımlı değil");
const BROWSER_KEY: Reason = Reason::new(
    "paynet_browser_key",
    "is the browser's key (pbk_…); the secret key begins with sck_",
    "tarayıcı anahtarı (pbk_…); gizli anahtar sck_ ile başlar",
);

/// How an error names the key, where no variable is meant.
const KEY: &str = "secret_key";

/// Where a Paynet service is.
///
/// ```
/// use onay_paynet::Environment;
///
/// assert_eq!(Environment::Test.base_url(), "https://pts-api.paynet.com.tr");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Environment {
    /// Paynet's test service. (Its documentation links the live host here by mistake.)
    Test,
    /// Paynet's live service: real messages, real cards.
    Live,
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
            Self::Live => LIVE,
            Self::Sandbox => SANDBOX,
        }
    }

    /// What `PAYNET_ENV` takes: each name with its environment.
    pub const NAMES: &'static [(&'static str, Self)] = &[
        ("test", Self::Test),
        ("live", Self::Live),
        ("sandbox", Self::Sandbox),
    ];
}

/// A merchant's secret key (`sck_…`), as Paynet gave it. Never shows in `Debug`.
///
/// ```
/// use onay_paynet::SecretKey;
///
/// assert!(SecretKey::parse("sck_test_demo").is_ok());
/// assert!(SecretKey::parse("pbk_test_demo").is_err());
/// ```
#[derive(Clone, Debug)]
pub struct SecretKey(Key);

impl SecretKey {
    /// Takes a key, or says why it cannot be one.
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config), nothing sent: empty, a `pbk_…` key (that is the
    /// browser's), in quotation marks, a blank, a newline or anything else that no key holds.
    pub fn parse(text: &str) -> Result<Self, Error> {
        Self::check(Key::parse(KEY, text))
    }

    fn check(key: Result<Key, Error>) -> Result<Self, Error> {
        key.and_then(|key| key.check(|text| text.starts_with("pbk_").then_some(BROWSER_KEY)))
            .map(Self)
            .map_err(|error| error.with_provider(PROVIDER))
    }

    pub(crate) fn key(&self) -> &Key {
        &self.0
    }
}

/// Builds a [`Paynet`]. Made by [`Paynet::builder`] or [`PaynetBuilder::from_env`].
#[derive(Clone, Debug)]
#[must_use]
pub struct PaynetBuilder {
    secret_key: Option<SecretKey>,
    service: Service,
}

impl PaynetBuilder {
    pub(crate) fn new() -> Self {
        Self {
            secret_key: None,
            service: Service::new(&PROFILE),
        }
    }

    /// Reads `PAYNET_SECRET_KEY`, `PAYNET_ENV` (`test`, `live` or `sandbox`) and, where another
    /// server is meant, `PAYNET_BASE_URL`; `ONAY_SANDBOX_HOSTS` lists hosts that it may name with plain
    /// http in the environment `sandbox`.
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
    /// use onay_paynet::PaynetBuilder;
    ///
    /// let builder = PaynetBuilder::from_lookup(|name| {
    ///     let value = match name {
    ///         "PAYNET_SECRET_KEY" => "sck_test_demo",
    ///         "PAYNET_ENV" => "test",
    ///         _ => return None,
    ///     };
    ///     Some(value.to_owned())
    /// })?;
    /// let paynet = builder.build()?;
    /// # Ok::<(), onay_core::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config) naming the variable: missing, not valid, in quotation
    /// marks, or a base URL that is the live service although the environment is not `live`.
    pub fn from_lookup(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let variables = Variables::new(PROVIDER, &lookup);
        let service = Service::from_variables(&PROFILE, &variables)?;
        let key = SecretKey::check(variables.key("PAYNET_SECRET_KEY"))?;
        Ok(Self {
            secret_key: Some(key),
            service,
        })
    }

    /// The merchant's secret key.
    pub fn secret_key(mut self, key: SecretKey) -> Self {
        self.secret_key = Some(key);
        self
    }

    /// The service to call.
    pub fn environment(mut self, environment: Environment) -> Self {
        self.service = self.service.with_site(environment.site());
        self
    }

    /// Another address to call instead of the environment's: a sandbox, or a gateway of one's own.
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
    /// [`Config`](onay_core::ErrorKind::Config): no key, neither environment nor base URL, or the
    /// key of the sandbox's examples in the live environment or on the live service's host. With a
    /// loopback base URL it is taken anywhere.
    pub fn build(self) -> Result<Paynet, Error> {
        let key = self
            .secret_key
            .ok_or_else(|| Error::config(KEY, NOT_SET).with_provider(PROVIDER))?;
        Paynet::new(self.service, &key)
    }
}

#[cfg(test)]
mod tests {
    use onay_core::{Dispatch, ErrorKind};

    use super::*;

    fn from(changes: &[(&str, &str)]) -> Result<Paynet, Error> {
        let usual = [
            ("PAYNET_SECRET_KEY", "sck_test_canary"),
            ("PAYNET_ENV", "test"),
        ];
        PaynetBuilder::from_lookup(|name| {
            let mut pairs = changes.iter().chain(&usual);
            let found = pairs.find(|(given, _)| *given == name)?;
            Some(found.1.to_owned())
        })?
        .build()
    }

    fn name(error: &Error) -> Option<&'static str> {
        error.subject().map(|subject| subject.name())
    }

    #[test]
    fn every_mistake_is_caught_before_a_byte_leaves() {
        from(&[]).expect("nothing is wrong with these");
        for change in [
            ("PAYNET_ENV", ""),
            ("PAYNET_ENV", "prod"),
            ("PAYNET_SECRET_KEY", ""),
            ("PAYNET_SECRET_KEY", "pbk_test_canary"),
            ("PAYNET_SECRET_KEY", "sck_test_canary\n"),
            ("PAYNET_SECRET_KEY", "'sck_test_canary'"),
            ("PAYNET_BASE_URL", "http://api.example.com"),
            ("PAYNET_BASE_URL", "https://example.com/?k=canary"),
            ("PAYNET_BASE_URL", "https://api.paynet.com.tr/"),
        ] {
            let error = from(&[change]).expect_err(change.0);
            assert_eq!(error.kind(), ErrorKind::Config, "{change:?}");
            assert_eq!(error.dispatch(), Dispatch::NotSent);
            assert_eq!(name(&error), Some(change.0), "{change:?}");
            assert_eq!(error.provider(), Some("paynet"));
            assert!(!format!("{error} {error:?}").contains("canary"), "{error}");
        }
    }

    /// The rules are those of `Service`; here are the key and the hosts that they are about.
    #[test]
    fn the_key_of_the_examples_never_goes_live() {
        let published = ("PAYNET_SECRET_KEY", "sck_test_demo");
        let error = from(&[published, ("PAYNET_ENV", "live")]).expect_err("live");
        assert_eq!(name(&error), Some("PAYNET_SECRET_KEY"));
        for environment in ["test", "sandbox"] {
            from(&[published, ("PAYNET_ENV", environment)]).expect("not live");
        }
        let key = |key| SecretKey::parse(key).expect("a key");
        let live = "https://api.paynet.com.tr".parse().expect("a base URL");
        let builder = Paynet::builder().base_url(live);
        let error = builder.clone().secret_key(key("sck_test_demo")).build();
        assert_eq!(name(&error.expect_err("live")), Some("secret_key"));
        let own = builder.secret_key(key("sck_test_demo2")).build();
        let error = own
            .expect("a merchant's own")
            .with_credentials(&key("sck_test_demo"));
        assert_eq!(name(&error.expect_err("live")), Some("secret_key"));
    }

    #[test]
    fn a_builder_names_what_is_missing_and_shows_no_key() {
        let error = Paynet::builder().build().expect_err("no key");
        assert_eq!(name(&error), Some("secret_key"));
        let key = SecretKey::parse("sck_test_canary").expect("a key");
        let builder = Paynet::builder().secret_key(key);
        let error = builder.clone().build().expect_err("no server");
        assert_eq!(name(&error), Some("environment"));
        let builder = builder.environment(Environment::Sandbox);
        let shown = format!("{builder:?} {:?}", builder.clone().build().expect("built"));
        assert!(
            shown.contains("127.0.0.1:8027") && !shown.contains("canary"),
            "{shown}"
        );
    }
}
