//! `onay`: payment OTPs and payment links from a shell, and a local sandbox.

mod address;
mod arguments;
mod demo;
mod failure;
mod link;
mod masterpass;
mod otp;
mod output;
mod paytr;
mod sandbox;
mod sandbox_api;
mod settings;

use std::io::IsTerminal;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use clap::error::ErrorKind as UsageKind;
use tokio::runtime::Runtime;
use tracing_subscriber::EnvFilter;

use crate::arguments::{Arguments, Command};
use crate::failure::Failure;
use crate::output::{Output, unexpected};

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    arguments.color.write_global();
    trace_to_stderr();
    let output = Output::new(arguments.json);
    let result = match Runtime::new() {
        Ok(runtime) => {
            let result = runtime.block_on(run(arguments.command, &output));
            // Connections trace their end; an error in JSON has to be the last line.
            runtime.shutdown_timeout(Duration::from_secs(1));
            result
        }
        Err(error) => Err(unexpected(&error)),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output.failure(&failure);
            ExitCode::from(failure.exit_code())
        }
    }
}

async fn run(command: Command, output: &Output) -> Result<(), Failure> {
    match command {
        Command::Demo => demo::run(output).await,
        Command::Otp(command) => otp::run(command, output).await,
        Command::Masterpass(command) => masterpass::run(command, output).await,
        Command::Link(command) => link::run(command, output).await,
        Command::Callback(command) => paytr::callback(command, output).await,
        Command::Token(command) => paytr::token(command, output),
        Command::Sandbox(command) => sandbox::run(command, output).await,
    }
}

/// Help and version are results; a wrong command line is an error, in JSON where JSON was asked
/// for.
fn usage(error: &clap::Error) -> ExitCode {
    let is_error = !matches!(
        error.kind(),
        UsageKind::DisplayHelp | UsageKind::DisplayVersion
    );
    if is_error && std::env::args_os().any(|argument| argument == "--json") {
        let failure = Failure::Usage(first_words(&error.to_string()));
        Output::new(true).failure(&failure);
        return ExitCode::from(failure.exit_code());
    }
    // Where the terminal is gone, the exit code has to do.
    let _ = error.print();
    ExitCode::from(if is_error { 2 } else { 0 })
}

/// What is wrong, without the usage that follows it.
fn first_words(text: &str) -> String {
    let lines = text.lines().map(str::trim);
    let words: Vec<&str> = lines
        .take_while(|line| !line.starts_with("Usage:") && !line.starts_with("tip:"))
        .filter(|line| !line.is_empty())
        .collect();
    words.join(" ").trim_start_matches("error: ").to_owned()
}

/// `RUST_LOG` turns tracing on; without it nothing is traced.
fn trace_to_stderr() {
    if let Ok(filter) = EnvFilter::try_from_default_env() {
        tracing_subscriber::fmt()
            .with_env_filter(filter)
            .with_ansi(std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none())
            .with_writer(std::io::stderr)
            .init();
    }
}
