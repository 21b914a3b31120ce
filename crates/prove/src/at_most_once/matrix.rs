//! Every operation in every moment, and a client with reqwest's defaults beside them.

use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

use super::Trouble;
use super::certificate::Identity;
use super::moment::{self, Moment};
use super::operation::Operation;
use super::outcome::Outcome;
use super::trial::{self, Control};

/// So many calls at a time: what a busy machine can do long before a timeout.
const AT_A_TIME: usize = 16;

/// A moment, and what came of it.
#[derive(Debug)]
pub(super) struct Tried {
    pub(super) moment: Moment,
    /// In the order of the operations.
    pub(super) calls: Vec<Call>,
    pub(super) control: Control,
}

/// What came of one operation.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) operation: Operation,
    pub(super) outcome: Outcome,
    /// The same with `retry_unreachable` switched on.
    pub(super) retrying: Outcome,
}

/// Those that wait for a timeout are made first and all at once, so that nothing else delays them.
pub(super) async fn run(
    operations: &[Operation],
    identity: &Identity,
) -> Result<Vec<Tried>, Trouble> {
    let mut late = Vec::new();
    let mut prompt = Vec::new();
    let yes = operations.first().map_or("{}", |operation| operation.yes);
    for (place, moment) in moment::all(yes).into_iter().enumerate() {
        let these = if moment.patience.is_roomy() {
            &mut prompt
        } else {
            &mut late
        };
        these.push((place, moment));
    }
    let mut tried = Vec::new();
    for (moments, limit) in [(late, Semaphore::MAX_PERMITS), (prompt, AT_A_TIME)] {
        let permits = Arc::new(Semaphore::new(limit));
        let mut begun = Vec::new();
        for (place, moment) in moments {
            begun.push((
                place,
                Begun::start(place, moment, operations, identity, &permits),
            ));
        }
        for (place, begun) in begun {
            tried.push((place, begun.end().await?));
        }
    }
    tried.sort_by_key(|(place, _)| *place);
    Ok(tried.into_iter().map(|(_, tried)| tried).collect())
}

type Running<T> = JoinHandle<Result<T, Trouble>>;

struct Begun {
    moment: Moment,
    calls: Vec<(Operation, Running<Outcome>, Running<Outcome>)>,
    control: Running<Control>,
}

impl Begun {
    fn start(
        place: usize,
        moment: Moment,
        operations: &[Operation],
        identity: &Identity,
        permits: &Arc<Semaphore>,
    ) -> Self {
        let start = |operation: Operation, retries: bool| {
            // The same moment, with this provider's own yes.
            let moment = moment::all(operation.yes).into_iter().nth(place);
            let (identity, permits) = (identity.clone(), Arc::clone(permits));
            tokio::spawn(async move {
                let _permit = permits.acquire().await?;
                let moment = moment.ok_or("no such moment")?;
                trial::operation(&moment, operation, retries, &identity).await
            })
        };
        let calls = operations
            .iter()
            .map(|operation| {
                (
                    *operation,
                    start(*operation, false),
                    start(*operation, true),
                )
            })
            .collect();
        let (with, identity, permits) = (moment.clone(), identity.clone(), Arc::clone(permits));
        let control = tokio::spawn(async move {
            let _permit = permits.acquire().await?;
            trial::control(&with, &identity).await
        });
        Self {
            moment,
            calls,
            control,
        }
    }

    async fn end(self) -> Result<Tried, Trouble> {
        let mut calls = Vec::new();
        for (operation, outcome, retrying) in self.calls {
            calls.push(Call {
                operation,
                outcome: outcome.await??,
                retrying: retrying.await??,
            });
        }
        Ok(Tried {
            moment: self.moment,
            calls,
            control: self.control.await??,
        })
    }
}
