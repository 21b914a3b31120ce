//! axe-core, fetched once into the target folder, as its lock file says.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::page::Page;

/// The script.
pub(crate) fn fetched() -> Option<String> {
    let there = Command::new("npm").arg("--version").output();
    if !there.is_ok_and(|output| output.status.success()) {
        assert!(
            std::env::var_os("CI").is_none(),
            "npm is missing, and CI must not skip this"
        );
        return None;
    }
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/npm");
    let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join("axe");
    std::fs::create_dir_all(&to).expect("a folder");
    let lock = std::fs::read(from.join("package-lock.json")).expect("a lock");
    let script = to.join("node_modules/axe-core/axe.min.js");
    let is_fetched = std::fs::read(to.join("package-lock.json")).ok() == Some(lock);
    if !is_fetched || !script.exists() {
        for file in ["package.json", "package-lock.json"] {
            std::fs::copy(from.join(file), to.join(file)).expect("copied");
        }
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
        assert!(
            install.expect("npm runs").success(),
            "npm could not fetch axe-core"
        );
    }
    Some(std::fs::read_to_string(script).expect("axe-core"))
}

/// That axe finds nothing on the page as it is now.
pub(crate) async fn finds_nothing(page: &Page, axe: &str, what: &str) {
    let script = format!(
        "{axe}
         const done = arguments[arguments.length - 1];
         axe.run(document, {{resultTypes: ['violations']}}).then(
           ({{violations}}) => done(violations.map(({{id, nodes}}) =>
             id + ': ' + nodes.map((node) => node.html + ' ' + node.failureSummary).join(' | '))),
           (error) => done([String(error)]));"
    );
    let found = page.browser.client.execute_async(&script, Vec::new()).await;
    let found = found.unwrap_or_else(|error| panic!("{what}: {error}"));
    assert_eq!(found, Value::Array(Vec::new()), "{what}");
}
