//! The project's chores: `cargo xtask test`, `cargo xtask lint` and what they are made of.

#![expect(clippy::print_stderr, reason = "a chore tells what it does")]

mod api;
mod lint;
mod msrv;
mod new_provider;
mod packages;
mod picture;
mod prove;
mod test;
mod tidy;
mod tools;
mod trees;
mod workspace;

use std::process::ExitCode;

use xshell::Shell;

const HELP: &str = "\
Usage: cargo xtask COMMAND

  test    run every test: unit, socket, sandbox, command line, documentation
  lint    fmt, clippy, docs, deny, features, trees, api, tidy, new-provider, msrv; or one: cargo xtask lint tidy
  api     compare the libraries' public API with what is written down; --bless writes it down
  picture compare the architecture guide's picture with what Cargo says; --bless draws it
  prove   try every promise on every provider, and compare with the guide's tables; --bless writes them
  new-provider NAME
          make crates/NAME, a provider with all its rooms, and a conformance test that says what to write into them
  msrv    check the published crates with the oldest Rust that Cargo.toml names
";

/// What a chore ends with.
pub(crate) type Outcome = Result<(), Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[&str]) -> Outcome {
    let shell = Shell::new()?;
    shell.change_dir(workspace::root());
    match arguments {
        ["test"] => test::run(&shell),
        ["lint"] => lint::run(&shell, None),
        ["lint", only] => lint::run(&shell, Some(only)),
        ["api"] => api::compare(&shell),
        ["api", "--bless"] => api::bless(&shell),
        ["new-provider", name] => new_provider::run(&shell, name),
        ["msrv"] => msrv::run(&shell),
        ["picture"] => picture::compare(&shell),
        ["picture", "--bless"] => picture::bless(&shell),
        ["prove"] => prove::run(&shell),
        ["prove", "--bless"] => prove::bless(&shell),
        _ => {
            eprint!("{HELP}");
            Err("no such command".into())
        }
    }
}
