//! `register_paytr_merchant` registers a merchant, from the library.

use serde_json::{Map, Value};

use crate::builder::SandboxBuilder;
use crate::error::SandboxError;
use crate::provider::Provider;
use crate::sandbox::Sandbox;
use crate::world::Registered;

impl Sandbox {
    /// Registers a PayTR merchant with the key and the salt that sign its calls, in place of one of
    /// its id. 100001 needs no registering: its key is `sandbox-merchant-key`, its salt
    /// `sandbox-merchant-salt`.
    ///
    /// A [`reset`](Self::reset) forgets it; one that is there from the start stays.
    ///
    /// # Errors
    ///
    /// [`SandboxError::InvalidMerchant`] if the id is not 1 to 64 letters and digits, or if the key
    /// or the salt is empty, longer than 256 characters or has blanks or line breaks.
    pub fn register_paytr_merchant(
        &self,
        id: &str,
        key: &str,
        salt: &str,
    ) -> Result<(), SandboxError> {
        let mut world = self.shared().world();
        let registered = world.register(Provider::PAYTR.as_str(), id, &secrets(key, salt));
        registered
            .unwrap_or(Ok(()))
            .map_err(|problem| SandboxError::InvalidMerchant { problem })
    }
}

impl SandboxBuilder {
    /// Registers a PayTR merchant with the key and the salt that sign its calls; see
    /// [`Sandbox::register_paytr_merchant`]. It stays when the sandbox is reset.
    pub fn paytr_merchant(self, id: &str, key: &str, salt: &str) -> Self {
        self.registered(Registered {
            provider: Provider::PAYTR,
            name: id.to_owned(),
            secrets: secrets(key, salt),
        })
    }
}

fn secrets(key: &str, salt: &str) -> Map<String, Value> {
    let fields = [("merchant_key", key), ("merchant_salt", salt)];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.into()));
    fields.into_iter().collect()
}
