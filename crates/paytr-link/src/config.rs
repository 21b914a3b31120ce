//! The credentials, the environment, and how a client is built from them.

use std::fmt;

use onay_core::{Error, Secret};
use onay_http::{BaseUrl, Connection, HttpClient, Variables};

use crate::PaytrLink;
use crate::client::PROVIDER;
use crate::token::Signer;

/// Where PayTR's Link API is, and whether it explains its errors.
///
/// There is no test host: test or live is a setting of the shop. The environment decides whether
/// `debug_on` is sent as 1 (test, sandbox) or 0 (live).
///
/// ```
/// use onay_paytr_link::Environment;
///
/// assert_eq!(Environment::Test.base_url(), Environment::Live.base_url());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Environment {
    /// A shop in test mode.
    Test,
    /// A live shop: real messages, real payments.
    Live,
    /// A local sandbox at its usual address.
    Sandbox,
}

impl Environment {
    /// The base address.
    pub const fn base_url(self) -> &'static str {
        match self {
            Self::Test | Self::Live => "https://www.paytr.com",
            Self::Sandbox => "http://127.0.0.1:8027/paytr",
        }
    }

    /// What `PAYTR_ENV` takes: each name with its environment.
    pub const NAMES: &'static [(&'static str, Self)] = &[
        ("test", Self::Test),
        ("live", Self::Live),
        ("sandbox", Self::Sandbox),
    ];
}

/// The key and the salt of the merchant that every sandbox knows.
const PUBLISHED: [&str; 2] = ["sandbox-merchant-key", "sandbox-merchant-salt"];

/// Why they are refused.
const LIVE: &str = "is the sandbox's and known to everyone, but the environment is live";

/// How an error names the credentials, where no variables are meant.
const FIELDS: [&str; 3] = ["merchant_id", "merchant_key", "merchant_salt"];

const VARIABLES: [&str; 3] = [
    "PAYTR_MERCHANT_ID",
    "PAYTR_MERCHANT_KEY",
    "PAYTR_MERCHANT_SALT",
];

const ENVIRONMENT: &str = "PAYTR_ENV";

const BASE_URL: &str = "PAYTR_BASE_URL";

/// A merchant's id, key and salt, as PayTR shows them. Key and salt never show in `Debug`.
///
/// ```
/// use onay_paytr_link::Credentials;
///
/// let credentials = Credentials::parse("100001", "test-key", "test-salt")?;
/// assert_eq!(credentials.merchant_id(), "100001");
/// assert!(Credentials::parse("100001", "test-key\n", "test-salt").is_err());
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone)]
pub struct Credentials {
    merchant_id: String,
    key: Secret,
    salt: Secret,
    signer: Signer,
}

impl Credentials {
    /// Takes `merchant_id`, `merchant_key` and `merchant_salt`, whichever they are, and knows no
    /// environment: key and salt of the sandbox's merchant are taken too. With those anybody can sign a
    /// callback, so a process that verifies callbacks with settings of its own must not be given them
    /// where it is live. [`from_env`](Self::from_env) and [`from_lookup`](Self::from_lookup) refuse them
    /// there.
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config), nothing sent: one of them is empty, or holds a
    /// blank, a newline or anything else that is not visible ASCII.
    pub fn parse(
        merchant_id: &str,
        merchant_key: &str,
        merchant_salt: &str,
    ) -> Result<Self, Error> {
        Self::parse_named(FIELDS, [merchant_id, merchant_key, merchant_salt])
    }

    /// Reads `PAYTR_MERCHANT_ID`, `PAYTR_MERCHANT_KEY` and `PAYTR_MERCHANT_SALT` from the
    /// process: all that a callback needs.
    ///
    /// ```no_run
    /// use onay_paytr_link::{Credentials, verify_callback};
    ///
    /// let credentials = Credentials::from_env()?;
    /// # let body: &[u8] = b"";
    /// let payment = verify_callback(body, &credentials)?;
    /// # Ok::<(), onay_core::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`from_lookup`](Self::from_lookup).
    pub fn from_env() -> Result<Self, Error> {
        Self::from_lookup(Variables::of_process)
    }

    /// Like [`from_env`](Self::from_env), but asks `lookup` for the variables.
    ///
    /// Key and salt of the sandbox's merchant are known to everyone, so whoever has read them can
    /// sign a callback. They are taken where `PAYTR_ENV` is `test` or `sandbox`, or is not set, and where
    /// `PAYTR_BASE_URL` is a loopback address: live settings are rehearsed there.
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config) naming the variable that is missing, not valid, or
    /// the sandbox's in another environment.
    pub fn from_lookup(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let variables = Variables::new(PROVIDER, &lookup);
        let [id, key, salt] = VARIABLES;
        let [id, key, salt] = [
            variables.required(id)?,
            variables.required(key)?,
            variables.required(salt)?,
        ];
        let credentials = Self::parse_named(VARIABLES, [&id, &key, &salt])?;
        let base = lookup(BASE_URL).and_then(|text| BaseUrl::parse(&text).ok());
        let is_loopback = base.is_some_and(|base| base.is_loopback());
        match lookup(ENVIRONMENT).as_deref() {
            None | Some("test" | "sandbox") => {}
            Some(_) if is_loopback => {}
            // A name that is none of the known may be meant as live.
            Some(_) => credentials.check_for_live(VARIABLES, LIVE)?,
        }
        Ok(credentials)
    }

    fn parse_named(fields: [&'static str; 3], texts: [&str; 3]) -> Result<Self, Error> {
        let named = |error: Error| error.with_provider(PROVIDER);
        let ([id_field, key_field, salt_field], [id, key, salt]) = (fields, texts);
        let id = Secret::key(id_field, id).map_err(named)?;
        let key = Secret::key(key_field, key).map_err(named)?;
        let salt = Secret::key(salt_field, salt).map_err(named)?;
        Ok(Self {
            signer: Signer::new(id.reveal(), key.reveal(), salt.reveal())?,
            merchant_id: id.reveal().to_owned(),
            key,
            salt,
        })
    }

    /// With what stands in our documentation anybody can sign a callback.
    fn check_for_live(
        &self,
        [_, key, salt]: [&'static str; 3],
        why: &'static str,
    ) -> Result<(), Error> {
        let mut pairs = [(&self.key, key), (&self.salt, salt)]
            .into_iter()
            .zip(PUBLISHED);
        match pairs.find(|((secret, _), published)| secret.reveal() == *published) {
            None => Ok(()),
            Some(((_, field), _)) => Err(Error::config(field, why).with_provider(PROVIDER)),
        }
    }

    /// The merchant's id, which is no secret: it is posted with every call.
    pub fn merchant_id(&self) -> &str {
        &self.merchant_id
    }

    pub(crate) fn key(&self) -> &Secret {
        &self.key
    }

    pub(crate) fn salt(&self) -> &Secret {
        &self.salt
    }

    /// The key, prepared once.
    pub(crate) fn signer(&self) -> &Signer {
        &self.signer
    }
}

impl PartialEq for Credentials {
    fn eq(&self, other: &Self) -> bool {
        // The signer is made of these three.
        self.merchant_id == other.merchant_id && self.key == other.key && self.salt == other.salt
    }
}

impl Eq for Credentials {}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("merchant_id", &self.merchant_id)
            .field("key", &self.key)
            .field("salt", &self.salt)
            .finish_non_exhaustive()
    }
}

