//! `cargo xtask release check`: everything that a release needs, tried without uploading anything.

use std::time::Instant;

use xshell::{Shell, cmd};

use super::{contents, links, metadata, program, semver_checks};
use crate::{Outcome, lint};

type Step = (&'static str, fn(&Shell) -> Outcome);

/// What is said at once.
const CHEAP: [Step; 4] = [
    ("tree", tree),
    ("metadata", metadata::run),
    ("contents", contents::run),
    ("links", links::run),
];

const STEPS: [Step; 7] = [
    ("api", |shell| lint::run(shell, Some("api"))),
    ("licences", |shell| lint::run(shell, Some("deny"))),
    ("docs", |shell| lint::run(shell, Some("docs"))),
    ("msrv", |shell| lint::run(shell, Some("msrv"))),
    ("packages", packages),
    ("semver", semver_checks::run),
    ("program", program::run),
];

/// What is built here gets a folder of its own, and shares what all have in common.
pub(super) const TARGET: &str = "target/release-check";

pub(super) fn run(shell: &Shell, only: Option<&str>) -> Outcome {
    let steps = CHEAP.into_iter().chain(STEPS);
    let chosen = steps.filter(|(name, _)| only.is_none_or(|only| only == *name));
    let chosen: Vec<Step> = chosen.collect();
    if chosen.is_empty() {
        return Err("release check has no such step".into());
    }
    // All of them, whatever the first one finds: they take long.
    let mut failed = Vec::new();
    for (name, step) in chosen {
        eprintln!("check: {name}");
        let start = Instant::now();
        let outcome = step(shell);
        let seconds = start.elapsed().as_secs();
        match outcome {
            Ok(()) => eprintln!("  {name} is good, after {seconds} s"),
            Err(error) => {
                eprintln!("  {name} failed, after {seconds} s: {error}");
                failed.push(name);
            }
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    Err(format!("in the way of a release: {}", failed.join(", ")).into())
}

/// What a publication waits for.
pub(super) fn cheap(shell: &Shell) -> Outcome {
    for (name, step) in CHEAP {
        eprintln!("check: {name}");
        step(shell)?;
    }
    Ok(())
}

/// What is packaged is what is in git.
fn tree(shell: &Shell) -> Outcome {
    let changed = cmd!(shell, "git status --porcelain").quiet().read()?;
    if changed.is_empty() {
        return Ok(());
    }
    eprintln!("{changed}");
    Err("the work tree is not clean: commit first".into())
}

/// Builds every package from what is in it, each on the packages before it.
fn packages(shell: &Shell) -> Outcome {
    let _folder = shell.push_env("CARGO_TARGET_DIR", TARGET);
    let packages = format!("{TARGET}/package");
    shell.remove_path(&packages)?;
    cmd!(
        shell,
        "cargo publish --workspace --dry-run --locked --quiet"
    )
    .run()?;
    contents::licences(shell, &packages)?;
    Ok(shell.remove_path(&packages)?)
}
