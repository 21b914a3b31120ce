//! Every HTTP status that has no row of its own: all of a class are tried, and share a row.

use std::time::Duration;

use tokio::task::JoinHandle;

use super::Trouble;
use super::certificate::Identity;
use super::conduct::{Conduct, MOVED};
use super::log::Received;
use super::matrix::{Call, Tried};
use super::moment::{self, Moment, Over, REDIRECTS, STATUSES};
use super::operation::Operation;
use super::outcome::{Outcome, Said};
use super::server::{Door, Server};
use super::target::{Patience, Target};
use super::trial::{self, Control, MARGIN};

/// It has no body by definition: no yes can stand under it.
const NOT_MODIFIED: u16 = 304;

/// So long none of these calls takes.
const LIMIT: Duration = Patience::ROOMY.total.saturating_add(MARGIN);

/// A row for each class over each body, more where its statuses differ.
pub(super) async fn run(
    operations: &[Operation],
    identity: &Identity,
) -> Result<Vec<Tried>, Trouble> {
    let mut tried = Vec::new();
    for over in [Over::Page, Over::Yes] {
        for class in [3, 4, 5] {
            tried.extend(rows(over, class, operations, identity).await?);
        }
    }
    Ok(tried)
}

/// Puts the rows behind the others of their tables.
pub(super) fn merge(tried: &mut Vec<Tried>, more: Vec<Tried>) {
    for one in more {
        let part = one.moment.part;
        let last = tried.iter().rposition(|tried| tried.moment.part == part);
        tried.insert(last.map_or(tried.len(), |last| last + 1), one);
    }
}

/// The statuses of a class that nobody else tries.
fn statuses(over: Over, class: u16) -> Vec<u16> {
    let is_row =
        |status: &u16| REDIRECTS.contains(status) || STATUSES.iter().any(|(row, ..)| row == status);
    let all = class * 100..class * 100 + 100;
    let bears_it = |status: &u16| over == Over::Page || *status != NOT_MODIFIED;
    all.filter(|status| !is_row(status) && bears_it(status))
        .collect()
}

type Running<T> = JoinHandle<Result<Vec<T>, Trouble>>;

async fn rows(
    over: Over,
    class: u16,
    operations: &[Operation],
    identity: &Identity,
) -> Result<Vec<Tried>, Trouble> {
    let statuses = statuses(over, class);
    let start = |operation: Operation, retries| -> Running<Outcome> {
        let (statuses, identity) = (statuses.clone(), identity.clone());
        tokio::spawn(async move { outcomes(over, &statuses, operation, retries, &identity).await })
    };
    let running: Vec<_> = operations
        .iter()
        .map(|operation| {
            (
                *operation,
                start(*operation, false),
                start(*operation, true),
            )
        })
        .collect();
    let controls = controls(over, &statuses, identity).await?;
    let mut calls = Vec::new();
    for (operation, outcomes, retrying) in running {
        calls.push((operation, outcomes.await??, retrying.await??));
    }
    // The outcomes of one status, and the statuses that share them.
    let mut groups: Vec<(Vec<Call>, Control, Vec<u16>)> = Vec::new();
    for (place, (status, control)) in statuses.iter().zip(controls).enumerate() {
        let mut of_status = Vec::new();
        for (operation, outcomes, retrying) in &calls {
            of_status.push(Call {
                operation: *operation,
                outcome: outcomes.get(place).ok_or("no outcome")?.clone(),
                retrying: retrying.get(place).ok_or("no outcome")?.clone(),
            });
        }
        let same = |calls: &[Call]| {
            let mut pairs = calls.iter().zip(&of_status);
            pairs.all(|(a, b)| (&a.outcome, &a.retrying) == (&b.outcome, &b.retrying))
        };
        match groups
            .iter_mut()
            .find(|(calls, seen, _)| *seen == control && same(calls))
        {
            Some((_, _, statuses)) => statuses.push(*status),
            None => groups.push((of_status, control, vec![*status])),
        }
    }
    // The largest group last: it is what is left.
    groups.sort_by_key(|(_, _, statuses)| statuses.len());
    let last = groups.len().saturating_sub(1);
    let rows = groups.into_iter().enumerate();
    Ok(rows
        .map(|(place, (calls, control, statuses))| {
            let name = if place == last {
                let but = if class == 3 && over == Over::Yes {
                    "; but not `304`, which has no body"
                } else {
                    ""
                };
                format!("every other `{class}xx`, {} of them{but}", statuses.len())
            } else {
                let statuses: Vec<String> = statuses.iter().map(|s| format!("`{s}`")).collect();
                statuses.join(", ")
            };
            let status = statuses.first().copied().unwrap_or_default();
            let answer = over.says(status);
            let conduct = conduct(over, &[status], "");
            Tried {
                moment: Moment {
                    answer,
                    ..moment::moment(over.part(), &name, conduct)
                },
                calls,
                control,
            }
        })
        .collect())
}

