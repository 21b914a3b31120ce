//! The clients of other languages, where `cargo xtask bench` could install them.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::process;

/// A client of another language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Foreign {
    Undici,
    Axios,
    Httpx,
    Requests,
}

impl Foreign {
    pub(crate) const ALL: [Self; 4] = [Self::Undici, Self::Axios, Self::Httpx, Self::Requests];

    fn name(self) -> &'static str {
        match self {
            Self::Undici => "undici",
            Self::Axios => "axios",
            Self::Httpx => "httpx",
            Self::Requests => "requests",
        }
    }

    /// With its version, as it is pinned.
    pub(crate) fn label(self) -> String {
        let version = match self {
            Self::Undici | Self::Axios => pinned_node(self.name()),
            Self::Httpx | Self::Requests => pinned_python(self.name()),
        };
        let language = match self {
            Self::Undici => "Node, undici's fetch",
            Self::Axios => "Node, axios",
            Self::Httpx => "Python, httpx",
            Self::Requests => "Python, requests",
        };
        format!("{language} {version}")
    }

    /// How it is started, if it is installed in this folder.
    pub(crate) fn command(self, installed: &Path, address: &str) -> Option<Command> {
        let script = |name| {
            PathBuf::from(env!("CARGO_MANIFEST_DIR"))
                .join("foreign")
                .join(name)
        };
        let (mut command, script) = match self {
            Self::Undici | Self::Axios => {
                let folder = installed.join("node");
                if !folder.join("node_modules").join(self.name()).exists() {
                    return None;
                }
                let mut command = process::client("node");
                command.current_dir(folder);
                (command, script("client.mjs"))
            }
            Self::Httpx | Self::Requests => {
                let python = installed.join("python");
                let has =
                    |library: PathBuf| library.join("site-packages").join(self.name()).exists();
                let libraries = std::fs::read_dir(python.join("lib")).ok()?;
                if !libraries.flatten().any(|library| has(library.path())) {
                    return None;
                }
                (
                    process::client(python.join("bin/python3")),
                    script("client.py"),
                )
            }
        };
        command.arg(script).args([self.name(), address]);
        Some(command)
    }

    /// Warming up, one in flight, many in flight: each long enough to be seen, and no longer.
    pub(crate) fn phases(self) -> [&'static str; 3] {
        match self {
            Self::Undici | Self::Axios => ["64x2000", "1x500", "64x2500"],
            Self::Httpx | Self::Requests => ["64x128", "1x150", "64x500"],
        }
    }
}

fn pinned_python(name: &str) -> &'static str {
    let pins = include_str!("../../foreign/requirements.txt").lines();
    let mut pins = pins.filter_map(|line| line.split_once("=="));
    pins.find(|(pinned, _)| *pinned == name)
        .map_or("", |(_, version)| version)
}

fn pinned_node(name: &str) -> &'static str {
    let start = format!("\"{name}\": \"");
    let mut pins = include_str!("../../foreign/package.json").lines();
    let pin = pins.find_map(|line| line.trim().strip_prefix(&start));
    pin.and_then(|rest| rest.split('"').next())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_client_is_pinned() {
        for foreign in Foreign::ALL {
            let label = foreign.label();
            let version = label.rsplit(' ').next().unwrap_or_default();
            assert_eq!(version.split('.').count(), 3, "{label}");
        }
    }

    #[test]
    fn what_is_not_installed_is_not_started() {
        let nowhere = Path::new("/nowhere");
        for foreign in Foreign::ALL {
            assert!(foreign.command(nowhere, "http://127.0.0.1:1").is_none());
        }
    }
}
