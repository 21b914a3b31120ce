//! A key that a provider issued, and where it came from.

use std::fmt;

use onay_core::{Error, ErrorKind, Reason, Secret, Subject};

/// A merchant's key, which knows whether an argument or a variable held it: an error about it names
/// that.
///
/// ```
/// use onay_http::Key;
///
/// let key = Key::parse("secret_key", "sck_test_1")?;
/// assert_eq!(key.subject().name(), "secret_key");
/// assert!(!format!("{key:?}").contains("sck_test_1"));
/// # Ok::<(), onay_core::Error>(())
/// ```
#[derive(Clone)]
pub struct Key {
    subject: Subject,
    secret: Secret,
}

impl Key {
    /// Takes a key; `argument` names it in errors.
    ///
    /// # Errors
    ///
    /// [`Config`](ErrorKind::Config), nothing sent: what [`Secret::key`] refuses.
    pub fn parse(argument: &'static str, text: &str) -> Result<Self, Error> {
        Self::read(Subject::Argument(argument), text)
    }

    pub(crate) fn read(subject: Subject, text: &str) -> Result<Self, Error> {
        let secret = Secret::key(subject.name(), text);
        Ok(Self {
            secret: secret.map_err(|error| error.with_subject(subject))?,
            subject,
        })
    }

    /// Applies a rule of the provider's: the reason why the text is no such key, or none.
    ///
    /// # Errors
    ///
    /// [`Config`](ErrorKind::Config), nothing sent, with that reason.
    pub fn check(self, rule: impl FnOnce(&str) -> Option<Reason>) -> Result<Self, Error> {
        match rule(self.secret.expose()) {
            Some(reason) => Err(self.refused(reason)),
            None => Ok(self),
        }
    }

    /// The key itself.
    pub fn secret(&self) -> &Secret {
        &self.secret
    }

    /// Where it came from.
    pub fn subject(&self) -> Subject {
        self.subject
    }

    pub(crate) fn refused(&self, reason: Reason) -> Error {
        Error::new(ErrorKind::Config)
            .with_subject(self.subject)
            .with_reason(reason)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOO_SHORT: Reason = Reason::new("test_short", "is too short", "çok kısa");

    #[test]
    fn an_error_names_where_the_key_came_from() {
        let variable = Subject::Variable("ACME_KEY");
        let error = Key::read(variable, "\"canary\"").expect_err("in quotes");
        assert_eq!(error.subject(), Some(variable));
        let key = Key::read(variable, "canary").expect("a key");
        let error = key.check(|_| Some(TOO_SHORT)).expect_err("the rule");
        assert_eq!(
            (error.subject(), error.reason()),
            (Some(variable), Some(TOO_SHORT))
        );
        assert!(!format!("{error} {error:?}").contains("canary"));
        let key = Key::parse("key", "canary").expect("a key");
        let key = key.check(|_| None).expect("no rule");
        assert_eq!(key.subject(), Subject::Argument("key"));
        assert_eq!(format!("{key:?}"), "***");
    }
}
