//! `SandboxBuilder` sets a sandbox up and starts it.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::ops::Range;
use std::sync::Arc;
use std::time::SystemTime;

use jiff::Timestamp;

use crate::addresses::Addresses;
use crate::error::SandboxError;
use crate::fake::{AnyFake, Fake};
use crate::fault::FaultRule;
use crate::interrupt::Signals;
use crate::registry::Registry;
use crate::sandbox::Sandbox;
use crate::server::Extras;
use crate::world::{Registered, Setup};

/// Sets up a [`Sandbox`].
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), onay_sandbox::SandboxError> {
/// use onay_sandbox::Sandbox;
///
/// // With a seed, the same calls get the same codes in every run.
/// let sandbox = Sandbox::builder().seed(42).start().await?;
/// # sandbox.stop().await;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct SandboxBuilder {
    listen: SocketAddr,
    seed: Option<u64>,
    clock: Option<SystemTime>,
    fakes: Vec<Arc<dyn AnyFake>>,
    extras: Vec<Extras>,
    /// What is the same without being checked.
    setup: Setup,
}

impl SandboxBuilder {
    pub(crate) fn new() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            seed: None,
            clock: None,
            fakes: Vec::new(),
            extras: Vec::new(),
            setup: Setup::default(),
        }
    }

    /// The address to listen on. Without it, a free port of 127.0.0.1; a program that
    /// serves people usually takes [`USUAL_ADDRESS`](crate::USUAL_ADDRESS).
    ///
    /// Everyone who reaches the address can read every message and have callbacks posted to any port of
    /// this machine's loopback, so think before listening beyond loopback. On 127.0.0.1 it listens on
    /// `[::1]` with the same port too, if that is free, since `localhost` may be either. Listening on all
    /// addresses (`0.0.0.0`, `[::]`), its URLs name the loopback one.
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// Makes a run repeatable: each tenant gets the same codes, and the faults that come by chance,
    /// in the same order in every run. Without it, both are random.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// What the virtual clock shows at the start, from where it goes on with real time. Without it,
    /// the real time. In the years from 2000 to 2100.
    ///
    /// Answers are dated with it. A client that judges times by its own clock is off by as much.
    pub fn clock(mut self, start: SystemTime) -> Self {
        self.clock = Some(start);
        self
    }

    /// Has calls go wrong on purpose from the start; see [`Sandbox::fault`]. When the sandbox is
    /// reset, the rule is there again.
    pub fn fault(mut self, rule: impl Into<FaultRule>) -> Self {
        self.setup.faults.push(rule.into());
        self
    }

    /// Whether the [magic numbers](crate#magic-numbers) have their faults, which they do unless this
    /// says `false`: for tests whose numbers happen to be among them.
    pub fn magic_numbers(mut self, on: bool) -> Self {
        self.setup.without_magic = !on;
        self
    }

    /// Lets the inbox page and the test API answer under this name too, with any port, besides
    /// loopback and the address that is listened on: the name of the sandbox's container, for
    /// example.
    ///
    /// The owner of the name could read every message with a web page, so take none that others
    /// own.
    pub fn allow_host(mut self, name: impl Into<String>) -> Self {
        self.setup.hosts.push(name.into());
        self
    }

    /// Has callbacks posted to this host too, with any port, besides loopback: the name of the shop's
    /// container, or `host.docker.internal`.
    pub fn callback_host(mut self, name: impl Into<String>) -> Self {
        self.setup.callback_hosts.push(name.into());
        self
    }

    /// Adds a fake of your own, which has inbox, faults, journal, doctor and page like the others. What
    /// it keeps outside of its tenants' states is shared by every sandbox that it is given to.
    pub fn fake(mut self, fake: impl Fake) -> Self {
        self.fakes.push(Arc::new(fake));
        self
    }

    /// Adds routes that only one fake has.
    pub(crate) fn extras(mut self, extras: Extras) -> Self {
        self.extras.push(extras);
        self
    }

    /// Registers a tenant from the start.
    pub(crate) fn registered(mut self, tenant: Registered) -> Self {
        self.setup.registered.push(tenant);
        self
    }

    /// Starts the sandbox on the current tokio runtime. It is ready when this returns.
    ///
    /// # Errors
    ///
    /// [`SandboxError::AddressTaken`] or [`SandboxError::Listen`] if the address cannot be listened
    /// on; [`SandboxError::InvalidFake`], [`InvalidMerchant`](SandboxError::InvalidMerchant),
    /// [`InvalidFault`](SandboxError::InvalidFault),
    /// [`InvalidHost`](SandboxError::InvalidHost) or
    /// [`InvalidClock`](SandboxError::InvalidClock) if what it was given cannot be.
    ///
    /// # Panics
    ///
    /// Outside a tokio runtime with I/O enabled.
    pub async fn start(self) -> Result<Sandbox, SandboxError> {
        let (listen, extras) = (self.listen, self.extras.clone());
        Sandbox::start_on(listen, self.setup()?, extras).await
    }

    /// What it was given, checked.
    pub(crate) fn setup(self) -> Result<Setup, SandboxError> {
        let setup = Setup {
            registry: self.registry()?,
            seed: self.seed.unwrap_or_else(|| fastrand::u64(..)),
            clock: self.clock.map(clock_start).transpose()?,
            ..self.setup
        };
        let mut hosts = setup.hosts.iter().chain(&setup.callback_hosts);
        let are_hosts = hosts.all(|name| is_host(name));
        are_hosts.then_some(setup).ok_or(SandboxError::InvalidHost)
    }

    /// The fakes by their names, which have to be different.
    pub(crate) fn registry(&self) -> Result<Registry, SandboxError> {
        let mut registry = Registry::default();
        for fake in &self.fakes {
            let name = fake.service().provider.as_str();
            if !registry.add(Arc::clone(fake)) {
                return Err(SandboxError::InvalidFake { name });
            }
        }
        Ok(registry)
    }

    /// Starts the sandbox, announces its addresses once it is ready, and serves until Ctrl-C or
    /// SIGTERM.
    ///
    /// This is the whole of a program that serves a sandbox, except for what it prints:
    ///
    /// ```no_run
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), onay_sandbox::SandboxError> {
    /// use std::io::Write;
    ///
    /// onay_sandbox::Sandbox::builder()
    ///     .listen(onay_sandbox::USUAL_ADDRESS)
    ///     .serve(|addresses| writeln!(std::io::stderr(), "inbox at {}", addresses.inbox))
    ///     .await
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`start`](Self::start); [`SandboxError::Signal`] if Ctrl-C cannot be listened for;
    /// [`SandboxError::Announce`] with the error that `announce` returned.
    ///
    /// # Panics
    ///
    /// Outside a tokio runtime with I/O enabled.
    pub async fn serve(
        self,
        announce: impl FnOnce(&Addresses) -> io::Result<()>,
    ) -> Result<(), SandboxError> {
        let sandbox = self.start().await?;
        // Before the announcement, because its reader may send the signal at once.
        let mut signals = Signals::listen().map_err(SandboxError::Signal)?;
        announce(&sandbox.addresses()).map_err(SandboxError::Announce)?;
        signals.received().await;
        sandbox.stop().await;
        Ok(())
    }
}

/// The years from 2000 to 2100, in seconds since 1970.
const CLOCK_STARTS: Range<i64> = 946_684_800..4_133_980_800;

/// The longest name of a host.
const LONGEST_HOST: usize = 253;

fn clock_start(time: SystemTime) -> Result<Timestamp, SandboxError> {
    Timestamp::try_from(time)
        .ok()
        .filter(|time| CLOCK_STARTS.contains(&time.as_second()))
        .ok_or(SandboxError::InvalidClock)
}

fn is_host(name: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let is_label = |label: &str| !label.is_empty() && label.bytes().all(is_sign);
    name.len() <= LONGEST_HOST && name.split('.').all(is_label)
}
