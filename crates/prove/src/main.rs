//! Tries what Onay promises on every provider and writes what it saw into tables.
//!
//! `cargo xtask soak prove` runs it, once more with what a neighbour crate can switch on, and compares the tables with the
//! guide's. Every table is the same on every machine: no times, no ports, no addresses in it.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "its tables are for reading"
)]

mod at_most_once;
mod child;
mod every_call;
mod hostile_answers;
mod report;
mod silence;

use std::path::PathBuf;
use std::process::ExitCode;

use report::Report;

const HELP: &str = "\
Usage: onay-prove [--into FOLDER] [SECTION…]

Without a section: all of them. Each is printed, and written into the folder as Markdown.
";

/// A promise and what tries it.
type Section = (&'static str, fn() -> Report);

const SECTIONS: [Section; 3] = [
    ("silence", silence::prove),
    ("hostile_answers", hostile_answers::prove),
    ("at_most_once", at_most_once::prove),
];

fn main() -> ExitCode {
    match run() {
        Ok(0) => ExitCode::SUCCESS,
        Ok(breaches) => {
            eprintln!("{breaches} promises broken");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{error}\n\n{HELP}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<usize, Box<dyn std::error::Error>> {
    let mut folder = None;
    let mut wanted = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == child::ARGUMENT {
            child::run(arguments)?;
            return Ok(0);
        }
        if argument == "--into" {
            folder = Some(PathBuf::from(
                arguments.next().ok_or("--into wants a folder")?,
            ));
        } else if SECTIONS.iter().any(|(name, _)| *name == argument) {
            wanted.push(argument);
        } else {
            return Err(format!("no such section: {argument}").into());
        }
    }
    let mut breaches = 0;
    for (name, prove) in SECTIONS {
        if !wanted.is_empty() && !wanted.iter().any(|wanted| wanted == name) {
            continue;
        }
        let report = prove();
        println!("{}", report.text());
        for breach in report.breaches() {
            eprintln!("broken: {name}: {breach}");
        }
        breaches += report.breaches().len();
        if let Some(folder) = &folder {
            std::fs::create_dir_all(folder)?;
            std::fs::write(folder.join(name).with_extension("md"), report.text())?;
        }
    }
    Ok(breaches)
}
