//! A provider's settings as the environment names them.

use std::fmt;

use onay_core::Error;

use crate::BaseUrl;

/// Reads a provider's settings by their names, from the environment or from wherever `lookup` looks.
///
/// ```
/// use onay_http::Variables;
///
/// let lookup = |name: &str| (name == "ACME_ENV").then(|| "test".to_owned());
/// let variables = Variables::new("acme", &lookup);
/// let is_live = variables.environment("ACME_ENV", &[("test", false), ("live", true)])?;
/// assert!(!is_live);
/// assert_eq!(variables.required("ACME_KEY").unwrap_err().field(), Some("ACME_KEY"));
/// # Ok::<(), onay_core::Error>(())
/// ```
pub struct Variables<'a> {
    provider: &'static str,
    lookup: &'a dyn Fn(&str) -> Option<String>,
}

impl<'a> Variables<'a> {
    /// The settings of this provider.
    pub fn new(provider: &'static str, lookup: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self { provider, lookup }
    }

    /// A variable of this process. What is not UTF-8 is not "not set": it is handed on in a form
    /// that no setting accepts.
    pub fn of_process(name: &str) -> Option<String> {
        let value = std::env::var_os(name)?;
        Some(value.to_string_lossy().into_owned())
    }

    /// A setting that has to be there.
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config) naming the variable.
    pub fn required(&self, name: &'static str) -> Result<String, Error> {
        (self.lookup)(name).ok_or_else(|| self.refuse(name, "is not set"))
    }

    /// The environment, which always has to be named: there is no silent live default.
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config) naming the variable: missing, or none of `known`.
    pub fn environment<E: Copy>(
        &self,
        name: &'static str,
        known: &[(&str, E)],
    ) -> Result<E, Error> {
        let value = self.required(name)?;
        let found = known.iter().find(|(known, _)| *known == value);
        found.map(|(_, environment)| *environment).ok_or_else(|| {
            self.refuse(
                name,
                "is none of the environments, such as test, live or sandbox",
            )
        })
    }

    /// Another address than the environment's, where one is set. It must not be one of the `live`
    /// addresses unless the environment `is_live`.
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config): not a base URL, or live by accident.
    pub fn base_url(
        &self,
        name: &'static str,
        live: &[&str],
        is_live: bool,
    ) -> Result<Option<BaseUrl>, Error> {
        let Some(text) = (self.lookup)(name) else {
            return Ok(None);
        };
        let base = BaseUrl::parse(&text).map_err(|error| error.with_provider(self.provider))?;
        if !is_live && live.iter().any(|live| base.as_str().starts_with(live)) {
            return Err(self.refuse(name, "is the live service, but the environment is not live"));
        }
        Ok(Some(base))
    }

    fn refuse(&self, name: &'static str, why: &'static str) -> Error {
        Error::config(name, why).with_provider(self.provider)
    }
}

impl fmt::Debug for Variables<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Variables")
            .field("provider", &self.provider)
            .finish_non_exhaustive()
    }
}
