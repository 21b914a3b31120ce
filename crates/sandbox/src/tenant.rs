//! The tenants: whoever brings a key has a room of their own; the one unused longest leaves.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};

use crate::provider::Provider;

/// How many tenants are kept.
const TENANTS_KEPT: usize = 1_000;

/// What a tenant is called, in messages and in the test API.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(crate) struct TenantName(Arc<str>);

impl TenantName {
    /// The provider and a short fingerprint of the credentials, which cannot be read back from it.
    pub(crate) fn fingerprint(provider: Provider, credentials: &str) -> Self {
        Self(format!("{provider}-{}", fingerprint(credentials)).into())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Lets a map by tenant be asked with the name that came in a query.
impl Borrow<str> for TenantName {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TenantName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Serialize for TenantName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// The tenants that are kept.
#[derive(Debug, Default)]
pub(crate) struct Tenants {
    by_name: HashMap<TenantName, Tenant>,
    uses: u64,
}

impl Tenants {
    /// Marks a tenant as just used, new or known, and names the one that had to leave for it.
    pub(crate) fn open(&mut self, provider: Provider, name: &TenantName) -> Option<TenantName> {
        self.uses += 1;
        let last_use = self.uses;
        if let Some(known) = self.by_name.get_mut(name) {
            known.last_use = last_use;
            return None;
        }
        let leaving = (self.by_name.len() >= TENANTS_KEPT)
            .then(|| self.longest_unused())
            .flatten();
        if let Some(leaving) = &leaving {
            self.by_name.remove(leaving);
        }
        self.by_name
            .insert(name.clone(), Tenant { provider, last_use });
        leaving
    }

    /// The tenant of this name, if it is kept.
    pub(crate) fn named(&self, name: &str) -> Option<&TenantName> {
        self.by_name.get_key_value(name).map(|(name, _)| name)
    }

    /// Every tenant with its provider, by name.
    pub(crate) fn all(&self) -> Vec<(Provider, TenantName)> {
        let mut all: Vec<_> = self
            .by_name
            .iter()
            .map(|(name, tenant)| (tenant.provider, name.clone()))
            .collect();
        all.sort_by(|(_, left), (_, right)| left.as_str().cmp(right.as_str()));
        all
    }

    fn longest_unused(&self) -> Option<TenantName> {
        self.by_name
            .iter()
            .min_by_key(|(_, tenant)| tenant.last_use)
            .map(|(name, _)| name.clone())
    }
}

#[derive(Debug)]
struct Tenant {
    provider: Provider,
    last_use: u64,
}

/// Eight hexadecimal digits that stand for a text that must not be shown.
pub(crate) fn fingerprint(text: &str) -> String {
    let start = Sha256::digest(text.as_bytes())
        .iter()
        .take(4)
        .fold(0, |start, byte| (start << 8) | u32::from(*byte));
    format!("{start:08x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(number: usize) -> TenantName {
        TenantName::fingerprint(Provider::Paynet, &format!("sck_test_{number}"))
    }

    #[test]
    fn a_name_is_stable_and_hides_the_key() {
        let name = TenantName::fingerprint(Provider::Paynet, "sck_test_demo");
        assert_eq!(name.as_str(), "paynet-d150c0e1");
        assert_eq!(name.to_string(), name.as_str());
    }

    #[test]
    fn the_one_unused_for_longest_leaves() {
        let mut tenants = Tenants::default();
        for number in 0..TENANTS_KEPT {
            assert_eq!(tenants.open(Provider::Paynet, &name(number)), None);
        }
        assert_eq!(tenants.open(Provider::Paynet, &name(0)), None);
        assert_eq!(
            tenants.open(Provider::Paynet, &name(TENANTS_KEPT)),
            Some(name(1))
        );
        assert_eq!(tenants.all().len(), TENANTS_KEPT);
        assert!(tenants.named(name(0).as_str()).is_some());
        assert!(tenants.named(name(1).as_str()).is_none());
    }
}
