//! What is left to write, place by place. Delete this file, and its line in conformance.rs, once it passes.

use std::path::Path;

/// This crate's own files, in the order in which they are best written.
const FILES: [&str; 8] = [
    "tests/it/conformance.rs",
    "tests/it/requests.rs",
    "src/wire.rs",
    "src/code.rs",
    "src/client.rs",
    "src/config.rs",
    "src/lib.rs",
    "README.md",
];

/// Files of the workspace that name this crate beside others.
const SHARED: [&str; 5] = [
    "../all/src/lib.rs",
    "../all/README.md",
    "../all/README.tr.md",
    "../../README.md",
    "../../CHANGELOG.md",
];

#[test]
fn nothing_is_left_to_write() {
    let mut left = Vec::new();
    for file in FILES {
        left.extend(marked(file).into_iter().map(|(place, _)| place));
    }
    for file in SHARED {
        let ours = |line: &str| line.contains("`{{name}}`") || line.contains("`onay-{{name}}`");
        let lines = marked(file).into_iter().filter(|(_, line)| ours(line));
        left.extend(lines.map(|(place, _)| place));
    }
    assert!(
        left.is_empty(),
        "{{Title}} is not written yet: put what the provider documents in these {} places, and delete what it does not have\n{}",
        left.len(),
        left.join("\n")
    );
}

/// The lines that say so, each with its place.
fn marked(file: &str) -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = std::fs::read_to_string(path).expect(file);
    let mut found = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let words = line.replace('-', " ").to_lowercase();
        if words.contains("not written yet") || words.contains("henüz yazılmadı") {
            let place = format!("  {file}:{number}: {}", line.trim());
            found.push((place, line.to_owned()));
        }
    }
    found
}
