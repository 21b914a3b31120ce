//! The published crates of the workspace, each after those that it needs.

use std::collections::BTreeSet;

use semver::Version;
use serde_json::Value;

use super::Result;
use crate::api::{self, Library};
use crate::workspace;

#[derive(Debug)]
pub(super) struct Member {
    pub(super) name: String,
    /// From the top of the workspace.
    pub(super) folder: String,
    pub(super) version: Version,
    /// Nobody builds on a program: it is installed.
    pub(super) is_program: bool,
    is_provider: bool,
    /// Which of the others it is built with.
    pub(super) built_with: BTreeSet<String>,
    /// Which of the others the registry has to have before it, those of its tests too.
    needs: BTreeSet<String>,
}

impl Member {
    /// What its public API is made of, where it has one.
    pub(super) fn library(&self) -> Option<Library<'_>> {
        api::library(&self.name, self.is_provider)
    }
}

/// Each after those that it needs.
pub(super) fn published(metadata: &Value) -> Result<Vec<Member>> {
    let root = workspace::text(metadata, "workspace_root");
    let packages = workspace::packages(metadata).iter();
    let packages: Vec<&Value> = packages.filter(|it| is_published(it)).collect();
    let names: BTreeSet<&str> = packages
        .iter()
        .map(|package| workspace::text(package, "name"))
        .collect();
    let members = packages
        .iter()
        .map(|package| member(package, root, &names))
        .collect::<Result<Vec<_>>>()?;
    in_order(members)
}

/// Whether a package of `cargo metadata` is for others.
pub(super) fn is_published(package: &Value) -> bool {
    package.get("publish").is_some_and(Value::is_null)
}

fn member(package: &Value, root: &str, names: &BTreeSet<&str>) -> Result<Member> {
    let manifest = workspace::text(package, "manifest_path");
    let folder = manifest
        .strip_prefix(root)
        .and_then(|rest| rest.strip_suffix("Cargo.toml"))
        .ok_or_else(|| format!("{manifest} is not in {root}"))?;
    let dependencies = |wanted: fn(&Value) -> bool| -> BTreeSet<String> {
        let all = package.get("dependencies").and_then(Value::as_array);
        all.into_iter()
            .flatten()
            .filter(|it| wanted(it))
            .map(|it| workspace::text(it, "name"))
            .filter(|name| names.contains(name))
            .map(str::to_owned)
            .collect()
    };
    let targets = package.get("targets").and_then(Value::as_array);
    let is_library = targets
        .into_iter()
        .flatten()
        .filter_map(|target| target.get("kind")?.as_array())
        .flatten()
        .any(|kind| kind == "lib");
    Ok(Member {
        name: workspace::text(package, "name").to_owned(),
        folder: folder.trim_matches(['/', '\\']).replace('\\', "/"),
        version: Version::parse(workspace::text(package, "version"))?,
        is_program: !is_library,
        is_provider: package.pointer("/metadata/onay/provider") == Some(&true.into()),
        built_with: dependencies(|it| workspace::text(it, "kind") != "dev"),
        // Without a version it is left out of the package.
        needs: dependencies(|it| workspace::text(it, "req") != "*"),
    })
}

fn in_order(mut left: Vec<Member>) -> Result<Vec<Member>> {
    let mut ordered: Vec<Member> = Vec::new();
    while !left.is_empty() {
        let names: BTreeSet<String> = left.iter().map(|member| member.name.clone()).collect();
        let (ready, waiting): (Vec<Member>, Vec<Member>) = left
            .into_iter()
            .partition(|member| member.needs.is_disjoint(&names));
        if ready.is_empty() {
            let names: Vec<String> = names.into_iter().collect();
            return Err(format!("these need each other: {}", names.join(", ")).into());
        }
        ordered.extend(ready);
        left = waiting;
    }
    Ok(ordered)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::published;

    fn package(name: &str, dependencies: &Value) -> Value {
        json!({
            "name": name,
            "version": "0.1.0",
            "manifest_path": format!("/top/crates/{name}/Cargo.toml"),
            "publish": null,
            "targets": [{ "kind": ["lib"] }],
            "dependencies": dependencies,
        })
    }

    #[test]
    fn each_comes_after_what_it_needs_for_its_tests_too() {
        let on = |name, kind: Value| json!([{ "name": name, "kind": kind, "req": "^0.1.0" }]);
        let metadata = json!({
            "workspace_root": "/top",
            "packages": [
                package("a", &on("b", Value::Null)),
                package("b", &on("c", json!("dev"))),
                package("c", &json!([])),
            ],
        });
        let members = published(&metadata).expect("has an order");
        let names: Vec<&str> = members.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["c", "b", "a"]);
        assert_eq!(members[0].folder, "crates/c");
        assert!(members[1].built_with.is_empty());
        assert!(members[2].built_with.contains("b"));
    }

    #[test]
    fn a_circle_has_no_order() {
        let on = |name| json!([{ "name": name, "kind": null, "req": "^0.1.0" }]);
        let metadata = json!({
            "workspace_root": "/top",
            "packages": [package("a", &on("b")), package("b", &on("a"))],
        });
        let error = published(&metadata).expect_err("has no order");
        assert_eq!(error.to_string(), "these need each other: a, b");
    }
}
