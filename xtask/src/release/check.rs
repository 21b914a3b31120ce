//! `cargo xtask release check`: everything that a release needs, tried without uploading anything.

use std::time::Instant;

use xshell::{Shell, cmd};

use super::{contents, links, metadata, passed, program, semver_checks};
use crate::{Outcome, lint, prove, test};

type Step = (&'static str, fn(&Shell) -> Outcome);

/// What is said at once.
const CHEAP: [Step; 4] = [
    ("tree", tree),
    ("metadata", metadata::run),
    ("contents", contents::run),
    ("links", links::run),
];

const STEPS: [Step; 9] = [
    ("api", |shell| lint::run(shell, Some("api"))),
    ("licences", |shell| lint::run(shell, Some("deny"))),
    ("docs", |shell| lint::run(shell, Some("docs"))),
    ("msrv", |shell| lint::run(shell, Some("msrv"))),
    ("packages", packages),
    ("semver", semver_checks::run),
    ("program", program::run),
    ("tests", test::run),
    ("promises", prove::run),
];

/// What is built here gets a folder of its own, and shares what all have in common.
pub(super) const TARGET: &str = "target/release-check";

pub(super) fn run(shell: &Shell, only: Option<&str>) -> Outcome {
    let Some(only) = only else {
        return full(shell, CHEAP.into_iter().chain(STEPS));
    };
    let step = CHEAP.into_iter().chain(STEPS).find(|it| it.0 == only);
    let step = step.ok_or_else(|| {
        let names: Vec<&str> = names().collect();
        format!(
            "release check has no step {only}; it has {}",
            names.join(", ")
        )
    })?;
    try_all(shell, [step])
}

/// What the steps are called.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    CHEAP.into_iter().chain(STEPS).map(|(name, _)| name)
}

/// What passes here may be published.
fn full(shell: &Shell, steps: impl IntoIterator<Item = Step>) -> Outcome {
    let commit = passed::begin(shell)?;
    try_all(shell, steps)?;
    passed::write(shell, &commit)?;
    eprintln!("all is good for {commit}: cargo xtask release publish");
    Ok(())
}

fn try_all(shell: &Shell, steps: impl IntoIterator<Item = Step>) -> Outcome {
    // All of them, whatever the first one finds: they take long.
    let mut failed = Vec::new();
    for (name, step) in steps {
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

#[cfg(test)]
mod tests {
    use super::super::scratch::Scratch;
    use super::{Step, full, passed, run};

    #[test]
    fn a_full_check_is_kept_until_one_fails() {
        let scratch = Scratch::new();
        let shell = &scratch.shell;
        let good: Step = ("good", |_| Ok(()));
        let bad: Step = ("bad", |_| Err("a fault".into()));
        full(shell, [good, good]).expect("all is good");
        passed::ensure(shell).expect("has passed");
        let error = full(shell, [bad, good, bad]).expect_err("two faults");
        assert_eq!(error.to_string(), "in the way of a release: bad, bad");
        passed::ensure(shell).expect_err("the last one failed");
    }

    #[test]
    fn one_step_is_no_full_check() {
        let scratch = Scratch::new();
        run(&scratch.shell, Some("tree")).expect("is clean");
        passed::ensure(&scratch.shell).expect_err("only one step passed");
        let error = run(&scratch.shell, Some("trees")).expect_err("is no step");
        assert!(error.to_string().contains("tree, metadata"), "{error}");
    }
}
