//! `World` is what a sandbox remembers, and what happens to it.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::callbacks::{Attempt, Callbacks, NewCallback};
use crate::clock::Clock;
use crate::error::SandboxError;
use crate::events::Events;
use crate::fake::{AnyState, Outgoing};
use crate::fault::rule::Problem;
use crate::fault::{Fault, FaultRule};
use crate::faults::{Faults, Target};
use crate::inbox::Inbox;
use crate::journal::{Call, Journal};
use crate::message::Content;
use crate::provider::Provider;
use crate::registry::Registry;
use crate::states::States;
use crate::tenant::{TenantId, Tenants};

/// How a sandbox is set up, which a reset comes back to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Setup {
    pub(crate) registry: Registry,
    pub(crate) seed: u64,
    /// What the clock shows at the start; absent where it is the real time.
    pub(crate) clock: Option<Timestamp>,
    /// Whether it goes on with tokio's clock in place of real time.
    #[cfg(feature = "simulation")]
    pub(crate) is_simulated: bool,
    pub(crate) registered: Vec<Registered>,
    pub(crate) faults: Vec<FaultRule>,
    /// Whether every number is an ordinary one.
    pub(crate) without_magic: bool,
    /// Names under which the test API and the pages answer, besides addresses.
    pub(crate) hosts: Vec<String>,
    /// Hosts that callbacks are posted to, besides loopback.
    pub(crate) callback_hosts: Vec<String>,
}

/// A tenant that is registered with the secrets that sign its calls. `Debug` shows none.
#[derive(Clone)]
pub(crate) struct Registered {
    pub(crate) provider: Provider,
    pub(crate) name: String,
    pub(crate) secrets: Map<String, Value>,
}

impl fmt::Debug for Registered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Registered").field(&self.name).finish()
    }
}

/// What the sandbox remembers.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) clock: Clock,
    pub(crate) tenants: Tenants,
    pub(crate) inbox: Inbox,
    pub(crate) journal: Journal,
    pub(crate) faults: Faults,
    pub(crate) events: Events,
    pub(crate) states: States,
    pub(crate) callbacks: Callbacks,
    setup: Arc<Setup>,
}

impl World {
    pub(crate) fn new(setup: Arc<Setup>) -> Result<Self, SandboxError> {
        let mut world = Self {
            clock: Clock::default(),
            tenants: Tenants::default(),
            inbox: Inbox::default(),
            journal: Journal::default(),
            faults: Faults::new(setup.registry.clone(), setup.seed),
            events: Events::default(),
            states: States::new(setup.seed),
            callbacks: Callbacks::default(),
            setup,
        };
        world.set_up()?;
        Ok(world)
    }

    /// Makes what is there from the start.
    fn set_up(&mut self) -> Result<(), SandboxError> {
        self.clock = Clock::starting_at(self.setup.clock);
        #[cfg(feature = "simulation")]
        if let (true, Some(time)) = (self.setup.is_simulated, self.setup.clock) {
            self.clock = Clock::simulated(time);
        }
        let setup = Arc::clone(&self.setup);
        for tenant in &setup.registered {
            let registered = self.register(tenant.provider.as_str(), &tenant.name, &tenant.secrets);
            registered
                .unwrap_or(Ok(()))
                .map_err(|problem| SandboxError::InvalidMerchant { problem })?;
        }
        for rule in &setup.faults {
            self.faults.add(rule.clone())?;
        }
        Ok(())
    }

    /// The fakes there are.
    pub(crate) fn registry(&self) -> &Registry {
        &self.setup.registry
    }

    /// Registers a tenant with its secrets, who is known from now on. Absent where the provider's
    /// tenants are known by what they call with, or where there is no such provider.
    pub(crate) fn register(
        &mut self,
        provider: &str,
        name: &str,
        secrets: &Map<String, Value>,
    ) -> Option<Result<(), String>> {
        let fake = self.setup.registry.find(provider)?;
        let provider = fake.service().provider;
        let registered = fake.register(name, secrets)?;
        Some(registered.map(|tenant| self.open_tenant(&TenantId::at(provider, tenant))))
    }

