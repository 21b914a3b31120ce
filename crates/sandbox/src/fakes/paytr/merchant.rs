//! `Merchants` are known by name: their keys cannot be seen on the wire, so each is registered.

use std::fmt;

use serde_json::{Map, Value};

use crate::builder::SandboxBuilder;
use crate::error::SandboxError;
use crate::fake::Bounded;
use crate::provider::Provider;
use crate::sandbox::Sandbox;
use crate::world::Registered;

/// The merchant that exists without being registered.
const DEFAULT: [&str; 3] = ["100001", "sandbox-merchant-key", "sandbox-merchant-salt"];

/// The longest merchant id.
const LONGEST_ID: usize = 64;

/// The longest key and the longest salt, in characters.
const LONGEST_SECRET: usize = 256;

/// A merchant with the two secrets that sign. `Debug` shows neither.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Merchant {
    pub(super) id: String,
    pub(super) key: String,
    pub(super) salt: String,
}

impl Merchant {
    /// A merchant of this id, or what is wrong with it.
    pub(super) fn new(id: &str, key: &str, salt: &str) -> Result<Self, &'static str> {
        let is_id = (1..=LONGEST_ID).contains(&id.len())
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !is_id {
            return Err("merchant_id has 1 to 64 letters and digits");
        }
        if !is_secret(key) {
            return Err("merchant_key has 1 to 256 characters, without blanks or line breaks");
        }
        if !is_secret(salt) {
            return Err("merchant_salt has 1 to 256 characters, without blanks or line breaks");
        }
        Ok(Self {
            id: id.to_owned(),
            key: key.to_owned(),
            salt: salt.to_owned(),
        })
    }

    /// The merchant whom the test API registers, with its two secrets and no other field.
    pub(super) fn read(id: &str, secrets: &Map<String, Value>) -> Result<Self, String> {
        let text = |name: &str| {
            let value = secrets.get(name).and_then(Value::as_str);
            value.ok_or_else(|| format!("{name} has to be there, as a string"))
        };
        let is_known = |name: &String| matches!(name.as_str(), "merchant_key" | "merchant_salt");
        if !secrets.keys().all(is_known) {
            return Err("there is a field other than merchant_key and merchant_salt".to_owned());
        }
        let (key, salt) = (text("merchant_key")?, text("merchant_salt")?);
        Self::new(id, key, salt).map_err(str::to_owned)
    }
}

impl fmt::Debug for Merchant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Merchant")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

fn is_secret(text: &str) -> bool {
    let is_odd = |sign: char| sign.is_whitespace() || sign.is_control();
    (1..=LONGEST_SECRET).contains(&text.chars().count()) && !text.contains(is_odd)
}

/// The merchants that are registered; the oldest is dropped where there are too many.
#[derive(Debug)]
pub(super) struct Merchants {
    default: Option<Merchant>,
    registered: Bounded<String, Merchant>,
}

impl Default for Merchants {
    fn default() -> Self {
        let [id, key, salt] = DEFAULT;
        Self {
            default: Merchant::new(id, key, salt).ok(),
            registered: Bounded::default(),
        }
    }
}

impl Merchants {
    /// Registers a merchant, in place of one of its id.
    pub(super) fn register(&mut self, merchant: Merchant) {
        self.registered.put(merchant.id.clone(), merchant);
    }

    pub(super) fn get(&self, id: &str) -> Option<&Merchant> {
        let default = || self.default.as_ref().filter(|merchant| merchant.id == id);
        self.registered.get(id).or_else(default)
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_merchant_is_checked_and_shows_no_secret() {
        let merchant = Merchant::new("123456", "secret-key", "secret-salt").expect("good");
        assert_eq!(format!("{merchant:?}"), "Merchant { id: \"123456\", .. }");
        let long = "a".repeat(257);
        for (id, key, salt, named) in [
            ("", "k", "s", "merchant_id"),
            ("12 34", "k", "s", "merchant_id"),
            (&long, "k", "s", "merchant_id"),
            ("1", "", "s", "merchant_key"),
            ("1", "k\n", "s", "merchant_key"),
            ("1", &long, "s", "merchant_key"),
            ("1", "k", " s", "merchant_salt"),
            ("1", "k", "", "merchant_salt"),
        ] {
            let problem = Merchant::new(id, key, salt).expect_err("refused");
            assert!(problem.starts_with(named), "{problem}");
        }
    }

    #[test]
    fn the_default_merchant_can_be_replaced() {
        let mut merchants = Merchants::default();
        let key = |merchants: &Merchants| merchants.get("100001").map(|it| it.key.clone());
        assert_eq!(key(&merchants).as_deref(), Some("sandbox-merchant-key"));
        merchants.register(Merchant::new("100001", "other", "salt").expect("good"));
        assert_eq!(key(&merchants).as_deref(), Some("other"));
        assert!(merchants.get("100002").is_none());
    }
}
