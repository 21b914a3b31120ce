//! Text that never shows itself: keys, codes, tokens.

use std::fmt;

use zeroize::Zeroize;

use crate::Error;

/// Text that never shows in `Debug`, has no `Display`, and is wiped when dropped.
///
/// The wiping is best effort: copies that went into a request are the HTTP library's. Comparison is
/// not constant-time; do not compare signatures with it.
///
/// ```
/// use onay_core::Secret;
///
/// let key = Secret::new("sck_test_1");
/// assert_eq!(format!("{key:?}"), "***");
/// assert_eq!(key.reveal(), "sck_test_1");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Secret(String);

impl Secret {
    /// Takes the text as it is.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Takes a credential that a provider issued; `field` names it in the error.
    ///
    /// Keys are copied by hand between panels and settings. What arrives with a newline or a space
    /// is caught here and not at the first customer.
    ///
    /// ```
    /// use onay_core::Secret;
    ///
    /// assert!(Secret::key("api_key", "test-1").is_ok());
    /// assert!(Secret::key("api_key", "test-1\n").is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// [`Config`](crate::ErrorKind::Config), nothing sent: empty, or with anything in it that is not
    /// visible ASCII.
    pub fn key(field: &'static str, text: &str) -> Result<Self, Error> {
        if text.is_empty() {
            Err(Error::config(field, "is empty"))
        } else if text.bytes().all(|b| b.is_ascii_graphic()) {
            Ok(Self::new(text))
        } else {
            let why = "holds a blank, a newline or another character that no key holds";
            Err(Error::config(field, why))
        }
    }

    /// The text itself. Whoever calls this decides where it goes.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}