    /// Whether some numbers have a fault without any rule.
    pub(crate) fn has_magic_numbers(&self) -> bool {
        !self.setup.without_magic
    }

    /// Admits a call, of a tenant or of unknown credentials, and tells its time.
    pub(crate) fn admit(&mut self, tenant: Option<&TenantId>) -> Timestamp {
        if let Some(tenant) = tenant {
            self.open_tenant(tenant);
        }
        self.clock.now(tenant)
    }

    /// Puts a message of a tenant into the inbox and tells its number.
    pub(crate) fn deliver(
        &mut self,
        provider: Provider,
        tenant: Option<&TenantId>,
        operation: Option<&'static str>,
        message: Outgoing,
        now: Timestamp,
    ) -> Option<u64> {
        self.inbox.deliver(Content {
            provider,
            operation,
            channel: message.channel,
            tenant: tenant?.clone(),
            to: message.to,
            text: message.text,
            otp: message.otp,
            link: message.link,
            created_at: now,
            expires_at: message.expires_at,
            paid_at: None,
        });
        let id = self.inbox.last_id();
        if let Some(message) = self.inbox.message(id) {
            self.events
                .publish_about("message", Some(id), None, message);
        }
        Some(id)
    }

    /// Notes that a tenant's link was paid in the messages that carry it.
    pub(crate) fn mark_paid(&mut self, tenant: &TenantId, link: &str, at: Timestamp) {
        for id in self.inbox.mark_paid(tenant, link, at) {
            if let Some(message) = self.inbox.message(id) {
                self.events.publish_about("paid", Some(id), None, message);
            }
        }
    }

    /// Forgets one message, if it is there.
    pub(crate) fn remove_message(&mut self, id: u64) -> bool {
        let removed = self.inbox.remove(id);
        if removed {
            self.events.publish("removed", &json!({ "id": id }));
        }
        removed
    }

    /// Writes down a call that was decided, and drops the oldest of what the fakes remember where
    /// there is too much.
    pub(crate) fn record(&mut self, call: Call) {
        if let Some(entry) = self.journal.record(call) {
            let (message, id) = (entry.call().message, entry.id());
            self.events
                .publish_about("journal", message, Some(id), entry);
        }
        self.states.bound();
    }

    /// Marks a tenant as used. With the one that is dropped for it goes all that was its own.
    fn open_tenant(&mut self, tenant: &TenantId) {
        if let Some(dropped) = self.tenants.open(tenant) {
            self.clock.forget(&dropped);
            self.faults.forget(&dropped);
            self.inbox.clear_tenant(&dropped);
            self.states.forget(&dropped);
            self.callbacks.forget(&dropped);
        }
    }

    /// Moves the clock of every tenant, or of one tenant, ahead.
    pub(crate) fn advance(&mut self, tenant: Option<&TenantId>, by: Duration) {
        self.clock.advance(tenant, by);
        let reading = self.clock.reading(tenant.cloned());
        self.events.publish("clock", &reading);
    }

    /// Empties the inbox of every tenant, or of one tenant.
    pub(crate) fn clear_messages(&mut self, tenant: Option<&TenantId>) {
        match tenant {
            Some(tenant) => self.inbox.clear_tenant(tenant),
            None => self.inbox.clear(),
        }
        self.events.publish("cleared", &json!({ "tenant": tenant }));
    }

    /// Forgets the calls of every tenant, or of one tenant.
    pub(crate) fn clear_journal(&mut self, tenant: Option<&TenantId>) {
        match tenant {
            Some(tenant) => self.journal.clear_tenant(tenant),
            None => self.journal.clear(),
        }
        self.events
            .publish("journal_cleared", &json!({ "tenant": tenant }));
    }

    /// The fault of a rule that strikes a call, if one does.
    pub(crate) fn strike(&mut self, call: Target<'_>) -> Option<Fault> {
        let before = self.faults.strikes_left();
        let fault = self.faults.strike(call)?;
        if self.faults.strikes_left() != before {
            self.publish_faults();
        }
        Some(fault)
    }

    /// Adds a rule for faults and tells its id, or says what is wrong with it.
    pub(crate) fn add_fault(&mut self, rule: FaultRule) -> Result<u64, Problem> {
        let id = self.faults.add(rule)?;
        self.publish_faults();
        Ok(id)
    }