/// Every call of an operation, one for each status, on one client.
async fn outcomes(
    over: Over,
    statuses: &[u16],
    operation: Operation,
    retries: bool,
    identity: &Identity,
) -> Result<Vec<Outcome>, Trouble> {
    let (server, target) = scene(over, statuses, operation.yes, retries, identity).await?;
    let mut said = Vec::new();
    for status in statuses {
        let call = (operation.call)(target.clone(), name(*status));
        let result = tokio::time::timeout(LIMIT, call).await.ok();
        said.push(Said::of(result.as_ref()));
    }
    drop(target);
    let requests = server.log().settled().await;
    let over_http2 = trial::over_http2(&requests);
    let outcomes = statuses.iter().zip(said).map(|(status, said)| Outcome {
        said,
        received: count(&requests, &name(*status)),
        over_http2,
    });
    Ok(outcomes.collect())
}

async fn controls(
    over: Over,
    statuses: &[u16],
    identity: &Identity,
) -> Result<Vec<Control>, Trouble> {
    let (server, target) = scene(over, statuses, "{}", false, identity).await?;
    let mut said = Vec::new();
    for status in statuses {
        let message = name(*status);
        let call = trial::careless_post(&target, &message);
        said.push(tokio::time::timeout(LIMIT, call).await?.ok());
    }
    drop(target);
    let requests = server.log().settled().await;
    let controls = statuses.iter().zip(said);
    Ok(controls
        .map(|(status, said)| Control::of_status(*status, said, count(&requests, &name(*status))))
        .collect())
}

async fn scene(
    over: Over,
    statuses: &[u16],
    yes: &str,
    retries: bool,
    identity: &Identity,
) -> Result<(Server, Target), Trouble> {
    let server = Server::start(&Door::Tls, &conduct(over, statuses, yes), identity).await?;
    let base = server.base_url();
    let target = Target::new(base, &Door::Tls, identity, Patience::ROOMY, retries)?;
    Ok((server, target))
}

fn conduct(over: Over, statuses: &[u16], yes: &str) -> Conduct {
    let answers = statuses.iter().map(|status| {
        let name = name(*status);
        let headers = match *status {
            // What follows the head would be taken for the next answer.
            NOT_MODIFIED => "connection: close\r\n".to_owned(),
            300..=399 => format!("location: {MOVED}/{name}\r\n"),
            _ => String::new(),
        };
        (name, over.answer(*status, &headers, yes))
    });
    Conduct::Named(answers.collect())
}

/// What the call says of itself, so that the server knows which status it wants.
fn name(status: u16) -> String {
    format!("test00{status}")
}

/// Requests of this name, in the body or, after a redirect, in the address.
fn count(requests: &[Received], name: &str) -> usize {
    let of_name = |request: &&Received| request.holds(name) || request.head.contains(name);
    requests.iter().filter(of_name).count()
}
