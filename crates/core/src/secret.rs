//! A secret never prints and is wiped when dropped.

use std::fmt;

use zeroize::Zeroize;

use crate::{Error, Reason};

const EMPTY: Reason = Reason::new("key_empty", "is empty", "boş");
const QUOTED: Reason = Reason::new(
    "key_quoted",
    "is wrapped in quotation marks, as `docker --env-file` leaves them: write it without",
    "tırnak içinde (`docker --env-file` tırnakları olduğu gibi bırakır): tırnaksız yazın",
);
const UNPRINTABLE: Reason = Reason::new(
    "key_characters",
    "holds a blank, a newline or another character that no key holds",
    "boşluk, satır sonu veya bir anahtarda bulunmayan başka bir karakter içeriyor",
);

/// Text that never shows in `Debug`, has no `Display`, and is wiped when dropped.
///
/// The wiping is best effort: copies that went into a request are the HTTP library's. It cannot be
/// compared, since an ordinary comparison tells an attacker where two texts begin to differ.
///
/// ```
/// use onay_core::Secret;
///
/// let key = Secret::new("sck_test_1");
/// assert_eq!(format!("{key:?}"), "***");
/// assert_eq!(key.expose(), "sck_test_1");
/// ```
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Takes the text as it is.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Takes a credential that a provider issued; `argument` names it in the error.
    ///
    /// People copy keys from panels into settings. What arrives with a newline, a blank or
    /// quotation marks is caught here and not at the first customer.
    ///
    /// ```
    /// use onay_core::Secret;
    ///
    /// assert!(Secret::key("api_key", "test-1").is_ok());
    /// assert!(Secret::key("api_key", "test-1\n").is_err());
    /// assert!(Secret::key("api_key", "\"test-1\"").is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// [`Config`](crate::ErrorKind::Config), nothing sent: empty, wrapped in quotation marks, or
    /// with anything in it that is not visible ASCII.
    pub fn key(argument: &'static str, text: &str) -> Result<Self, Error> {
        let reason = if text.is_empty() {
            EMPTY
        } else if is_quoted(text) {
            QUOTED
        } else if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            UNPRINTABLE
        } else {
            return Ok(Self::new(text));
        };
        Err(Error::config(argument, reason))
    }

    /// The text itself. The code that calls this decides where it goes.
    pub fn expose(&self) -> &str {
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

fn is_quoted(text: &str) -> bool {
    ['"', '\'']
        .iter()
        .any(|mark| text.len() >= 2 && text.starts_with(*mark) && text.ends_with(*mark))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ErrorKind, Subject};

    #[test]
    fn a_key_with_something_around_it_is_refused_and_not_quoted() {
        for (text, reason) in [
            ("", EMPTY),
            ("\"canary\"", QUOTED),
            ("'canary'", QUOTED),
            ("canary\n", UNPRINTABLE),
            (" canary", UNPRINTABLE),
            ("canarİ", UNPRINTABLE),
        ] {
            let error = Secret::key("api_key", text).expect_err(text);
            assert_eq!(error.kind(), ErrorKind::Config);
            assert_eq!(error.subject(), Some(Subject::Argument("api_key")));
            assert_eq!(error.reason(), Some(reason));
            assert!(!format!("{error} {error:?}").contains("canar"));
        }
        for text in ["\"", "'", "a\"b", "\"a'", "k=1;2"] {
            let key = Secret::key("api_key", text).expect(text);
            assert_eq!(key.expose(), text);
        }
    }
}
