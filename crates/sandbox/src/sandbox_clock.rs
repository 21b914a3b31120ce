//! `SandboxClock` is a handle on the virtual clock.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::shared::Shared;

/// The virtual clock of every tenant of a sandbox, to be read and moved from anywhere.
///
/// It keeps what the sandbox remembers alive, and nothing is served by it.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), onay_sandbox::SandboxError> {
/// use std::time::Duration;
///
/// let sandbox = onay_sandbox::Sandbox::start().await?;
/// let clock = sandbox.clock();
/// let before = clock.now();
/// clock.advance(Duration::from_secs(60));
/// assert!(clock.now() >= before + Duration::from_secs(60));
/// assert!(clock.since_epoch() > Duration::from_secs(60));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct SandboxClock(Arc<Shared>);

impl SandboxClock {
    pub(crate) fn of(shared: Arc<Shared>) -> Self {
        Self(shared)
    }

    /// The virtual time.
    pub fn now(&self) -> SystemTime {
        self.0.world().clock.now(None).into()
    }

    /// The virtual time since 1970.
    pub fn since_epoch(&self) -> Duration {
        let since = self.now().duration_since(SystemTime::UNIX_EPOCH);
        since.unwrap_or_default()
    }

    /// Moves the clock ahead, as [`Sandbox::advance`](crate::Sandbox::advance) does.
    pub fn advance(&self, by: Duration) {
        self.0.advance(None, by);
    }
}

impl fmt::Debug for SandboxClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SandboxClock").finish_non_exhaustive()
    }
}
