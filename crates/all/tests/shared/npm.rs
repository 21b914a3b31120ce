//! Packages from npm that a test wants, fetched once into the target folder as their lock file says.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder into which `tests/npm/{name}` was installed; `None`, said loudly, where npm is missing.
#[expect(clippy::print_stderr, reason = "a skipped test says so loudly")]
pub(crate) fn installed(name: &str, files: &[&str]) -> Option<PathBuf> {
    let npm = Command::new("npm").arg("--version").output();
    if !npm.is_ok_and(|output| output.status.success()) {
        assert!(
            std::env::var_os("CI").is_none(),
            "npm is missing, and CI must not skip this"
        );
        eprintln!("SKIPPED: npm is not installed, so {name} is not there to test with");
        return None;
    }
    let from = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/npm")
        .join(name);
    let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("npm-{name}"));
    let lock = |folder: &Path| std::fs::read(folder.join("package-lock.json")).ok();
    let is_fetched = lock(&from) == lock(&to) && to.join("node_modules").exists();
    std::fs::create_dir_all(&to).expect("a folder");
    for file in files.iter().chain(&["package.json", "package-lock.json"]) {
        std::fs::copy(from.join(file), to.join(file)).expect("copied");
    }
    if !is_fetched {
        let install = Command::new("npm")
            .args([
                "ci",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--silent",
            ])
            .current_dir(&to)
            .status();
        if !install.expect("npm runs").success() {
            // Half of it may be there, and must not pass for the whole.
            std::fs::remove_file(to.join("package-lock.json")).expect("removed");
            panic!("npm could not install {name}");
        }
    }
    Some(to)
}
