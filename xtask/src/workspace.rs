//! Where the workspace is and what is in it.

use std::path::{Path, PathBuf};

use serde_json::Value;
use xshell::{Shell, cmd};

/// The top of the workspace.
pub(crate) fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_owned()
}

/// `cargo metadata`, with or without the dependencies.
pub(crate) fn metadata(
    shell: &Shell,
    with_dependencies: bool,
) -> Result<Value, Box<dyn std::error::Error>> {
    let no_dependencies = (!with_dependencies).then_some("--no-deps");
    let json = cmd!(
        shell,
        "cargo metadata --format-version 1 --locked {no_dependencies...}"
    )
    .quiet()
    .read()?;
    Ok(serde_json::from_str(&json)?)
}

/// The packages of a `cargo metadata` answer.
pub(crate) fn packages(metadata: &Value) -> &[Value] {
    let packages = metadata.get("packages").and_then(Value::as_array);
    packages.map(Vec::as_slice).unwrap_or_default()
}

/// The packages that say in their manifest that they are providers.
pub(crate) fn providers(metadata: &Value) -> Vec<&Value> {
    let says_so =
        |package: &&Value| package.pointer("/metadata/onay/provider") == Some(&true.into());
    packages(metadata).iter().filter(says_so).collect()
}

/// Their names as the facade's features spell them: `paynet`.
pub(crate) fn provider_names(shell: &Shell) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let metadata = metadata(shell, false)?;
    let names = providers(&metadata).into_iter().map(|package| {
        let name = text(package, "name");
        name.strip_prefix("onay-").unwrap_or(name).to_owned()
    });
    Ok(names.collect())
}

/// A text in a package of `cargo metadata`.
pub(crate) fn text<'a>(package: &'a Value, field: &str) -> &'a str {
    package
        .get(field)
        .and_then(Value::as_str)
        .unwrap_or_default()
}
