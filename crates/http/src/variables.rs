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

    /// Another address than the environment's, where one is set; an empty one counts as not set. It
    /// must not be on the host of one of the `live` addresses unless the environment `is_live`.
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config) naming the variable: not a base URL, or live by
    /// accident.
    pub fn base_url(
        &self,
        name: &'static str,
        live: &[&str],
        is_live: bool,
    ) -> Result<Option<BaseUrl>, Error> {
        let Some(text) = (self.lookup)(name).filter(|text| !text.is_empty()) else {
            return Ok(None);
        };
        let base = BaseUrl::parse_named(name, &text)
            .map_err(|error| error.with_provider(self.provider))?;
        if !is_live && live.iter().any(|live| base.is_on_host_of(live)) {
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

#[cfg(test)]
mod tests {
    use super::*;

    const LIVE: [&str; 2] = ["https://api.example.com", "https://api.example.net/v1"];

    fn base_url(text: &str, is_live: bool) -> Result<Option<BaseUrl>, Error> {
        let lookup = |_: &str| Some(text.to_owned());
        Variables::new("acme", &lookup).base_url("ACME_BASE_URL", &LIVE, is_live)
    }

    #[test]
    fn the_live_host_is_told_by_its_name_and_not_by_its_letters() {
        for live in [
            "https://api.example.com",
            "https://API.example.com/",
            "https://api.example.com./",
            "https://api.example.com:8443/gateway",
            "https://api.example.net",
        ] {
            let error = base_url(live, false).expect_err(live);
            assert_eq!(error.field(), Some("ACME_BASE_URL"), "{live}");
            base_url(live, true).expect(live);
        }
        for other in [
            "https://api.example.community",
            "https://api.example.com.example.org",
            "https://example.com",
            "https://test-api.example.com",
            "http://127.0.0.1:8027/api.example.com",
        ] {
            assert!(base_url(other, false).expect(other).is_some());
        }
    }

    #[test]
    fn an_empty_address_is_none_and_a_wrong_one_names_its_variable() {
        assert_eq!(base_url("", false).expect("not set"), None);
        let error = base_url("http://api.example.com?k=canary", false).expect_err("no base URL");
        assert_eq!(error.field(), Some("ACME_BASE_URL"));
        assert_eq!(error.provider(), Some("acme"));
        assert!(!format!("{error:?}").contains("canary"));
    }
}
