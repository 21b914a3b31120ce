//! `cargo xtask release prepare`: the new version in the manifests, the changelog and the documents that show it.

use xshell::{Shell, cmd};

use super::{Result, TRAITS, packages};
use crate::Outcome;

const UNRELEASED: &str = "## [Unreleased]\n";

/// The old and the new version of the traits and of everything else.
struct Change<'v> {
    workspace: (&'v str, &'v str),
    traits: (&'v str, &'v str),
}

/// Edits files and commits nothing.
pub(crate) fn run(shell: &Shell, version: &str, core: Option<&str>) -> Outcome {
    let packages = packages(shell)?;
    let old = |is_traits: bool| {
        let found = packages.iter().find(|it| (it.name == TRAITS) == is_traits);
        found
            .map(|it| it.version.as_str())
            .ok_or("no package is published")
    };
    let change = Change {
        workspace: (old(false)?, version),
        traits: (old(true)?, core.unwrap_or(old(true)?)),
    };
    for (old, new) in [change.workspace, change.traits] {
        if numbers(new)? < numbers(old)? {
            return Err(format!("{new} is less than {old}").into());
        }
    }
    let changelog = shell.read_file("CHANGELOG.md")?;
    shell.write_file(
        "CHANGELOG.md",
        changelog_of(
            &changelog,
            &change,
            &cmd!(shell, "date -u +%Y-%m-%d").read()?,
        )?,
    )?;
    for manifest in ["Cargo.toml", "crates/core/Cargo.toml"] {
        let text = shell.read_file(manifest)?;
        let own = if manifest == "Cargo.toml" {
            change.workspace
        } else {
            change.traits
        };
        shell.write_file(manifest, manifest_of(&text, own, &change))?;
    }
    cmd!(shell, "cargo update --workspace --offline --quiet").run()?;
    let documents = cmd!(shell, "git ls-files -- *.md crates/*/src/*.rs")
        .quiet()
        .read()?;
    for document in documents.lines().filter(|file| *file != "CHANGELOG.md") {
        let text = shell.read_file(document)?;
        let new = document_of(&text, &change);
        if new != text {
            shell.write_file(document, new)?;
        }
    }
    eprintln!(
        "read the difference, commit it, then: cargo xtask release check --baseline REVISION"
    );
    Ok(())
}

fn numbers(version: &str) -> Result<Vec<u64>> {
    let numbers: std::result::Result<Vec<u64>, _> = version.split('.').map(str::parse).collect();
    match numbers {
        Ok(numbers) if numbers.len() == 3 => Ok(numbers),
        _ => Err(format!("{version} is no version such as 0.2.0").into()),
    }
}

/// The Unreleased section under the version's heading, and an empty Unreleased section above it.
fn changelog_of(text: &str, change: &Change<'_>, today: &str) -> Result<String> {
    let (before, after) = text
        .split_once(UNRELEASED)
        .ok_or("CHANGELOG.md has no Unreleased section")?;
    let section = after.split("\n## ").next().unwrap_or_default();
    if section.trim().is_empty() {
        return Err("nothing is written under Unreleased in CHANGELOG.md".into());
    }
    let (_, version) = change.workspace;
    let traits = match change.traits {
        (old, new) if old == new => String::new(),
        (_, new) => format!("\n{TRAITS} {new}.\n"),
    };
    Ok(format!(
        "{before}{UNRELEASED}\n## [{version}] - {today}\n{traits}{after}"
    ))
}

/// `version = "…"` of the package itself, and of the workspace's own crates among the dependencies.
fn manifest_of(text: &str, own: (&str, &str), change: &Change<'_>) -> String {
    let with = |line: &str, (old, new): (&str, &str)| {
        line.replace(
            &format!("version = \"{old}\""),
            &format!("version = \"{new}\""),
        )
    };
    let lines = text.split_inclusive('\n').map(|line| {
        if line.starts_with("version = ") {
            with(line, own)
        } else if line.starts_with("onay") {
            with(line, version_of(line, change))
        } else {
            line.to_owned()
        }
    });
    lines.collect()
}

/// `onay = "0.1"` and `onay = { version = "0.1", … }` in a document.
fn document_of(text: &str, change: &Change<'_>) -> String {
    let lines = text.split_inclusive('\n').map(|line| {
        let dependency = line.trim_start_matches("//!").trim_start();
        if !dependency.starts_with("onay") || !dependency.contains(" = ") {
            return line.to_owned();
        }
        let (old, new) = version_of(dependency, change);
        let quoted = |version: &str| format!("= \"{}\"", short(version));
        line.replace(&quoted(old), &quoted(new))
    });
    lines.collect()
}

fn version_of<'v>(line: &str, change: &Change<'v>) -> (&'v str, &'v str) {
    if line.split([' ', '.']).next() == Some(TRAITS) {
        change.traits
    } else {
        change.workspace
    }
}

/// The first two numbers, as documents show them.
fn short(version: &str) -> &str {
    version.rsplit_once('.').map_or(version, |(short, _)| short)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHANGE: Change<'static> = Change {
        workspace: ("0.1.0", "0.2.0"),
        traits: ("0.1.0", "0.1.1"),
    };

    #[test]
    fn the_unreleased_section_becomes_the_version() {
        let text = "# Changelog\n\n## [Unreleased]\n\n- news\n\n## [0.1.0] - 2026-01-01\n\n- old\n";
        let new = changelog_of(text, &CHANGE, "2026-02-03").expect("a section");
        assert_eq!(
            new,
            "# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2026-02-03\n\nonay-core 0.1.1.\n\n- news\n\n\
             ## [0.1.0] - 2026-01-01\n\n- old\n"
        );
        changelog_of(&new, &CHANGE, "2026-02-04").expect_err("nothing new");
    }

    #[test]
    fn manifests_get_the_new_versions() {
        let text = "version = \"0.1.0\"\nonay = { path = \"a\", version = \"0.1.0\" }\n\
                    onay-core = { path = \"b\", version = \"0.1.0\" }\nbytes = { version = \"0.1.0\" }\n";
        assert_eq!(
            manifest_of(text, CHANGE.workspace, &CHANGE),
            "version = \"0.2.0\"\nonay = { path = \"a\", version = \"0.2.0\" }\n\
             onay-core = { path = \"b\", version = \"0.1.1\" }\nbytes = { version = \"0.1.0\" }\n"
        );
    }

    #[test]
    fn documents_show_the_new_versions() {
        let text = "//! onay = { version = \"0.1\", features = [] }\nonay-core = \"0.1\"\nserde = \"0.1\"\n";
        assert_eq!(
            document_of(text, &CHANGE),
            "//! onay = { version = \"0.2\", features = [] }\nonay-core = \"0.1\"\nserde = \"0.1\"\n"
        );
    }

    #[test]
    fn a_version_has_three_numbers() {
        for text in ["1", "1.2", "1.2.3.4", "1.2.x", ""] {
            numbers(text).expect_err(text);
        }
        assert!(numbers("0.10.0").expect("a version") > numbers("0.9.9").expect("a version"));
    }
}
