//! `cargo xtask release publish`: uploads what crates.io does not have yet, so that it continues after a stop.

use xshell::{Shell, cmd};

use super::{Package, Result, TRAITS, check, packages};
use crate::Outcome;

/// Says what would be uploaded and tagged, and does it with `--execute`.
pub(crate) fn run(shell: &Shell, is_executed: bool) -> Outcome {
    let packages = packages(shell)?;
    let mut excluded = Vec::new();
    for package in &packages {
        let Package { name, version, .. } = package;
        if is_uploaded(shell, package)? {
            eprintln!("{name} {version} is on crates.io");
            excluded.extend(["--exclude".to_owned(), name.clone()]);
        } else {
            eprintln!("{name} {version} will be uploaded");
        }
    }
    let tags: Vec<String> = tags(&packages).collect();
    eprintln!("tags: {}", tags.join(", "));
    if !is_executed {
        return Ok(());
    }
    let commit = check::ensure_passed(shell)?;
    if excluded.len() < 2 * packages.len() {
        cmd!(shell, "cargo publish --workspace --locked {excluded...}").run()?;
    }
    for tag in tags {
        if cmd!(shell, "git rev-parse --verify --quiet {tag}")
            .quiet()
            .read()
            .is_err()
        {
            cmd!(shell, "git tag {tag} {commit}").run()?;
        }
    }
    eprintln!("push the tags: git push --tags");
    Ok(())
}

fn tags(packages: &[Package]) -> impl Iterator<Item = String> {
    let traits = packages.iter().find(|it| it.name == TRAITS);
    let others = packages.iter().find(|it| it.name != TRAITS);
    let traits = traits.map(|it| format!("core-v{}", it.version));
    others
        .map(|it| format!("v{}", it.version))
        .into_iter()
        .chain(traits)
}

/// Cargo asks the registry. What is not there at all and what cannot be asked differ in its message alone.
fn is_uploaded(shell: &Shell, package: &Package) -> Result<bool> {
    let wanted = format!("{}@{}", package.name, package.version);
    let output = cmd!(shell, "cargo info --registry crates-io {wanted}")
        .quiet()
        .ignore_status()
        .output()?;
    let message = String::from_utf8_lossy(&output.stderr);
    if output.status.success() || message.contains("could not find") {
        return Ok(output.status.success());
    }
    Err(format!("crates.io does not say whether it has {wanted}: {message}").into())
}
