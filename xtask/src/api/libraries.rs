//! The published libraries, and which crates their public APIs may name.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::Result;
use crate::workspace;

#[derive(Clone, Copy)]
pub(crate) struct Library<'a> {
    pub(crate) name: &'a str,
    /// All but TLS, which brings nothing public and takes minutes of C.
    pub(crate) features: &'static str,
    /// The crates that its API may name beside std and itself: their versions are part of ours.
    names: &'static [&'static str],
    /// Lines that may name any other.
    except: &'static [&'static str],
    /// Whether it hands on every provider as a module.
    has_providers: bool,
}

const PROVIDER: Library<'static> = Library {
    name: "",
    features: "",
    names: &["onay_core", "onay_http"],
    except: &[],
    has_providers: false,
};

/// All but the providers, which are alike.
const LIBRARIES: [Library<'static>; 6] = [
    Library {
        name: "onay",
        features: "full,guard-redis,serde",
        names: &["async_trait", "guard", "http"],
        except: &[],
        has_providers: true,
    },
    Library {
        name: "onay-core",
        features: "serde",
        names: &["async_trait", "serde_core"],
        ..PROVIDER
    },
    Library {
        name: "onay-guard",
        features: "redis,testing",
        names: &["onay_core"],
        ..PROVIDER
    },
    Library {
        name: "onay-http",
        features: "",
        names: &["onay_core", "serde_core"],
        except: &[
            "pub use onay_http::reqwest",
            "pub fn onay_http::HttpClientBuilder::reqwest(",
        ],
        ..PROVIDER
    },
    Library {
        name: "onay-sandbox",
        names: &["serde_core"],
        ..PROVIDER
    },
    Library {
        name: "onay-testkit",
        names: &["onay_core"],
        ..PROVIDER
    },
];

/// The published library of this name.
pub(crate) fn library(name: &str, is_provider: bool) -> Option<Library<'_>> {
    if is_provider {
        return Some(Library { name, ..PROVIDER });
    }
    LIBRARIES.into_iter().find(|library| library.name == name)
}

/// Every library that is published, with the file its API is written down in; an error where one was forgotten here.
pub(super) fn published(metadata: &Value) -> Result<Vec<(Library<'_>, PathBuf)>> {
    let providers = workspace::providers(metadata);
    let mut files = Vec::new();
    for package in workspace::packages(metadata) {
        let name = workspace::text(package, "name");
        let targets = package.get("targets").and_then(Value::as_array);
        let is_library = targets.into_iter().flatten().any(|target| {
            let kinds = target.get("kind").and_then(Value::as_array);
            kinds.is_some_and(|kinds| kinds.iter().any(|kind| kind == "lib"))
        });
        let is_private = package.get("publish").is_some_and(Value::is_array);
        if !is_library || is_private {
            continue;
        }
        let library = library(name, providers.contains(&package))
            .ok_or_else(|| format!("xtask/src/api/libraries.rs does not know {name}"))?;
        let manifest = Path::new(workspace::text(package, "manifest_path"));
        let manifest = manifest.strip_prefix(workspace::root())?;
        files.push((library, manifest.with_file_name("public-api.txt")));
    }
    Ok(files)
}

impl Library<'_> {
    /// Whether a package may appear in the API, so that its next incompatible version is ours too.
    pub(crate) fn may_name(&self, package: &str) -> bool {
        let name = package.replace('-', "_");
        let is_excepted = self.except.iter().any(|line| line.contains(&name));
        // Its traits are written down under the name of the package that they moved to.
        let name = if name == "serde" { "serde_core" } else { &name };
        is_excepted || self.names.contains(&name)
    }

    /// What no API of ours should name: each crate with the line that names it.
    pub(super) fn strangers<'l>(
        &self,
        listing: &'l str,
        providers: &[String],
    ) -> Vec<(&'l str, &'l str)> {
        let own = self.name.replace('-', "_");
        let is_known = |name: &str| {
            ["alloc", "core", "std", &own].contains(&name)
                || self.names.contains(&name)
                || (self.has_providers && providers.iter().any(|provider| provider == name))
        };
        listing
            .lines()
            .filter(|line| !self.except.iter().any(|start| line.starts_with(start)))
            .flat_map(|line| crates_in(line).into_iter().map(move |name| (name, line)))
            .filter(|(name, _)| !is_known(name))
            .collect()
    }
}

/// The crates that a line of a listing names, by the beginning of every path in it and by what it
/// hands on.
fn crates_in(line: &str) -> BTreeSet<&str> {
    let words = line.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
    let roots = words.filter_map(|word| Some(word.split_once("::")?.0));
    let handed_on = line
        .strip_prefix("pub use ")
        .and_then(|path| Some(path.rsplit_once("::")?.1));
    // A generic type begins with a capital, and so does what onay hands on word by word.
    roots
        .chain(handed_on)
        .filter(|name| name.starts_with(char::is_lowercase))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{crates_in, library};

    #[test]
    fn a_package_that_an_api_names_is_part_of_it() {
        let http = library("onay-http", false).expect("is there");
        for package in ["onay-core", "reqwest", "serde"] {
            assert!(http.may_name(package), "{package}");
        }
        assert!(!http.may_name("hyper"));
    }

    #[test]
    fn a_line_names_its_crates() {
        for (line, names) in [
            (
                "pub fn a::B<'de, D: serde::De<'de>>::c(&self, impl d::E) -> core::R<(), <D as x::Y>::Z>",
                &["a", "core", "d", "serde", "x"][..],
            ),
            ("pub use a::reqwest", &["a", "reqwest"]),
            ("impl<T: a::B> a::B for &T", &["a"]),
            ("pub fn &T::b(&self)", &[]),
        ] {
            assert_eq!(crates_in(line).into_iter().collect::<Vec<_>>(), names);
        }
    }
}
