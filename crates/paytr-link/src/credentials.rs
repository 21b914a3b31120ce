//! A merchant's id, key and salt, and what they sign.

use std::fmt;

use onay_core::Error;
use onay_http::{Key, Service, Variables};

use crate::PROVIDER;
use crate::environment::{ENVIRONMENT, PROFILE};
use crate::token::{Signed, Signer};

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
    key: Key,
    salt: Key,
    signer: Signer,
    previous: Option<Signer>,
}

impl Credentials {
    /// Takes `merchant_id`, `merchant_key` and `merchant_salt` and knows no environment: key and salt
    /// of the sandbox's merchant are taken too. With those everyone can sign a callback, so a process
    /// that verifies callbacks with settings of its own must not be given them where it is live.
    /// [`from_env`](Self::from_env) and [`from_lookup`](Self::from_lookup) refuse them there.
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config), nothing sent: one of them is empty, in quotes, or
    /// holds a blank, a newline or anything else that is not visible ASCII.
    pub fn parse(
        merchant_id: &str,
        merchant_key: &str,
        merchant_salt: &str,
    ) -> Result<Self, Error> {
        let named = |argument, text| {
            Key::parse(argument, text).map_err(|error| error.with_provider(PROVIDER))
        };
        Self::new(
            &named("merchant_id", merchant_id)?,
            named("merchant_key", merchant_key)?,
            named("merchant_salt", merchant_salt)?,
        )
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
    /// Key and salt of the sandbox's merchant are known to everyone, so every reader of them can
    /// sign a callback. They are taken where `PAYTR_ENV` is `test` or `sandbox`, or is not set, and
    /// where `PAYTR_BASE_URL` is a loopback address: live settings are rehearsed there.
    ///
    /// # Errors
    ///
    /// [`Config`](onay_core::ErrorKind::Config) naming the variable that is missing, not valid, or
    /// the sandbox's in another environment.
    pub fn from_lookup(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let variables = Variables::new(PROVIDER, &lookup);
        let credentials = Self::from_variables(&variables)?;
        if variables.optional(ENVIRONMENT).is_some() {
            let service = Service::from_variables(&PROFILE, &variables)?;
            service.resolve(&credentials.keys())?;
        }
        Ok(credentials)
    }

    /// While a key rotates: calls are signed with these, and callbacks signed with `previous` are
    /// taken too.
    ///
    /// ```
    /// use onay_paytr_link::Credentials;
    ///
    /// let old = Credentials::parse("100001", "test-key-1", "test-salt-1")?;
    /// let both = Credentials::parse("100001", "test-key-2", "test-salt-2")?.with_previous(&old);
    /// # Ok::<(), onay_core::Error>(())
    /// ```
    #[must_use]
    pub fn with_previous(mut self, previous: &Self) -> Self {
        self.previous = Some(previous.signer.clone());
        self
    }

    pub(crate) fn from_variables(variables: &Variables<'_>) -> Result<Self, Error> {
        Self::new(
            &variables.key("PAYTR_MERCHANT_ID")?,
            variables.key("PAYTR_MERCHANT_KEY")?,
            variables.key("PAYTR_MERCHANT_SALT")?,
        )
    }

    fn new(id: &Key, key: Key, salt: Key) -> Result<Self, Error> {
        Ok(Self {
            signer: Signer::new(
                id.secret().expose(),
                key.secret().expose(),
                salt.secret().expose(),
            )?,
            key,
            salt,
            previous: None,
        })
    }

    /// The merchant's id, which is no secret: it is posted with every call.
    pub fn merchant_id(&self) -> &str {
        self.signer.merchant_id()
    }

    /// What must not be the sandbox's where it is live.
    pub(crate) fn keys(&self) -> [&Key; 2] {
        [&self.key, &self.salt]
    }

    /// The key, prepared once.
    pub(crate) fn signer(&self) -> &Signer {
        &self.signer
    }

    /// Whether one of the signers that are taken now has signed this.
    pub(crate) fn verifies(&self, signed: &Signed<'_>, hash: &[u8]) -> bool {
        let signers = [Some(&self.signer), self.previous.as_ref()];
        let mut signers = signers.into_iter().flatten();
        signers.any(|signer| signer.verifies(signed, hash))
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("merchant_id", &self.merchant_id())
            .finish_non_exhaustive()
    }
}

impl Signed<'_> {
    /// The token, as it is posted: base64 with padding.
    #[must_use]
    pub fn token(&self, credentials: &Credentials) -> String {
        credentials.signer.token(self)
    }

    /// What is signed, to be looked at: the salt is shown as `***`.
    pub fn message(&self, credentials: &Credentials) -> String {
        self.parts(credentials.merchant_id(), "***").concat()
    }
}
