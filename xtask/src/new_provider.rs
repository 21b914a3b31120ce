//! `cargo xtask new-provider NAME`: a provider's crate with all its rooms, its feature in the facade, and its rows.

mod documents;
mod manifests;
mod name;
mod rooms;
mod trial;

use xshell::{Shell, cmd};

use self::name::Name;
pub(crate) use self::trial::run as try_it;
use crate::{Outcome, picture, workspace};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Makes the crate and tells what comes next.
pub(crate) fn run(shell: &Shell, name: &str) -> Outcome {
    make(shell, name)?;
    eprintln!(
        "\ncrates/{name} is there, with the feature {name} of onay and its rows in the documents.\n\
         Nothing is known of the provider yet. What to write, and where, is said by\n\n    \
         cargo test -p onay-{name}\n\n\
         until it passes. Then delete crates/{name}/tests/it/conformance/unwritten.rs and its line in conformance.rs, and \
         run\n\n    \
         cargo fmt --all\n    \
         cargo xtask api --bless\n    \
         cargo xtask lint\n\n\
         What is not made, and knows nothing of {name}:\n  \
         - the sandbox (crates/sandbox) and the command line (crates/cli)\n  \
         - cargo xtask prove: after api --bless it fails and names the new public types. They are added to \
         crates/prove/src/silence/types.rs, the calls to crates/prove/src/every_call.rs\n  \
         - cargo xtask mutants: what decides in it becomes an area in xtask/src/mutants.rs\n\n\
         The guide on all of this: crates/all/src/guide/writing_a_provider.md"
    );
    Ok(())
}

/// Everything is worked out before anything is written: what cannot be done changes nothing.
fn make(shell: &Shell, name: &str) -> Outcome {
    let rooms = rooms::templates(shell)?;
    let name = Name::parse(name, &taken(shell)?, &rooms)?;
    let mut files = rooms::filled(&rooms, &name);
    files.extend(manifests::edited(shell, &name)?);
    files.extend(documents::edited(shell, &name)?);
    for (path, text) in files {
        shell.write_file(path, text)?;
    }
    rooms::link_licences(shell, &name)?;
    let package = name.package();
    // No other version may move because of this.
    cmd!(shell, "cargo update --workspace --offline --quiet").run()?;
    // How the lines break, and in which order they stand, depends on the name.
    cmd!(shell, "cargo fmt -p {package} -p onay").run()?;
    picture::bless(shell)
}

/// The names that a provider can no longer have: folders, packages, and features of the facade.
fn taken(shell: &Shell) -> Result<Vec<String>> {
    let mut names: Vec<String> = shell
        .read_dir("crates")?
        .iter()
        .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()))
        .collect();
    let metadata = workspace::metadata(shell, false)?;
    for package in workspace::packages(&metadata) {
        let package_name = workspace::text(package, "name");
        names.push(package_name.trim_start_matches("onay-").to_owned());
        if package_name == "onay" {
            let features = package.get("features").and_then(|it| it.as_object());
            names.extend(features.into_iter().flat_map(|it| it.keys().cloned()));
        }
    }
    // The other module of the facade.
    names.push("guide".to_owned());
    Ok(names)
}
