//! `Shared` is everything that the handlers of one sandbox share, the world behind one lock.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, Semaphore, watch};

use crate::addresses::reached;
use crate::error::SandboxError;
use crate::message::{Message, MessageFilter};
use crate::provider::Provider;
use crate::registry::Registry;
use crate::tenant::TenantId;
use crate::world::{Setup, World};

/// What the handlers of one sandbox share.
#[derive(Debug)]
pub(crate) struct Shared {
    address: SocketAddr,
    setup: Arc<Setup>,
    moved: Notify,
    world: Mutex<World>,
    phase: watch::Sender<Phase>,
    /// How many more may wait for messages over HTTP.
    pub(crate) waits: Semaphore,
}

/// How many may wait for messages over HTTP at once, so that they do not take every connection.
const MOST_WAITS: usize = 256;

impl Shared {
    /// Sets a sandbox up, or says what of its setup cannot be.
    pub(crate) fn new(address: SocketAddr, setup: Setup) -> Result<Arc<Self>, SandboxError> {
        let setup = Arc::new(setup);
        Ok(Arc::new(Self {
            address,
            setup: Arc::clone(&setup),
            moved: Notify::new(),
            world: Mutex::new(World::new(setup)?),
            phase: watch::Sender::new(Phase::Serving),
            waits: Semaphore::new(MOST_WAITS),
        }))
    }

    /// The names under which the test API and the pages answer, besides addresses.
    pub(crate) fn hosts(&self) -> &[String] {
        &self.setup.hosts
    }

    /// The address that the sandbox listens on.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The hosts that callbacks are posted to, besides loopback.
    pub(crate) fn callback_hosts(&self) -> &[String] {
        &self.setup.callback_hosts
    }

    /// Moves the clock of every tenant, or of one, ahead.
    pub(crate) fn advance(&self, tenant: Option<&TenantId>, by: Duration) {
        self.world().advance(tenant, by);
        self.clock_moved();
    }

    /// Has it looked at again what is due.
    pub(crate) fn clock_moved(&self) {
        self.moved.notify_one();
    }

    /// Ends when the clock was moved, or something else is due than before.
    pub(crate) async fn clock_moves(&self) {
        self.moved.notified().await;
    }

    /// The fakes there are.
    pub(crate) fn registry(&self) -> &Registry {
        &self.setup.registry
    }

    /// What a client takes for a provider's base URL.
    pub(crate) fn base_url(&self, provider: Provider) -> String {
        format!("http://{}/{provider}", reached(self.address))
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

    /// Ends the server, the waits for messages and the readers of events over HTTP.
    pub(crate) fn stop(&self) {
        self.phase.send_replace(Phase::Stopping);
        self.world().events.close();
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

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;
    use crate::message::tests::content;

    fn shared() -> Arc<Shared> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        Shared::new(address, Setup::default()).expect("a sandbox")
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
