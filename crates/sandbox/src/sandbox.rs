//! `Sandbox` is a running sandbox.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::task::JoinHandle;

use crate::addresses::{Addresses, reached};
use crate::callback_sender;
use crate::callbacks::CallbackResponse;
use crate::error::SandboxError;
use crate::export;
use crate::fault::FaultRule;
use crate::journal::Entry as JournalEntry;
use crate::message::{Message, MessageFilter};
use crate::sandbox_clock::SandboxClock;
use crate::server::{self, Extras};
use crate::shared::Shared;
use crate::world::Setup;

/// A running sandbox: the fakes, the inbox and the test API on one port, in memory.
///
/// It stops when it is dropped; any number can run in one process. See the [crate's
/// documentation](crate) for an example.
pub struct Sandbox {
    shared: Arc<Shared>,
    server: JoinHandle<()>,
}

impl Sandbox {
    pub(crate) async fn start_on(
        listen: SocketAddr,
        setup: Setup,
        extras: Vec<Extras>,
    ) -> Result<Self, SandboxError> {
        let (listeners, address) = server::listen(listen).await?;
        let shared = Shared::new(address, setup)?;
        let server = tokio::spawn(server::serve(listeners, Arc::clone(&shared), extras));
        tokio::spawn(callback_sender::run(Arc::clone(&shared)));
        tracing::info!(%address, "the sandbox listens");
        Ok(Self { shared, server })
    }

    /// The address it listens on.
    pub fn local_addr(&self) -> SocketAddr {
        self.shared.address()
    }

    /// The root of everything, without a slash at the end: `http://127.0.0.1:PORT`.
    ///
    /// Here and in every other URL, a sandbox that listens on all addresses (`0.0.0.0`, `[::]`) is
    /// named by its loopback address.
    pub fn url(&self) -> String {
        self.addresses().listen
    }

    /// What a client takes for a provider's base URL, by the provider's name or an alias:
    /// `http://127.0.0.1:PORT/NAME`. Absent where no such provider is faked.
    pub fn base_url(&self, provider: &str) -> Option<String> {
        self.addresses().base_url(provider).map(str::to_owned)
    }

    /// The inbox page, for a browser: `http://127.0.0.1:PORT/`.
    pub fn inbox_url(&self) -> String {
        self.addresses().inbox
    }

    /// Every URL at once.
    pub fn addresses(&self) -> Addresses {
        let services = self.shared.registry().services();
        let providers = services.map(|service| service.provider);
        Addresses::at(reached(self.local_addr()), providers)
    }

    /// Every message that is kept, newest first.
    pub fn messages(&self) -> Vec<Message> {
        let world = self.shared.world();
        world
            .inbox
            .newest_first(&MessageFilter::new())
            .cloned()
            .collect()
    }

    /// The newest message to a mobile number, or the first that comes.
    ///
    /// `to` may have any usual spelling: `5…`, `05…`, `905…`, `+90 5…`. A message that is there
    /// already answers at once; to wait for the one after it, use [`wait_for`](Self::wait_for) with
    /// [`MessageFilter::after`].
    ///
    /// # Errors
    ///
    /// [`SandboxError::NoMessage`] if none came in time, [`SandboxError::NotANumber`] if `to` is no
    /// Turkish mobile number.
    pub async fn wait_for_message(
        &self,
        to: &str,
        timeout: Duration,
    ) -> Result<Message, SandboxError> {
        self.wait_for(&MessageFilter::new().to(to)?, timeout).await
    }

    /// The first message that the filter means: the newest that is there or the first that comes;
    /// with [`MessageFilter::after`], the oldest newer than that one.
    ///
    /// `timeout` is real time, not virtual.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), onay_sandbox::SandboxError> {
    /// use std::time::Duration;
    ///
    /// use onay_sandbox::{MessageFilter, Sandbox, SandboxError};
    ///
    /// let sandbox = Sandbox::start().await?;
    /// let filter = MessageFilter::new().to("+90 555 000 00 42")?;
    /// let nothing = sandbox.wait_for(&filter, Duration::from_millis(1)).await;
    /// assert!(matches!(nothing, Err(SandboxError::NoMessage { .. })));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`SandboxError::NoMessage`] if none came in time.
    pub async fn wait_for(
        &self,
        filter: &MessageFilter,
        timeout: Duration,
    ) -> Result<Message, SandboxError> {
        tokio::time::timeout(timeout, self.shared.wait_for(filter))
            .await
            .map_err(|_| SandboxError::NoMessage { waited: timeout })
    }

    /// Moves the virtual clock of every tenant ahead, so that codes run out without waiting for it.
    ///
    /// The clock can be ten years ahead at most and stops there.
    pub fn advance(&self, by: Duration) {
        self.shared.advance(None, by);
    }

