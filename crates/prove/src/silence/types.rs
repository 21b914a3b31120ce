//! `Debug` of every public type of every published crate; the lists of their APIs say which there are.

mod providers;
mod tools;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use super::place::Place;
use super::{Failed, Kind};

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
    let mut packages = Packages::new();
    for path in shown
        .0
        .keys()
        .copied()
        .chain(EXCEPTIONS.map(|(path, _)| path))
    {
        let types = packages.entry(package_of(path).to_owned()).or_default();
        types.insert(path.to_owned());
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
