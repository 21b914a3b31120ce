//! The matrix as tables: one per part, one row per moment, more where the operations differ.

use super::matrix::{Call, Tried};
use super::moment::{REFUSED_STREAM, TEMPORARY_REDIRECT};
use super::operation::Operation;
use super::outcome::Outcome;
use crate::report::Report;

const HEAD: [&str; 6] = [
    "the connection",
    "the call says",
    "delivery",
    "requests received",
    "ended in time",
    "a client with reqwest's defaults",
];

/// Writes the tables, and every promise that was broken.
pub(super) fn write(report: &mut Report, tried: &[Tried]) {
    let mut parts: Vec<&str> = tried.iter().map(|tried| tried.moment.part).collect();
    parts.dedup();
    for part in parts {
        report.paragraph(&format!("### {part}"));
        let rows: Vec<Vec<String>> = tried
            .iter()
            .filter(|tried| tried.moment.part == part)
            .flat_map(rows)
            .collect();
        report.table(&HEAD, &rows);
    }
    for tried in tried {
        breaches(report, tried);
    }
    controls(report, tried);
}

/// Operations with the same outcome share a row.
fn rows(tried: &Tried) -> Vec<Vec<String>> {
    let mut groups: Vec<(Outcome, bool, Vec<Operation>)> = Vec::new();
    let plain = tried.calls.iter().map(|call| (&call.outcome, false, call));
    // With retries switched on, only what differs is shown.
    let differing = tried
        .calls
        .iter()
        .filter(|call| call.outcome != call.retrying);
    let retrying = differing.map(|call| (&call.retrying, true, call));
    for (outcome, retries, call) in plain.chain(retrying) {
        let group = groups
            .iter_mut()
            .find(|(seen, so, _)| (seen, *so) == (outcome, retries));
        match group {
            Some((_, _, operations)) => operations.push(call.operation),
            None => groups.push((outcome.clone(), retries, vec![call.operation])),
        }
    }
    let mut control = tried.control.cell();
    let rows = groups.into_iter().map(|(outcome, retries, operations)| {
        let mut name = tried.moment.name.clone();
        if operations.len() < tried.calls.len() {
            name = format!("{name}: {}", named(&operations, &tried.calls));
        }
        if retries {
            name.push_str(" (with `retry_unreachable`)");
        }
        let mut row = vec![name];
        row.extend(outcome.cells());
        // Once per moment: it is the same call for all rows.
        row.push(std::mem::replace(&mut control, "〃".to_owned()));
        row
    });
    rows.collect()
}

/// A provider's name alone where all of its operations are meant.
fn named(operations: &[Operation], all: &[Call]) -> String {
    let mut names: Vec<String> = Vec::new();
    for operation in operations {
        let provider = operation.provider;
        let of_it = |operation: &&Operation| operation.provider == provider;
        let whole = all
            .iter()
            .filter(|call| call.operation.provider == provider);
        let name = if operations.iter().filter(of_it).count() == whole.count() {
            provider.to_owned()
        } else {
            format!("{provider} {}", operation.name)
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

fn breaches(report: &mut Report, tried: &Tried) {
    let moment = &tried.moment;
    for call in &tried.calls {
        for (outcome, note) in [
            (&call.outcome, ""),
            (&call.retrying, " with `retry_unreachable`"),
        ] {
            for broken in outcome.broken(moment.answer) {
                let Operation { provider, name, .. } = call.operation;
                report.breach(format!(
                    "{provider} {name}{note}, {}, {}: {broken}",
                    moment.part, moment.name
                ));
            }
        }
    }
}

/// A server that never saw a second copy proves nothing about clients that send none.
fn controls(report: &mut Report, tried: &[Tried]) {
    let mut doubled = vec![TEMPORARY_REDIRECT];
    if cfg!(feature = "neighbour") {
        doubled.push(REFUSED_STREAM);
    }
    for name in doubled {
        let found = tried.iter().find(|tried| tried.moment.name == name);
        if found.is_none_or(|tried| tried.control.copies < 2) {
            report.breach(format!(
                "the proof proves nothing: a client with reqwest's defaults sent no second copy ({name})"
            ));
        }
    }
}
