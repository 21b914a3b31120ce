//! `cargo xtask release`: what `cargo publish --workspace` leaves to be done before and after it.

pub(crate) mod api;
pub(crate) mod check;
pub(crate) mod prepare;
pub(crate) mod publish;

use serde_json::Value;
use xshell::{Shell, cmd};

use crate::workspace::{self, text};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// The traits have a version of their own, so that other people's providers need no new one when a provider here breaks.
const TRAITS: &str = "onay-core";

/// A published package.
struct Package {
    name: String,
    version: String,
    is_library: bool,
}

fn packages(shell: &Shell) -> Result<Vec<Package>> {
    let metadata = workspace::metadata(shell, false)?;
    let packages = workspace::published(&metadata).map(|package| Package {
        name: text(package, "name").to_owned(),
        version: text(package, "version").to_owned(),
        is_library: is_library(package),
    });
    Ok(packages.collect())
}

fn is_library(package: &Value) -> bool {
    let targets = package.get("targets").and_then(Value::as_array);
    targets.into_iter().flatten().any(|target| {
        let kinds = target.get("kind").and_then(Value::as_array);
        kinds.into_iter().flatten().any(|kind| kind == "lib")
    })
}

/// The commit that is checked out, with nothing uncommitted beside it.
fn clean_commit(shell: &Shell) -> Result<String> {
    let changed = cmd!(shell, "git status --porcelain").quiet().read()?;
    if changed.is_empty() {
        return Ok(cmd!(shell, "git rev-parse HEAD").quiet().read()?);
    }
    Err(format!("commit first; the work tree has changes:\n{changed}").into())
}
