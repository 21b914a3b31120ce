//! What a registry has already, asked through Cargo.

use semver::Version;
use xshell::{Shell, cmd};

use super::Result;

pub(super) const CRATES_IO: &str = "crates-io";

/// Whether the registry has this version. Without a registry's name Cargo would answer with the crate that is
/// here; what it cannot ask is no answer.
pub(super) fn has(shell: &Shell, name: &str, version: &Version, registry: &str) -> Result<bool> {
    let package = format!("{name}@{version}");
    let answer = cmd!(
        shell,
        "cargo info --color never --locked --registry {registry} {package}"
    )
    .quiet()
    .ignore_status()
    .output()?;
    if answer.status.success() {
        return Ok(true);
    }
    let words = String::from_utf8_lossy(&answer.stderr);
    if words.contains(&format!("could not find `{package}` in registry")) {
        return Ok(false);
    }
    Err(format!("{registry} does not say whether it has {package}: {words}").into())
}
