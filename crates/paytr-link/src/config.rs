//! How a client is built from credentials, an environment and an address.

use onay_core::{Error, Reason};
use onay_http::{BaseUrl, HttpClient, Service, Stage, Variables};

use crate::environment::PROFILE;
use crate::{Credentials, Environment, PROVIDER, PaytrLink};

const NOT_SET: Reason = Reason::new("paytr_no_credentials", "are not set", "tanımlı değil");

/// Builds a [`PaytrLink`]. Made by [`PaytrLink::builder`] or [`PaytrLinkBuilder::from_env`].
#[derive(Clone, Debug)]
#[must_use]
pub struct PaytrLinkBuilder {
    credentials: Option<Credentials>,
    debug_on: Option<bool>,
    service: Service,
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
    /// [`Config`](onay_core::ErrorKind::Config) naming the variable: missing, not valid, in quotes, or
    /// PayTR's own address although the environment is `sandbox`.
    pub fn from_lookup(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let variables = Variables::new(PROVIDER, &lookup);
        Ok(Self {
            service: Service::from_variables(&PROFILE, &variables)?,
            credentials: Some(Credentials::from_variables(&variables)?),
            debug_on: None,
        })
    }

    /// The merchant's credentials.
    pub fn credentials(mut self, credentials: Credentials) -> Self {
        self.credentials = Some(credentials);
        self
    }

    /// The service to call.
    pub fn environment(mut self, environment: Environment) -> Self {
        self.service = self.service.with_site(environment.site());
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
    /// [`Config`](onay_core::ErrorKind::Config): no credentials, neither environment nor base URL,
    /// or the sandbox's credentials in the live environment, or on PayTR's host without any
    /// environment. With a loopback base URL they are taken anywhere.
    pub fn build(self) -> Result<PaytrLink, Error> {
        let no_credentials = || Error::config("credentials", NOT_SET).with_provider(PROVIDER);
        let credentials = self.credentials.ok_or_else(no_credentials)?;
        let is_test = |stage| matches!(stage, Stage::Test | Stage::Sandbox);
        let stage = self.service.site().map(|site| site.stage());
        let debug_on = self.debug_on.unwrap_or(stage.is_some_and(is_test));
        let (http, base) = self.service.clone().resolve(&credentials.keys())?;
        let service = self.service.with_http_client(http.clone());
        PaytrLink::new(&http, &base, service, &credentials, debug_on)
    }
}

impl Default for PaytrLinkBuilder {
    fn default() -> Self {
        Self {
            credentials: None,
            debug_on: None,
            service: Service::new(&PROFILE),
        }
    }
}

#[cfg(test)]
mod tests;
