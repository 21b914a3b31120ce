//! What is changed, and by which tests it is judged.

use std::fmt;

use serde_json::Value;
use xshell::Shell;

use super::WRITTEN;

/// What is changed: a name, the crate, its files, and the features that its tests want.
pub(super) struct Area {
    pub(super) name: &'static str,
    pub(super) package: &'static str,
    /// Below the crate's `src`, without `.rs`.
    pub(super) files: &'static [&'static str],
    pub(super) tests: Tests,
    features: Option<&'static str>,
}

/// Which tests of the crate judge. The fewest that can: each mutant wants its own build.
#[derive(Clone, Copy)]
pub(super) enum Tests {
    /// Those inside the library.
    Unit,
    /// Those beside it that a filter of nextest names.
    Beside(&'static str),
    /// Both, but for the suite that every provider passes: it takes many seconds.
    All,
}

pub(super) const AREAS: [Area; 11] = [
    Area {
        name: "token",
        package: "onay-paytr-link",
        files: &["token"],
        tests: Tests::Unit,
        features: None,
    },
    Area {
        name: "callback",
        package: "onay-paytr-link",
        files: &["callback", "fields"],
        tests: Tests::Unit,
        features: None,
    },
    Area {
        name: "verdict of Paynet",
        package: "onay-paynet",
        files: &["verdict"],
        tests: Tests::Unit,
        features: None,
    },
    Area {
        name: "verdict of Paywall",
        package: "onay-paywall-masterpass",
        files: &["verdict"],
        tests: Tests::Unit,
        features: None,
    },
    Area {
        name: "verdict of PayTR",
        package: "onay-paytr-link",
        files: &["verdict"],
        tests: Tests::Unit,
        features: None,
    },
    Area {
        name: "HTTP's verdict",
        package: "onay-http",
        files: &["verdict"],
        tests: Tests::Unit,
        features: None,
    },
    Area {
        name: "HTTP's failures",
        package: "onay-http",
        files: &["classify"],
        tests: Tests::Beside("test(reasons::) + test(faults::no_connection)"),
        features: None,
    },
    Area {
        name: "guard's rules",
        package: "onay-guard",
        files: &["rules"],
        tests: Tests::Beside("all()"),
        features: Some("testing"),
    },
    Area {
        name: "numbers and masks",
        package: "onay-core",
        files: &[
            "gsm", "mask", "hidden", "search", "view", "escape", "unseen", "email", "web",
            "writing",
        ],
        tests: Tests::Unit,
        features: Some("serde"),
    },
    Area {
        name: "errors",
        package: "onay-core",
        files: &["error", "kind", "delivery"],
        tests: Tests::Unit,
        features: Some("serde"),
    },
    Area {
        name: "secrets and conversations",
        package: "onay-core",
        files: &[
            "secret",
            "word",
            "challenge",
            "challenge/stored",
            "link",
            "outcome",
        ],
        tests: Tests::All,
        features: Some("serde"),
    },
];

/// What came of an area's mutants, by their names.
pub(super) struct Found {
    /// Whether it was run to its end.
    pub(super) is_whole: bool,
    pub(super) caught: Vec<String>,
    pub(super) missed: Vec<String>,
    pub(super) unviable: Vec<String>,
    pub(super) timeout: Vec<String>,
}

impl Found {
    fn read(shell: &Shell, folder: &str) -> Result<Self, Box<dyn std::error::Error>> {
        let written = |name| format!("{folder}/mutants.out/{name}");
        let list = |name| -> Vec<String> {
            let text = shell.read_file(written(name)).unwrap_or_default();
            text.lines().map(str::to_owned).collect()
        };
        let is_whole = match shell.read_file(written("outcomes.json")) {
            Ok(text) => serde_json::from_str::<Value>(&text)?
                .get("end_time")
                .is_some_and(Value::is_string),
            Err(_) => false,
        };
        Ok(Self {
            is_whole,
            caught: list("caught.txt"),
            missed: list("missed.txt"),
            unviable: list("unviable.txt"),
            timeout: list("timeout.txt"),
        })
    }
}

impl Tests {
    /// What cargo-mutants is told about them.
    pub(super) fn arguments(self) -> Vec<&'static str> {
        match self {
            Self::Unit => vec!["--cargo-arg=--lib"],
            Self::Beside(filter) => vec!["--cargo-arg=--test=it", "--", "-E", filter],
            Self::All => Vec::new(),
        }
    }
}

impl fmt::Display for Tests {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unit => f.write_str("unit"),
            Self::Beside(filter) => write!(f, "beside: `{filter}`"),
            Self::All => f.write_str("all"),
        }
    }
}

impl Area {
    /// Where what came of it is.
    pub(super) fn folder(&self) -> String {
        let name = self.name.replace(|c: char| !c.is_alphanumeric(), "-");
        format!("{WRITTEN}/{name}")
    }

    /// Where what came of those is that were missed before.
    pub(super) fn again(&self) -> String {
        format!("{}/again", self.folder())
    }

    /// What came of it last.
    pub(super) fn found(&self, shell: &Shell) -> Result<Found, Box<dyn std::error::Error>> {
        let mut found = Found::read(shell, &self.folder())?;
        let again = Found::read(shell, &self.again())?;
        for left in [&mut found.missed, &mut found.timeout] {
            let is_caught = |name: &String| again.caught.contains(name);
            found
                .caught
                .extend(left.iter().filter(|name| is_caught(name)).cloned());
            left.retain(|name| !is_caught(name));
        }
        Ok(found)
    }

    /// What cargo-mutants is told to change.
    pub(super) fn scope(&self) -> Vec<String> {
        let mut scope = vec!["--package".to_owned(), self.package.to_owned()];
        // The folder is called as the crate is, without the project's name.
        let folder = self.package.trim_start_matches("onay-");
        for file in self.files {
            scope.push("--file".to_owned());
            scope.push(format!("crates/{folder}/src/{file}.rs"));
        }
        if let Some(features) = self.features {
            scope.push("--features".to_owned());
            scope.push(features.to_owned());
        }
        scope
    }
}
