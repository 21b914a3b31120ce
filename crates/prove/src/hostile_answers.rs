//! Answers that no provider should give: cut at a bound, told apart, and never taken for a yes.

mod answer;
mod body;
mod head;
mod peak;
mod server;

use std::collections::BTreeMap;
use std::time::Duration;

use onay::{Delivery, Error};

use self::answer::Must;
use self::peak::Peak;
use self::server::RawServer;
use crate::every_call::{Call, Clients};
use crate::report::Report;

/// Why something could not be tried.
type Failed = Box<dyn std::error::Error + Send + Sync>;

/// For answers that come to an end by themselves or by a bound.
const PATIENT: Duration = Duration::from_secs(30);

/// What a call may take at most: memory, and bytes that the server got rid of.
const MOST_MEMORY: u64 = 8 << 20;
const MOST_WRITTEN: u64 = 16 << 20;

const ABOUT: &str = "\
Each answer was given to every call of every provider. *Memory* is the highest that the process had during the call above \
what it had before, server and client together. *Ok* stands where the answer is a yes by the documented rules, and says by \
which.";

const CONTROL: &str = "\
To see that memory is looked at: a plain HTTP client without a bound, on 64 MiB, is seen to pass that bound.";

/// The table.
pub(crate) fn prove() -> Report {
    let mut report = Report::default();
    if let Err(failed) = table(&mut report) {
        report.breach(format!("could not be tried: {failed}"));
    }
    report
}

fn table(report: &mut Report) -> Result<(), Failed> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    report.paragraph(ABOUT);
    let mut rows = Vec::new();
    for name in answer::names() {
        rows.push(runtime.block_on(row(name, report))?);
    }
    report.table(
        &[
            "the server answers",
            "the caller gets",
            "memory",
            "what the server could send",
        ],
        &rows,
    );
    report.paragraph(CONTROL);
    if runtime.block_on(peak::of_careless())? < MOST_MEMORY {
        report.breach("a client without a bound stayed under it: the proof proves nothing".into());
    }
    Ok(())
}

/// One answer to every call.
async fn row(name: &'static str, report: &mut Report) -> Result<Vec<String>, Failed> {
    let mut outcomes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let (mut most_memory, mut most_written, mut endless) = (0, 0, false);
    for call in Call::ALL {
        let answer = answer::of(name, call)?;
        let must = answer.must;
        endless = answer.is_endless();
        let server = RawServer::start(answer).await?;
        let clients = Clients::of(&server.url(), PATIENT)?;
        let peak = Peak::begin()?;
        let result = call.make(&clients).await;
        most_memory = most_memory.max(peak.end()?);
        drop(clients);
        most_written = most_written.max(server.ended().await?);
        let (provider, operation) = call.name();
        if let Some(wrong) = wrong(must, &result) {
            report.breach(format!("{name}: {provider} {operation}: {wrong}"));
        }
        let outcome = outcome(must, &result);
        let of_outcome = outcomes.entry(outcome).or_default();
        of_outcome.push(format!("{provider} `{operation}`"));
    }
    if most_memory >= MOST_MEMORY {
        report.breach(format!("{name}: {most_memory} bytes of memory"));
    }
    if endless && most_written >= MOST_WRITTEN {
        report.breach(format!(
            "{name}: the server could send {most_written} bytes"
        ));
    }
    let memory = if most_memory < MOST_MEMORY {
        "bounded: yes (< 8 MiB)"
    } else {
        "**not bounded**"
    };
    let written = match (endless, most_written < MOST_WRITTEN) {
        (false, _) => "all of it",
        (true, true) => "stopped: yes (< 16 MiB)",
        (true, false) => "**not stopped**",
    };
    Ok(vec![
        name.to_owned(),
        together(outcomes),
        memory.to_owned(),
        written.to_owned(),
    ])
}

/// What is wrong with the result, if anything is.
fn wrong(must: Must, result: &Result<String, Error>) -> Option<String> {
    match (must, result) {
        (Must::BeYes(_), Ok(_)) => None,
        (Must::BeYes(_), Err(error)) => Some(format!("no yes, but {error:?}")),
        (Must::BeUnclear, Ok(_)) => Some("taken for a yes".to_owned()),
        (Must::BeUnclear, Err(error)) => {
            let delivery = error.delivery();
            (delivery != Delivery::MaybeSent).then(|| format!("claims to know: {error:?}"))
        }
    }
}

fn outcome(must: Must, result: &Result<String, Error>) -> String {
    match (result, must) {
        (Ok(_), Must::BeYes(why)) => format!("`Ok`: {why}"),
        (Ok(_), Must::BeUnclear) => "**`Ok`**".to_owned(),
        (Err(error), _) => format!("`{:?}`, `{:?}`", error.kind(), error.delivery()),
    }
}

/// The outcome that most calls had, and then who had another.
fn together(outcomes: BTreeMap<String, Vec<String>>) -> String {
    let mut outcomes: Vec<(String, Vec<String>)> = outcomes.into_iter().collect();
    outcomes.sort_by_key(|(_, calls)| std::cmp::Reverse(calls.len()));
    let mut cells = outcomes.into_iter();
    let mut cell = cells.next().map(|(most, _)| most).unwrap_or_default();
    for (outcome, calls) in cells {
        cell += &format!("; {}: {outcome}", calls.join(", "));
    }
    cell
}