/// Builds a [`PaytrLink`]. Made by [`PaytrLink::builder`] or [`PaytrLinkBuilder::from_env`].
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct PaytrLinkBuilder {
    credentials: Option<Credentials>,
    environment: Option<Environment>,
    debug_on: Option<bool>,
    connection: Connection,
}

impl PaytrLinkBuilder {
    /// Reads the credentials, `PAYTR_ENV` (`test`, `live` or `sandbox`) and, where another server is
    /// meant, `PAYTR_BASE_URL`.
    ///
    /// # Errors
    ///
    /// As [`from_lookup`](Self::from_lookup).
    pub fn from_env() -> Result<Self, Error> {
        Self::from_lookup(Variables::of_process)
    }

    /// Like [`from_env`](Self::from_env), but asks `lookup` for the variables.
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config) naming the variable: missing, not valid, PayTR's own
    /// address although the environment is `sandbox`, or the sandbox's credentials although it is
    /// `live` and the base URL is no loopback address.
    pub fn from_lookup(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let variables = Variables::new(PROVIDER, &lookup);
        let environment = variables.environment(ENVIRONMENT, Environment::NAMES)?;
        let credentials = Credentials::from_lookup(&lookup)?;
        let builder = Self::default()
            .credentials(credentials)
            .environment(environment);
        // Test and live are the same server, so only a sandbox can be live by accident.
        let live = [Environment::Live.base_url()];
        let is_sandbox = environment == Environment::Sandbox;
        Ok(match variables.base_url(BASE_URL, &live, !is_sandbox)? {
            Some(base) => builder.base_url(base),
            None => builder,
        })
    }

    /// The merchant's credentials.
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.credentials = Some(credentials);
        self
    }

    /// The service to call.
    pub fn environment(mut self, environment: Environment) -> Self {
        self.environment = Some(environment);
        self.connection = self.connection.environment(environment.base_url());
        self
    }

    /// Whether the service explains its errors (`debug_on`). Yes for test and sandbox unless told,
    /// no for live and where only a base URL is named.
    pub fn debug_on(mut self, debug_on: bool) -> Self {
        self.debug_on = Some(debug_on);
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
    /// [`Config`](onay_core::ErrorKind::Config): no credentials, neither environment nor base URL,
    /// or the sandbox's credentials in the live environment, or on PayTR's host without any
    /// environment. With a loopback base URL they are taken anywhere.
    pub fn build(self) -> Result<PaytrLink, Error> {
        let credentials = self
            .credentials
            .ok_or_else(|| Error::config("credentials", "are not set").with_provider(PROVIDER))?;
        let (http, base) = self.connection.open(PROVIDER)?;
        match self.environment {
            _ if base.is_loopback() => {}
            Some(Environment::Live) => credentials.check_for_live(FIELDS, LIVE)?,
            // Test and live shops are on one host, so a named environment decides alone.
            None if base.is_on_host_of(Environment::Live.base_url()) => {
                let why =
                    "is the sandbox's and known to everyone, but the address is a live service's";
                credentials.check_for_live(FIELDS, why)?;
            }
            Some(Environment::Test | Environment::Sandbox) | None => {}
        }
        let explains = |environment| environment != Environment::Live;
        let debug_on = self
            .debug_on
            .unwrap_or_else(|| self.environment.is_some_and(explains));
        PaytrLink::new(&http, &base, &credentials, debug_on)
    }
}

#[cfg(test)]
mod tests;
