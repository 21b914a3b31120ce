//! The key, the environment, and how a client is built from them.

use onay_core::{Error, Secret};
use onay_http::{BaseUrl, Connection, HttpClient, Variables};

use crate::client::PROVIDER;
use crate::{{Type}};

/// Where {{Title}}'s service is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Environment {
    /// {{Title}}'s test service.
    Test,
    /// {{Title}}'s live service: real messages.
    Live,
}

impl Environment {
    /// The base address.
    pub const fn base_url(self) -> &'static str {
        match self {
            // Names under `.example` belong to nobody: nothing answers there.
            Self::Test => "https://not-written-yet-the-test-address.example",
            Self::Live => "https://not-written-yet-the-live-address.example",
        }
    }

    /// What `{{NAME}}_ENV` takes: each name with its environment.
    pub const NAMES: &'static [(&'static str, Self)] =
        &[("test", Self::Test), ("live", Self::Live)];
}

/// How an error names the key, where no variable is meant.
const KEY: &str = "api_key";

/// A merchant's key, as {{Title}} gave it. Never shows in `Debug`.
///
/// ```
/// use onay_{{module}}::ApiKey;
///
/// assert!(ApiKey::parse("test-key").is_ok());
/// assert!(ApiKey::parse("").is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey(Secret);

impl ApiKey {
    /// Takes a key, or says why it cannot be one.
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config), nothing sent: empty, a blank, a newline or anything
    /// else that no key holds.
    pub fn parse(text: &str) -> Result<Self, Error> {
        Self::parse_named(KEY, text)
    }

    /// Like [`parse`](Self::parse); `field` names in the error where the text came from.
    fn parse_named(field: &'static str, text: &str) -> Result<Self, Error> {
        let key = Secret::key(field, text);
        key.map(Self).map_err(|error| error.with_provider(PROVIDER))
    }

    pub(crate) fn secret(&self) -> &Secret {
        &self.0
    }
}

/// Builds [`{{Type}}`]. Made by [`{{Type}}::builder`] or [`{{Type}}Builder::from_env`].
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct {{Type}}Builder {
    api_key: Option<ApiKey>,
    connection: Connection,
}

impl {{Type}}Builder {
    /// Reads `{{NAME}}_API_KEY`, `{{NAME}}_ENV` (`test` or `live`) and, where another server is
    /// meant, `{{NAME}}_BASE_URL`.
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
    /// [`Config`](onay_core::ErrorKind::Config) naming the variable: missing, not valid, or a base URL
    /// that is the live service although the environment is not `live`.
    pub fn from_lookup(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let variables = Variables::new(PROVIDER, &lookup);
        let environment = variables.environment("{{NAME}}_ENV", Environment::NAMES)?;
        let name = "{{NAME}}_API_KEY";
        let key = ApiKey::parse_named(name, &variables.required(name)?)?;
        let builder = Self::default().api_key(key).environment(environment);
        let live = [Environment::Live.base_url()];
        let is_live = environment == Environment::Live;
        let base = variables.base_url("{{NAME}}_BASE_URL", &live, is_live)?;
        Ok(base.into_iter().fold(builder, Self::base_url))
    }

    /// The merchant's key.
    pub fn api_key(mut self, key: ApiKey) -> Self {
        self.api_key = Some(key);
        self
    }

    /// The service to call.
    pub fn environment(mut self, environment: Environment) -> Self {
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
    /// [`Config`](onay_core::ErrorKind::Config): no key, or neither environment nor base URL.
    pub fn build(self) -> Result<{{Type}}, Error> {
        let key = self
            .api_key
            .ok_or_else(|| Error::config(KEY, "is not set").with_provider(PROVIDER))?;
        let (http, base) = self.connection.open(PROVIDER)?;
        {{Type}}::new(&http, &base, key)
    }
}

#[cfg(test)]
mod tests {
    use onay_core::{Delivery, ErrorKind};

    use super::*;

    fn from(pairs: &[(&str, &str)]) -> Result<{{Type}}, Error> {
        {{Type}}Builder::from_lookup(|name| {
            let found = pairs.iter().find(|(given, _)| *given == name)?;
            Some(found.1.to_owned())
        })?
        .build()
    }

    #[test]
    fn every_mistake_is_caught_before_a_byte_leaves() {
        let key = ("{{NAME}}_API_KEY", "test-canary-key");
        let env = ("{{NAME}}_ENV", "test");
        let base = "{{NAME}}_BASE_URL";
        let live = Environment::Live.base_url();
        for (field, pairs) in [
            ("{{NAME}}_ENV", vec![key]),
            ("{{NAME}}_ENV", vec![key, ("{{NAME}}_ENV", "prod")]),
            ("{{NAME}}_API_KEY", vec![env]),
            ("{{NAME}}_API_KEY", vec![env, ("{{NAME}}_API_KEY", "")]),
            ("{{NAME}}_API_KEY", vec![env, ("{{NAME}}_API_KEY", "test canary")]),
            (base, vec![key, env, (base, "http://api.example.com")]),
            (base, vec![key, env, (base, live)]),
        ] {
            let error = from(&pairs).expect_err(field);
            assert_eq!(error.kind(), ErrorKind::Config, "{pairs:?}");
            assert_eq!(error.delivery(), Delivery::NotSent);
            assert_eq!(error.field(), Some(field), "{pairs:?}");
            assert_eq!(error.provider(), Some(PROVIDER));
            assert!(!format!("{error} {error:?}").contains("canary"), "{error}");
        }
        from(&[key, env]).expect("nothing is wrong with these");
    }

    #[test]
    fn a_builder_names_what_is_missing() {
        let error = {{Type}}::builder().build().expect_err("no key");
        assert_eq!(error.field(), Some("api_key"));
        let key = ApiKey::parse("test-key").expect("a key");
        let error = {{Type}}::builder().api_key(key).build().expect_err("no server");
        assert_eq!(error.field(), Some("environment"));
    }

    #[test]
    fn debug_is_silent() {
        let key = ApiKey::parse("test-canary-key").expect("a key");
        let builder = {{Type}}::builder().api_key(key).environment(Environment::Test);
        let client = builder.clone().build().expect("built");
        let shown = format!("{builder:?} {client:?}");
        assert!(!shown.contains("canary"), "{shown}");
    }
}
