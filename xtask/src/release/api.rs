//! The public APIs: how they differ from a revision, and that they name no crate whose next version would break them.

use std::path::Path;

use xshell::{Shell, cmd};

use super::packages;
use crate::{Outcome, tools, workspace};

const FOLDER: &str = "target/release-check/api";

/// Beside the standard library and the project's own crates. `reqwest` is handed on for its `ClientBuilder`.
const MAY_BE_NAMED: [&str; 4] = ["async_trait", "reqwest", "serde", "serde_core"];

/// Prints the differences; the changelog has to tell them.
pub(super) fn run(shell: &Shell, baseline: &str) -> Outcome {
    let before = format!("{FOLDER}/checkout");
    shell.remove_path(FOLDER)?;
    cmd!(shell, "git worktree prune").run()?;
    cmd!(shell, "git worktree add --detach {before} {baseline}").run()?;
    let mut faults = Vec::new();
    for library in packages(shell)?.into_iter().filter(|it| it.is_library) {
        let name = library.name;
        let now = list(shell, Path::new("."), &name)?;
        faults.extend(strangers(&now).map(|line| format!("{name} names another crate: {line}")));
        let then = list(shell, Path::new(&before), &name).unwrap_or_default();
        let files = [("before", then), ("now", now)].map(|(when, text)| {
            let file = format!("{FOLDER}/{when}/{name}.txt");
            shell.write_file(&file, text).map(|()| file)
        });
        let [then, now] = files;
        let (then, now) = (then?, now?);
        cmd!(
            shell,
            "git --no-pager diff --no-index --unified=0 {then} {now}"
        )
        .quiet()
        .ignore_status()
        .run()?;
    }
    cmd!(shell, "git worktree remove --force {before}").run()?;
    workspace::report(&faults)
}

fn list(shell: &Shell, checkout: &Path, name: &str) -> super::Result<String> {
    let program = tools::PUBLIC_API.program(shell)?;
    let manifest = checkout.join("Cargo.toml");
    let target = workspace::root().join("target/release-check/rustdoc");
    let _folder = shell.push_env("CARGO_TARGET_DIR", target);
    // Without blanket and automatic implementations.
    Ok(cmd!(
        shell,
        "{program} public-api --manifest-path {manifest} -p {name} --all-features -ss --color never"
    )
    .read()?)
}

/// The lines that name a crate by the beginning of a path.
fn strangers(listing: &str) -> impl Iterator<Item = &str> {
    listing.lines().filter(|line| {
        let words = line.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
        let mut roots = words.filter_map(|word| Some(word.split_once("::")?.0));
        roots.any(|root| {
            let is_crate = root.starts_with(char::is_lowercase);
            let is_known = ["alloc", "core", "std"].contains(&root)
                || root == "onay"
                || root.starts_with("onay_")
                || MAY_BE_NAMED.contains(&root);
            is_crate && !is_known
        })
    })
}

#[cfg(test)]
mod tests {
    use super::strangers;

    #[test]
    fn a_foreign_crate_is_found() {
        let listing = "pub fn onay_core::A::b(&self) -> core::option::Option<T::C>\n\
                       impl redis::aio::D for onay_guard::E\npub fn onay::f() -> reqwest::G\n";
        assert_eq!(
            strangers(listing).collect::<Vec<_>>(),
            ["impl redis::aio::D for onay_guard::E"]
        );
    }
}
