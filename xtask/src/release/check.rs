//! `cargo xtask release check`: everything that a release needs, tried without uploading.

use xshell::{Shell, cmd};

use super::{Result, TRAITS, api, clean_commit, packages};
use crate::{Outcome, lint, run_steps, test, tools, workspace};

/// Holds the commit that passed; a publication goes by it.
const PASSED: &str = "target/release-check/passed";

/// `baseline` is the revision that the public API is compared with: the tag of the last release.
pub(crate) fn run(shell: &Shell, baseline: &str) -> Outcome {
    shell.remove_path(PASSED)?;
    let commit = clean_commit(shell)?;
    traits_version(shell, baseline)?;
    contents(shell)?;
    cmd!(shell, "cargo publish --workspace --dry-run --locked").run()?;
    api::run(shell, baseline)?;
    let semver = tools::SEMVER_CHECKS.program(shell)?;
    cmd!(
        shell,
        "{semver} semver-checks --workspace --baseline-rev {baseline}"
    )
    .run()?;
    test::run(shell)?;
    run_steps(shell, &lint::STEPS, &[])?;
    if clean_commit(shell)? != commit {
        return Err("another commit was checked out meanwhile".into());
    }
    shell.write_file(PASSED, &commit)?;
    eprintln!("{commit} may be published: cargo xtask release publish");
    Ok(())
}

/// Fails unless the commit that is checked out has passed.
pub(super) fn ensure_passed(shell: &Shell) -> Result<String> {
    let commit = clean_commit(shell)?;
    match shell.read_file(PASSED) {
        Ok(passed) if passed == commit => Ok(commit),
        _ => Err(format!("cargo xtask release check has not passed for {commit}").into()),
    }
}

/// The traits keep their version as long as they do not change, and only so long.
fn traits_version(shell: &Shell, baseline: &str) -> Outcome {
    let manifest = "crates/core/Cargo.toml";
    let source = "crates/core/src";
    let changed = cmd!(shell, "git diff --name-only {baseline} HEAD -- {source}").read()?;
    let before = cmd!(shell, "git show {baseline}:{manifest}")
        .quiet()
        .read()?;
    let version = |text: &str| {
        text.lines()
            .find(|it| it.starts_with("version"))
            .map(str::to_owned)
    };
    if !changed.is_empty() && version(&before) == version(&shell.read_file(manifest)?) {
        return Err(format!("{TRAITS} changed since {baseline} and keeps its version").into());
    }
    Ok(())
}

/// Each package holds its licences, readme and source, and nothing that only this repository uses.
fn contents(shell: &Shell) -> Outcome {
    let mut faults = Vec::new();
    for package in packages(shell)? {
        let name = package.name;
        let list = cmd!(shell, "cargo package --list --locked -p {name}")
            .quiet()
            .read()?;
        let files: Vec<&str> = list.lines().collect();
        for wanted in ["LICENSE-APACHE", "LICENSE-MIT", "README.md"] {
            if !files.contains(&wanted) {
                faults.push(format!("{name} lacks {wanted}"));
            }
        }
        let ours = files
            .iter()
            .filter(|file| file.contains("__fuzz__") || file.contains(".snap"));
        faults.extend(ours.map(|file| format!("{name} holds {file}")));
    }
    workspace::report(&faults)
}
