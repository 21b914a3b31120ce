//! `cargo xtask api`: the public API of every published library, compared with what is written down.

mod libraries;

use std::collections::BTreeSet;
use std::path::PathBuf;

use xshell::{Shell, cmd};

pub(crate) use self::libraries::{Library, library};
use crate::{Outcome, tools, workspace};

/// cargo-public-api reads the JSON of this release, and another one spells the same API differently.
/// Stable, and asked for what it keeps for nightlies: no second toolchain is wanted.
const RUST: &str = "1.95.0";

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Says what differs.
pub(crate) fn compare(shell: &Shell) -> Outcome {
    let Some(listings) = listings(shell)? else {
        let what = format!(
            "the public APIs are read with Rust {RUST}: rustup toolchain install {RUST} --profile minimal"
        );
        if std::env::var_os("CI").is_some() {
            return Err(what.into());
        }
        eprintln!("SKIPPED: {what}");
        return Ok(());
    };
    let mut differs = false;
    for (file, listing) in listings {
        let written = if shell.path_exists(&file) {
            shell.read_file(&file)?
        } else {
            String::new()
        };
        if written != listing {
            differs = true;
            eprintln!("{}", file.display());
            print_difference(&written, &listing);
        }
    }
    if differs {
        return Err("a public API is not as it is written down; if it is meant: cargo xtask api --bless, and a line in CHANGELOG.md".into());
    }
    Ok(())
}

/// Writes every public API down.
pub(crate) fn bless(shell: &Shell) -> Outcome {
    let Some(listings) = listings(shell)? else {
        return Err(format!("the public APIs are read with Rust {RUST}, which is not here").into());
    };
    for (file, listing) in listings {
        shell.write_file(file, listing)?;
    }
    Ok(())
}

/// Per library its file and what belongs in there; nothing where the right Rust is missing.
fn listings(shell: &Shell) -> Result<Option<Vec<(PathBuf, String)>>> {
    let metadata = workspace::metadata(shell, false)?;
    let libraries = libraries::published(&metadata)?;
    let providers = workspace::provider_names(shell)?;
    let modules: Vec<String> = providers
        .iter()
        .map(|name| name.replace('-', "_"))
        .collect();
    let active = cmd!(shell, "rustc --version").quiet().read()?;
    let is_active = active.starts_with(&format!("rustc {RUST} "));
    let installed = cmd!(shell, "rustup which rustc --toolchain {RUST}").quiet();
    if !is_active && installed.ignore_stderr().read().is_err() {
        return Ok(None);
    }
    let program = tools::PUBLIC_API.program(shell)?;
    // What is built with this gets a folder of its own: nothing else is built anew because of it.
    let _nightly = shell.push_env("RUSTC_BOOTSTRAP", "1");
    let _folder = shell.push_env("CARGO_TARGET_DIR", "target/api");
    let mut listings = Vec::new();
    let mut is_clean = true;
    for (library, file) in libraries {
        let Library { name, features, .. } = library;
        let chosen = ["--no-default-features", "--features", features];
        let toolchain = (!is_active).then(|| shell.push_env("RUSTUP_TOOLCHAIN", RUST));
        let json = ["-Z", "unstable-options", "--output-format", "json"];
        cmd!(
            shell,
            "cargo rustdoc --quiet --locked -p {name} --lib {chosen...} -- {json...}"
        )
        .quiet()
        .run()?;
        drop(toolchain);
        let json = format!("target/api/doc/{}.json", name.replace('-', "_"));
        // Without blanket and automatic impls: a page that can be read.
        let listing = cmd!(shell, "{program} --rustdoc-json {json} -ss --color never")
            .quiet()
            .read()?;
        for (stranger, line) in library.strangers(&listing, &modules) {
            is_clean = false;
            eprintln!("  {name} names {stranger}: {line}");
        }
        listings.push((file, listing + "\n"));
    }
    if is_clean {
        return Ok(Some(listings));
    }
    Err("a public API names a crate that it must not name".into())
}

fn print_difference(old: &str, new: &str) {
    let lines = |text: &'_ str| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
    let (old, new) = (lines(old), lines(new));
    for gone in old.difference(&new) {
        eprintln!("  - {gone}");
    }
    for added in new.difference(&old) {
        eprintln!("  + {added}");
    }
}
