//! What changed in a crate since its last release, and how much that is.

use std::collections::BTreeSet;
use std::path::Path;

use xshell::{Shell, cmd};

use super::level::Level;
use super::member::Member;
use super::requirements::Manifests;
use super::{Result, shown};
use crate::api::Library;
use crate::count::count;

/// A change that users get.
#[derive(Debug, Clone)]
pub(super) struct Change {
    pub(super) level: Level,
    pub(super) why: Vec<String>,
}

impl Change {
    /// Adds a reason, which may be more than those before.
    pub(super) fn add(change: &mut Option<Self>, level: Level, why: String) {
        let change = change.get_or_insert(Self {
            level,
            why: Vec::new(),
        });
        change.level = change.level.max(level);
        change.why.push(why);
    }
}

/// Compares the crate's files, API and requirements at the tag with those in the work tree.
pub(super) fn since(shell: &Shell, tag: &str, member: &Member) -> Result<Option<Change>> {
    let mut change = None;
    let folder = &member.folder;
    let files = changed_files(shell, tag, folder)?;
    if let Some((first, rest)) = files.split_first() {
        let why = match rest.len() {
            0 => format!("{first} changed"),
            more => format!("{first} and {more} more changed"),
        };
        Change::add(&mut change, Level::Fix, why);
    }
    let listing = format!("{folder}/public-api.txt");
    let now = shell.read_file(&listing).unwrap_or_default();
    public_api(&file_at(shell, tag, &listing), &now, &mut change);
    let manifest = format!("{folder}/Cargo.toml");
    let before = Manifests::parse(
        &file_at(shell, tag, "Cargo.toml"),
        &file_at(shell, tag, &manifest),
    )?;
    let now = Manifests::parse(
        &shell.read_file("Cargo.toml")?,
        &shell.read_file(&manifest)?,
    )?;
    manifests(member.library(), &before, &now, &mut change);
    Ok(change)
}

/// What users get, those files that are not in git yet among them.
fn changed_files(shell: &Shell, tag: &str, folder: &str) -> Result<Vec<String>> {
    let licences = ["LICENSE-APACHE", "LICENSE-MIT"];
    let tracked = cmd!(
        shell,
        "git diff --name-only {tag} -- {folder} {licences...}"
    )
    .quiet()
    .read()?;
    let others = cmd!(
        shell,
        "git ls-files --others --exclude-standard -- {folder}"
    )
    .quiet()
    .read()?;
    let files = tracked.lines().chain(others.lines());
    let files = files.filter(|file| !shows_only_new_versions(shell, tag, file));
    let files = files.map(|file| file.strip_prefix(&format!("{folder}/")).unwrap_or(file));
    Ok(files
        .filter(|file| is_for_users(file))
        .map(str::to_owned)
        .collect())
}

/// A release of one crate changes what the documents of others show of it; that alone releases nobody.
fn shows_only_new_versions(shell: &Shell, tag: &str, file: &str) -> bool {
    let now = shell.read_file(file).unwrap_or_default();
    Path::new(file).extension().is_some_and(|it| it == "md")
        && shown::is_same_otherwise(file_at(shell, tag, file).trim_end(), now.trim_end())
}

/// Tests, examples and what only this repository's chores read are not.
fn is_for_users(file: &str) -> bool {
    let is_test = file.starts_with("src/") && file.ends_with("/tests.rs");
    let is_aside = ["benches/", "examples/", "tests/"]
        .iter()
        .any(|aside| file.starts_with(aside));
    !is_test && !is_aside && !file.contains("__fuzz__/") && file != "public-api.txt"
}

fn public_api(before: &str, now: &str, change: &mut Option<Change>) {
    let before: BTreeSet<&str> = before.lines().collect();
    let now: BTreeSet<&str> = now.lines().collect();
    let gone = before.difference(&now).count();
    let new = now.difference(&before).count();
    if gone > 0 {
        Change::add(
            change,
            Level::Breaking,
            format!("its API lost or changed {}", count(gone, "line")),
        );
    } else if new > 0 {
        Change::add(
            change,
            Level::Addition,
            format!("its API has {} more than before", count(new, "line")),
        );
    }
}

