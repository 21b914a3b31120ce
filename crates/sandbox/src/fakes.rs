//! `with_fakes` adds the fakes of this crate to a sandbox; each is a folder.

mod paynet;
pub(crate) mod paytr;
mod paywall;

use crate::builder::SandboxBuilder;
use crate::error::SandboxError;
use crate::sandbox::Sandbox;

/// Adds every fake: a further one is a line here.
fn with_fakes(builder: SandboxBuilder) -> SandboxBuilder {
    let builder = paynet::add(builder);
    let builder = paywall::add(builder);
    paytr::add(builder)
}

impl Sandbox {
    /// Starts a sandbox on a free port of 127.0.0.1, with random codes. It is ready when this
    /// returns.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), onay_sandbox::SandboxError> {
    /// let sandbox = onay_sandbox::Sandbox::start().await?;
    /// assert!(sandbox.inbox_url().starts_with("http://127.0.0.1:"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`SandboxError::Listen`] if no port can be listened on.
    ///
    /// # Panics
    ///
    /// Outside a tokio runtime with I/O enabled.
    pub async fn start() -> Result<Self, SandboxError> {
        Self::builder().start().await
    }

    /// Sets up a sandbox with every fake of this crate before it starts.
    pub fn builder() -> SandboxBuilder {
        with_fakes(SandboxBuilder::new())
    }
}

/// The fakes of a sandbox as it usually is.
#[cfg(test)]
pub(crate) fn registry() -> crate::registry::Registry {
    with_fakes(SandboxBuilder::new()).registry().expect("fakes")
}
