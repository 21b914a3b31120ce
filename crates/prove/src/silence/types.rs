//! `Debug` of every public type of every published crate; the lists of their APIs say which there are.

mod providers;
mod tools;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::path::Path;

use super::place::Place;
use super::{Failed, Kind};
use crate::report::Report;

/// Types that cannot be had here, and why nothing is lost by it.
const EXCEPTIONS: [(&str, &str); 4] = [
    (
        "onay_guard::RedisStore",
        "wants a server; it is tried with one in the tests of its own crate",
    ),
    (
        "onay_testkit::conformance::Breach",
        "made by the suite alone; it names a rule and a situation",
    ),
    (
        "onay_testkit::conformance::Report",
        "made by the suite alone; a list of breaches",
    ),
    (
        "onay_testkit::conformance::Target",
        "made by the suite alone; the address of a test server",
    ),
];

/// What the wire itself carries, kept for a test: there is nothing to hide from whoever plays the
/// provider.
const WIRE: [&str; 5] = [
    "onay_testkit::Behaviour",
    "onay_testkit::ReceivedRequest",
    "onay_testkit::SocketServer",
    "onay_testkit::TraceCapture",
    "onay_testkit::conformance::Sample",
];

/// What each type showed, by its path.
#[derive(Default)]
pub(super) struct Shown(BTreeMap<&'static str, String>);

impl Shown {
    /// Adds a value of this type.
    pub(super) fn add(&mut self, path: &'static str, value: &dyn Debug) {
        let shown = self.0.entry(path).or_default();
        *shown += &format!("{value:?}\n{value:#?}\n");
    }

    fn of(&self, wanted: impl Fn(&str) -> bool) -> String {
        let wanted = self.0.iter().filter(|(path, _)| wanted(path));
        wanted.fold(String::new(), |all, (path, shown)| {
            all + &format!(
                "{path}: {shown}
"
            )
        })
    }
}

/// A row for each crate; a type that nobody shows is a breach.
pub(super) async fn places(report: &mut Report) -> Result<Vec<Place>, Failed> {
    let mut shown = Shown::default();
    words::show(&mut shown)?;
    words::show_answers(&mut shown).await?;
    providers::show(&mut shown).await?;
    tools::show(&mut shown).await?;
    tools::show_sandbox(&mut shown).await?;
    let packages = public_types()?;
    for problem in problems(&shown, &packages) {
        report.breach(problem);
    }
    let mut places: Vec<Place> = packages
        .iter()
        .map(|(package, types)| {
            let inside = |path: &str| package_of(path) == package && !WIRE.contains(&path);
            let name = if types.is_empty() {
                format!("`{package}`, which has no public type of its own")
            } else {
                format!("`Debug` of every public type of `{package}`")
            };
            opened(package, Place::new(name, shown.of(inside)))
        })
        .collect();
    let mut wire = Place::new(
        "`Debug` of what plays the provider in a test (`Behaviour`, `ReceivedRequest`, `SocketServer`, `TraceCapture`, `Sample`)",
        shown.of(|path| WIRE.contains(&path)),
    );
    for kind in Kind::ALL {
        wire = wire.open(kind, "it is the wire itself");
    }
    places.push(wire);
    Ok(places)
}

fn opened(package: &str, place: Place) -> Place {
    const LINK: &str = "part of the address that the customer opens";
    const INBOX: &str = "the sandbox's own message, nothing in it is real";
    match package {
        "onay_core" | "onay_paytr_link" | "onay_testkit" => place.open(Kind::Link, LINK),
        "onay_sandbox" => place.open(Kind::Number, INBOX).open(Kind::Address, INBOX),
        _ => place,
    }
}

/// The crates, by the names that their paths begin with, and their types that implement `Debug`.
type Packages = BTreeMap<String, BTreeSet<String>>;

fn package_of(path: &str) -> &str {
    path.split("::").next().unwrap_or(path)
}

/// Every type that shows itself is shown here, or is an exception; and nothing here is made up.
fn problems(shown: &Shown, packages: &Packages) -> Vec<String> {
    let excepted = EXCEPTIONS.map(|(path, _)| path);
    let here: BTreeSet<&str> = shown.0.keys().copied().chain(excepted).collect();
    let mut problems = Vec::new();
    for (package, types) in packages {
        let missing = types.iter().filter(|path| !here.contains(path.as_str()));
        let missing: Vec<&str> = missing.map(String::as_str).collect();
        if !missing.is_empty() {
            problems.push(format!(
                "public types of `{package}` that nobody looked at: {}. Each wants a `shown.add(\"{package}::…\", &value)` in crates/prove/src/silence/types/, or its reason in the EXCEPTIONS of types.rs",
                missing.join(", ")
            ));
        }
    }
    for path in here {
        let types = packages.get(package_of(path));
        if types.is_none_or(|types| !types.contains(path)) {
            problems.push(format!(
                "`{path}` is in no public-api.txt: nothing of that name is public any more"
            ));
        }
    }
    problems
}

/// As the lists of the crates' APIs name them.
fn public_types() -> Result<Packages, Failed> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut packages = Packages::new();
    for folder in std::fs::read_dir(crates)? {
        let list = folder?.path().join("public-api.txt");
        if !list.exists() {
            continue;
        }
        let text = std::fs::read_to_string(&list)?;
        let first = text.lines().find_map(|line| line.strip_prefix("pub mod "));
        let package = first.ok_or_else(|| format!("{} names no crate", list.display()))?;
        packages.entry(package.to_owned()).or_default();
        let debug = text
            .lines()
            .filter(|line| line.starts_with("impl"))
            .filter_map(|line| line.split_once("core::fmt::Debug for "));
        for (_, path) in debug {
            let end = path.find(['<', ' ']).unwrap_or(path.len());
            let path = path.get(..end).unwrap_or(path);
            let types = packages.entry(package_of(path).to_owned()).or_default();
            types.insert(path.to_owned());
        }
    }
    Ok(packages)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_that_nobody_shows_is_told() {
        let mut packages = public_types().expect("the lists");
        assert!(packages.len() > 8, "{packages:?}");
        let types = BTreeSet::from(["onay_acme::Key".to_owned()]);
        packages.insert("onay_acme".to_owned(), types);
        packages.remove("onay_guard");
        let mut shown = Shown::default();
        shown.add("onay_core::Gsm", &"");
        let problems = problems(&shown, &packages).join("\n");
        for told in [
            "`onay_acme` that nobody looked at: onay_acme::Key. Each wants",
            "`onay_guard::RedisStore` is in no public-api.txt",
        ] {
            assert!(problems.contains(told), "{problems}");
        }
        assert!(!problems.contains("onay_core::Gsm,"), "{problems}");
    }
}
