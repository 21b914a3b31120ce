//! A call that Ctrl-C or SIGTERM breaks off: a message may have gone out, and the command says so.

use std::io;

use onay::{Error, ErrorKind, Operation, Reason};

const SIGNAL: Reason = Reason::new(
    "stopped_by_signal",
    "the program was stopped while the call was out",
    "çağrı sürerken program durduruldu",
);

/// Runs a provider's call to its end, or until somebody stops the program.
///
/// # Errors
///
/// Those of the call. Where the program was stopped: `Interrupted`, which may have been sent.
pub(crate) async fn provider<T>(
    provider: &'static str,
    operation: Operation,
    call: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let stopped = stopped().with_provider(provider);
    watched(call, stopped.with_operation(operation)).await
}

/// The same for a call to the merchant's own server.
pub(crate) async fn own<T, E: From<Error>>(
    call: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    watched(call, stopped()).await
}

fn stopped() -> Error {
    Error::new(ErrorKind::Interrupted).with_reason(SIGNAL)
}

async fn watched<T, E: From<Error>>(
    call: impl Future<Output = Result<T, E>>,
    stopped: Error,
) -> Result<T, E> {
    tokio::select! {
        // An answer that is there counts, whatever else has come.
        biased;
        result = call => result,
        Ok(()) = signal() => Err(stopped.into()),
    }
}

/// Waits for Ctrl-C or SIGTERM.
#[cfg(unix)]
pub(crate) async fn signal() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = interrupt.recv() => Ok(()),
        _ = terminate.recv() => Ok(()),
    }
}

/// Waits for Ctrl-C.
#[cfg(not(unix))]
pub(crate) async fn signal() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
