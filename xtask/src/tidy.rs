//! `cargo xtask lint tidy`: the layout of the repository, and the links between its documents.

use std::path::Path;

use xshell::{Shell, cmd};

use crate::{Outcome, workspace};

/// Aim far below; think hard above.
const MOST_LINES: usize = 400;

/// What the top level may hold besides dot-files.
const TOP: [&str; 9] = [
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "crates",
    "deny.toml",
    "xtask",
];

/// The files of every provider, so that who knows one knows all.
const PROVIDER_FILES: [&str; 5] = ["client.rs", "code.rs", "config.rs", "lib.rs", "wire.rs"];

const UNFINISHED: [&str; 5] = ["todo!", "unimplemented!", "FIXME", "XXX", "#[ignore"];

pub(crate) fn run(shell: &Shell) -> Outcome {
    let files = cmd!(shell, "git ls-files --cached --others --exclude-standard")
        .quiet()
        .read()?;
    let files = files.lines().filter(|file| shell.path_exists(file));
    let mut faults = Vec::new();
    for file in files {
        let top = file.split('/').next().unwrap_or_default();
        if !top.starts_with('.') && !TOP.contains(&top) {
            faults.push(format!("{file} does not belong at the top level"));
        }
        let ending = Path::new(file)
            .extension()
            .and_then(|ending| ending.to_str());
        match ending {
            Some("rs") => source(file, &shell.read_file(file)?, &mut faults),
            Some("md") => {
                let text = shell.read_file(file)?;
                links(shell, file, &text, &mut faults);
                // rustdoc's own links stand in one file, and come before those of each guide.
                if !file.ends_with("/links.md") && is_for_rustdoc_alone(&text) {
                    faults.push(format!(
                        "{file} has hidden lines or links that only rustdoc reads"
                    ));
                }
            }
            _ => {}
        }
    }
    for provider in workspace::providers(shell)? {
        for file in PROVIDER_FILES.map(|file| format!("crates/{provider}/src/{file}")) {
            if !shell.path_exists(&file) {
                faults.push(format!("{file} is missing; every provider has it"));
            }
        }
    }
    for package in workspace::members(&workspace::metadata(shell, false)?) {
        let manifest = shell.read_file(workspace::text(package, "manifest_path"))?;
        if !manifest.contains("[lints]\nworkspace = true") {
            let name = workspace::text(package, "name");
            faults.push(format!("{name} does not inherit the workspace's lints"));
        }
    }
    workspace::report(&faults)
}

fn source(file: &str, text: &str, faults: &mut Vec<String>) {
    if !text.starts_with("//!") {
        faults.push(format!(
            "{file} does not state its purpose in its first line"
        ));
    }
    let lines = text.lines().count();
    if lines > MOST_LINES {
        faults.push(format!(
            "{file} has {lines} lines; {MOST_LINES} is the most"
        ));
    }
    // This file names the words.
    for word in UNFINISHED.iter().filter(|_| !file.ends_with("tidy.rs")) {
        if text.contains(word) {
            faults.push(format!("{file} holds {word}"));
        }
    }
}

/// A link to a file has to lead to one. rustdoc checks the links to items.
fn links(shell: &Shell, file: &str, text: &str, faults: &mut Vec<String>) {
    let folder = Path::new(file).parent().unwrap_or(Path::new(""));
    for target in targets(text) {
        let path = target.split('#').next().unwrap_or_default();
        let is_file = path.contains(['/', '.']) && !path.contains("::") && !path.contains("://");
        if is_file && !path.starts_with("mailto:") && !shell.path_exists(folder.join(path)) {
            faults.push(format!("{file}: the link {target} leads to no file"));
        }
    }
}

/// The targets of `[…](…)` and of `[…]: …`, outside code.
fn targets(text: &str) -> Vec<&str> {
    let mut targets = Vec::new();
    let mut is_code = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
        }
        if is_code {
            continue;
        }
        if line.starts_with('[') {
            targets.extend(line.split_once("]: ").map(|(_, target)| target));
        }
        // Every second part is between backticks.
        let prose = line.split('`').step_by(2);
        let starts = prose.flat_map(|prose| prose.split("](").skip(1));
        targets.extend(starts.filter_map(|rest| Some(rest.split_once(')')?.0)));
    }
    targets
}

/// Whether who reads the file sees what rustdoc hides, or a link to an item, which leads nowhere.
fn is_for_rustdoc_alone(text: &str) -> bool {
    // Only a snippet of Rust has hidden lines; in a shell they are comments.
    let mut fence: Option<bool> = None;
    let is_hidden = text.lines().any(|line| match line.strip_prefix("```") {
        Some(language) => {
            let is_rust = ["", "rust", "no_run", "ignore", "compile_fail"]
                .contains(&language.split(',').next().unwrap_or_default());
            fence = fence.is_none().then_some(is_rust);
            false
        }
        None => fence == Some(true) && (line == "#" || line.starts_with("# ")),
    });
    is_hidden || targets(text).iter().any(|target| target.contains("::"))
}

#[cfg(test)]
mod tests {
    use super::{is_for_rustdoc_alone, targets};

    #[test]
    fn links_are_found_outside_code() {
        let text = "A [b](c.md), [`d`](e.md) and `[not](me)`\n[f]: g.md\n```\n[not](me)\n```\n";
        assert_eq!(targets(text), ["c.md", "e.md", "g.md"]);
    }

    #[test]
    fn what_only_rustdoc_reads_is_found() {
        for text in [
            "```\n# use a::B;\n```\n",
            "```rust,no_run\n#\n```\n",
            "```sh\nls\n```\n\n```\n# }\n```\n",
            "[`B`](crate::B)\n",
            "[B]: crate::B\n",
        ] {
            assert!(is_for_rustdoc_alone(text), "{text}");
        }
        for text in [
            "# A title\n\n```\n#[test]\nfn a() {}\n```\n\n# Another\n",
            "```sh\n# a comment\n```\n\n# Title\n",
            "[B][a::B]\n\n[a::B]: b.rs\n",
        ] {
            assert!(!is_for_rustdoc_alone(text), "{text}");
        }
    }
}
