//! What a registry shows of a crate: complete, and within its limits.

use serde_json::Value;
use xshell::Shell;

use super::member::is_published;
use crate::{Outcome, workspace};

/// crates.io takes no more of either.
const MOST_WORDS: usize = 5;
const LONGEST_KEYWORD: usize = 20;

pub(super) fn run(shell: &Shell) -> Outcome {
    let metadata = workspace::metadata(shell, false)?;
    let packages = workspace::packages(&metadata).iter();
    let packages = packages.filter(|it| is_published(it));
    let faults: Vec<String> = packages.flat_map(faults_of).collect();
    let without = without_repository(&metadata);
    if !without.is_empty() {
        let names = without.join(", ");
        eprintln!("  no `repository` is named, and for crates.io it has to be: {names}");
    }
    super::report(&faults)
}

/// Whoever finds a crate on crates.io finds its source.
pub(super) fn ensure_repository(shell: &Shell) -> Outcome {
    let metadata = workspace::metadata(shell, false)?;
    let without = without_repository(&metadata);
    if without.is_empty() {
        return Ok(());
    }
    Err(format!(
        "no repository address is known: put one into [workspace.package], and repository.workspace = true into {}",
        without.join(", ")
    )
    .into())
}

fn without_repository(metadata: &Value) -> Vec<&str> {
    let packages = workspace::packages(metadata).iter();
    packages
        .filter(|it| is_published(it) && workspace::text(it, "repository").is_empty())
        .map(|it| workspace::text(it, "name"))
        .collect()
}

fn faults_of(package: &Value) -> Vec<String> {
    let name = workspace::text(package, "name");
    let mut faults = Vec::new();
    for field in ["description", "license", "readme", "rust_version"] {
        if workspace::text(package, field).is_empty() {
            faults.push(format!("{name} has no {field}"));
        }
    }
    for field in ["keywords", "categories"] {
        let words = words(package.get(field));
        if words.is_empty() || words.len() > MOST_WORDS {
            let count = words.len();
            faults.push(format!(
                "{name} has {count} {field}; 1 to {MOST_WORDS} are good"
            ));
        }
        if field == "keywords" {
            let long = words.iter().filter(|word| word.len() > LONGEST_KEYWORD);
            faults.extend(long.map(|word| format!("{name}: the keyword {word} is too long")));
        }
    }
    let docs = package
        .get("metadata")
        .and_then(|it| it.get("docs")?.get("rs"));
    let shown = words(docs.and_then(|docs| docs.get("features")));
    for feature in shown {
        let is_there = package
            .get("features")
            .and_then(|it| it.get(feature))
            .is_some();
        if !is_there {
            faults.push(format!(
                "{name} shows the feature {feature} on docs.rs and has none such"
            ));
        }
    }
    faults
}

fn words(list: Option<&Value>) -> Vec<&str> {
    let list = list.and_then(Value::as_array);
    list.into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{faults_of, without_repository};

    #[test]
    fn what_is_missing_or_too_much_is_named() {
        let mut package = json!({
            "name": "a",
            "description": "A.",
            "license": "MIT",
            "readme": "README.md",
            "rust_version": "1.85",
            "keywords": ["one"],
            "categories": ["finance"],
            "features": { "tls": [] },
            "metadata": { "docs": { "rs": { "features": ["tls"] } } },
        });
        assert!(faults_of(&package).is_empty());
        package["description"] = json!(null);
        package["keywords"] = json!(["a", "b", "c", "d", "e", "six-and-far-longer-than-allowed"]);
        package["categories"] = json!([]);
        package["metadata"]["docs"]["rs"]["features"] = json!(["tls", "gone"]);
        assert_eq!(
            faults_of(&package),
            [
                "a has no description",
                "a has 6 keywords; 1 to 5 are good",
                "a: the keyword six-and-far-longer-than-allowed is too long",
                "a has 0 categories; 1 to 5 are good",
                "a shows the feature gone on docs.rs and has none such",
            ]
        );
    }

    #[test]
    fn who_is_published_names_a_repository() {
        let package = |name, repository, publish| json!({ "name": name, "repository": repository, "publish": publish });
        let metadata = json!({ "packages": [
            package("named", json!("https://git.example.com/onay"), json!(null)),
            package("nameless", json!(null), json!(null)),
            package("our-own", json!(null), json!([])),
        ] });
        assert_eq!(without_repository(&metadata), ["nameless"]);
    }
}
