//! `cargo xtask release`: what changed gets a version, everything is checked, and what is missing is published.

mod changelog;
mod changes;
mod check;
mod contents;
mod level;
mod links;
mod manifests;
mod member;
mod metadata;
mod passed;
mod plan;
mod prepare;
mod program;
mod publish;
mod registry;
mod requirements;
#[cfg(test)]
mod scratch;
mod semver_checks;
mod shown;
mod tags;

use xshell::Shell;

use crate::Outcome;
use crate::count::count;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

pub(crate) fn run(shell: &Shell, arguments: &[&str]) -> Outcome {
    match arguments {
        ["prepare", options @ ..] => prepare::run(shell, &prepare::Options::parse(options)?),
        ["check"] => check::run(shell, None),
        ["check", only] => check::run(shell, Some(only)),
        ["publish", options @ ..] => publish::run(shell, &publish::Options::parse(options)?),
        _ => Err("cargo xtask release prepare, release check or release publish; cargo xtask help says more".into()),
    }
}

/// What the steps of a check are called.
#[cfg(test)]
pub(crate) fn checks() -> impl Iterator<Item = &'static str> {
    check::names()
}

/// Says every fault, and fails if there is one.
fn report(faults: &[String]) -> Outcome {
    for fault in faults {
        eprintln!("  {fault}");
    }
    if faults.is_empty() {
        return Ok(());
    }
    Err(format!("{} in the way of a release", count(faults.len(), "thing")).into())
}
