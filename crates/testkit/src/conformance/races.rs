//! Races between a call and the end of its connection or its timeout.

use std::time::Duration;

use onay_core::{Dispatch, Error};

use super::examiner::{Examiner, soak};
use super::operation::Yes;
use super::scene::Scene;
use super::situation::ROOMY;
use super::{Operation, Rule, Sample, Target};
use crate::{Behaviour, End};

/// So many calls of each race, and over TLS, where each costs a handshake.
const FEW: usize = 30;
const FEW_OVER_TLS: usize = 10;
/// With `ONAY_SOAK` set so many.
const MANY: usize = 2000;

const UNASKED: &[u8] =
    b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";

/// What the client runs against.
#[derive(Clone, Copy, Debug)]
enum Race {
    /// The server ends a connection that is kept, while the next call begins.
    Idle(&'static [u8], End),
    /// The server ends a connection as soon as it stands.
    Fresh(End),
    /// The total timeout: 1 to 4 milliseconds.
    Time,
}

#[rustfmt::skip]
const RACES: [(&str, Race); 6] = [
    ("a kept connection is closed as the call begins", Race::Idle(b"", End::Close)),
    ("a kept connection is reset as the call begins", Race::Idle(b"", End::Reset)),
    ("a kept connection is closed with an unasked-for 408", Race::Idle(UNASKED, End::Close)),
    ("a new connection is closed as soon as it stands", Race::Fresh(End::Close)),
    ("a new connection is reset as soon as it stands", Race::Fresh(End::Reset)),
    ("the total timeout ends as the request goes out", Race::Time),
];

pub(super) async fn check(examiner: &mut Examiner<'_>, operation: &Operation) {
    let Some((yes, _)) = operation.accepted.first() else {
        return;
    };
    for (name, race) in RACES {
        for (is_secure, few) in [(false, FEW), (true, FEW_OVER_TLS)] {
            let calls = if soak() { MANY } else { few };
            if !examiner.gave_up && (!is_secure || examiner.suite.over_tls) {
                run(examiner, operation, yes, name, race, is_secure, calls).await;
            }
        }
    }
}

/// What the calls of a race came to.
#[derive(Debug, Default)]
struct Tally {
    accepted: usize,
    not_sent: usize,
    hanging: usize,
}

impl Tally {
    fn count(&mut self, result: Option<&Result<Yes, Error>>) {
        match result {
            None => self.hanging += 1,
            Some(Ok(_)) => self.accepted += 1,
            Some(Err(error)) if error.dispatch() == Dispatch::NotSent => self.not_sent += 1,
            Some(Err(_)) => {}
        }
    }
}

async fn run(
    examiner: &mut Examiner<'_>,
    operation: &Operation,
    yes: &Sample,
    name: &str,
    race: Race,
    is_secure: bool,
    calls: usize,
) {
    let behaviour = match race {
        Race::Idle(last_words, end) => Behaviour::IdleEnd(yes.bytes(), last_words, end),
        Race::Fresh(end) => Behaviour::Unread(end),
        Race::Time => yes.behaviour(),
    };
    let scene = Scene::set(operation, [behaviour], ROOMY, is_secure).await;
    let timeouts: &[Duration] = match race {
        Race::Time => &[1, 2, 3, 4].map(Duration::from_millis),
        Race::Idle(..) | Race::Fresh(_) => &[ROOMY],
    };
    let subjects: Vec<_> = timeouts
        .iter()
        .map(|timeout| operation.subject(&Target::new(scene.server.url(), *timeout)))
        .collect();
    let mut tally = Tally::default();
    for (number, subject) in subjects.iter().cycle().take(calls).enumerate() {
        examiner.report.calls += 1;
        let result = tokio::time::timeout(ROOMY, (subject.call)()).await.ok();
        tally.count(result.as_ref());
        // Another rhythm than the server's, so that they meet in every way.
        for _ in 0..number % 17 {
            tokio::task::yield_now().await;
        }
    }
    examiner.listen(operation, name);
    if tally.hanging > 0 {
        let what = format!("{} of {calls} calls did not end", tally.hanging);
        examiner.breach(Rule::EndsInTime, operation, name, &what);
    }
    let requests = scene.server.requests().len();
    if tally.accepted > requests || (matches!(race, Race::Fresh(_)) && tally.accepted > 0) {
        let what = format!(
            "{} were accepted and {requests} requests arrived",
            tally.accepted
        );
        examiner.breach(Rule::OnlyYesIsOk, operation, name, &what);
    }
    // Each call that does not say NotSent made one request at most, each other none.
    let most = calls - tally.not_sent;
    examiner.watch(scene.server, most, operation, name).await;
}