fn manifests(
    library: Option<Library<'_>>,
    before: &Manifests,
    now: &Manifests,
    change: &mut Option<Change>,
) {
    for field in ["edition", "license", "rust-version"] {
        let (old, new) = (before.field(field), now.field(field));
        if old == new {
            continue;
        }
        let is_raised = field == "rust-version" && numbers(new) > numbers(old);
        let level = if is_raised {
            Level::NewRust
        } else {
            Level::Fix
        };
        let (old, new) = (old.unwrap_or("none"), new.unwrap_or("none"));
        Change::add(change, level, format!("{field} {old} → {new}"));
    }
    for gone in before.features().difference(&now.features()) {
        Change::add(
            change,
            Level::Breaking,
            format!("the feature {gone} is gone"),
        );
    }
    for new in now.features().difference(&before.features()) {
        Change::add(change, Level::Addition, format!("the feature {new} is new"));
    }
    let requirements = before.requirements();
    for (dependency, new) in now.requirements() {
        let Some(old) = requirements.get(dependency) else {
            continue; // It is in the manifest, which changed.
        };
        if *old == new {
            continue;
        }
        let shows = library.is_some_and(|library| library.may_name(dependency));
        let level = if shows && old.is_incompatible(&new) {
            Level::Breaking
        } else {
            Level::Fix
        };
        let why = if old.version() == new.version() {
            format!("{dependency} with other features")
        } else {
            format!("{dependency} {} → {}", old.version(), new.version())
        };
        Change::add(change, level, why);
    }
}

/// Empty where there was no such file.
fn file_at(shell: &Shell, tag: &str, file: &str) -> String {
    let text = cmd!(shell, "git show {tag}:{file}").quiet().ignore_stderr();
    text.read().unwrap_or_default()
}

/// `1.85` as numbers that compare; without a version any Rust is asked for.
fn numbers(version: Option<&str>) -> Vec<u32> {
    let parts = version.unwrap_or_default().split('.');
    parts.filter_map(|part| part.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_do_not_get_the_tests() {
        for (file, expected) in [
            ("Cargo.toml", true),
            ("README.md", true),
            ("src/lib.rs", true),
            ("src/tests.rs", false),
            ("src/explain/tests.rs", false),
            ("src/__fuzz__/a/corpus/1", false),
            ("tests/it/main.rs", false),
            ("examples/load.rs", false),
            ("public-api.txt", false),
        ] {
            assert_eq!(is_for_users(file), expected, "{file}");
        }
    }

    #[test]
    fn a_line_that_is_gone_breaks_and_a_new_one_adds() {
        for (before, now, expected) in [
            ("a\nb", "b\na", None),
            ("a", "a\nb", Some(Level::Addition)),
            ("a\nb", "a\nc", Some(Level::Breaking)),
        ] {
            let mut change = None;
            public_api(before, now, &mut change);
            assert_eq!(change.map(|it| it.level), expected);
        }
    }

    #[test]
    fn a_manifest_says_how_much_its_change_is() {
        let parse = |rust: &str, features: &str, traits: &str, parser: &str| {
            let workspace = format!(
                "[workspace.package]\nrust-version = \"{rust}\"\n\
                 [workspace.dependencies]\nasync-trait = \"{traits}\"\nparser = \"{parser}\"\n"
            );
            let own = format!(
                "[package]\nrust-version.workspace = true\n[features]\n{features}\n\
                 [dependencies]\nasync-trait.workspace = true\nparser.workspace = true\n"
            );
            Manifests::parse(&workspace, &own).expect("are manifests")
        };
        let before = parse("1.85", "a = []", "0.1", "1");
        for (now, expected) in [
            (parse("1.85", "a = []", "0.1", "1"), None),
            (
                parse("1.100", "a = []", "0.1", "1"),
                Some((Level::NewRust, "rust-version 1.85 → 1.100")),
            ),
            (
                parse("1.84", "a = []", "0.1", "1"),
                Some((Level::Fix, "rust-version 1.85 → 1.84")),
            ),
            (
                parse("1.85", "", "0.1", "1"),
                Some((Level::Breaking, "the feature a is gone")),
            ),
            (
                parse("1.85", "a = []\nb = []", "0.1", "1"),
                Some((Level::Addition, "the feature b is new")),
            ),
            // The traits are in onay-core's API, a parser is not.
            (
                parse("1.85", "a = []", "0.2", "1"),
                Some((Level::Breaking, "async-trait 0.1 → 0.2")),
            ),
            (
                parse("1.85", "a = []", "0.1", "2"),
                Some((Level::Fix, "parser 1 → 2")),
            ),
        ] {
            let mut change = None;
            manifests(
                crate::api::library("onay-core", false),
                &before,
                &now,
                &mut change,
            );
            let found = change.as_ref().map(|it| (it.level, it.why[0].as_str()));
            assert_eq!(found, expected);
        }
    }
}
