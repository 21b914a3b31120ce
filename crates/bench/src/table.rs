//! The table of speed: rounds over all rows, exact counts, the small things, the aims.

mod count;
mod foreign;
mod markdown;
mod number;
mod parts;
mod process;
mod row;
mod target;

use std::ffi::OsStr;
use std::path::Path;

use process::Server;
use row::{Caller, Row};

use crate::calls::Failure;

/// Each round runs every row once, so that whatever disturbs the machine meets all of them.
const ROUNDS: usize = 7;

/// Measures everything and returns the table.
pub(crate) fn speed(installed: &Path) -> Result<String, Failure> {
    let program = std::env::current_exe()?;
    let program = program.as_os_str();
    let server = Server::start(program)?;
    let mut rows = Row::all();
    for round in 1..=ROUNDS {
        say(&format!("round {round} of {ROUNDS}"));
        for row in &mut rows {
            row.run(program, installed, server.address())?;
        }
    }
    say("counting");
    count(&mut rows, program, server.address())?;
    let parts = parts::measured(program, server.address())?;
    Ok(markdown::text(&rows, &parts, ROUNDS))
}

fn count(rows: &mut [Row], program: &OsStr, address: &str) -> Result<(), Failure> {
    for row in rows {
        if let Caller::Rust(way) = row.caller {
            let call = row.call.name();
            let cost = count::cost(program, |times| {
                let phase = format!("1x{times}");
                ["call", way.name(), call, address, &phase]
                    .map(str::to_owned)
                    .to_vec()
            })?;
            row.cost = Some(cost);
        }
    }
    Ok(())
}

#[expect(
    clippy::print_stderr,
    reason = "it takes minutes: whoever waits sees where it is"
)]
fn say(what: &str) {
    eprintln!("bench: {what}");
}
