//! The word to stop: Ctrl-C, and SIGTERM where there is one.

use std::io;

/// Listens from the moment it is called, so that no signal is missed.
#[cfg(unix)]
pub(crate) fn word_to_stop() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Listens from the moment it is called, so that no signal is missed.
#[cfg(windows)]
pub(crate) fn word_to_stop() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}
