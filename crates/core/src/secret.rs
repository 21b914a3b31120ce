//! Text that never shows itself: keys, codes, tokens.

use std::fmt;

use zeroize::Zeroize;

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
