//! The workspace as `cargo metadata` describes it.

use std::path::{Path, PathBuf};

use serde_json::Value;
use xshell::{Shell, cmd};

use crate::Outcome;

/// The top of the workspace.
pub(crate) fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_owned()
}

/// `cargo metadata` with all features, with or without the dependencies.
pub(crate) fn metadata(
    shell: &Shell,
    with_dependencies: bool,
) -> Result<Value, Box<dyn std::error::Error>> {
    let no_dependencies = (!with_dependencies).then_some("--no-deps");
    let json = cmd!(
        shell,
        "cargo metadata --format-version 1 --locked --all-features {no_dependencies...}"
    )
    .quiet()
    .read()?;
    Ok(serde_json::from_str(&json)?)
}

/// Every package in the metadata, dependencies included.
pub(crate) fn packages(metadata: &Value) -> &[Value] {
    let packages = metadata.get("packages").and_then(Value::as_array);
    packages.map(Vec::as_slice).unwrap_or_default()
}

/// The packages of this workspace.
pub(crate) fn members(metadata: &Value) -> impl Iterator<Item = &Value> {
    let is_member = |package: &&Value| package.get("source").is_some_and(Value::is_null);
    packages(metadata).iter().filter(is_member)
}

/// The members that go to crates.io.
pub(crate) fn published(metadata: &Value) -> impl Iterator<Item = &Value> {
    members(metadata).filter(|package| package.get("publish").is_some_and(Value::is_null))
}

/// The providers' names as the facade's features spell them: `paynet`. Their manifests say what they are.
pub(crate) fn providers(shell: &Shell) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let metadata = metadata(shell, false)?;
    let is_provider =
        |package: &&Value| package.pointer("/metadata/onay/provider") == Some(&true.into());
    let names = members(&metadata).filter(is_provider).map(|package| {
        let name = text(package, "name");
        name.strip_prefix("onay-").unwrap_or(name).to_owned()
    });
    Ok(names.collect())
}

/// A text field of a package.
pub(crate) fn text<'a>(package: &'a Value, field: &str) -> &'a str {
    package
        .get(field)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// Prints faults, and fails where there are any.
pub(crate) fn report(faults: &[String]) -> Outcome {
    for fault in faults {
        eprintln!("  {fault}");
    }
    match faults.len() {
        0 => Ok(()),
        count => Err(format!("{count} to mend").into()),
    }
}
