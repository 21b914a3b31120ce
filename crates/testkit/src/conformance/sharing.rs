//! Calls that are dropped midway, and many calls at once.

use std::future::poll_fn;
use std::task::Poll;

use onay_core::Error;
use tokio::task::JoinSet;

use super::examiner::{Examiner, ROOMY, Scene};
use super::operation::{Calling, Yes};
use super::{Operation, Rule, Sample};

const AT_ONCE: usize = 32;
/// No call is polled so often before it ends.
const MOST_POLLS: usize = 200;

pub(super) async fn check(examiner: &mut Examiner<'_>, operation: &Operation) {
    let Some((yes, _)) = operation.accepted.first() else {
        return;
    };
    for polls in 1..MOST_POLLS {
        let ended = dropped_after(examiner, operation, yes, polls).await;
        if ended || examiner.gave_up() {
            break;
        }
    }
    at_once(examiner, operation, yes).await;
}

/// Drops a call after so many polls and makes another. Whether the first had ended by itself.
async fn dropped_after(
    examiner: &mut Examiner<'_>,
    operation: &Operation,
    yes: &Sample,
    polls: usize,
) -> bool {
    let situation = format!("dropped after {polls} polls");
    let scene = Scene::set(operation, yes.behaviour(), ROOMY).await;
    let first = poll_times((scene.subject.call)(), polls);
    let ended = matches!(tokio::time::timeout(ROOMY, first).await, Ok(Some(_)));
    let next = examiner
        .make(operation, &situation, &scene.subject, &scene.target)
        .await;
    if let Some(Err(error)) = next {
        let what = format!("the next call answered {:?}", error.kind());
        examiner.breach(Rule::CancelSafe, operation, &situation, &what);
    }
    // The first may have left before it was dropped, and arrive whenever it likes.
    examiner.watch(scene.server, 2, operation, &situation);
    ended
}

async fn poll_times(mut call: Calling, times: usize) -> Option<Result<Yes, Error>> {
    let mut polled = 0;
    poll_fn(|context| {
        polled += 1;
        match call.as_mut().poll(context) {
            Poll::Ready(result) => Poll::Ready(Some(result)),
            Poll::Pending if polled >= times => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

async fn at_once(examiner: &mut Examiner<'_>, operation: &Operation, yes: &Sample) {
    let situation = format!("{AT_ONCE} calls at once");
    let scene = Scene::set(operation, yes.behaviour(), ROOMY).await;
    let mut calls = JoinSet::new();
    for _ in 0..AT_ONCE {
        examiner.report.count_call();
        calls.spawn(tokio::time::timeout(ROOMY, (scene.subject.call)()));
    }
    let mut accepted = 0;
    while let Some(call) = calls.join_next().await {
        accepted += usize::from(matches!(call, Ok(Ok(Ok(_)))));
    }
    let requests = scene.server.requests().len();
    if accepted != AT_ONCE || requests != AT_ONCE {
        let what = format!("{accepted} were accepted and {requests} requests arrived");
        examiner.breach(Rule::Concurrency, operation, &situation, &what);
    }
    examiner.listen(operation, &situation);
    examiner.watch(scene.server, AT_ONCE, operation, &situation);
}
