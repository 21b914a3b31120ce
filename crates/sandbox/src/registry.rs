//! `Registry` holds the fakes of a sandbox, found by name or alias.

use std::sync::Arc;

use crate::fake::{AnyFake, Fake, Service};
use crate::provider::Provider;
use crate::tenant::TenantId;

/// The fakes of one sandbox, in the order in which they were registered.
#[derive(Clone, Debug, Default)]
pub(crate) struct Registry(Vec<Arc<dyn AnyFake>>);

impl Registry {
    /// Adds a fake behind the others. False where its name is taken or cannot be part of an address.
    pub(crate) fn add(&mut self, fake: Arc<dyn AnyFake>) -> bool {
        let provider = fake.service().provider;
        let is_free = provider.is_addressable() && self.find(provider.as_str()).is_none();
        if is_free {
            self.0.push(fake);
        }
        is_free
    }

    pub(crate) fn fakes(&self) -> impl Iterator<Item = &Arc<dyn AnyFake>> {
        self.0.iter()
    }

    pub(crate) fn services(&self) -> impl Iterator<Item = &'static Service> {
        self.0.iter().map(|fake| fake.service())
    }

    /// The fake of this name or alias.
    pub(crate) fn find(&self, name: &str) -> Option<&Arc<dyn AnyFake>> {
        let mut fakes = self.0.iter();
        fakes.find(|fake| fake.service().provider.is_called(name))
    }

    /// The fake of this type.
    pub(crate) fn get<F: Fake>(&self) -> Option<&F> {
        self.0.iter().find_map(|fake| fake.as_any().downcast_ref())
    }

    /// The provider of this name or alias, or what is known instead.
    pub(crate) fn provider(&self, name: &str) -> Result<Provider, String> {
        let found = self.find(name).map(|fake| fake.service().provider);
        found.ok_or_else(|| self.names())
    }

    /// What people call a provider.
    pub(crate) fn label(&self, provider: Provider) -> &'static str {
        let found = self.find(provider.as_str());
        found.map_or(provider.as_str(), |fake| fake.service().label)
    }

    /// What people call a tenant: the provider and the end of its key.
    pub(crate) fn tenant_label(&self, tenant: &TenantId) -> String {
        format!("{} {}", self.label(tenant.provider()), tenant.shown())
    }

    /// The names of all, for people: `paynet, paywall or paytr`.
    pub(crate) fn names(&self) -> String {
        listed(self.services().map(|service| service.provider.as_str()))
    }
}

/// Words with commas between them and `or` before the last.
pub(crate) fn listed(words: impl Iterator<Item = &'static str>) -> String {
    let words: Vec<_> = words.collect();
    match words.as_slice() {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}
