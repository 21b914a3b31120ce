//! `cargo xtask bench`: what a call costs, beside other ways to make it.

mod builds;

use xshell::{Shell, cmd};

use crate::{Outcome, guide, packages};

/// Where the tables go.
const WRITTEN: &str = "target/bench";
/// Where the clients of other languages are installed.
const INSTALLED: &str = "target/bench/installed";
/// Which ones, at which version.
const PINS: &str = "crates/bench/foreign";

/// The table of speed: some minutes.
pub(crate) fn speed(shell: &Shell) -> Outcome {
    packages::ensure(shell, &[("valgrind", "valgrind"), ("cc", "gcc")])?;
    packages::offer(
        shell,
        &[
            ("taskset", "util-linux"),
            ("node", "nodejs"),
            ("npm", "npm"),
            ("python3 -m ensurepip", "python3-venv"),
        ],
    )?;
    for (what, installed) in [("Node", node(shell)), ("Python", python(shell))] {
        if let Err(error) = installed {
            eprintln!("SKIPPED: the clients of {what}, which could not be installed: {error}");
        }
    }
    let run = ["run", "--locked", "--quiet", "--profile", "measure"];
    Ok(cmd!(shell, "cargo {run...} -p onay-bench -- table {WRITTEN}").run()?)
}

/// The table of builds: some minutes for each.
pub(crate) fn builds(shell: &Shell) -> Outcome {
    builds::run(shell, WRITTEN)
}

/// Copies what was measured last into the guide.
pub(crate) fn bless(shell: &Shell) -> Outcome {
    guide::bless(shell, WRITTEN)
}

fn node(shell: &Shell) -> Outcome {
    let folder = format!("{INSTALLED}/node");
    shell.create_dir(&folder)?;
    shell.copy_file(format!("{PINS}/package.json"), &folder)?;
    let quietly = ["--silent", "--no-audit", "--no-fund"];
    Ok(cmd!(shell, "npm install {quietly...} --prefix {folder}").run()?)
}

fn python(shell: &Shell) -> Outcome {
    let folder = format!("{INSTALLED}/python");
    if !shell.path_exists(format!("{folder}/bin/pip")) {
        cmd!(shell, "python3 -m venv {folder}").run()?;
    }
    let quietly = ["--quiet", "--disable-pip-version-check"];
    Ok(cmd!(
        shell,
        "{folder}/bin/pip install {quietly...} -r {PINS}/requirements.txt"
    )
    .run()?)
}
