//! Which crates get which version: what changed, and what follows from that for those built on it.

use std::collections::BTreeSet;

use semver::Version;

use super::changes::Change;
use super::level::{Level, is_incompatible};

/// It hands the others on, so what they change it changes.
const FACADE: &str = "onay";

/// A published crate, as the plan needs to know it.
#[derive(Debug)]
pub(super) struct Crate {
    pub(super) name: String,
    /// The version of its last tag.
    pub(super) released: Option<Version>,
    /// The version in its manifest.
    pub(super) written: Version,
    pub(super) is_program: bool,
    pub(super) built_with: BTreeSet<String>,
    /// Those of them that its API may name.
    pub(super) names: BTreeSet<String>,
    pub(super) change: Option<Change>,
}

/// A crate's release.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) name: String,
    /// None for its first.
    pub(super) from: Option<Version>,
    pub(super) to: Version,
    pub(super) level: Level,
    pub(super) why: Vec<String>,
}

/// Every release that is due, of crates that each come after those that they are built with.
pub(super) fn plan(crates: &[Crate]) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for it in crates {
        let Some(from) = &it.released else {
            steps.push(Step {
                name: it.name.clone(),
                from: None,
                to: it.written.clone(),
                level: Level::Fix,
                why: vec!["first release".to_owned()],
            });
            continue;
        };
        let mut change = it.change.clone();
        let below = all_below(crates, it);
        for step in &steps {
            if let Some((level, why)) = consequence(it, step, &below) {
                Change::add(&mut change, level, why);
            }
        }
        let Some(Change { mut level, mut why }) = change else {
            continue;
        };
        let mut to = level.bump(from);
        // Written by hand, or by a preparation before this one.
        if it.written > to {
            to = it.written.clone();
            level = level.max(Level::between(from, &to));
            why.push("so its manifest says".to_owned());
        }
        steps.push(Step {
            name: it.name.clone(),
            from: Some(from.clone()),
            to,
            level,
            why,
        });
    }
    steps
}

/// What another crate's release means for this one.
fn consequence(it: &Crate, step: &Step, below: &BTreeSet<&str>) -> Option<(Level, String)> {
    let from = step.from.as_ref()?;
    let Step { name, to, .. } = step;
    if it.built_with.contains(name) {
        if it.name == FACADE {
            return Some((step.level, format!("hands {name} {to} on")));
        }
        if is_incompatible(from, to) && it.names.contains(name) {
            return Some((Level::Breaking, format!("{name} {to} is in its API")));
        }
        if is_incompatible(from, to) {
            return Some((Level::Fix, format!("built on {name} {to}")));
        }
    }
    if it.is_program && below.contains(name.as_str()) {
        return Some((Level::Fix, format!("ships {name} {to}")));
    }
    None
}

/// What a crate is built with, and what that is built with.
fn all_below<'c>(crates: &'c [Crate], it: &'c Crate) -> BTreeSet<&'c str> {
    let mut below = BTreeSet::new();
    let mut left: Vec<&str> = it.built_with.iter().map(String::as_str).collect();
    while let Some(name) = left.pop() {
        if below.insert(name) {
            let next = crates.iter().find(|it| it.name == name);
            left.extend(
                next.iter()
                    .flat_map(|it| &it.built_with)
                    .map(String::as_str),
            );
        }
    }
    below
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(name: &str, built_with: &[&str], names: &[&str]) -> Crate {
        let owned = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect();
        Crate {
            name: name.to_owned(),
            released: Some(Version::new(0, 1, 0)),
            written: Version::new(0, 1, 0),
            is_program: name == "program",
            built_with: owned(built_with),
            names: owned(names),
            change: None,
        }
    }

    /// A core with two providers over a client, one of which hides it, the facade and a program.
    fn examples() -> [Crate; 7] {
        [
            example("core", &[], &[]),
            example("testkit", &["core"], &["core"]),
            example("http", &["core"], &["core"]),
            example("one", &["core", "http"], &["core", "http"]),
            example("two", &["core", "http"], &["core"]),
            example("onay", &["core", "one", "two"], &["one", "two"]),
            example("program", &["onay"], &[]),
        ]
    }

    fn planned(changed: &str, level: Level) -> Vec<String> {
        let mut crates = examples();
        let it = crates.iter_mut().find(|it| it.name == changed);
        let it = it.expect("is one of them");
        it.change = Some(Change {
            level,
            why: vec!["changed".to_owned()],
        });
        let steps = plan(&crates);
        steps
            .iter()
            .map(|it| format!("{} {}", it.name, it.to))
            .collect()
    }

    #[test]
    fn a_change_goes_as_far_as_users_meet_it() {
        for (changed, level, expected) in [
            ("program", Level::Fix, &["program 0.1.1"][..]),
            ("testkit", Level::Breaking, &["testkit 0.2.0"]),
            (
                "one",
                Level::Fix,
                &["one 0.1.1", "onay 0.1.1", "program 0.1.1"],
            ),
            (
                "one",
                Level::Breaking,
                &["one 0.2.0", "onay 0.2.0", "program 0.1.1"],
            ),
            // The program is built with it, three floors further down.
            ("http", Level::Addition, &["http 0.1.1", "program 0.1.1"]),
            (
                "http",
                Level::Breaking,
                &[
                    "http 0.2.0",
                    "one 0.2.0",
                    "two 0.1.1",
                    "onay 0.2.0",
                    "program 0.1.1",
                ],
            ),
            (
                "core",
                Level::Fix,
                &["core 0.1.1", "onay 0.1.1", "program 0.1.1"],
            ),
            (
                "core",
                Level::Breaking,
                &[
                    "core 0.2.0",
                    "testkit 0.2.0",
                    "http 0.2.0",
                    "one 0.2.0",
                    "two 0.2.0",
                    "onay 0.2.0",
                    "program 0.1.1",
                ],
            ),
        ] {
            assert_eq!(planned(changed, level), expected, "{changed}: {level}");
        }
    }

    #[test]
    fn nothing_changed_means_no_release() {
        assert!(plan(&examples()).is_empty());
    }

    #[test]
    fn a_first_release_has_the_version_that_is_written_and_moves_nobody() {
        let mut crates = examples();
        crates[2].released = None;
        crates[2].written = Version::new(0, 3, 0);
        let steps = plan(&crates);
        let [step] = steps.as_slice() else {
            panic!("{steps:?}")
        };
        assert_eq!((step.name.as_str(), &step.to), ("http", &crates[2].written));
    }

    #[test]
    fn a_version_that_is_already_written_stands() {
        let mut crates = examples();
        crates[4].written = Version::new(0, 2, 0);
        crates[4].change = Some(Change {
            level: Level::Fix,
            why: vec!["Cargo.toml changed".to_owned()],
        });
        let steps = plan(&crates);
        let versions: Vec<String> = steps.iter().map(|it| it.to.to_string()).collect();
        assert_eq!(versions, ["0.2.0", "0.2.0", "0.1.1"]);
    }
}
