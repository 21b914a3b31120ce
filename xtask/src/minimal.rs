//! `cargo xtask lint minimal`: the oldest dependencies that the manifests allow are enough.
//!
//! An application may hold any of them back. Only our own requirements are tried, not those of other
//! crates among themselves.

use xshell::{Shell, cmd};

use crate::{Outcome, workspace};

/// A lock file of its own: the real one is not touched.
const LOCK: &str = "target/minimal/Cargo.lock";

pub(crate) fn run(shell: &Shell) -> Outcome {
    shell.create_dir("target/minimal")?;
    shell.copy_file("Cargo.lock", LOCK)?;
    // Both flags are unstable; this lets the stable cargo take them.
    let _unstable = shell.push_env("RUSTC_BOOTSTRAP", "1");
    let _folder = shell.push_env("CARGO_TARGET_DIR", "target/minimal/build");
    let lock = format!("resolver.lockfile-path='{LOCK}'");
    let own = ["-Zlockfile-path", "--config", &lock];
    cmd!(
        shell,
        "cargo update --quiet -Zdirect-minimal-versions {own...}"
    )
    .run()?;
    let metadata = workspace::metadata(shell, false)?;
    let published = workspace::packages(&metadata)
        .iter()
        .filter(|package| {
            package
                .get("publish")
                .is_none_or(serde_json::Value::is_null)
        })
        .flat_map(|package| ["-p", workspace::text(package, "name")]);
    Ok(cmd!(
        shell,
        "cargo check --quiet --locked {own...} {published...} --all-features"
    )
    .run()?)
}
