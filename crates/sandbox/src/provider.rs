//! `Provider` names a provider that the sandbox fakes.

use std::fmt;
use std::hash::{Hash, Hasher};

use serde::{Serialize, Serializer};

/// A provider that is faked, by the name of the service that it is reached as. One host can serve
/// several crates, so their names are aliases of it.
///
/// ```
/// use onay_sandbox::Provider;
///
/// assert_eq!(Provider::PAYNET.to_string(), "paynet");
/// assert!(Provider::PAYTR.is_called("paytr-link"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Provider {
    name: &'static str,
    aliases: &'static [&'static str],
}

impl Provider {
    /// A provider of this name: small letters, digits and hyphens, since it is part of addresses.
    pub const fn new(name: &'static str) -> Self {
        Self { name, aliases: &[] }
    }

    /// The same provider with other names, under which rules and filters know it too.
    #[must_use]
    pub const fn with_aliases(self, aliases: &'static [&'static str]) -> Self {
        Self { aliases, ..self }
    }

    /// The name in paths, messages, rules and tenants, such as `paynet`.
    pub const fn as_str(self) -> &'static str {
        self.name
    }

    /// Its other names.
    pub(crate) fn aliases(self) -> &'static [&'static str] {
        self.aliases
    }

    /// Whether this is its name or an alias of it.
    pub fn is_called(self, name: &str) -> bool {
        self.name == name || self.aliases.contains(&name)
    }

    /// Whether the name can be part of an address.
    pub(crate) fn is_addressable(self) -> bool {
        let is_sign = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        !matches!(
            self.name,
            "" | "api" | "assets" | "page" | "livez" | "readyz"
        ) && self.name.bytes().all(is_sign)
    }
}

impl PartialEq for Provider {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Provider {}

impl Hash for Provider {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl fmt::Display for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl From<Provider> for String {
    fn from(provider: Provider) -> Self {
        provider.name.to_owned()
    }
}

impl Serialize for Provider {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name)
    }
}
