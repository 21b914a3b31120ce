//! Everything the sandbox remembers, behind one lock that nobody holds for long.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use tokio::sync::watch;

use crate::clock::Clock;
use crate::inbox::Inbox;
use crate::journal::{Call, Journal};
use crate::memory::Memory;
use crate::message::{Message, MessageFilter};
use crate::tenant::{TenantId, Tenants};
use crate::{paynet, paytr, paywall};

/// How many conversations, sessions and links are kept of all tenants together.
pub(crate) const KEPT_IN_ALL: usize = 50_000;

/// What the handlers of one sandbox share.
#[derive(Debug)]
pub(crate) struct Shared {
    address: SocketAddr,
    world: Mutex<World>,
    phase: watch::Sender<Phase>,
}

impl Shared {
    pub(crate) fn new(address: SocketAddr, seed: u64) -> Arc<Self> {
        Arc::new(Self {
            address,
            world: Mutex::new(World::new(seed)),
            phase: watch::Sender::new(Phase::Serving),
        })
    }

    /// The address that the sandbox listens on.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// What the sandbox remembers, locked. A panic elsewhere does not take the sandbox down.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The first message that the filter means: one that is there already, or one that comes.
    pub(crate) async fn wait_for(&self, filter: &MessageFilter) -> Message {
        // Looked and asked under one lock, so that no message slips in between.
        let (mut arrivals, mut seen) = {
            let world = self.world();
            if let Some(message) = world.inbox.answer(filter) {
                return message.clone();
            }
            (world.inbox.arrivals(), world.inbox.last_id())
        };
        while arrivals.changed().await.is_ok() {
            let world = self.world();
            if let Some(message) = world.inbox.oldest_after(seen, filter) {
                return message.clone();
            }
            seen = world.inbox.last_id();
        }
        // Never reached: the inbox that tells of arrivals is part of `self`.
        std::future::pending().await
    }

    /// Lets the server, and everybody who waits for a message over HTTP, come to an end.
    pub(crate) fn stop(&self) {
        self.phase.send_replace(Phase::Stopping);
    }

    /// Ends the server and every connection at once.
    pub(crate) fn end(&self) {
        self.phase.send_replace(Phase::Ended);
    }

    /// Ends when the sandbox is told to stop.
    pub(crate) async fn stopped(&self) {
        self.reaches(Phase::Stopping).await;
    }

    /// Ends when nothing is to be answered any more.
    pub(crate) async fn ended(&self) {
        self.reaches(Phase::Ended).await;
    }

    async fn reaches(&self, wanted: Phase) {
        let mut phase = self.phase.subscribe();
        // Fails only when the sender is gone, and with it the sandbox.
        let _ = phase.wait_for(|phase| *phase >= wanted).await;
    }
}

/// How far the end of a sandbox is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    Serving,
    /// Calls under way are answered; no other comes in.
    Stopping,
    Ended,
}

/// What the sandbox remembers.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) clock: Clock,
    pub(crate) tenants: Tenants,
    pub(crate) inbox: Inbox,
    pub(crate) journal: Journal,
    pub(crate) paynet: Memory<paynet::Conversations>,
    pub(crate) paywall: Memory<paywall::Conversations>,
    pub(crate) paytr: Memory<paytr::Links>,
    pub(crate) merchants: paytr::Merchants,
    /// The merchants that were registered before the start.
    first_merchants: Vec<paytr::Merchant>,
}

impl World {
    fn new(seed: u64) -> Self {
        Self {
            clock: Clock::default(),
            tenants: Tenants::default(),
            inbox: Inbox::default(),
            journal: Journal::default(),
            paynet: Memory::new(seed),
            paywall: Memory::new(seed),
            paytr: Memory::new(seed),
            merchants: paytr::Merchants::default(),
            first_merchants: Vec::new(),
        }
    }

    /// Registers the merchants that are there from the start.
    pub(crate) fn start_with(&mut self, merchants: Vec<paytr::Merchant>) {
        for merchant in &merchants {
            self.register(merchant.clone());
        }
        self.first_merchants = merchants;
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
        self.journal.record(call);
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

    /// Makes everything as it was at the start. Only numbers of messages and calls go on.
    pub(crate) fn reset(&mut self) {
        self.clock = Clock::default();
        self.tenants = Tenants::default();
        self.inbox.clear();
        self.journal.clear();
        self.paynet.clear();
        self.paywall.clear();
        self.paytr.clear();
        self.merchants = paytr::Merchants::default();
        let merchants = std::mem::take(&mut self.first_merchants);
        self.start_with(merchants);
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;
    use std::time::Duration;

    use super::*;
    use crate::message::tests::content;
    use crate::provider::Provider;

    fn shared() -> Arc<Shared> {
        Shared::new(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), 0)
    }

    #[test]
    fn with_a_tenant_goes_all_that_was_its_own() {
        let shared = shared();
        let mut world = shared.world();
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
        assert_eq!(world.clock.ahead_of_real_time(Some(&first)), Duration::ZERO);
        assert!(world.inbox.message(1).is_none());
    }

    #[tokio::test]
    async fn a_message_that_comes_between_two_looks_is_not_lost() {
        let shared = shared();
        let waiting = tokio::spawn({
            let shared = Arc::clone(&shared);
            async move {
                let filter = MessageFilter::new().to("0555 000 00 42").expect("a number");
                shared.wait_for(&filter).await
            }
        });
        tokio::task::yield_now().await;
        {
            let mut world = shared.world();
            world
                .inbox
                .deliver(content("sck_test_demo", "+905550000042"));
            for _ in 0..10 {
                world
                    .inbox
                    .deliver(content("sck_test_demo", "+905550000043"));
            }
        }
        assert_eq!(waiting.await.expect("no panic").id(), 1);
    }

    #[test]
    fn a_poisoned_lock_still_opens() {
        let shared = shared();
        let poisoning = Arc::clone(&shared);
        let died = std::thread::spawn(move || {
            let _world = poisoning.world();
            panic!("on purpose");
        });
        assert!(died.join().is_err());
        assert_eq!(shared.world().inbox.last_id(), 0);
    }
}
