//! Ctrl-C and SIGTERM once a call has begun: a message may have gone out, and the command says so.

use std::process::exit;
use std::sync::{OnceLock, mpsc};
use std::time::Duration;
use std::{io, thread};

use onay::{Error, ErrorKind, Operation, Reason};
use onay_sandbox::interrupt::Signals;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;

use crate::failure::{Failure, Place};
use crate::output::Output;

const SIGNAL: Reason = Reason::new(
    "stopped_by_signal",
    "the program was stopped before the call's result was printed",
    "çağrının sonucu yazdırılamadan program durduruldu",
);

/// How long a command that has its outcome may take to end by itself, and its runtime to shut down.
pub(crate) const GRACE: Duration = Duration::from_secs(1);

/// How long the report of a signal may take: stderr may be blocked as well.
const PATIENCE: Duration = Duration::from_millis(500);

/// The exit code of the command once it has ended: no signal changes it from then on.
static OUTCOME: OnceLock<u8> = OnceLock::new();

/// Notes how the command ended, while its runtime shuts down and its failure is printed. Where a signal
/// came first, the program ends here.
pub(crate) fn ended(result: &Result<(), Failure>) {
    let code = result.as_ref().err().map_or(0, Failure::exit_code);
    if OUTCOME.set(code).is_err() {
        // The watching thread says so and ends the program.
        loop {
            thread::park();
        }
    }
}

/// Runs a provider's call to its end, or until the program is stopped.
///
/// From then on a signal ends the program, even while its output is blocked.
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
    match watch(output.clone(), stopped).await {
        Some(signal) => until_signal(call, signal, broken_off).await,
        None => call.await,
    }
}

/// A result that is there counts, also beside a signal: it may hold what can be had only once, such as a link's id.
async fn until_signal<T>(
    call: impl Future<Output = Result<T, Failure>>,
    signal: oneshot::Receiver<()>,
    broken_off: Failure,
) -> Result<T, Failure> {
    tokio::select! {
        biased;
        result = call => result,
        Ok(()) = signal => Err(broken_off),
    }
}

/// Watches for signals on a thread of its own, which outlives the runtime of the call.
async fn watch(
    output: Output,
    stopped: impl Fn() -> Failure + Send + 'static,
) -> Option<oneshot::Receiver<()>> {
    let (break_off, signal) = oneshot::channel();
    let (ready, is_ready) = oneshot::channel();
    let watching = thread::Builder::new().spawn(move || {
        let Ok((runtime, mut signals)) = listen() else {
            return;
        };
        if ready.send(()).is_err() {
            return;
        }
        runtime.block_on(signals.received());
        // The command reports it itself, unless its output is blocked.
        let _ = break_off.send(());
        thread::sleep(GRACE);
        let failure = stopped();
        let code = failure.exit_code();
        // The first of both threads that gets here says how it ended.
        if OUTCOME.set(code).is_ok() {
            report(output, failure);
        } else {
            thread::sleep(GRACE + PATIENCE);
        }
        exit(OUTCOME.get().copied().unwrap_or(code).into())
    });
    watching.ok()?;
    is_ready.await.ok().map(|()| signal)
}

/// On the watching thread: a runtime that is dropped within another one panics.
fn listen() -> io::Result<(Runtime, Signals)> {
    let runtime = Builder::new_current_thread().enable_io().build()?;
    let signals = runtime.block_on(async { Signals::listen() })?;
    Ok((runtime, signals))
}

/// Prints that the program was stopped, as far as stderr takes it.
fn report(output: Output, failure: Failure) {
    let (printed, is_printed) = mpsc::channel();
    let printing = thread::Builder::new().spawn(move || {
        output.failure(&failure);
        printed.send(())
    });
    if printing.is_ok() {
        let _ = is_printed.recv_timeout(PATIENCE);
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use super::*;

    #[tokio::test]
    async fn a_result_counts_beside_a_signal() {
        let signal = || {
            let (break_off, signal) = oneshot::channel();
            break_off.send(()).expect("sent");
            signal
        };
        for _ in 0..64 {
            let created = until_signal(ready(Ok("link")), signal(), stopped().into()).await;
            assert_eq!(created.expect("the link"), "link");
        }
        let open = pending::<Result<(), Failure>>();
        let failure = until_signal(open, signal(), stopped().into()).await;
        assert_eq!(failure.expect_err("broken off").exit_code(), 6);
    }
}
