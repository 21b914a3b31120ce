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

/// A text in a package of `cargo metadata`.
pub(crate) fn text<'a>(package: &'a Value, field: &str) -> &'a str {
    package
        .get(field)
        .and_then(Value::as_str)
        .unwrap_or_default()
}
