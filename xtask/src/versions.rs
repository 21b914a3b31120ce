//! `cargo xtask lint rust-version`: no crate needs a newer Rust than its manifest states.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use xshell::{Shell, cmd};

use crate::{Outcome, workspace};

/// Reads the `rust-version` of everything that each published crate depends on, and builds with that Rust where it is installed.
pub(crate) fn run(shell: &Shell) -> Outcome {
    let metadata = workspace::metadata(shell, true)?;
    let packages: BTreeMap<&str, &Value> = workspace::packages(&metadata)
        .iter()
        .map(|package| (workspace::text(package, "id"), package))
        .collect();
    let dependencies = dependencies(&metadata);
    let mut faults = Vec::new();
    let mut stated = BTreeMap::<&str, Vec<&str>>::new();
    for package in workspace::published(&metadata) {
        let (name, own) = (
            workspace::text(package, "name"),
            workspace::text(package, "rust_version"),
        );
        stated.entry(own).or_default().push(name);
        for id in closure(workspace::text(package, "id"), &dependencies) {
            let Some(dependency) = packages.get(id) else {
                continue;
            };
            let wanted = workspace::text(dependency, "rust_version");
            if parts(wanted) > parts(own) {
                let dependency = workspace::text(dependency, "name");
                faults.push(format!(
                    "{name} states Rust {own}; {dependency} needs {wanted}"
                ));
            }
        }
    }
    workspace::report(&faults)?;
    for (version, names) in stated {
        build(shell, version, &names)?;
    }
    Ok(())
}

/// Each package with what it depends on outside its tests, with all features, on every platform.
fn dependencies(metadata: &Value) -> BTreeMap<&str, Vec<&str>> {
    let nodes = metadata.pointer("/resolve/nodes").and_then(Value::as_array);
    let is_normal = |dependency: &&Value| {
        let kinds = dependency.get("dep_kinds").and_then(Value::as_array);
        kinds.into_iter().flatten().any(|kind| {
            kind.get("kind")
                .is_none_or(|kind| kind.as_str() != Some("dev"))
        })
    };
    nodes
        .into_iter()
        .flatten()
        .map(|node| {
            let all = node.get("deps").and_then(Value::as_array);
            let normal = all.into_iter().flatten().filter(is_normal);
            let ids = normal.map(|dependency| workspace::text(dependency, "pkg"));
            (workspace::text(node, "id"), ids.collect())
        })
        .collect()
}

fn closure<'m>(id: &'m str, dependencies: &BTreeMap<&'m str, Vec<&'m str>>) -> BTreeSet<&'m str> {
    let mut seen = BTreeSet::new();
    let mut left = vec![id];
    while let Some(id) = left.pop() {
        if seen.insert(id) {
            left.extend(dependencies.get(id).into_iter().flatten());
        }
    }
    seen
}

/// `1.85` or `1.85.0` as numbers that compare; empty where a package states none.
fn parts(version: &str) -> Vec<u32> {
    let mut parts: Vec<u32> = version
        .split('.')
        .filter_map(|part| part.parse().ok())
        .collect();
    parts.resize(3, 0);
    parts
}

fn build(shell: &Shell, version: &str, names: &[&str]) -> Outcome {
    let installed = cmd!(shell, "rustup which rustc --toolchain {version}").quiet();
    let Ok(rustc) = installed.ignore_stderr().read() else {
        eprintln!("SKIPPED: a build with Rust {version}; rustup toolchain install {version}");
        return Ok(());
    };
    let _rustc = shell.push_env("RUSTC", rustc);
    let _folder = shell.push_env("CARGO_TARGET_DIR", "target/rust-version");
    let names = names.iter().flat_map(|name| ["-p", name]);
    Ok(cmd!(shell, "cargo check --locked {names...}").run()?)
}
