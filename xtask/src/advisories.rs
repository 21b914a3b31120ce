//! The security advisories, of a database that the environment names.
//!
//! cargo-audit would read the same database and say the same, so it is not asked as well.

use std::path::Path;

use xshell::{Shell, cmd};

use crate::{Outcome, tools, workspace};

/// Names a checked-out <https://github.com/rustsec/advisory-db>.
pub(crate) const VARIABLE: &str = "ONAY_ADVISORY_DB";

/// Below this cargo-deny keeps databases, each under a name of its own.
const DATABASES: &str = "target/advisories";

/// cargo-deny's name for the database of its default address.
const NAME: &str = "advisory-db-3157b0e258782691";

/// Looks every crate of the lock file up, where a database is named, and says loudly where none is.
pub(crate) fn run(shell: &Shell) -> Outcome {
    let Ok(database) = shell.var(VARIABLE) else {
        eprintln!(
            "SKIPPED: security advisories; {VARIABLE} names no checked-out rustsec/advisory-db"
        );
        return Ok(());
    };
    let database = std::fs::canonicalize(&database)
        .map_err(|error| format!("{VARIABLE} names {database}: {error}"))?;
    let root = workspace::root();
    let databases = root.join(DATABASES);
    shell.remove_path(&databases)?;
    shell.create_dir(&databases)?;
    link(&database, &databases.join(NAME))?;
    let settings = databases.join("deny.toml");
    let ours = shell.read_file("deny.toml")?;
    let theirs = format!(
        "\n[advisories]\ndb-path = {:?}\n",
        databases.display().to_string()
    );
    shell.write_file(&settings, ours + &theirs)?;
    let program = tools::DENY.program(shell)?;
    // Offline: the database is taken as it is. One that is older than 90 days is refused.
    let how = ["--all-features", "--offline", "--config"];
    Ok(cmd!(
        shell,
        "{program} {how...} {settings} check --hide-inclusion-graph advisories"
    )
    .run()?)
}

#[cfg(unix)]
fn link(from: &Path, to: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(from, to)
}

#[cfg(not(unix))]
fn link(_: &Path, _: &Path) -> std::io::Result<()> {
    Err(std::io::Error::other("advisories are looked up on Unix"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A database with one advisory, made up: against a crate of our tree.
    fn database(shell: &Shell, package: &str) -> std::path::PathBuf {
        let folder = workspace::root()
            .join("target/made-up-advisories")
            .join(package);
        shell.remove_path(&folder).expect("removed");
        let advisory = format!(
            "```toml\n[advisory]\nid = \"RUSTSEC-2026-9999\"\npackage = \"{package}\"\n\
             date = \"2026-01-01\"\n\n[versions]\npatched = []\n```\n\n# Made up\n\nFor a test.\n"
        );
        let file = folder
            .join("crates")
            .join(package)
            .join("RUSTSEC-2026-9999.md");
        shell.write_file(file, advisory).expect("written");
        let _there = shell.push_dir(&folder);
        let who = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
        cmd!(shell, "git init --quiet").run().expect("a repository");
        cmd!(shell, "git add .").run().expect("added");
        cmd!(shell, "git {who...} commit --quiet -m made-up")
            .run()
            .expect("committed");
        folder
    }

    #[test]
    fn an_advisory_against_a_crate_of_the_tree_fails() {
        let shell = Shell::new().expect("a shell");
        shell.change_dir(workspace::root());
        let ours = database(&shell, "hyper");
        let theirs = database(&shell, "no-crate-of-ours");
        // Where the tool is not built yet, a test does not build it.
        if !tools::DENY.is_built() {
            eprintln!("SKIPPED: cargo-deny is not built; cargo xtask lint deny builds it");
            return;
        }
        {
            let _named = shell.push_env(VARIABLE, &theirs);
            run(&shell).expect("nothing against our tree");
        }
        let _named = shell.push_env(VARIABLE, &ours);
        run(&shell).expect_err("an advisory against hyper");
    }

    #[test]
    fn a_database_that_is_not_there_is_an_error() {
        let shell = Shell::new().expect("a shell");
        shell.change_dir(workspace::root());
        let _named = shell.push_env(VARIABLE, "target/no-such-database");
        run(&shell).expect_err("no database");
    }
}
