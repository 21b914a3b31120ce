//! Whether each new version is enough for what changed, by cargo-semver-checks.

use std::collections::BTreeMap;

use xshell::{Shell, cmd};

use super::level::is_incompatible;
use super::member::{self, Member};
use super::plan::Step;
use super::prepare;
use super::tags::tag;
use crate::{Outcome, tools, workspace};

pub(super) fn run(shell: &Shell) -> Outcome {
    let members = member::published(&workspace::metadata(shell, false)?)?;
    let steps = prepare::due(shell, &members, &BTreeMap::new())?;
    let first = steps.iter().filter(|step| step.from.is_none());
    for step in first {
        eprintln!("  {}: there is no release yet to compare with", step.name);
    }
    for Step { name, from, to, .. } in &steps {
        let member = members.iter().find(|member| member.name == *name);
        let (Some(from), Some(library)) = (from, member.and_then(Member::library)) else {
            continue;
        };
        let program = tools::SEMVER_CHECKS.program(shell)?;
        let tag = tag(name, from);
        let release = if is_incompatible(from, to) {
            "major"
        } else if from.major > 0 && from.minor == to.minor {
            "patch"
        } else {
            "minor"
        };
        let features = ["--only-explicit-features", "--features", library.features];
        let features = features
            .iter()
            .take(if library.features.is_empty() { 1 } else { 3 });
        let _folder = shell.push_env("CARGO_TARGET_DIR", "target/semver-checks");
        cmd!(
            shell,
            "{program} semver-checks check-release -p {name} --baseline-rev {tag} --release-type {release} {features...}"
        )
        .run()?;
    }
    Ok(())
}
