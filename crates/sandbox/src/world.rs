//! What the sandbox remembers, and what happens to it.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::json;

use crate::clock::Clock;
use crate::events::{Events, Kind};
use crate::fakes::{paynet, paytr, paywall};
use crate::fault::{Fault, FaultRule, Problem};
use crate::faults::{Faults, Target};
use crate::inbox::Inbox;
use crate::journal::{Call, Journal};
use crate::memory::Memory;
use crate::tenant::{TenantId, Tenants};

/// How many conversations, sessions and links are kept of all tenants together.
pub(crate) const KEPT_IN_ALL: usize = 50_000;

/// How a sandbox is set up, which a reset comes back to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Setup {
    pub(crate) seed: u64,
    /// What the clock shows at the start; absent where it is the real time.
    pub(crate) clock: Option<Timestamp>,
    pub(crate) merchants: Vec<paytr::Merchant>,
    pub(crate) faults: Vec<FaultRule>,
    /// Whether every number is an ordinary one.
    pub(crate) without_magic: bool,
    /// Names under which the test API and the pages answer, besides addresses.
    pub(crate) hosts: Vec<String>,
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
    pub(crate) paynet: Memory<paynet::Conversations>,
    pub(crate) paywall: Memory<paywall::Conversations>,
    pub(crate) paytr: Memory<paytr::Links>,
    pub(crate) merchants: paytr::Merchants,
    setup: Setup,
}

impl World {
    pub(crate) fn new(setup: Setup) -> Result<Self, Problem> {
        let seed = setup.seed;
        let mut world = Self {
            clock: Clock::default(),
            tenants: Tenants::default(),
            inbox: Inbox::default(),
            journal: Journal::default(),
            faults: Faults::new(seed),
            events: Events::default(),
            paynet: Memory::new(seed),
            paywall: Memory::new(seed),
            paytr: Memory::new(seed),
            merchants: paytr::Merchants::default(),
            setup,
        };
        world.set_up()?;
        Ok(world)
    }

    /// Makes what is there from the start.
    fn set_up(&mut self) -> Result<(), Problem> {
        self.clock = Clock::starting_at(self.setup.clock);
        for merchant in self.setup.merchants.clone() {
            self.register(merchant);
        }
        let rules = self.setup.faults.clone();
        rules
            .into_iter()
            .try_for_each(|rule| self.faults.add(rule).map(|_| ()))
    }

    /// Whether some numbers have a fault without any rule.
    pub(crate) fn has_magic_numbers(&self) -> bool {
        !self.setup.without_magic
    }

    /// Registers a PayTR merchant, who is a tenant from now on.
    pub(crate) fn register(&mut self, merchant: paytr::Merchant) {
        self.open_tenant(&paytr::tenant(merchant.id()));
        self.merchants.register(merchant);
    }

    /// The merchant whose link it is.
    pub(crate) fn tenant_of_link(&self, id: &str) -> Option<TenantId> {
        let mut rooms = self.paytr.by_tenant();
        let found = rooms.find(|(_, links)| links.get(id).is_some());
        found.map(|(tenant, _)| tenant.clone())
    }

    /// Lets a call in, of a tenant or of somebody whom nobody knows, and tells its time.
    pub(crate) fn enter(&mut self, tenant: Option<&TenantId>) -> Timestamp {
        if let Some(tenant) = tenant {
            self.open_tenant(tenant);
        }
        self.clock.now(tenant)
    }

    /// Writes down a call that was decided, and lets the oldest conversations, sessions and links leave
    /// where there are too many.
    pub(crate) fn leave(&mut self, call: Call) {
        let message = call.message.and_then(|id| self.inbox.message(id));
        if let Some(message) = message {
            self.events.tell(Kind::Message, message);
        }
        if let Some(entry) = self.journal.record(call) {
            self.events.tell(Kind::Journal, entry);
        }
        let kept = self.paynet.kept() + self.paywall.kept() + self.paytr.kept();
        for _ in KEPT_IN_ALL..kept {
            self.drop_oldest();
        }
    }

    fn drop_oldest(&mut self) {
        let in_paynet = self.paynet.oldest().unwrap_or(u64::MAX);
        let in_paywall = self.paywall.oldest().unwrap_or(u64::MAX);
        let in_paytr = self.paytr.oldest().unwrap_or(u64::MAX);
        if in_paynet < in_paywall.min(in_paytr) {
            self.paynet.drop_oldest();
        } else if in_paywall < in_paytr {
            self.paywall.drop_oldest();
        } else {
            self.paytr.drop_oldest();
        }
    }

