//! Keys, codes, tokens, sessions, numbers and addresses: looked for wherever something is printed.

mod answers;
mod canary;
mod clients;
mod command_line;
mod guard;
mod panics;
mod place;
mod sandbox;
mod tls;
mod types;

use self::canary::Kind;
use self::place::Place;
use crate::report::Report;

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
    // One thread, so that all of its traces are kept.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let places = runtime.block_on(places())?;
    let canaries = canary::all()?;
    let mut head = vec!["place"];
    head.extend(Kind::ALL.map(Kind::head));
    let rows: Vec<Vec<String>> = places
        .iter()
        .map(|place| place.row(&canaries, report))
        .collect();
    report.table(&head, &rows);
    Ok(())
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