    /// Forgets one rule for faults, if it is there.
    pub(crate) fn remove_fault(&mut self, id: u64) -> bool {
        let removed = self.faults.remove(id);
        if removed {
            self.publish_faults();
        }
        removed
    }

    /// Puts these rules in the place of all others, unless one of them cannot be.
    pub(crate) fn set_faults(
        &mut self,
        rules: Vec<(Option<u64>, FaultRule)>,
    ) -> Result<(), Problem> {
        self.faults.replace(rules)?;
        self.publish_faults();
        Ok(())
    }

    /// Forgets every rule for faults.
    pub(crate) fn clear_faults(&mut self) {
        self.faults.clear();
        self.publish_faults();
    }

    fn publish_faults(&mut self) {
        let ids: Vec<_> = self.faults.with_ids().map(|(id, _)| id).collect();
        let faults = json!({ "rules": ids.len(), "ids": ids });
        self.events.publish("faults", &faults);
    }

    /// Begins a new world, set up like the old one: codes, sessions and ids differ from those before.
    /// Only numbers of messages, calls and events go on.
    pub(crate) fn reset(&mut self) {
        self.begin_anew();
        self.events.publish("reset", &json!({}));
    }

    /// Begins a world that was exported.
    pub(crate) fn replace(&mut self, imported: Imported) {
        self.begin_anew();
        self.clock = Clock::starting_at(Some(imported.now));
        for tenant in imported.tenants {
            self.open_tenant(&tenant.id);
            if !tenant.clock_ahead.is_zero() {
                self.clock.advance(Some(&tenant.id), tenant.clock_ahead);
            }
            if let Some(state) = tenant.state {
                self.states.put(tenant.id, state);
            }
        }
        for (id, message) in imported.messages {
            self.inbox.put(id, message);
        }
        for (id, call) in imported.calls {
            self.journal.put(id, call);
        }
        for (id, callback, attempts) in imported.callbacks {
            self.callbacks.put(id, callback, attempts);
        }
        self.faults.clear();
        // Read as rules that can be, and no more than are kept.
        let _ = self.faults.replace(imported.faults);
        self.states.bound();
        self.events.publish("reset", &json!({}));
    }

    fn begin_anew(&mut self) {
        self.tenants = Tenants::default();
        self.inbox.clear();
        self.journal.clear();
        self.faults.begin_anew();
        self.states.begin_anew();
        self.callbacks.clear();
        self.setup.registry.fakes().for_each(|fake| fake.reset());
        // It could be before, so it can be now.
        let _ = self.set_up();
    }
}

/// An exported world that can be.
pub(crate) struct Imported {
    pub(crate) now: Timestamp,
    pub(crate) tenants: Vec<ImportedTenant>,
    pub(crate) messages: Vec<(u64, Content)>,
    pub(crate) calls: Vec<(u64, Call)>,
    pub(crate) callbacks: Vec<(u64, NewCallback, Vec<Attempt>)>,
    pub(crate) faults: Vec<(Option<u64>, FaultRule)>,
}

/// A tenant of an exported world.
pub(crate) struct ImportedTenant {
    pub(crate) id: TenantId,
    /// How far its own clock is ahead of the common clock.
    pub(crate) clock_ahead: Duration,
    pub(crate) state: Option<Box<dyn AnyState>>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::tests::content;

    #[test]
    fn with_a_tenant_goes_all_that_was_its_own() {
        let mut world = World::new(Arc::default()).expect("a world");
        let message = content("sck_test_first", "+905550000042");
        let first = message.tenant.clone();
        world.open_tenant(&first);
        world.clock.advance(Some(&first), Duration::from_secs(60));
        world.inbox.deliver(message);

        for number in 0..1_000 {
            let tenant = TenantId::of(Provider::new("paynet"), &format!("sck_test_{number}"));
            world.open_tenant(&tenant);
        }
        assert!(world.tenants.named(first.name()).is_none());
        assert_eq!(world.clock.offset(Some(&first)), jiff::SignedDuration::ZERO);
        assert!(world.inbox.message(1).is_none());
    }
}
