//! `onay`: payment OTPs and payment links from a shell, and a local sandbox.

mod address;
mod arguments;
mod client;
mod demo;
mod doctor;
mod explain;
mod failure;
mod input;
mod interrupt;
mod language;
mod link;
mod masterpass;
mod next;
mod otp;
mod output;
mod paytr;
mod provider;
mod sandbox;
mod sandbox_api;
mod settings;
mod shell;
mod tables;
mod terminal;
mod token;
mod usage;

use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};
use clap::error::ErrorKind;
use tokio::runtime::Runtime;
use tracing_subscriber::EnvFilter;

use crate::arguments::{Arguments, Command};
use crate::failure::{Failure, Place};
use crate::language::{Language, Texts, Words};
use crate::output::{Output, unexpected};
use crate::usage::UsageError;

fn main() -> ExitCode {
    let typed: Vec<String> = std::env::args_os()
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    paint(arguments::typed_color(&typed));
    let read = Arguments::read(std::env::args_os(), Language::typed(&typed));
    let Arguments {
        command,
        everywhere,
        ..
    } = match read {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error, &typed),
    };
    paint(everywhere.color);
    let output = Output::new(everywhere.json, everywhere.quiet, everywhere.language())
        .with_provider_text(everywhere.show_provider_text);
    if everywhere.quiet && everywhere.verbose > 0 {
        let words = Words::of(Texts::usage_quiet_verbose);
        return end(Err(Failure::Usage(words)), &output);
    }
    trace_to_stderr(everywhere.verbose);
    let result = match Runtime::new() {
        Ok(runtime) => {
            let result = runtime.block_on(run(command, &output));
            interrupt::ended(&result);
            // Connections trace their end; an error in JSON has to be the last line.
            runtime.shutdown_timeout(interrupt::GRACE);
            result
        }
        Err(error) => Err(unexpected(&error)),
    };
    end(result, &output)
}

async fn run(command: Command, output: &Output) -> Result<(), Failure> {
    match command {
        Command::Demo => own(demo::run(output).await),
        Command::Otp(command) => otp::run(command, output).await,
        Command::Masterpass(command) => masterpass::run(command, output).await,
        Command::Link(command) => link::run(command, output).await,
        Command::Callback(command) => paytr::callback(command, output).await,
        Command::Token(command) => own(token::run(command, output)),
        Command::Sandbox(command) => own(sandbox::run(command, output).await),
        Command::Explain(arguments) => own(explain::run(&arguments, output)),
        Command::Doctor(arguments) => own(doctor::run(&arguments, output).await),
        Command::Completions { shell } => own(shell::completions(shell, output)),
        Command::Man(arguments) => own(shell::man(&arguments, output)),
    }
}

fn paint(color: clap::ColorChoice) {
    let choice = match color {
        clap::ColorChoice::Auto => ColorChoice::Auto,
        clap::ColorChoice::Always => ColorChoice::Always,
        clap::ColorChoice::Never => ColorChoice::Never,
    };
    choice.write_global();
}

/// A command that asks no provider: no failure of it says anything about a message.
fn own(result: Result<(), Failure>) -> Result<(), Failure> {
    match result {
        // `onay … | head` is no failure, where no answer of a provider is lost with it.
        Err(Failure::NotPrinted {
            is_reader_gone: true,
            ..
        }) => Ok(()),
        other => other.map_err(|failure| failure.at(Place::NoMessage)),
    }
}

fn end(result: Result<(), Failure>, output: &Output) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output.failure(&failure);
            ExitCode::from(failure.exit_code())
        }
    }
}

/// Help and version are results; a wrong command line is an error, in JSON where JSON was asked for.
fn usage(error: &clap::Error, typed: &[String]) -> ExitCode {
    let is_json = typed.iter().any(|word| word == "--json");
    let is_help = error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand && !is_json;
    if !error.use_stderr() || is_help {
        // Where the terminal is gone, the exit code has to do.
        let _ = error.print();
    } else {
        let language = Language::typed(typed);
        let error = UsageError::new(error, typed, &Arguments::explained(language));
        Output::new(is_json, false, language).usage(error);
    }
    ExitCode::from(u8::from(error.use_stderr()) * 2)
}

/// `RUST_LOG` says what is traced; without it, or where it is empty, `-v` and `-vv` have our own crates traced, and
/// nothing else is.
fn trace_to_stderr(verbose: u8) {
    let ours = match verbose {
        0 => None,
        1 => Some("onay=debug"),
        _ => Some("onay=trace"),
    };
    let wanted = std::env::var(EnvFilter::DEFAULT_ENV).ok();
    let wanted = wanted.filter(|wanted| !wanted.trim().is_empty());
    let filter = wanted.and_then(|wanted| EnvFilter::try_new(wanted).ok());
    // A name without more means every crate that begins with it.
    let Some(filter) = filter.or_else(|| ours.map(EnvFilter::new)) else {
        return;
    };
    let is_colored = AutoStream::choice(&std::io::stderr()) != ColorChoice::Never;
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(is_colored)
        .with_writer(std::io::stderr)
        .init();
}
