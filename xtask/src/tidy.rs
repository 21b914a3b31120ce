//! What no other tool checks: the rooms, their size and their first line, the top level, the oldest
//! Rust of the dependencies.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;
use xshell::{Shell, cmd};

use crate::count::count;
use crate::{Outcome, workspace};

/// Aim far below; think hard above.
const MOST_LINES: usize = 400;

/// What the top level may hold besides dot-files.
const TOP: [&str; 9] = [
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "crates",
    "deny.toml",
    "xtask",
];

/// Every provider crate has these: who knows one knows all.
const ROOMS: [&str; 5] = ["client.rs", "code.rs", "config.rs", "lib.rs", "wire.rs"];

const UNFINISHED: [&str; 5] = ["todo!", "unimplemented!", "FIXME", "XXX", "#[ignore"];

pub(crate) fn run(shell: &Shell) -> Outcome {
    let files = cmd!(shell, "git ls-files --cached --others --exclude-standard")
        .quiet()
        .read()?;
    let files: Vec<&str> = files
        .lines()
        .filter(|file| shell.path_exists(file))
        .collect();
    let metadata = workspace::metadata(shell, true)?;
    let mut faults = Vec::new();
    top_level(&files, &mut faults);
    providers(shell, &files, &metadata, &mut faults)?;
    sources(shell, &files, &mut faults)?;
    manifests(&metadata, &mut faults);
    facade(shell, &metadata, &mut faults)?;
    snippets(shell, &mut faults)?;
    changelog(shell, &mut faults)?;
    if faults.is_empty() {
        return Ok(());
    }
    for fault in &faults {
        eprintln!("  {fault}");
    }
    Err(format!("{} to tidy", count(faults.len(), "thing")).into())
}

fn top_level(files: &[&str], faults: &mut Vec<String>) {
    let mut names: Vec<&str> = files
        .iter()
        .filter_map(|file| file.split('/').next())
        .collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        if !name.starts_with('.') && !TOP.contains(&name) {
            faults.push(format!("{name} does not belong at the top level"));
        }
    }
}

/// Whoever says in a manifest to be a provider has the rooms and is part of the facade's `full`, and the other way round.
fn providers(shell: &Shell, files: &[&str], metadata: &Value, faults: &mut Vec<String>) -> Outcome {
    let providers = workspace::provider_names(shell)?;
    for provider in &providers {
        for room in ROOMS {
            let file = format!("crates/{provider}/src/{room}");
            if !files.contains(&file.as_str()) {
                faults.push(format!(
                    "{file} is missing: every provider has the same rooms"
                ));
            }
        }
    }
    let full = facade_features(metadata).and_then(|features| features.get("full")?.as_array());
    let full: BTreeSet<&str> = full
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let mut promised: BTreeSet<&str> = providers.iter().map(String::as_str).collect();
    promised.insert("guard");
    for name in full.symmetric_difference(&promised) {
        faults.push(format!(
            "{name} is either a provider by its manifest or in the facade's `full`, not both"
        ));
    }
    Ok(())
}

fn facade_features(metadata: &Value) -> Option<&serde_json::Map<String, Value>> {
    let onay = workspace::packages(metadata)
        .iter()
        .find(|package| workspace::text(package, "name") == "onay");
    onay?.get("features")?.as_object()
}

fn sources(shell: &Shell, files: &[&str], faults: &mut Vec<String>) -> Outcome {
    let rust = |file: &&&str| {
        Path::new(file)
            .extension()
            .is_some_and(|ending| ending == "rs")
    };
    for file in files.iter().filter(rust) {
        let text = shell.read_file(file)?;
        if !text.starts_with("//!") {
            faults.push(format!(
                "{file} does not say in its first line what it is for"
            ));
        }
        let lines = text.lines().count();
        if lines > MOST_LINES {
            faults.push(format!(
                "{file} has {lines} lines; {MOST_LINES} is the most"
            ));
        }
        for word in UNFINISHED {
            // This file names them.
            if text.contains(word) && !file.ends_with("tidy.rs") {
                faults.push(format!("{file} holds {word}"));
            }
        }
    }
    Ok(())
}

/// Everything inherits what the workspace says, and no dependency wants a newer Rust than we do.
fn manifests(metadata: &Value, faults: &mut Vec<String>) {
    let packages = workspace::packages(metadata);
    let ours = |package: &&Value| package.get("source").is_some_and(Value::is_null);
    let oldest = packages
        .iter()
        .find(ours)
        .map(|package| version(workspace::text(package, "rust_version")))
        .unwrap_or_default();
    for package in packages {
        let name = workspace::text(package, "name");
        let wanted = version(workspace::text(package, "rust_version"));
        if wanted > oldest {
            faults.push(format!(
                "{name} wants Rust {wanted:?}, newer than our {oldest:?}"
            ));
        }
    }
    for package in packages.iter().filter(ours) {
        let name = workspace::text(package, "name");
        if workspace::text(package, "license") != "MIT OR Apache-2.0" {
            faults.push(format!("{name} has another licence than the workspace"));
        }
        if name != "xtask" && workspace::text(package, "description").is_empty() {
            faults.push(format!("{name} has no description"));
        }
        let manifest = workspace::text(package, "manifest_path");
        let inherits = std::fs::read_to_string(manifest)
            .is_ok_and(|text| text.contains("[lints]\nworkspace = true"));
        if !inherits {
            faults.push(format!("{name} does not take the lints of the workspace"));
        }
    }
}

/// The README's feature table names every feature of the facade.
fn facade(shell: &Shell, metadata: &Value, faults: &mut Vec<String>) -> Outcome {
    let features = facade_features(metadata);
    for document in [
        "README.md",
        "crates/all/README.md",
        "crates/all/README.tr.md",
    ] {
        let text = shell.read_file(document)?;
        for feature in features.into_iter().flat_map(|features| features.keys()) {
            if feature != "default" && !text.contains(&format!("`{feature}`")) {
                faults.push(format!("{document} does not name the feature {feature}"));
            }
        }
    }
    Ok(())
}

/// The guide on writing a provider shows Pigeon's own lines.
fn snippets(shell: &Shell, faults: &mut Vec<String>) -> Outcome {
    let guide = shell.read_file("crates/all/src/guide/writing_a_provider.md")?;
    let code = ["src/lib.rs", "tests/it/conformance.rs"]
        .map(|file| shell.read_file(format!("crates/pigeon/{file}")));
    let [library, test] = code;
    let code = format!("{}{}", library?, test?);
    let snippets = guide.split("```rust,ignore\n").skip(1);
    for snippet in snippets.filter_map(|rest| rest.split("```").next()) {
        if !code.contains(snippet) {
            let first = snippet.lines().next().unwrap_or_default();
            faults.push(format!(
                "the guide shows what Pigeon does not hold: {first}"
            ));
        }
    }
    Ok(())
}

fn changelog(shell: &Shell, faults: &mut Vec<String>) -> Outcome {
    if !shell.read_file("CHANGELOG.md")?.contains("## [Unreleased]") {
        faults.push("CHANGELOG.md has no Unreleased section".to_owned());
    }
    Ok(())
}

/// `1.85` or `1.85.0` as numbers that compare.
fn version(text: &str) -> Vec<u32> {
    let mut parts: Vec<u32> = text
        .split('.')
        .filter_map(|part| part.parse().ok())
        .collect();
    parts.resize(3, 0);
    parts
}
