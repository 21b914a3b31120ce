//! `cargo xtask mutants`: whether the tests notice when the code that decides is changed.
//!
//! cargo-mutants changes one thing at a time and runs the crate's tests. That takes long, so it is
//! for releases. `--bless` writes what came of it last into the guide. A change that makes no
//! difference is set aside in `.cargo/mutants.toml`, with the reason, and the guide tells it.

mod areas;
mod aside;
mod table;

use areas::{AREAS, Area};
use xshell::{Shell, cmd};

use crate::{Outcome, tools, workspace};

const WRITTEN: &str = "target/mutants";

/// What the areas are called.
#[cfg(test)]
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    AREAS.iter().map(|area| area.name)
}

/// `--bless`, or `[--missed] [AREA]`; an area is named by a part of its name. Only what was run newly
/// is new: the others are told as they were run last. `--missed` tries again what was missed then.
pub(crate) fn run(shell: &Shell, arguments: &[&str]) -> Outcome {
    let (wanted, only_missed) = match arguments {
        [] => ("", false),
        ["--bless"] => return table::bless(shell),
        ["--missed"] => ("", true),
        ["--missed", wanted] => (*wanted, true),
        [wanted] if !wanted.starts_with('-') => (*wanted, false),
        _ => return Err("cargo xtask mutants --bless | [--missed] [AREA]".into()),
    };
    let chosen: Vec<&Area> = AREAS
        .iter()
        .filter(|area| area.name.contains(wanted))
        .collect();
    if chosen.is_empty() {
        let names: Vec<&str> = AREAS.iter().map(|area| area.name).collect();
        return Err(format!("no area is called {wanted}; there are {}", names.join(", ")).into());
    }
    for area in chosen {
        let found = area.found(shell)?;
        let missed = [found.missed, found.timeout].concat();
        if only_missed && missed.is_empty() {
            continue;
        }
        eprintln!("mutants: {}", area.name);
        if only_missed {
            mutate(shell, area, &area.again(), &missed)?;
        } else {
            shell.remove_path(area.again())?;
            mutate(shell, area, &area.folder(), &[])?;
        }
    }
    eprintln!("{}", table::table(shell)?);
    Ok(())
}

/// Leaves what came of it below `target/mutants`. Mutants that the tests missed are no failure of the
/// run: the table tells of them. No names: every mutant of the area.
fn mutate(shell: &Shell, area: &Area, output: &str, names: &[String]) -> Outcome {
    let program = tools::MUTANTS.program(shell)?;
    shell.remove_path(output)?;
    shell.create_dir(output)?;
    let scope = area.scope();
    let names = names.iter().map(|name| format!("--re={}", pattern(name)));
    let package = area.package;
    let tests = area.tests.arguments();
    let how = [
        "--jobs",
        "1",
        "--test-tool",
        "nextest",
        // nextest ends a test that hangs; this is for a machine that is busy.
        "--minimum-test-timeout",
        "120",
        "--no-shuffle",
        "--colors",
        "never",
    ];
    // One folder for what every copy of the tree builds: the dependencies are built once.
    let build = workspace::root().join(WRITTEN).join("build");
    let _built = shell.push_env("CARGO_TARGET_DIR", build);
    let _light = shell.push_env("CARGO_PROFILE_DEV_DEBUG", "false");
    let _which = shell.push_env("NEXTEST_PROFILE", "mutants");
    let _quick = shell.push_env("BOLERO_RANDOM_ITERATIONS", "200");
    let status = cmd!(
        shell,
        "{program} mutants {how...} --output {output} --test-package {package} {scope...} {names...} {tests...}"
    )
    .ignore_status()
    .output()?
    .status;
    // 2 and 3: some were missed, some ran out of time.
    match status.code() {
        Some(0 | 2 | 3) => Ok(()),
        code => Err(format!("cargo-mutants ended with {code:?}; see {output}").into()),
    }
}

/// Of one mutant's name: whatever a pattern could read as its own stands for any sign. It may match
/// a neighbour at the same place too, which is then tried once more.
fn pattern(name: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() { c } else { '.' };
    let name: String = name.chars().map(plain).collect();
    format!("^{name}$")
}
