//! The key, the environment, and how a client is built from them.

use onay_core::{Error, Secret};
use onay_http::{BaseUrl, Connection, HttpClient, Variables};

use crate::Paynet;
use crate::client::PROVIDER;

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
        match self {
            Self::Test => "https://pts-api.paynet.com.tr",
            Self::Live => "https://api.paynet.com.tr",
            Self::Sandbox => "http://127.0.0.1:8027/paynet",
        }
    }

    /// What `PAYNET_ENV` takes: each name with its environment.
    pub const NAMES: &'static [(&'static str, Self)] = &[
        ("test", Self::Test),
        ("live", Self::Live),
        ("sandbox", Self::Sandbox),
    ];
}

/// The key in every example for the sandbox.
const PUBLISHED: &str = "sck_test_demo";

/// How an error names the key, where no variable is meant.
const KEY: &str = "secret_key";

/// A merchant's secret key (`sck_…`), as Paynet gave it. Never shows in `Debug`.
///
/// ```
/// use onay_paynet::SecretKey;
///
/// assert!(SecretKey::parse("sck_test_demo").is_ok());
/// assert!(SecretKey::parse("pbk_test_demo").is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretKey(Secret);

impl SecretKey {
    /// Takes a key, or says why it cannot be one.
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config), nothing sent: empty, a `pbk_…` key (that is the
    /// browser's), a blank, a newline or anything else that no key holds.
    pub fn parse(text: &str) -> Result<Self, Error> {
        Self::parse_named(KEY, text)
    }

    /// Like [`parse`](Self::parse); `field` names in the error where the text came from.
    fn parse_named(field: &'static str, text: &str) -> Result<Self, Error> {
        let key = if text.starts_with("pbk_") {
            let why = "is the browser's key (pbk_…); the secret key begins with sck_";
            Err(Error::config(field, why))
        } else {
            Secret::key(field, text)
        };
        key.map(Self).map_err(|error| error.with_provider(PROVIDER))
    }

    /// What stands in our documentation is no key for a live service. Live settings may be rehearsed
    /// with it on a loopback address.
    fn check(
        &self,
        field: &'static str,
        environment: Option<Environment>,
        base: Option<&BaseUrl>,
    ) -> Result<(), Error> {
        if self.0.reveal() != PUBLISHED || base.is_some_and(BaseUrl::is_loopback) {
            return Ok(());
        }
        let why = if environment == Some(Environment::Live) {
            "is the sandbox's and known to everyone, but the environment is live"
        } else if base.is_some_and(|base| base.is_on_host_of(Environment::Live.base_url())) {
            "is the sandbox's and known to everyone, but the address is a live service's"
        } else {
            return Ok(());
        };
        Err(Error::config(field, why).with_provider(PROVIDER))
    }

    pub(crate) fn secret(&self) -> &Secret {
        &self.0
    }
}

/// Builds a [`Paynet`]. Made by [`Paynet::builder`] or [`PaynetBuilder::from_env`].
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct PaynetBuilder {
    secret_key: Option<SecretKey>,
    environment: Option<Environment>,
    connection: Connection,
}

impl PaynetBuilder {
    /// Reads `PAYNET_SECRET_KEY`, `PAYNET_ENV` (`test`, `live` or `sandbox`) and, where another
    /// server is meant, `PAYNET_BASE_URL`.
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
    /// [`Config`](onay_core::ErrorKind::Config) naming the variable: missing, not valid, a base URL
    /// that is the live service although the environment is not `live`, or the key of the sandbox's
    /// examples although it is and the base URL is no loopback address.
    pub fn from_lookup(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let variables = Variables::new(PROVIDER, &lookup);
        let environment = variables.environment("PAYNET_ENV", Environment::NAMES)?;
        let name = "PAYNET_SECRET_KEY";
        let key = SecretKey::parse_named(name, &variables.required(name)?)?;
        let live = [Environment::Live.base_url()];
        let is_live = environment == Environment::Live;
        let base = variables.base_url("PAYNET_BASE_URL", &live, is_live)?;
        key.check(name, Some(environment), base.as_ref())?;
        let builder = Self::default().secret_key(key).environment(environment);
        Ok(match base {
            Some(base) => builder.base_url(base),
            None => builder,
        })
    }

