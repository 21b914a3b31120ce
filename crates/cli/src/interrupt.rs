//! A call that Ctrl-C or SIGTERM breaks off: a message may have gone out, and the command says so.

use std::io;

use onay::{Error, ErrorKind, Operation, Reason};

const SIGNAL: Reason = Reason::new(
    "stopped_by_signal",
    "the program was stopped while the call was out",
    "çağrı sürerken program durduruldu",
);

/// Runs a provider's call to its end, or until the program is stopped.
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
    // Before the call begins, which may have left by the time that it first waits.
    let Ok(mut signals) = Signals::listen() else {
        return call.await;
    };
    tokio::select! {
        // An answer that is there counts, also beside a signal.
        biased;
        result = call => result,
        _ = signals.received() => Err(stopped.into()),
    }
}

/// How the program is stopped.
pub(crate) enum Stopped {
    Interrupted,
    #[cfg(unix)]
    Terminated,
}

/// Ctrl-C and SIGTERM, which do not end the program while this lives.
#[cfg(unix)]
pub(crate) struct Signals([tokio::signal::unix::Signal; 2]);

#[cfg(unix)]
impl Signals {
    pub(crate) fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};

        let kinds = [SignalKind::interrupt(), SignalKind::terminate()];
        let [interrupt, terminate] = kinds.map(signal);
        Ok(Self([interrupt?, terminate?]))
    }

    pub(crate) async fn received(&mut self) -> Stopped {
        let [interrupt, terminate] = &mut self.0;
        tokio::select! {
            _ = interrupt.recv() => Stopped::Interrupted,
            _ = terminate.recv() => Stopped::Terminated,
        }
    }
}

/// Ctrl-C, which does not end the program while this lives.
#[cfg(windows)]
pub(crate) struct Signals(tokio::signal::windows::CtrlC);

#[cfg(windows)]
impl Signals {
    pub(crate) fn listen() -> io::Result<Self> {
        tokio::signal::windows::ctrl_c().map(Self)
    }

    pub(crate) async fn received(&mut self) -> Stopped {
        self.0.recv().await;
        Stopped::Interrupted
    }
}