    /// The virtual time, as a tenant sees it whose own clock was not moved.
    pub fn now(&self) -> SystemTime {
        self.shared.world().clock.now(None).into()
    }

    /// A handle on the virtual clock of every tenant, for what should go by it too: a guard, or a shop's
    /// own timers.
    pub fn clock(&self) -> SandboxClock {
        SandboxClock::of(Arc::clone(&self.shared))
    }

    /// Every call that is kept, newest first: those of clients, and the callbacks to merchants.
    pub fn journal(&self) -> Vec<JournalEntry> {
        let world = self.shared.world();
        world.journal.newest_first().cloned().collect()
    }

    /// Posts a callback again, at once, even after an `OK`.
    ///
    /// # Errors
    ///
    /// [`SandboxError::UnknownCallback`] if it is not kept, or under way just now.
    pub async fn resend_callback(&self, number: u64) -> Result<CallbackResponse, SandboxError> {
        let answer = callback_sender::send(&self.shared, number).await;
        answer.ok_or(SandboxError::UnknownCallback)
    }

    /// Has calls go wrong on purpose, from now on: a [`Fault`](crate::Fault) for every call, or a
    /// rule that says for which ones and how often. It comes behind the rules that are there.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), onay_sandbox::SandboxError> {
    /// use onay_sandbox::{Fault, FaultRule, Provider, Sandbox};
    ///
    /// let sandbox = Sandbox::start().await?;
    /// let once = FaultRule::new(Fault::AcceptThenCut).provider(Provider::PAYNET).times(1);
    /// sandbox.fault(once)?;
    /// sandbox.fault(Fault::Status(503))?;
    /// assert_eq!(sandbox.faults().len(), 2);
    /// sandbox.clear_faults();
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`SandboxError::InvalidFault`] if the rule names an operation that its provider does not
    /// have or a number out of bounds, or if 100 rules are there already.
    pub fn fault(&self, rule: impl Into<FaultRule>) -> Result<(), SandboxError> {
        self.shared.world().add_fault(rule.into())?;
        Ok(())
    }

    /// The rules for faults that are there, in their order, each with what is left of it.
    pub fn faults(&self) -> Vec<FaultRule> {
        self.shared.world().faults.rules().cloned().collect()
    }

    /// Forgets every rule for faults, those from the start too.
    pub fn clear_faults(&self) {
        self.shared.world().clear_faults();
    }

    /// Begins a new world, set up like the old one: forgets every message, OTP, link, tenant,
    /// call and fault and sets the clock back. Merchants and faults that the builder was given are
    /// there again.
    ///
    /// Codes, sessions and ids differ from those before, with a seed too, so that nothing from before is
    /// good for anything after; numbers of messages go on, so that waiting after one still works.
    pub fn reset(&self) {
        self.shared.world().reset();
    }

    /// Writes down what the sandbox remembers, as JSON: messages, calls, callbacks, faults, the clock,
    /// and what each fake knows of its tenants, such as codes and links.
    ///
    /// A key is in it as a digest, and the secrets of registered merchants are not in it. Codes and
    /// recipients are in it in full.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), onay_sandbox::SandboxError> {
    /// use onay_sandbox::Sandbox;
    ///
    /// let sandbox = Sandbox::start().await?;
    /// let other = Sandbox::start().await?;
    /// other.import(&sandbox.export())?;
    /// assert_eq!(other.messages().len(), sandbox.messages().len());
    /// # Ok(())
    /// # }
    /// ```
    pub fn export(&self) -> String {
        let world = export::written(&self.shared.world());
        // Never fails: it is written to memory.
        serde_json::to_string_pretty(&world).unwrap_or_default()
    }

    /// Begins the world that [`export`](Self::export) wrote, in place of this one: the clock goes on
    /// from what it showed there, and codes, sessions and links from there are good here.
    ///
    /// A merchant that was registered there has to be [registered](Self::register_paytr_merchant) here
    /// before its next call. A callback from there is posted again only when it is
    /// [sent again](Self::resend_callback).
    ///
    /// # Errors
    ///
    /// [`SandboxError::InvalidWorld`] naming what cannot be; then nothing has changed.
    pub fn import(&self, world: &str) -> Result<(), SandboxError> {
        export::import(&mut self.shared.world(), world.as_bytes())?;
        self.shared.clock_moved();
        Ok(())
    }

    pub(crate) fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    /// Stops: calls under way are answered, for two seconds at most; then every connection is ended
    /// and the port is free.
    ///
    /// Dropping the sandbox, or this future, ends every connection at once.
    pub async fn stop(mut self) {
        self.shared.stop();
        if let Err(error) = (&mut self.server).await {
            tracing::error!(%error, "the sandbox ended early");
        }
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("address", &self.local_addr())
            .finish_non_exhaustive()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.shared.end();
    }
}
