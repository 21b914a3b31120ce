//! `onay sandbox exec`: runs a command beside a sandbox of its own, such as a test suite.

use std::io;
use std::process::ExitStatus;

use onay_sandbox::interrupt::{Signals, Stopped};
use onay_sandbox::{Addresses, Sandbox};
use tokio::process::{Child, Command};

use crate::failure::Failure;
use crate::language::Words;
use crate::output::unexpected;
use crate::provider::ProviderName;

/// A shell answers this and the signal's number for a command that a signal ended.
const SIGNALLED: u8 = 128;

pub(super) async fn run(command: &[String]) -> Result<(), Failure> {
    let Some((program, arguments)) = command.split_first() else {
        // clap wants at least one word.
        return Ok(());
    };
    let sandbox = Sandbox::builder().start().await?;
    // Before the command begins: it may be stopped at once.
    let mut signals = Signals::listen().map_err(|error| unexpected(&error))?;
    let mut child = Command::new(program);
    for key in ProviderName::ALL.into_iter().flat_map(ProviderName::keys) {
        // A file of real keys beside the sandbox's own would be refused, or worse, read.
        child.env_remove(key.file);
    }
    let addresses = sandbox.addresses();
    let mut child = child
        .args(arguments)
        .envs(environment(&addresses))
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| {
            let (program, cause) = (program.clone(), error.to_string());
            Failure::Usage(Words::of(|texts| {
                texts.exec_not_started(program.as_str(), cause.as_str())
            }))
        })?;
    let status = ended(&mut child, &mut signals)
        .await
        .map_err(|error| unexpected(&error))?;
    match exit_code(status) {
        0 => Ok(()),
        code => Err(Failure::Reported(code)),
    }
}

/// Waits for the command to end. On Ctrl-C the terminal interrupts it too, and its own exit code is
/// the answer; SIGTERM reaches this process alone, so it ends the command.
async fn ended(child: &mut Child, signals: &mut Signals) -> io::Result<ExitStatus> {
    loop {
        tokio::select! {
            status = child.wait() => return status,
            stopped = signals.received() => if stopped == Stopped::Terminated {
                child.start_kill()?;
            },
        }
    }
}

/// What calls the sandbox with credentials that it knows: every provider's, and the sandbox's own address. What is named in
/// files is taken away, a proxy of the merchant's stays.
fn environment(addresses: &Addresses) -> [(&'static str, &str); 13] {
    [
        ("ONAY_SANDBOX_URL", &addresses.listen),
        ("PAYNET_ENV", "sandbox"),
        ("PAYNET_BASE_URL", addresses.paynet()),
        ("PAYNET_SECRET_KEY", "sck_test_demo"),
        ("PAYWALL_ENV", "sandbox"),
        ("PAYWALL_BASE_URL", addresses.paywall()),
        ("PAYWALL_PRIVATE_KEY", "test-key"),
        ("PAYWALL_PRIVATE_CLIENT", "test-client"),
        ("PAYTR_ENV", "sandbox"),
        ("PAYTR_BASE_URL", addresses.paytr()),
        ("PAYTR_MERCHANT_ID", "100001"),
        ("PAYTR_MERCHANT_KEY", "sandbox-merchant-key"),
        ("PAYTR_MERCHANT_SALT", "sandbox-merchant-salt"),
    ]
}

fn exit_code(status: ExitStatus) -> u8 {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return SIGNALLED.saturating_add(u8::try_from(signal).unwrap_or_default());
    }
    // A code that is no byte exists on Windows alone.
    status
        .code()
        .map_or(SIGNALLED, |code| u8::try_from(code).unwrap_or(1))
}
