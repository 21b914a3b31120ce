//! Ctrl-C and SIGTERM once a call has begun: a message may have gone out, and the command says so.

use std::process::exit;
use std::sync::mpsc;
use std::time::Duration;
use std::{io, thread};

use onay::{Error, ErrorKind, Operation, Reason};
use onay_sandbox::interrupt::Signals;
use tokio::runtime::Builder;
use tokio::sync::oneshot;

use crate::failure::{Failure, Place};
use crate::output::Output;

const SIGNAL: Reason = Reason::new(
    "stopped_by_signal",
    "the program was stopped before the call's result was printed",
    "çağrının sonucu yazdırılamadan program durduruldu",
);

/// How long the last words may take: where they go may be blocked as well.
const PATIENCE: Duration = Duration::from_millis(500);

/// Runs a provider's call to its end, or until the program is stopped.
///
/// From then on a signal ends the program whatever it is doing: printing what nobody reads, for instance.
///
/// # Errors
///
/// Those of the call. Where the program was stopped: `Interrupted`, which may have been sent.
pub(crate) async fn provider<T>(
    output: &Output,
    provider: &'static str,
    operation: Operation,
    call: impl Future<Output = Result<T, Error>>,
) -> Result<T, Failure> {
    let stopped = move || stopped().with_provider(provider).with_operation(operation);
    let call = async { call.await.map_err(Failure::from) };
    watched(output, move || stopped().into(), call).await
}

/// The same for a call to the merchant's own server.
pub(crate) async fn own<T>(
    output: &Output,
    call: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    let stopped = || Failure::from(stopped()).at(Place::Posted);
    watched(output, stopped, call).await
}

fn stopped() -> Error {
    Error::new(ErrorKind::Interrupted).with_reason(SIGNAL)
}

async fn watched<T>(
    output: &Output,
    stopped: impl Fn() -> Failure + Send + 'static,
    call: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    let broken_off = stopped();
    // Before the call begins, which may have left by the time that it first waits.
    let Ok(mut signal) = watch(output.clone(), stopped) else {
        return call.await;
    };
    let result = tokio::select! {
        result = call => Some(result),
        Ok(()) = &mut signal => None,
    };
    // The thread answers the signals that come from now on; one that came beside the result was handed over.
    signal.close();
    match (result, signal.try_recv()) {
        (Some(result), Err(_)) => result,
        _ => Err(broken_off),
    }
}

/// Watches for signals on a thread of its own, which outlives the runtime of the call.
fn watch(
    output: Output,
    stopped: impl Fn() -> Failure + Send + 'static,
) -> io::Result<oneshot::Receiver<()>> {
    let runtime = Builder::new_current_thread().enable_io().build()?;
    let entered = runtime.enter();
    let mut signals = Signals::listen()?;
    drop(entered);
    let (break_off, signal) = oneshot::channel();
    thread::Builder::new().spawn(move || {
        let code = stopped().exit_code();
        runtime.block_on(signals.received());
        if break_off.send(()).is_ok() {
            // The command says so itself, unless nobody reads it.
            runtime.block_on(signals.received());
        } else {
            let (said, is_said) = mpsc::channel();
            thread::spawn(move || {
                output.failure(&stopped());
                said.send(())
            });
            let _ = is_said.recv_timeout(PATIENCE);
        }
        exit(code.into())
    })?;
    Ok(signal)
}
