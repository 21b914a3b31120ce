//! `Tenants` keeps the tenants of a sandbox; the one unused for longest is dropped.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};

use crate::provider::Provider;

/// How many tenants are kept.
pub(crate) const TENANTS_KEPT: usize = 1_000;

/// How much of the digest a name shows.
const NAME_BYTES: usize = 8;

/// A tenant as a fake knows it, by credentials that are never kept or by a name.
#[derive(Clone, PartialEq, Eq)]
pub struct Tenant {
    digest: [u8; 32],
    name: Option<String>,
    /// The last characters of the credentials, where those are long enough.
    ending: Option<String>,
}

impl Tenant {
    /// The tenant that brings these credentials. Its name is a fingerprint of them.
    pub fn of_credentials(credentials: &str) -> Self {
        Self {
            digest: Sha256::digest(credentials.as_bytes()).into(),
            name: None,
            ending: ending(credentials),
        }
    }

    /// The tenant that is known by a name that is no secret, such as a merchant's id.
    pub fn named(name: &str) -> Self {
        Self {
            name: Some(name.to_owned()),
            ending: None,
            ..Self::of_credentials(name)
        }
    }

    /// A tenant of which all but the credentials is known.
    pub(crate) fn known(digest: [u8; 32], name: String, shown: &str) -> Self {
        let ending = shown.strip_prefix('…').map(str::to_owned);
        Self {
            digest,
            // A fingerprint is shown shorter than the name that is made of it.
            name: (!shown.starts_with('#')).then_some(name),
            ending,
        }
    }
}

impl fmt::Debug for Tenant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tenant").finish_non_exhaustive()
    }
}

/// Who a tenant is: the provider and the credentials, which cannot be read back from it.
///
/// It is the whole digest, so that no two tenants are ever one. Its name is shorter, and shown in
/// messages and in the test API.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct TenantId {
    provider: Provider,
    digest: [u8; 32],
    name: Arc<str>,
    shown: Arc<str>,
}

impl TenantId {
    /// A tenant at a provider.
    pub(crate) fn at(provider: Provider, tenant: Tenant) -> Self {
        let digits = hex_start(&tenant.digest, NAME_BYTES);
        let shown = match (&tenant.ending, &tenant.name) {
            (Some(ending), _) => format!("…{ending}"),
            (None, Some(name)) => name.clone(),
            (None, None) => format!("#{}", hex_start(&tenant.digest, 4)),
        };
        let name = tenant.name.unwrap_or(format!("{provider}-{digits}"));
        Self {
            provider,
            digest: tenant.digest,
            shown: shown.into(),
            name: name.into(),
        }
    }

    /// The tenant that brings these credentials.
    #[cfg(test)]
    pub(crate) fn of(provider: Provider, credentials: &str) -> Self {
        Self::at(provider, Tenant::of_credentials(credentials))
    }

    pub(crate) fn provider(&self) -> Provider {
        self.provider
    }

    pub(crate) fn digest(&self) -> &[u8; 32] {
        &self.digest
    }

    /// What it is called: `paynet-d150c0e1c5d863db`, or the merchant's id where that is known.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// What people know it by: the end of the key, or the name. Not unique.
    pub(crate) fn shown(&self) -> &str {
        &self.shown
    }
}

/// The last characters of credentials, or of the first of several, of which most stays hidden.
fn ending(credentials: &str) -> Option<String> {
    let first = credentials.lines().next().unwrap_or_default();
    let count = first.chars().count();
    let end = first.chars().skip(count.saturating_sub(4));
    (count >= 12).then(|| end.collect())
}

impl fmt::Debug for TenantId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TenantId").field(&self.name).finish()
    }
}

impl fmt::Display for TenantId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl Serialize for TenantId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.name)
    }
}

/// The tenants that are kept, each with its last use.
#[derive(Debug, Default)]
pub(crate) struct Tenants {
    last_use: HashMap<TenantId, u64>,
    uses: u64,
}

impl Tenants {
    /// Marks a tenant as just used, new or known, and names the one that is dropped for it.
    pub(crate) fn open(&mut self, tenant: &TenantId) -> Option<TenantId> {
        self.uses += 1;
        if let Some(last_use) = self.last_use.get_mut(tenant) {
            *last_use = self.uses;
            return None;
        }
        let dropped = (self.last_use.len() >= TENANTS_KEPT)
            .then(|| self.longest_unused())
            .flatten();
        if let Some(dropped) = &dropped {
            self.last_use.remove(dropped);
        }
        self.last_use.insert(tenant.clone(), self.uses);
        dropped
    }

    /// The tenant of this name, if it is kept.
    pub(crate) fn named(&self, name: &str) -> Option<&TenantId> {
        self.last_use.keys().find(|tenant| tenant.name() == name)
    }

    /// Every tenant, by name.
    pub(crate) fn all(&self) -> Vec<TenantId> {
        let mut all: Vec<_> = self.last_use.keys().cloned().collect();
        all.sort_by(|left, right| left.name().cmp(right.name()));
        all
    }

    fn longest_unused(&self) -> Option<TenantId> {
        self.last_use
            .iter()
            .min_by_key(|(_, last_use)| **last_use)
            .map(|(tenant, _)| tenant.clone())
    }
}

/// Eight hexadecimal digits that stand for a text that must not be shown.
pub(crate) fn fingerprint(text: &str) -> String {
    hex_start(&Sha256::digest(text.as_bytes()), 4)
}

/// The first bytes in hexadecimal digits.
pub(crate) fn hex_start(digest: &[u8], bytes: usize) -> String {
    let digits = digest.iter().take(bytes).map(|byte| format!("{byte:02x}"));
    digits.collect::<Vec<_>>().concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tenant(number: usize) -> TenantId {
        TenantId::of(Provider::new("paynet"), &format!("sck_test_{number}"))
    }

    #[test]
    fn a_name_is_stable_and_hides_the_key() {
        let demo = TenantId::of(Provider::new("paynet"), "sck_test_demo");
        assert_eq!(demo.name(), "paynet-d150c0e1c5d863db");
        assert_eq!(demo.shown(), "…demo");
        assert_eq!(
            TenantId::of(Provider::new("paynet"), "sck_test_")
                .shown()
                .len(),
            9
        );
        assert_eq!(demo.to_string(), demo.name());
        assert_eq!(format!("{demo:?}"), format!("TenantId({:?})", demo.name()));
    }

    #[test]
    fn keys_whose_digests_start_alike_are_two_tenants() {
        let (one, other) = (tenant(16_374), tenant(41_370));
        assert_eq!(one.digest[..4], other.digest[..4]);
        assert!(one != other && one.name() != other.name());
    }

    #[test]
    fn the_one_unused_for_longest_is_dropped() {
        let mut tenants = Tenants::default();
        for number in 0..TENANTS_KEPT {
            assert_eq!(tenants.open(&tenant(number)), None);
        }
        assert_eq!(tenants.open(&tenant(0)), None);
        assert_eq!(tenants.open(&tenant(TENANTS_KEPT)), Some(tenant(1)));
        assert_eq!(tenants.all().len(), TENANTS_KEPT);
        assert!(tenants.named(tenant(0).name()).is_some());
        assert!(tenants.named(tenant(1).name()).is_none());
    }
}
