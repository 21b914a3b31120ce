//! `Signals` waits for Ctrl-C, and for SIGTERM where there is one.

use std::io;

/// How the program is told to stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// Ctrl-C.
    Interrupted,
    /// SIGTERM, which reaches this process alone; Ctrl-C reaches those that it started too.
    Terminated,
}

/// The signals that stop a program, which do not end it while this lives. It listens from the moment it is
/// made, so that none is missed.
#[derive(Debug)]
pub struct Signals {
    #[cfg(unix)]
    signals: [tokio::signal::unix::Signal; 2],
    #[cfg(windows)]
    ctrl_c: tokio::signal::windows::CtrlC,
}

impl Signals {
    /// Begins to listen.
    ///
    /// # Errors
    ///
    /// What the operating system says.
    pub fn listen() -> io::Result<Self> {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};

            let interrupt = signal(SignalKind::interrupt())?;
            let signals = [interrupt, signal(SignalKind::terminate())?];
            Ok(Self { signals })
        }
        #[cfg(windows)]
        {
            let ctrl_c = tokio::signal::windows::ctrl_c()?;
            Ok(Self { ctrl_c })
        }
    }

    /// Waits for a signal.
    pub async fn received(&mut self) -> Stopped {
        #[cfg(unix)]
        {
            let [interrupt, terminate] = &mut self.signals;
            tokio::select! {
                _ = interrupt.recv() => Stopped::Interrupted,
                _ = terminate.recv() => Stopped::Terminated,
            }
        }
        #[cfg(windows)]
        {
            self.ctrl_c.recv().await;
            Stopped::Interrupted
        }
    }
}