    /// Marks a tenant as used. With the one that has to leave for it goes all that was its own.
    fn open_tenant(&mut self, tenant: &TenantId) {
        if let Some(left) = self.tenants.open(tenant) {
            self.clock.forget(&left);
            self.faults.forget(&left);
            self.inbox.clear_tenant(&left);
            self.paynet.forget(&left);
            self.paywall.forget(&left);
            self.paytr.forget(&left);
        }
    }

    /// Makes the next call of a Paywall session renew it. False where no tenant has such a session.
    pub(crate) fn renew_session(&mut self, session: &str) -> bool {
        let mut rooms = self.paywall.rooms();
        rooms.any(|room| room.renew_session(session))
    }

    /// Moves the clock of everybody, or of one tenant, ahead.
    pub(crate) fn advance(&mut self, tenant: Option<&TenantId>, by: Duration) {
        self.clock.advance(tenant, by);
        let reading = self.clock.reading(tenant.cloned());
        self.events.tell(Kind::Clock, &reading);
    }

    /// Empties the inbox of everybody, or of one tenant.
    pub(crate) fn clear_messages(&mut self, tenant: Option<&TenantId>) {
        match tenant {
            Some(tenant) => self.inbox.clear_tenant(tenant),
            None => self.inbox.clear(),
        }
        self.events
            .tell(Kind::Cleared, &json!({ "tenant": tenant }));
    }

    /// Forgets the calls of everybody, or of one tenant.
    pub(crate) fn clear_journal(&mut self, tenant: Option<&TenantId>) {
        match tenant {
            Some(tenant) => self.journal.clear_tenant(tenant),
            None => self.journal.clear(),
        }
        self.events
            .tell(Kind::JournalCleared, &json!({ "tenant": tenant }));
    }

    /// The fault of a rule that strikes a call, if one does.
    pub(crate) fn strike(&mut self, call: Target<'_>) -> Option<Fault> {
        let before = self.faults.strikes_left();
        let fault = self.faults.strike(call)?;
        if self.faults.strikes_left() != before {
            self.tell_of_faults();
        }
        Some(fault)
    }

    /// Adds a rule for faults and tells its id, or says what is wrong with it.
    pub(crate) fn add_fault(&mut self, rule: FaultRule) -> Result<u64, Problem> {
        let id = self.faults.add(rule)?;
        self.tell_of_faults();
        Ok(id)
    }

    /// Forgets one rule for faults, if it is there.
    pub(crate) fn remove_fault(&mut self, id: u64) -> bool {
        let removed = self.faults.remove(id);
        if removed {
            self.tell_of_faults();
        }
        removed
    }

    /// Puts these rules in the place of all others, unless one of them cannot be.
    pub(crate) fn set_faults(
        &mut self,
        rules: Vec<(Option<u64>, FaultRule)>,
    ) -> Result<(), Problem> {
        self.faults.replace(rules)?;
        self.tell_of_faults();
        Ok(())
    }

    /// Forgets every rule for faults.
    pub(crate) fn clear_faults(&mut self) {
        self.faults.clear();
        self.tell_of_faults();
    }

    fn tell_of_faults(&mut self) {
        let ids: Vec<_> = self.faults.with_ids().map(|(id, _)| id).collect();
        let told = json!({ "rules": ids.len(), "ids": ids });
        self.events.tell(Kind::Faults, &told);
    }

    /// Makes everything as it was at the start. Only numbers of messages, calls and events go on.
    pub(crate) fn reset(&mut self) {
        self.tenants = Tenants::default();
        self.inbox.clear();
        self.journal.clear();
        self.faults.clear();
        self.paynet.clear();
        self.paywall.clear();
        self.paytr.clear();
        self.merchants = paytr::Merchants::default();
        // They could be before, so they can be now.
        let _ = self.set_up();
        self.events.tell(Kind::Reset, &json!({}));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::tests::content;
    use crate::provider::Provider;

    #[test]
    fn with_a_tenant_goes_all_that_was_its_own() {
        let mut world = World::new(Setup::default()).expect("a world");
        let message = content("sck_test_first", "+905550000042");
        let first = message.tenant.clone();
        world.open_tenant(&first);
        world.clock.advance(Some(&first), Duration::from_secs(60));
        world.inbox.deliver(message);

        for number in 0..1_000 {
            let tenant = TenantId::of(Provider::Paynet, &format!("sck_test_{number}"));
            world.open_tenant(&tenant);
        }
        assert!(world.tenants.named(first.name()).is_none());
        assert_eq!(world.clock.offset(Some(&first)), jiff::SignedDuration::ZERO);
        assert!(world.inbox.message(1).is_none());
    }
}
