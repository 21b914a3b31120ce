//! A provider's settings as the environment names them.

use std::fmt;

use onay_core::{Error, Reason, Subject};

use crate::Key;

const NOT_SET: Reason = Reason::new("not_set", "is not set", "tanımlı değil");

/// Reads a provider's settings by their names, from the environment or from where `lookup` looks.
///
/// ```
/// use onay_core::Subject;
/// use onay_http::Variables;
///
/// let lookup = |name: &str| (name == "ACME_USER").then(|| "test".to_owned());
/// let variables = Variables::new("acme", &lookup);
/// assert_eq!(variables.required("ACME_USER")?, "test");
/// let error = variables.key("ACME_KEY").unwrap_err();
/// assert_eq!(error.subject(), Some(Subject::Variable("ACME_KEY")));
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
        (self.lookup)(name).ok_or_else(|| self.refuse(name, NOT_SET))
    }

    /// A setting that may be missing; an empty one counts as missing.
    pub fn optional(&self, name: &'static str) -> Option<String> {
        (self.lookup)(name).filter(|text| !text.is_empty())
    }

    /// A key that has to be there.
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config) naming the variable: missing, or what
    /// [`Key::parse`] refuses.
    pub fn key(&self, name: &'static str) -> Result<Key, Error> {
        let text = self.required(name)?;
        Key::read(Subject::Variable(name), &text)
            .map_err(|error| error.with_provider(self.provider))
    }

    pub(crate) fn refuse(&self, name: &'static str, reason: Reason) -> Error {
        Error::config_variable(name, reason).with_provider(self.provider)
    }
}

impl fmt::Debug for Variables<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Variables")
            .field("provider", &self.provider)
            .finish_non_exhaustive()
    }
}
