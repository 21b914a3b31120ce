//! What a crate's manifest, together with the workspace's, asks of others.

use std::collections::{BTreeMap, BTreeSet};

use semver::{Version, VersionReq};
use toml_edit::{DocumentMut, Item, TableLike};

use super::Result;
use super::level::is_incompatible;

/// A crate's manifest and the workspace's, as they are or as they were.
pub(super) struct Manifests {
    workspace: DocumentMut,
    own: DocumentMut,
}

/// What is asked of one dependency.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Requirement {
    /// None for a crate of this workspace: its version is decided here.
    version: Option<String>,
    /// Features and the rest, as the workspace says them.
    rest: String,
}

impl Manifests {
    pub(super) fn parse(workspace: &str, own: &str) -> Result<Self> {
        Ok(Self {
            workspace: workspace.parse()?,
            own: own.parse()?,
        })
    }

    /// A field of `[package]`, the workspace's if it is inherited.
    pub(super) fn field(&self, name: &str) -> Option<&str> {
        let own = self.own.get("package")?.get(name)?;
        let inherited = || self.workspace.get("workspace")?.get("package")?.get(name);
        own.as_str().or_else(|| inherited()?.as_str())
    }

    pub(super) fn features(&self) -> BTreeSet<&str> {
        let features = self.own.get("features").and_then(Item::as_table_like);
        let names = features
            .into_iter()
            .flat_map(TableLike::iter)
            .map(|(name, _)| name);
        names.collect()
    }

    /// Of what users build: not of the tests.
    pub(super) fn requirements(&self) -> BTreeMap<&str, Requirement> {
        let targets = self.own.get("target").and_then(Item::as_table_like);
        let for_targets = targets.into_iter().flat_map(TableLike::iter);
        let for_targets = for_targets.map(|(_, target)| target);
        let roots = for_targets.chain([self.own.as_item()]);
        let mut requirements = BTreeMap::new();
        for root in roots {
            for kind in ["dependencies", "build-dependencies"] {
                let table = root.get(kind).and_then(Item::as_table_like);
                for (name, own) in table.into_iter().flat_map(TableLike::iter) {
                    requirements.insert(name, self.requirement(name, own));
                }
            }
        }
        requirements
    }

    fn requirement(&self, name: &str, own: &Item) -> Requirement {
        let inherits = own.get("workspace").and_then(Item::as_bool) == Some(true);
        let shared = || {
            let dependencies = self.workspace.get("workspace")?.get("dependencies")?;
            dependencies.get(name)
        };
        let shared = inherits.then(shared).flatten();
        let whole = shared.unwrap_or(own);
        let version = whole
            .as_str()
            .or_else(|| whole.get("version")?.as_str())
            .filter(|_| whole.get("path").is_none());
        Requirement {
            version: version.map(str::to_owned),
            // Its own part is in its own manifest, which is compared as a file.
            rest: shared
                .and_then(Item::as_table_like)
                .map(options)
                .unwrap_or_default(),
        }
    }
}

impl Requirement {
    /// Whether users may have to change their code with it, if they meet it.
    pub(super) fn is_incompatible(&self, next: &Self) -> bool {
        let first = |requirement: &Self| -> Option<Version> {
            let wanted = VersionReq::parse(requirement.version.as_deref()?).ok()?;
            let first = wanted.comparators.first()?;
            Some(Version::new(
                first.major,
                first.minor.unwrap_or_default(),
                first.patch.unwrap_or_default(),
            ))
        };
        match (first(self), first(next)) {
            (Some(from), Some(to)) => is_incompatible(&from, &to),
            _ => false,
        }
    }

    pub(super) fn version(&self) -> &str {
        self.version.as_deref().unwrap_or("here")
    }
}

/// All but version and place, spelt one way.
fn options(table: &dyn TableLike) -> String {
    let mut options: Vec<String> = table
        .iter()
        .filter(|(name, _)| !["path", "version"].contains(name))
        .map(|(name, value)| format!("{name}={value}"))
        .map(|option| option.split_whitespace().collect())
        .collect();
    options.sort_unstable();
    options.join(" ")
}

#[cfg(test)]
mod tests {
    use super::Manifests;

    const OWN: &str = r#"
        [package]
        edition.workspace = true
        rust-version = "1.90"
        [features]
        default = []
        [dependencies]
        outer = { workspace = true }
        inner = { workspace = true }
        own = "1.2"
        [target.'cfg(unix)'.build-dependencies]
        made = { version = "0.3", default-features = false }
        [dev-dependencies]
        tests = "1"
    "#;

    fn manifests(outer: &str, inner: &str) -> Manifests {
        let workspace = format!(
            "[workspace.package]\nedition = \"2024\"\nrust-version = \"1.85\"\n\
             [workspace.dependencies]\nouter = {outer}\ninner = {inner}\n"
        );
        Manifests::parse(&workspace, OWN).expect("are manifests")
    }

    #[test]
    fn what_is_inherited_counts_as_its_own() {
        let manifests = manifests("\"0.4\"", "{ path = \"inner\", version = \"0.1.0\" }");
        assert_eq!(manifests.field("edition"), Some("2024"));
        assert_eq!(manifests.field("rust-version"), Some("1.90"));
        assert!(manifests.features().contains("default"));
        let requirements = manifests.requirements();
        let versions = requirements.iter().map(|(name, it)| (*name, it.version()));
        assert_eq!(
            versions.collect::<Vec<_>>(),
            [
                ("inner", "here"),
                ("made", "0.3"),
                ("outer", "0.4"),
                ("own", "1.2")
            ]
        );
    }

    #[test]
    fn the_spelling_and_the_version_of_a_crate_of_ours_do_not_count() {
        let inner = "{ path = \"inner\", version = \"0.1.0\" }";
        let before = manifests("{ version = \"0.4\", features = [\"a\", \"b\"] }", inner);
        let after = manifests(
            "{ features = [ \"a\",\"b\" ], version = \"0.4\" }",
            "{ path = \"elsewhere\", version = \"0.2.0\" }",
        );
        assert_eq!(before.requirements(), after.requirements());
        let fewer = manifests("{ version = \"0.4\", features = [\"a\"] }", inner);
        assert_ne!(before.requirements(), fewer.requirements());
    }

    #[test]
    fn another_first_number_is_incompatible() {
        let inner = "{ path = \"inner\", version = \"0.1.0\" }";
        for (next, incompatible) in [("\"0.4.9\"", false), ("\"0.5\"", true), ("\"1\"", true)] {
            let (before, after) = (manifests("\"0.4\"", inner), manifests(next, inner));
            let (before, after) = (before.requirements(), after.requirements());
            assert_eq!(
                before["outer"].is_incompatible(&after["outer"]),
                incompatible
            );
            assert!(!before["inner"].is_incompatible(&after["inner"]));
        }
    }
}