    /// The merchant's secret key.
    pub fn secret_key(mut self, key: SecretKey) -> Self {
        self.secret_key = Some(key);
        self
    }

    /// The service to call.
    pub fn environment(mut self, environment: Environment) -> Self {
        self.environment = Some(environment);
        self.connection = self.connection.environment(environment.base_url());
        self
    }

    /// Another address to call instead of the environment's: a sandbox, or a gateway of one's own.
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
    /// [`Config`](onay_core::ErrorKind::Config): no key, neither environment nor base URL, or the
    /// key of the sandbox's examples in the live environment or on the live service's host. With a
    /// loopback base URL it is taken anywhere.
    pub fn build(self) -> Result<Paynet, Error> {
        let key = self
            .secret_key
            .ok_or_else(|| Error::config(KEY, "is not set").with_provider(PROVIDER))?;
        let (http, base) = self.connection.open(PROVIDER)?;
        key.check(KEY, self.environment, Some(&base))?;
        Paynet::new(&http, &base, key)
    }
}

#[cfg(test)]
mod tests {
    use onay_core::{Delivery, ErrorKind};

    use super::*;

    fn from(pairs: &[(&str, &str)]) -> Result<Paynet, Error> {
        PaynetBuilder::from_lookup(|name| {
            let found = pairs.iter().find(|(given, _)| *given == name)?;
            Some(found.1.to_owned())
        })?
        .build()
    }

    #[test]
    fn every_mistake_is_caught_before_a_byte_leaves() {
        let key = ("PAYNET_SECRET_KEY", "sck_test_canary");
        let env = ("PAYNET_ENV", "test");
        for (field, pairs) in [
            ("PAYNET_ENV", vec![key]),
            ("PAYNET_ENV", vec![key, ("PAYNET_ENV", "prod")]),
            ("PAYNET_ENV", vec![key, ("PAYNET_ENV", "")]),
            ("PAYNET_SECRET_KEY", vec![env]),
            ("PAYNET_SECRET_KEY", vec![env, ("PAYNET_SECRET_KEY", "")]),
            (
                "PAYNET_SECRET_KEY",
                vec![env, ("PAYNET_SECRET_KEY", "pbk_test_canary")],
            ),
            (
                "PAYNET_SECRET_KEY",
                vec![env, ("PAYNET_SECRET_KEY", "sck_test_canary\n")],
            ),
            (
                "PAYNET_SECRET_KEY",
                vec![env, ("PAYNET_SECRET_KEY", "sck test canary")],
            ),
            (
                "PAYNET_SECRET_KEY",
                vec![env, ("PAYNET_SECRET_KEY", "sck_test_canarİ")],
            ),
            (
                "PAYNET_BASE_URL",
                vec![key, env, ("PAYNET_BASE_URL", "http://api.example.com")],
            ),
            (
                "PAYNET_BASE_URL",
                vec![
                    key,
                    env,
                    ("PAYNET_BASE_URL", "https://example.com/?k=canary"),
                ],
            ),
            (
                "PAYNET_BASE_URL",
                vec![key, env, ("PAYNET_BASE_URL", "https://api.paynet.com.tr/")],
            ),
        ] {
            let error = from(&pairs).expect_err(field);
            assert_eq!(error.kind(), ErrorKind::Config, "{pairs:?}");
            assert_eq!(error.delivery(), Delivery::NotSent);
            assert_eq!(error.field(), Some(field), "{pairs:?}");
            assert_eq!(error.provider(), Some("paynet"));
            assert!(!format!("{error} {error:?}").contains("canar"), "{error}");
        }
    }

