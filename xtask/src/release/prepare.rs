//! `cargo xtask release prepare`: the versions and the changelog of what changed since the last tags, and the versions
//! that documents show.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use semver::Version;
use xshell::Shell;

use super::changes::{self, Change};
use super::level::Level;
use super::member::{self, Member};
use super::plan::{Crate, Step, plan};
use super::tags::{self, tag};
use super::{Result, changelog, manifests, shown};
use crate::{Outcome, workspace};

const CHANGELOG: &str = "CHANGELOG.md";

#[derive(Debug, Default)]
pub(super) struct Options {
    /// Says what it would do.
    only_plan: bool,
    date: Option<Date>,
    /// At least so much, by crate.
    levels: BTreeMap<String, Level>,
}

impl Options {
    pub(super) fn parse(arguments: &[&str]) -> Result<Self> {
        let mut options = Self::default();
        let mut arguments = arguments.iter();
        while let Some(option) = arguments.next() {
            let mut value = || {
                let value = arguments.next();
                value.ok_or_else(|| format!("{option} needs a value"))
            };
            match *option {
                "--plan" => options.only_plan = true,
                "--date" => options.date = Some(value()?.parse()?),
                "--level" => {
                    let value = value()?;
                    let level = value
                        .split_once('=')
                        .and_then(|(name, level)| Some((name.to_owned(), Level::parse(level)?)));
                    let (name, level) = level.ok_or_else(|| {
                        format!("{value} is not CRATE=fix, CRATE=addition or CRATE=breaking")
                    })?;
                    options.levels.insert(name, level);
                }
                _ => return Err(format!("release prepare has no {option}").into()),
            }
        }
        Ok(options)
    }
}

/// Prints the plan, and writes it down.
pub(super) fn run(shell: &Shell, options: &Options) -> Outcome {
    tags::ensure_all_are_here(shell)?;
    let members = member::published(&workspace::metadata(shell, false)?)?;
    let steps = due(shell, &members, &options.levels)?;
    if steps.is_empty() {
        eprintln!("nothing changed that users get: there is nothing to release");
        return Ok(());
    }
    print(&steps);
    let text = shell.read_file(CHANGELOG)?;
    let open: Vec<&Step> = steps
        .iter()
        .filter(|step| !is_written(step, &members, &text))
        .collect();
    if open.is_empty() {
        eprintln!("all of this is written down already");
        if changelog::has_unreleased(&text)? {
            eprintln!(
                "but {CHANGELOG} has more under Unreleased: move it into the section of the release"
            );
        }
        return Ok(());
    }
    if options.only_plan {
        return Ok(());
    }
    let date = options
        .date
        .unwrap_or_else(|| Timestamp::now().to_zoned(TimeZone::UTC).date());
    let released: Vec<(String, Version)> = open
        .iter()
        .map(|step| (step.name.clone(), step.to.clone()))
        .collect();
    // First what can fail: half a preparation is worse than none.
    let text = changelog::release(&text, &title(&released), &released, &date.to_string())?;
    let documents = shown::released(shell, &released)?;
    for (name, version) in &released {
        if let Some(member) = members.iter().find(|member| member.name == *name) {
            manifests::write(shell, &member.folder, name, version)?;
        }
    }
    manifests::lock(shell)?;
    for (file, text) in documents {
        shell.write_file(file, text)?;
    }
    shell.write_file(CHANGELOG, text)?;
    eprintln!("written; look at it, commit it, then: cargo xtask release check");
    Ok(())
}

/// Every release that is due.
pub(super) fn due(
    shell: &Shell,
    members: &[Member],
    levels: &BTreeMap<String, Level>,
) -> Result<Vec<Step>> {
    if let Some(name) = levels
        .keys()
        .find(|name| !members.iter().any(|member| member.name == **name))
    {
        return Err(format!("{name} is not a published crate").into());
    }
    let mut crates = Vec::new();
    for member in members {
        let name = &member.name;
        let released = tags::last(shell, name)?;
        let mut change = match &released {
            Some(version) => changes::since(shell, &tag(name, version), member)?,
            None => None,
        };
        if let Some(level) = levels.get(name) {
            Change::add(&mut change, *level, format!("asked for as {level}"));
        }
        let names = member.built_with.iter().filter(|other| {
            let library = member.library();
            library.is_some_and(|library| library.may_name(other))
        });
        crates.push(Crate {
            name: name.clone(),
            released,
            written: member.version.clone(),
            is_program: member.is_program,
            built_with: member.built_with.clone(),
            names: names.cloned().collect(),
            change,
        });
    }
    Ok(plan(&crates))
}

/// Whether the manifest and the changelog have it already.
pub(super) fn is_written(step: &Step, members: &[Member], changelog: &str) -> bool {
    let in_manifest = members
        .iter()
        .any(|member| member.name == step.name && member.version == step.to);
    in_manifest && changelog::names(changelog, &step.name, &step.to)
}

/// The facade's version stands for all, where it is among them.
fn title(released: &[(String, Version)]) -> String {
    let names = released
        .iter()
        .map(|(name, version)| format!("{name} {version}"));
    let facade = released.iter().find(|(name, _)| name == "onay");
    facade.map_or_else(
        || names.collect::<Vec<_>>().join(", "),
        |(name, version)| format!("{name} {version}"),
    )
}

fn print(steps: &[Step]) {
    let row = |name: &str, from: &str, to: &str, level: &str, why: &str| {
        eprintln!("{name:<24} {from:<8} {to:<8} {level:<9} {why}");
    };
    row("crate", "from", "to", "level", "why");
    for step in steps {
        let from = step.from.as_ref().map(Version::to_string);
        let level = from.as_ref().map(|_| step.level.to_string());
        row(
            &step.name,
            &from.unwrap_or_else(|| "-".to_owned()),
            &step.to.to_string(),
            &level.unwrap_or_else(|| "-".to_owned()),
            &step.why.join("; "),
        );
    }
}
