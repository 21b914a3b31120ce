//! The project's chores: `cargo xtask test`, `cargo xtask lint` and what they are made of.

#![expect(clippy::print_stderr, reason = "a chore tells what it does")]
#![expect(clippy::print_stdout, reason = "who asks for help reads it there")]

mod advisories;
mod api;
mod bench;
mod count;
mod fuzz;
mod guide;
mod lint;
mod minimal;
mod msrv;
mod mutants;
mod new_provider;
mod packages;
mod picture;
mod prove;
mod release;
mod test;
mod tidy;
mod tools;
mod trees;
mod workspace;

use std::process::ExitCode;

use xshell::Shell;

const HELP: &str = "\
Usage: cargo xtask COMMAND

  test      run every test: unit, socket, sandbox, command line, documentation
  lint      fmt, clippy, docs, deny, machete, features, minimal, trees, api, picture, tidy, new-provider, msrv;
            or one: cargo xtask lint tidy; ONAY_ADVISORY_DB names a checked-out rustsec/advisory-db for deny
  prove     try every promise on every provider, and compare with the guide's tables; --bless writes them
  fuzz      give every parser strange input, or those that have TARGET in their name; [--seconds N] [TARGET];
            --random [--seconds N]: without libFuzzer and its build
  bench     measure what a call costs beside other clients; --builds: what the crates cost to build;
            --bless writes what was measured last into the guide
  mutants   see whether the tests notice changed code; --missed: what was missed last, again; --bless writes what came of
            it into the guide; [--missed] [AREA], a part of: token, callback, verdict of Paynet, verdict of Paywall,
            verdict of PayTR, HTTP's verdict, HTTP's failures, guard's rules, numbers and masks, errors,
            secrets and conversations
  api       compare the libraries' public API with what is written down; --bless writes it down
  picture   compare the architecture guide's picture with what Cargo says; --bless draws it
  new-provider NAME
            make crates/NAME, a provider with all its rooms, and a conformance test that says what to write into them
  msrv      check the published crates with the oldest Rust that Cargo.toml names; ONAY_MSRV_RUSTC names its rustc, or
            rustup has it
  release   prepare [--plan] [--date YYYY-MM-DD] [--level CRATE=fix|addition|breaking]
              write the versions and the changelog of what changed since the last tags; --plan only says which
            check [STEP]
              try everything that a release needs, without uploading anything: tree, metadata, contents, links, api,
              licences, docs, msrv, packages, semver, program, tests, promises
            publish [--execute] [--registry NAME]
              say what would be uploaded and tagged, in which order; --execute does it, once a full check has passed
              for what is committed
  help      print this
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
        ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        ["test"] => test::run(&shell),
        ["lint"] => lint::run(&shell, None),
        ["lint", only] => lint::run(&shell, Some(only)),
        ["api"] => api::compare(&shell),
        ["api", "--bless"] => api::bless(&shell),
        ["new-provider"] => Err("new-provider wants a NAME, such as acme".into()),
        ["new-provider", name] => new_provider::run(&shell, name),
        ["msrv"] => msrv::run(&shell),
        ["bench"] => bench::speed(&shell),
        ["bench", "--builds"] => bench::builds(&shell),
        ["bench", "--bless"] => bench::bless(&shell),
        ["fuzz", rest @ ..] => fuzz::run(&shell, rest),
        ["mutants", rest @ ..] => mutants::run(&shell, rest),
        ["picture"] => picture::compare(&shell),
        ["picture", "--bless"] => picture::bless(&shell),
        ["prove"] => prove::run(&shell),
        ["prove", "--bless"] => prove::bless(&shell),
        ["release", rest @ ..] => release::run(&shell, rest),
        [] => {
            eprint!("{HELP}");
            Err("which of these?".into())
        }
        _ => {
            eprint!("{HELP}");
            Err(format!("there is no cargo xtask {}", arguments.join(" ")).into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_names_every_step_and_area() {
        let words: Vec<&str> = HELP
            .split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
            .collect();
        for step in lint::names().chain(release::checks()) {
            assert!(words.contains(&step), "{step}");
        }
        let on_one_line = HELP.split_whitespace().collect::<Vec<_>>().join(" ");
        for area in mutants::names() {
            assert!(on_one_line.contains(area), "{area}");
        }
    }

    #[test]
    fn a_mistake_is_told_with_what_is_meant() {
        for (arguments, said) in [
            (&["new-provider"][..], "wants a NAME, such as acme"),
            (&["lint", "tidi"], "fmt, clippy, docs"),
            (&["release", "check", "trees"], "tree, metadata, contents"),
            (
                &["release"],
                "release prepare, release check or release publish",
            ),
            (&["mutants", "cor3"], "there are token, callback"),
            (&["teste"], "there is no cargo xtask teste"),
        ] {
            let error = run(arguments).expect_err(said).to_string();
            assert!(error.contains(said), "{error}");
        }
        run(&["--help"]).expect("is no mistake");
    }
}
