//! Keys, codes, tokens, sessions, numbers and addresses: looked for wherever something is printed.

mod answers;
mod canary;
mod clients;
mod command_line;
mod control;
mod guard;
mod memory;
mod panics;
mod place;
mod sandbox;
mod tls;
mod types;

use self::canary::{Canary, Kind, Text};
use self::place::Place;
use crate::report::Report;

const PLACES: &str = "\
Every value was looked for as it is, in capitals, without its separators, grouped, percent-encoded whole or in \
part, form-encoded, in base64 wherever it begins, in hexadecimal and as a list of bytes. *Masked* means that only `+90 555 *** ** 91` or `k***@example.com` stands there.";

const CONTROL: &str = "\
The same eyes on things that were made careless on purpose. Where the first table says *in clear*, the value had to be \
found as well.";

const MEMORY: &str = "\
All memory that the process can write to, searched for the value before and after the drop. The values are 203 bytes \
long, and what is searched for is all but their first 32 bytes: allocators write their own notes into the first bytes \
of freed memory, so that those say nothing either way, and a short value is often overwritten by the next one. What is \
shown is that the types wipe; of memory that moves or is copied while a value is made, only what was still there at \
the end was seen. A client that was used is not in this table: the HTTP library keeps headers and bodies in memory of \
its own, and nobody wipes that. Neither is the command line: its settings are plain text in the memory of a process that soon ends.";

/// Why a place could not be looked at.
type Failed = Box<dyn std::error::Error + Send + Sync>;

/// The table.
pub(crate) fn prove() -> Report {
    let mut report = Report::default();
    if let Err(failed) = tables(&mut report) {
        report.breach(format!("could not be tried: {failed}"));
    }
    report
}

fn tables(report: &mut Report) -> Result<(), Failed> {
    // First, while there is little memory to look through.
    let wiped = memory::rows(report)?;
    // One thread, so that all of its traces are kept.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let canaries = canary::all()?;
    let places = runtime.block_on(places())?;
    report.paragraph(PLACES);
    let mut head = vec!["place"];
    head.extend(Kind::ALL.map(Kind::head));
    let rows: Vec<Vec<String>> = places
        .iter()
        .map(|place| place.row(&canaries, report))
        .collect();
    report.table(&head, &rows);
    report.paragraph(CONTROL);
    let rows = runtime.block_on(slips(&canaries, report))?;
    report.table(&["a careless thing", "found"], &rows);
    report.paragraph(MEMORY);
    report.table(&["what held it", "before the drop", "after"], &wiped);
    Ok(())
}

/// A row for each careless thing; one that is not found makes all of this worthless.
async fn slips(canaries: &[Canary], report: &mut Report) -> Result<Vec<Vec<String>>, Failed> {
    let mut rows = Vec::new();
    let mut row = |name: &str, missed: Vec<&Canary>| {
        for canary in &missed {
            let kind = canary.kind.head();
            report.breach(format!(
                "{name}: {kind} not found: the proof proves nothing"
            ));
        }
        let found = if missed.is_empty() { "yes" } else { "**no**" };
        rows.push(vec![name.to_owned(), found.to_owned()]);
    };
    for (name, said) in control::slips(canaries).await? {
        let text = Text::new(&said);
        row(
            name,
            canaries
                .iter()
                .filter(|canary| !text.holds(canary))
                .collect(),
        );
    }
    Ok(rows)
}

async fn places() -> Result<Vec<Place>, Failed> {
    let mut places = clients::places().await?;
    places.extend(guard::places().await?);
    places.extend(types::places().await?);
    places.extend(panics::places().await?);
    places.extend(sandbox::places().await?);
    places.extend(command_line::places().await?);
    Ok(places)
}
