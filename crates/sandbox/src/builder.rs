//! How a sandbox is set up and started.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use crate::addresses::Addresses;
use crate::error::SandboxError;
use crate::interrupt::Interrupt;
use crate::paytr::Merchant;
use crate::sandbox::Sandbox;

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
    merchants: Result<Vec<Merchant>, &'static str>,
}

impl SandboxBuilder {
    pub(crate) fn new() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            seed: None,
            merchants: Ok(Vec::new()),
        }
    }

    /// The address to listen on. Without it, a free port of 127.0.0.1; a program that
    /// serves people usually takes [`USUAL_ADDRESS`](crate::USUAL_ADDRESS).
    ///
    /// Whoever reaches the address can read every message, so think before listening beyond
    /// loopback. Listening on all addresses (`0.0.0.0`, `[::]`), its URLs name the loopback one.
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// Makes the codes repeatable: each tenant gets the same codes in the same order in every run.
    /// Without it, codes are random.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Registers a PayTR merchant with the key and the salt that sign its calls; see
    /// [`Sandbox::register_paytr_merchant`]. It stays when the sandbox is reset.
    pub fn paytr_merchant(mut self, id: &str, key: &str, salt: &str) -> Self {
        self.merchants = self.merchants.and_then(|mut merchants| {
            merchants.push(Merchant::new(id, key, salt)?);
            Ok(merchants)
        });
        self
    }

    /// Starts the sandbox on the current tokio runtime. It is ready when this returns.
    ///
    /// # Errors
    ///
    /// [`SandboxError::AddressTaken`] or [`SandboxError::Listen`] if the address cannot be listened
    /// on; [`SandboxError::InvalidMerchant`] if a merchant to register cannot be.
    ///
    /// # Panics
    ///
    /// Outside a tokio runtime with I/O enabled.
    pub async fn start(self) -> Result<Sandbox, SandboxError> {
        let seed = self.seed.unwrap_or_else(|| fastrand::u64(..));
        let merchants = self
            .merchants
            .map_err(|problem| SandboxError::InvalidMerchant { problem })?;
        Sandbox::start_on(self.listen, seed, merchants).await
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
        // Before the announcement, because whoever reads it may send the signal at once.
        let interrupt = Interrupt::listen().map_err(SandboxError::Signal)?;
        announce(&sandbox.addresses()).map_err(SandboxError::Announce)?;
        interrupt.received().await;
        sandbox.stop().await;
        Ok(())
    }
}
