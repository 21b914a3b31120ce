//! The project's chores: `cargo xtask test`, `cargo xtask lint` and the others that Cargo does not have.

#![expect(clippy::print_stderr, reason = "a chore reports what it does")]

mod lint;
mod new_provider;
mod packages;
mod release;
mod soak;
mod test;
mod tidy;
mod tools;
mod trees;
mod versions;
mod workspace;

use std::process::ExitCode;

use xshell::Shell;

const HELP: &str = "\
Usage: cargo xtask COMMAND

  test                 run every test
  lint [STEP]          check everything that can be checked without running a test
  soak [STEP]          run what takes minutes or hours: long fuzzing, races, mutants, every set of features
  new-provider NAME --dialect codes|rest [--into FOLDER]
                       write a provider's crate, into crates/NAME or a folder elsewhere: one that answers with codes in
                       JSON under HTTP 200, or one with REST statuses
  release prepare VERSION [--core VERSION]
                       turn the Unreleased section of CHANGELOG.md into a version
  release check --baseline REVISION
                       try everything that a release needs, without uploading
  release publish [--execute]
                       upload what crates.io does not have yet, and tag it
";

/// The result of a chore.
pub(crate) type Outcome = Result<(), Box<dyn std::error::Error>>;

/// A named part of a chore.
pub(crate) type Step = (&'static str, fn(&Shell) -> Outcome);

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
        ["lint", steps @ ..] => run_steps(&shell, &lint::STEPS, steps),
        ["soak", steps @ ..] => run_steps(&shell, &soak::STEPS, steps),
        ["new-provider", name, options @ ..] => new_provider::run(&shell, name, options),
        ["release", "prepare", version] => release::prepare::run(&shell, version, None),
        ["release", "prepare", version, "--core", core] => {
            release::prepare::run(&shell, version, Some(core))
        }
        ["release", "check", "--baseline", revision] => release::check::run(&shell, revision),
        ["release", "publish"] => release::publish::run(&shell, false),
        ["release", "publish", "--execute"] => release::publish::run(&shell, true),
        ["help" | "--help" | "-h"] => {
            eprint!("{HELP}");
            Ok(())
        }
        _ => {
            eprint!("{HELP}");
            Err(format!("cargo xtask {} is not one of these", arguments.join(" ")).into())
        }
    }
}

/// Runs the steps that are named, or all of them, and reports every one that failed.
fn run_steps(shell: &Shell, steps: &[Step], names: &[&str]) -> Outcome {
    for name in names {
        if !steps.iter().any(|(known, _)| known == name) {
            let known: Vec<&str> = steps.iter().map(|(name, _)| *name).collect();
            return Err(format!("{name} is not one of {}", known.join(", ")).into());
        }
    }
    let mut failed = Vec::new();
    for (name, step) in steps {
        if names.is_empty() || names.contains(name) {
            let start = std::time::Instant::now();
            eprintln!("=== {name}");
            let outcome = step(shell);
            eprintln!("=== {name}: {} s", start.elapsed().as_secs());
            if let Err(error) = outcome {
                eprintln!("{name} failed: {error}");
                failed.push(*name);
            }
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    Err(format!("failed: {}", failed.join(", ")).into())
}

#[cfg(test)]
mod tests {
    use super::run;

    #[test]
    fn an_unknown_command_or_step_is_refused() {
        for (arguments, reason) in [
            (&["teste"][..], "cargo xtask teste is not one of these"),
            (&["lint", "tidi"], "tidi is not one of fmt, clippy"),
            (&["soak", "fuz"], "fuz is not one of fuzz"),
        ] {
            let error = run(arguments).expect_err(reason).to_string();
            assert!(error.starts_with(reason), "{error}");
        }
    }
}
