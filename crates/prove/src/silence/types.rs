//! `Debug` of every public type of every published crate; the lists of their APIs say which there are.

mod providers;
mod tools;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::path::Path;

use super::place::Place;
use super::{Failed, Kind};

const PACKAGES: [&str; 8] = [
    "onay_core",
    "onay_http",
    "onay_paynet",
    "onay_paywall_masterpass",
    "onay_paytr_link",
    "onay_guard",
    "onay_testkit",
    "onay_sandbox",
];

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

/// A row for each crate.
pub(super) async fn places() -> Result<Vec<Place>, Failed> {
    let mut shown = Shown::default();
    words::show(&mut shown)?;
    words::show_answers(&mut shown).await?;
    providers::show(&mut shown).await?;
    tools::show(&mut shown).await?;
    tools::show_sandbox(&mut shown).await?;
    is_complete(&shown)?;
    let mut places: Vec<Place> = PACKAGES
        .into_iter()
        .map(|package| {
            let inside = |path: &str| {
                let ours = path.strip_prefix(package);
                ours.is_some_and(|rest| rest.starts_with("::")) && !WIRE.contains(&path)
            };
            let place = Place::new(
                format!("`Debug` of every public type of `{package}`"),
                shown.of(inside),
            );
            opened(package, place)
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

/// Every type that shows itself is shown here, or is an exception; and nothing here is made up.
fn is_complete(shown: &Shown) -> Result<(), Failed> {
    let public = public_types()?;
    let excepted = EXCEPTIONS.map(|(path, _)| path);
    let here: BTreeSet<&str> = shown.0.keys().copied().chain(excepted).collect();
    let faults = faults(&public, &here);
    if faults.is_empty() {
        return Ok(());
    }
    Err(faults.join("; ").into())
}

/// Each with what to do about it.
fn faults(public: &BTreeSet<String>, here: &BTreeSet<&str>) -> Vec<String> {
    const ROOM: &str = "crates/prove/src/silence/types";
    let mut faults = Vec::new();
    let packages: BTreeSet<&str> = public
        .iter()
        .filter_map(|path| path.split("::").next())
        .filter(|package| !PACKAGES.contains(package))
        .collect();
    if !packages.is_empty() {
        faults.push(format!(
            "crates that nobody looked at: {packages:?}; name them in PACKAGES in {ROOM}.rs, and make the calls of a \
             provider in crates/prove/src/every_call.rs"
        ));
    }
    let missing: Vec<&String> = public
        .iter()
        .filter(|path| !here.contains(path.as_str()))
        .collect();
    if !missing.is_empty() {
        faults.push(format!(
            "public types that nobody looked at: {missing:?}; show a value of each in {ROOM}"
        ));
    }
    let gone: Vec<&&str> = here
        .iter()
        .filter(|path| !public.contains(**path))
        .collect();
    if !gone.is_empty() {
        faults.push(format!(
            "no public types: {gone:?}; take them out of {ROOM}"
        ));
    }
    faults
}

/// The paths of the types that implement `Debug`, as the lists of the crates' APIs name them.
fn public_types() -> Result<BTreeSet<String>, Failed> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut paths = BTreeSet::new();
    for folder in std::fs::read_dir(crates)? {
        let list = folder?.path().join("public-api.txt");
        if !list.exists() {
            continue;
        }
        let list = std::fs::read_to_string(list)?;
        let debug = list
            .lines()
            .filter(|line| line.starts_with("impl"))
            .filter_map(|line| line.split_once("core::fmt::Debug for "));
        paths.extend(debug.map(|(_, path)| {
            let end = path.find(['<', ' ']).unwrap_or(path.len());
            path.get(..end).unwrap_or(path).to_owned()
        }));
    }
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_crate_is_told_what_to_add() {
        let public = |paths: &[&str]| paths.iter().map(|path| (*path).to_owned()).collect();
        let here = BTreeSet::from(["onay_core::Gsm"]);
        assert!(faults(&public(&["onay_core::Gsm"]), &here).is_empty());
        let [package, missing] =
            &faults(&public(&["onay_acme::Acme", "onay_core::Gsm"]), &here)[..]
        else {
            panic!("two faults");
        };
        assert!(package.contains("onay_acme"), "{package}");
        assert!(package.contains("types.rs") && package.contains("every_call.rs"));
        assert!(missing.contains("onay_acme::Acme"), "{missing}");
        let gone = faults(&public(&[]), &here).concat();
        assert!(gone.contains("onay_core::Gsm"), "{gone}");
    }
}