    #[test]
    fn the_key_of_the_examples_never_goes_live() {
        let live = ("PAYNET_ENV", "live");
        let published = ("PAYNET_SECRET_KEY", PUBLISHED);
        let base = ("PAYNET_BASE_URL", "https://gateway.example.com");
        for pairs in [vec![live, published], vec![live, published, base]] {
            let error = from(&pairs).expect_err("live");
            assert_eq!(error.kind(), ErrorKind::Config);
            assert_eq!(error.field(), Some("PAYNET_SECRET_KEY"));
        }
        from(&[live, ("PAYNET_SECRET_KEY", "sck_test_demo2")]).expect("another key");
        from(&[("PAYNET_ENV", "test"), published]).expect("not live");
        from(&[("PAYNET_ENV", "sandbox"), published]).expect("not live");

        let key = SecretKey::parse(PUBLISHED).expect("a key");
        let builder = Paynet::builder().secret_key(key);
        let error = builder.clone().environment(Environment::Live).build();
        assert_eq!(error.expect_err("live").field(), Some("secret_key"));
        let base = BaseUrl::parse("https://gateway.example.com").expect("a base URL");
        builder
            .base_url(base)
            .build()
            .expect("an address of one's own");
    }

    #[test]
    fn the_key_of_the_examples_goes_to_no_live_host_and_to_any_loopback_address() {
        let key = SecretKey::parse(PUBLISHED).expect("a key");
        let builder = Paynet::builder().secret_key(key);
        let at = |builder: PaynetBuilder, base: &str| {
            let base = BaseUrl::parse(base).expect("a base URL");
            builder
                .base_url(base)
                .build()
                .map_err(|error| error.field())
        };
        for live in [
            "https://api.paynet.com.tr",
            "https://API.paynet.com.tr.:8443/v2",
        ] {
            for environment in [Environment::Test, Environment::Sandbox, Environment::Live] {
                let builder = builder.clone().environment(environment);
                assert_eq!(at(builder, live).err(), Some(Some("secret_key")));
            }
            assert_eq!(at(builder.clone(), live).err(), Some(Some("secret_key")));
        }
        let sandbox = "http://127.0.0.1:8027/paynet";
        at(builder.clone().environment(Environment::Live), sandbox).expect("a rehearsal");
        let (live, published) = (("PAYNET_ENV", "live"), ("PAYNET_SECRET_KEY", PUBLISHED));
        from(&[live, published, ("PAYNET_BASE_URL", sandbox)]).expect("a rehearsal");
        let error = from(&[live, published, ("PAYNET_BASE_URL", "")]).expect_err("live");
        assert_eq!(error.field(), Some("PAYNET_SECRET_KEY"));
        let own = SecretKey::parse("sck_test_demo2").expect("a key");
        at(builder.secret_key(own), "https://api.paynet.com.tr").expect("a merchant's own");
    }

    #[test]
    fn an_empty_address_counts_as_not_set() {
        let key = ("PAYNET_SECRET_KEY", "sck_test_demo");
        let empty = ("PAYNET_BASE_URL", "");
        let paynet = from(&[key, ("PAYNET_ENV", "sandbox"), empty]).expect("the sandbox's");
        assert!(
            format!("{paynet:?}").contains("127.0.0.1:8027"),
            "{paynet:?}"
        );
    }

    #[test]
    fn a_builder_names_what_is_missing() {
        let error = Paynet::builder().build().expect_err("no key");
        assert_eq!(error.field(), Some("secret_key"));
        let key = SecretKey::parse("sck_test_demo").expect("a key");
        let error = Paynet::builder()
            .secret_key(key)
            .build()
            .expect_err("no server");
        assert_eq!(error.field(), Some("environment"));
    }

    #[test]
    fn debug_is_silent() {
        let key = SecretKey::parse("sck_test_canary").expect("a key");
        let builder = Paynet::builder()
            .secret_key(key)
            .environment(Environment::Test);
        let paynet = builder.clone().build().expect("built");
        let shown = format!("{builder:?} {paynet:?}");
        assert!(!shown.contains("canary"), "{shown}");
    }
}
