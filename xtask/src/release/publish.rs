//! `cargo xtask release publish`: what the registry does not have yet, each crate after those that it needs.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use semver::Version;
use xshell::{Shell, cmd};

use super::member::{self, Member};
use super::tags::{self, tag};
use super::{Result, check, metadata, passed, prepare, registry};
use crate::{Outcome, workspace};

#[derive(Debug)]
pub(super) struct Options {
    /// Without it, it only says what it would do.
    is_meant: bool,
    registry: String,
}

impl Options {
    pub(super) fn parse(arguments: &[&str]) -> Result<Self> {
        let mut options = Self {
            is_meant: false,
            registry: registry::CRATES_IO.to_owned(),
        };
        let mut arguments = arguments.iter();
        while let Some(option) = arguments.next() {
            match *option {
                "--execute" => options.is_meant = true,
                "--registry" => {
                    let name = arguments.next().ok_or("--registry needs a name")?;
                    (*name).clone_into(&mut options.registry);
                }
                _ => return Err(format!("release publish has no {option}").into()),
            }
        }
        Ok(options)
    }
}

/// Publishes what is missing; what was interrupted goes on where it stopped.
pub(super) fn run(shell: &Shell, options: &Options) -> Outcome {
    tags::ensure_all_are_here(shell)?;
    check::cheap(shell)?;
    let members = member::published(&workspace::metadata(shell, false)?)?;
    ensure_prepared(shell, &members)?;
    ensure_checked(shell, options)?;
    let head = tags::commit(shell, "HEAD").ok_or("there is no commit yet")?;
    let registry = &options.registry;
    let mut is_changed = false;
    for Member { name, version, .. } in &members {
        let tag = tag(name, version);
        let tagged = tags::commit(shell, &tag);
        if registry::has(shell, name, version, registry)? {
            ensure_known(&tag, tagged.as_deref())?;
            eprintln!("{name} {version}: {registry} has it");
            continue;
        }
        if tagged.is_some_and(|commit| commit != head) {
            return Err(format!("{tag} is at another commit, and is never moved").into());
        }
        is_changed = true;
        if options.is_meant {
            ensure_still_at(shell, &head)?;
            publish(shell, name, version, registry)?;
            ensure_tag(shell, &tag, &head)?;
        } else {
            eprintln!("would run: cargo publish --locked --registry {registry} -p {name}");
            eprintln!("would run: git tag {tag}");
        }
    }
    if !is_changed {
        eprintln!("there is nothing to publish");
    } else if options.is_meant {
        eprintln!("published; the tags are here: git push --tags");
    } else {
        eprintln!("nothing was done; --execute does it");
    }
    Ok(())
}

/// What the cheap steps do not see, and nobody can take back. Where nothing is meant, it is only said.
fn ensure_checked(shell: &Shell, options: &Options) -> Outcome {
    let mut missing = Vec::new();
    if options.registry == registry::CRATES_IO {
        missing.extend(metadata::ensure_repository(shell).err());
    }
    missing.extend(passed::ensure(shell).err());
    for error in missing {
        if options.is_meant {
            return Err(error);
        }
        eprintln!("--execute would be refused: {error}");
    }
    Ok(())
}

/// What changed has its version and its line in the changelog.
fn ensure_prepared(shell: &Shell, members: &[Member]) -> Outcome {
    let changelog = shell.read_file("CHANGELOG.md")?;
    for step in prepare::due(shell, members, &BTreeMap::new())? {
        if !prepare::is_written(&step, members, &changelog) {
            let (name, to) = (&step.name, &step.to);
            return Err(format!(
                "{name} {to} is due and not written down: cargo xtask release prepare"
            )
            .into());
        }
    }
    Ok(())
}

/// Where Cargo gives up waiting, the registry may have it all the same, and then it is published.
fn publish(shell: &Shell, name: &str, version: &Version, registry: &str) -> Outcome {
    let published = cmd!(
        shell,
        "cargo publish --locked --registry {registry} -p {name}"
    )
    .run();
    match published {
        Err(error) if !registry::has(shell, name, version, registry)? => Err(error.into()),
        _ => Ok(()),
    }
}

/// A version that is there without a tag came from a commit that nobody wrote down.
fn ensure_known(tag: &str, tagged: Option<&str>) -> Outcome {
    if tagged.is_some() {
        return Ok(());
    }
    Err(format!(
        "{tag} is published, but there is no such tag: fetch the tags, or set it at the commit that the package's .cargo_vcs_info.json names"
    )
    .into())
}

/// An upload takes minutes, and somebody may go on working meanwhile.
fn ensure_still_at(shell: &Shell, head: &str) -> Outcome {
    if tags::commit(shell, "HEAD").as_deref() == Some(head) {
        return Ok(());
    }
    Err(format!("another commit was checked out meanwhile; go on from {head}").into())
}

fn ensure_tag(shell: &Shell, tag: &str, head: &str) -> Outcome {
    if tags::commit(shell, tag).is_none() {
        cmd!(shell, "git tag {tag} {head}").run()?;
    }
    Ok(())
}
