//! `onay sandbox exec`: runs a command beside a sandbox of its own, such as a test suite.

use std::process::Stdio;

use onay_sandbox::{Addresses, Sandbox};
use tokio::process::Command;

use crate::failure::Failure;
use crate::language::Words;

/// What a shell answers for a command that a signal ended.
const SIGNALLED: u8 = 128;

pub(super) async fn run(command: &[String]) -> Result<(), Failure> {
    // clap wants at least one word.
    let (program, arguments) = command.split_first().unwrap_or((&EMPTY, &[]));
    let sandbox = Sandbox::builder().start().await?;
    let mut child = Command::new(program)
        .args(arguments)
        .envs(environment(&sandbox.addresses()))
        .stdin(Stdio::inherit())
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| {
            let (program, cause) = (program.clone(), error.to_string());
            Failure::Usage(Words::of(|texts| {
                texts.exec_not_started(program.as_str(), cause.as_str())
            }))
        })?;
    let status = loop {
        tokio::select! {
            status = child.wait() => break status,
            // The terminal interrupts the command too, and its own exit code is the answer.
            interrupted = tokio::signal::ctrl_c() => if interrupted.is_err() {
                break child.wait().await;
            },
        }
    };
    let status = status.map_err(|error| crate::output::unexpected(&error))?;
    match exit_code(status) {
        0 => Ok(()),
        code => Err(Failure::Reported(code)),
    }
}

static EMPTY: String = String::new();

/// Every variable that the providers and the command line read.
fn environment(addresses: &Addresses) -> Vec<(&'static str, String)> {
    let fixed = [
        ("PAYNET_ENV", "sandbox"),
        ("PAYNET_SECRET_KEY", "sck_test_demo"),
        ("PAYWALL_ENV", "sandbox"),
        ("PAYWALL_PRIVATE_KEY", "test-key"),
        ("PAYWALL_PRIVATE_CLIENT", "test-client"),
        ("PAYTR_ENV", "sandbox"),
        ("PAYTR_MERCHANT_ID", "100001"),
        ("PAYTR_MERCHANT_KEY", "sandbox-merchant-key"),
        ("PAYTR_MERCHANT_SALT", "sandbox-merchant-salt"),
    ];
    let mut environment: Vec<_> = fixed
        .into_iter()
        .map(|(name, value)| (name, value.to_owned()))
        .collect();
    environment.extend([
        ("ONAY_SANDBOX_URL", addresses.listen.clone()),
        ("PAYNET_BASE_URL", addresses.paynet().to_owned()),
        ("PAYWALL_BASE_URL", addresses.paywall().to_owned()),
        ("PAYTR_BASE_URL", addresses.paytr().to_owned()),
    ]);
    environment
}

fn exit_code(status: std::process::ExitStatus) -> u8 {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return SIGNALLED.saturating_add(u8::try_from(signal).unwrap_or_default());
    }
    // A code that is no byte exists on Windows alone.
    status
        .code()
        .map_or(SIGNALLED, |code| u8::try_from(code).unwrap_or(1))
}
