//! A release leaves a tag for each crate: `NAME-vX.Y.Z`.

use semver::Version;
use xshell::{Shell, cmd};

use super::Result;
use crate::Outcome;

/// The tag of a release.
pub(super) fn tag(name: &str, version: &Version) -> String {
    format!("{name}-v{version}")
}

/// The last version of a crate that has a tag under what is checked out.
pub(super) fn last(shell: &Shell, name: &str) -> Result<Option<Version>> {
    let prefix = tag_prefix(name);
    let tags = cmd!(shell, "git tag --merged HEAD --list {prefix}*")
        .quiet()
        .read()?;
    let versions = tags
        .lines()
        .filter_map(|tag| Version::parse(tag.strip_prefix(&prefix)?).ok());
    Ok(versions.max())
}

/// A clone that was cut short has no tags, and everything would look like a first release.
pub(super) fn ensure_all_are_here(shell: &Shell) -> Outcome {
    let is_shallow = cmd!(shell, "git rev-parse --is-shallow-repository")
        .quiet()
        .read()?;
    if is_shallow == "true" {
        return Err(
            "this clone was cut short and lacks the tags: git fetch --unshallow --tags".into(),
        );
    }
    Ok(())
}

/// Which commit a tag or a name stands for.
pub(super) fn commit(shell: &Shell, name: &str) -> Option<String> {
    let commit = format!("{name}^{{commit}}");
    cmd!(shell, "git rev-parse --quiet --verify {commit}")
        .quiet()
        .ignore_stderr()
        .read()
        .ok()
}

fn tag_prefix(name: &str) -> String {
    format!("{name}-v")
}
