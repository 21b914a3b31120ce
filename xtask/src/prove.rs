//! `cargo xtask prove`: the promises, tried on every provider; the tables of the guide are made here.

use std::path::Path;

use xshell::{Shell, cmd};

use crate::{Outcome, guide};

/// Where the tables go.
const WRITTEN: &str = "target/prove";

/// Tries everything, and fails if a promise is broken or if the guide tells something else.
pub(crate) fn run(shell: &Shell) -> Outcome {
    tables(shell)?;
    let stale = guide::stale(shell, WRITTEN)?;
    if stale.is_empty() {
        eprintln!("the tables are in {WRITTEN}, and the guide's are the same");
        return Ok(());
    }
    let stale = stale.join(", ");
    Err(
        format!("the guide's tables differ ({stale}): cargo xtask prove --bless writes them")
            .into(),
    )
}

/// Tries everything, and writes the guide's tables.
pub(crate) fn bless(shell: &Shell) -> Outcome {
    tables(shell)?;
    guide::bless(shell, WRITTEN)
}

/// The second run is with what another crate in the tree could switch on.
fn tables(shell: &Shell) -> Outcome {
    shell.remove_path(WRITTEN)?;
    // One section runs the command line, and finds it beside itself.
    cmd!(shell, "cargo build --locked --quiet -p onay-cli").run()?;
    let prove = ["run", "--locked", "--quiet", "-p", "onay-prove"];
    cmd!(shell, "cargo {prove...} -- --into {WRITTEN}").run()?;
    let neighbour = format!("{WRITTEN}/neighbour");
    cmd!(
        shell,
        "cargo {prove...} --features neighbour -- --into {neighbour} at_most_once"
    )
    .run()?;
    let table = "at_most_once.md";
    shell.copy_file(
        Path::new(&neighbour).join(table),
        Path::new(WRITTEN).join("at_most_once_neighbour.md"),
    )?;
    Ok(())
}
