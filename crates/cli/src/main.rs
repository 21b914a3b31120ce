//! `onay`: payment OTPs and payment links from a shell, and a local sandbox.

mod address;
mod arguments;
mod demo;
mod doctor;
mod explain;
mod failure;
mod kinds;
mod language;
mod link;
mod masterpass;
mod next;
mod otp;
mod output;
mod paytr;
mod reasons;
mod sandbox;
mod sandbox_api;
mod settings;
mod shell;
mod tables;
mod terminal;
mod token;
mod trace;
mod turkish;
mod usage;

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use tokio::runtime::Runtime;

use crate::arguments::{Arguments, Color, Command};
use crate::failure::{Failure, Place};
use crate::language::{Language, Words};
use crate::output::{Output, unexpected};

fn main() -> ExitCode {
    let typed: Vec<String> = std::env::args_os()
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    Color::typed(&typed).write_global();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error, &typed),
    };
    arguments.color.write_global();
    let output = Output::new(arguments.json, arguments.quiet, arguments.language());
    if arguments.quiet && arguments.verbose > 0 {
        let words = Words::new(
            "--quiet ile --verbose birlikte kullanılamaz",
            "--quiet cannot be used with --verbose",
        );
        return end(Err(Failure::Usage(words)), &output);
    }
    trace::to_stderr(arguments.verbose);
    let result = match Runtime::new() {
        Ok(runtime) => {
            let result = runtime.block_on(run(arguments.command, &output));
            // Connections trace their end; an error in JSON has to be the last line.
            runtime.shutdown_timeout(Duration::from_secs(1));
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

/// A command that asks no provider: no failure of it says anything about a message.
fn own(result: Result<(), Failure>) -> Result<(), Failure> {
    result.map_err(|failure| match failure.at(Place::NoMessage) {
        Failure::NotPrinted(cause) => Failure::Unexpected(Words::new(
            format!("sonuç yazdırılamadı: {cause}"),
            format!("the result could not be printed: {cause}"),
        )),
        other => other,
    })
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

/// Help and version are results; a wrong command line is an error, in JSON where JSON was asked
/// for.
fn usage(error: &clap::Error, typed: &[String]) -> ExitCode {
    use clap::error::ErrorKind::{
        DisplayHelp, DisplayHelpOnMissingArgumentOrSubcommand, DisplayVersion,
    };

    let is_json = typed.iter().any(|word| word == "--json");
    match error.kind() {
        DisplayHelp | DisplayVersion => {
            print(error, typed);
            return ExitCode::SUCCESS;
        }
        DisplayHelpOnMissingArgumentOrSubcommand if !is_json => {
            print(error, typed);
            return ExitCode::from(2);
        }
        _ => {}
    }
    let output = Output::new(is_json, false, Language::typed(typed));
    output.usage(usage::UsageError::new(error, typed));
    ExitCode::from(2)
}

/// What clap has to show, in the language that is spoken.
fn print(error: &clap::Error, typed: &[String]) {
    let turkish = match Language::typed(typed) {
        Language::Turkish => turkish::help(typed),
        Language::English => None,
    };
    // Where the terminal is gone, the exit code has to do.
    let _ = match turkish {
        None => error.print(),
        Some(help) if error.use_stderr() => write!(anstream::stderr(), "{help}"),
        Some(help) => write!(anstream::stdout(), "{help}"),
    };
}
