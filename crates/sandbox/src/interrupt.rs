//! `Interrupt` waits for Ctrl-C, and for SIGTERM where there is one.

use std::io;

#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};
#[cfg(windows)]
use tokio::signal::windows::{CtrlC, ctrl_c};

/// Listens from the moment it is made, so that no signal is missed.
#[derive(Debug)]
pub(crate) struct Interrupt {
    #[cfg(unix)]
    ctrl_c: Signal,
    #[cfg(unix)]
    terminate: Signal,
    #[cfg(windows)]
    ctrl_c: CtrlC,
}

impl Interrupt {
    #[cfg(unix)]
    pub(crate) fn listen() -> io::Result<Self> {
        Ok(Self {
            ctrl_c: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    #[cfg(windows)]
    pub(crate) fn listen() -> io::Result<Self> {
        Ok(Self { ctrl_c: ctrl_c()? })
    }

    #[cfg(unix)]
    pub(crate) async fn received(mut self) {
        tokio::select! {
            _ = self.ctrl_c.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }

    #[cfg(windows)]
    pub(crate) async fn received(mut self) {
        self.ctrl_c.recv().await;
    }
}
