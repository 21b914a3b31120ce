//! Moments that are decided by microseconds: what is shown is what holds however they end.

use tokio::task::JoinHandle;

use super::certificate::Identity;
use super::conduct::{Conduct, End};
use super::log::Received;
use super::operation::Operation;
use super::outcome::{Answer, Breach, Outcome, Said};
use super::server::{Door, Server};
use super::target::{Patience, Target};
use super::trial::MARGIN;
use super::{Trouble, moment};
use crate::report::Report;

/// So many calls of each operation.
const CALLS: usize = 200;

const UNASKED: &[u8] =
    b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";

/// What the client runs against.
#[derive(Clone, Copy, Debug)]
enum Race {
    /// The server ends a connection that is kept, while the next call begins.
    Idle(&'static [u8], End),
    /// The server ends a connection as soon as TLS stands.
    Fresh(End),
    /// The total timeout: 1 to 4 milliseconds.
    Time,
}

impl Race {
    /// What the server answers, if it comes to that.
    fn answer(self) -> Answer {
        match self {
            Self::Fresh(_) => Answer::Neither,
            Self::Idle(..) | Self::Time => Answer::Yes,
        }
    }
}

const RACES: [(&str, Race); 6] = [
    (
        "a kept connection is closed as the call begins",
        Race::Idle(b"", End::Close),
    ),
    (
        "a kept connection is reset as the call begins",
        Race::Idle(b"", End::Reset),
    ),
    (
        "a kept connection is closed with an unasked-for `408`",
        Race::Idle(UNASKED, End::Close),
    ),
    (
        "a new connection is closed as soon as TLS stands",
        Race::Fresh(End::Close),
    ),
    (
        "a new connection is reset as soon as TLS stands",
        Race::Fresh(End::Reset),
    ),
    ("the total timeout ends as the request goes out", Race::Time),
];

const HEAD: [&str; 6] = [
    "the race",
    "calls",
    "more than one request",
    "`NotSent`, and it had arrived",
    "`Ok` without a yes",
    "not ended in time",
];

type Running = JoinHandle<Result<Vec<Outcome>, Trouble>>;

/// Runs every race with every operation, and writes the table.
pub(super) async fn run(
    report: &mut Report,
    operations: &[Operation],
    identity: &Identity,
) -> Result<(), Trouble> {
    let mut rows = Vec::new();
    for (name, race) in RACES {
        let running: Vec<Running> = operations
            .iter()
            .map(|operation| tokio::spawn(calls(race, *operation, identity.clone())))
            .collect();
        let mut outcomes = Vec::new();
        for (operation, running) in operations.iter().zip(running) {
            for outcome in running.await?? {
                for broken in outcome.broken(race.answer()) {
                    let Operation {
                        provider,
                        name: called,
                        ..
                    } = operation;
                    report.breach(format!("{provider} {called}, {name}: {broken}"));
                }
                outcomes.push(outcome);
            }
        }
        rows.push(row(name, race.answer(), &outcomes));
    }
    report.paragraph("### Races");
    report.table(&HEAD, &rows);
    Ok(())
}

async fn calls(
    race: Race,
    operation: Operation,
    identity: Identity,
) -> Result<Vec<Outcome>, Trouble> {
    let good = moment::good(operation.yes);
    let conduct = match race {
        Race::Idle(last_words, end) => Conduct::IdleEnd(good, last_words, end),
        Race::Fresh(end) => Conduct::Unread(end),
        Race::Time => Conduct::Whole(good),
    };
    let server = Server::start(&Door::Tls, &conduct, &identity).await?;
    let targets: Vec<Target> = patience(race)
        .into_iter()
        .map(|patience| Target::new(server.base_url(), &Door::Tls, &identity, patience, false))
        .collect::<Result<_, _>>()?;
    let mut said = Vec::new();
    for (number, target) in targets.iter().cycle().take(CALLS).enumerate() {
        let name = name(number);
        let call = (operation.call)(target.clone(), name.clone());
        let limit = Patience::TOTAL.total + MARGIN;
        let result = tokio::time::timeout(limit, call).await.ok();
        said.push((name, Said::of(result.as_ref())));
        // Another rhythm than the server's, so that they meet in every way.
        for _ in 0..number % 17 {
            tokio::task::yield_now().await;
        }
    }
    drop(targets);
    let requests = server.log().settled().await;
    Ok(outcomes(said, &requests))
}

fn patience(race: Race) -> Vec<Patience> {
    match race {
        Race::Idle(..) | Race::Fresh(_) => vec![Patience::TOTAL],
        Race::Time => (1..=4).map(Patience::of_milliseconds).collect(),
    }
}

/// Of one length, so that none is a part of another.
fn name(number: usize) -> String {
    format!("test{number:05}")
}

fn outcomes(said: Vec<(String, Said)>, requests: &[Received]) -> Vec<Outcome> {
    let outcomes = said.into_iter().map(|(name, said)| {
        let mine: Vec<&Received> = requests.iter().filter(|r| r.holds(&name)).collect();
        Outcome {
            said,
            received: mine.len(),
            over_http2: mine.iter().any(|request| request.protocol == "h2"),
        }
    });
    outcomes.collect()
}

fn row(name: &str, answer: Answer, outcomes: &[Outcome]) -> Vec<String> {
    let count = |breach: Breach| {
        let broken = outcomes
            .iter()
            .filter(|o| o.broken(answer).contains(&breach));
        match broken.count() {
            0 => "never".to_owned(),
            some => format!("**{some}**"),
        }
    };
    vec![
        name.to_owned(),
        outcomes.len().to_string(),
        count(Breach::Copies),
        count(Breach::FalseNotSent),
        count(Breach::FalseYes),
        count(Breach::Endless),
    ]
}
