//! Calls that are dropped midway, and many calls at once.

use std::future::poll_fn;
use std::task::Poll;

use onay_core::Error;
use tokio::task::JoinSet;

use super::examiner::{Examiner, ROOMY};
use super::operation::{Calling, Subject, Yes};
use super::{Operation, Rule, Sample, Target};
use crate::SocketServer;

const AT_ONCE: usize = 32;
/// No call is polled so often before it ends.
const MOST_POLLS: usize = 200;

pub(super) async fn check(examiner: &mut Examiner<'_>, operation: &Operation) {
    let Some((yes, _)) = operation.accepted.first() else {
        return;
    };
    for polls in 1..MOST_POLLS {
        if dropped_after(examiner, operation, yes, polls).await {
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
    let server = SocketServer::start(yes.behaviour()).await;
    let target = Target::new(server.url(), ROOMY);
    let subject = operation.subject(&target);
    let ended = poll_times((subject.call)(), polls).await.is_some();
    let next = examiner
        .make(operation, &situation, &subject, &target)
        .await;
    if let Some(Err(error)) = next {
        let what = format!("the next call answered {:?}", error.kind());
        examiner.breach(Rule::CancelSafe, operation, &situation, &what);
    }
    let requests = server.requests().len();
    if requests > 2 {
        let what = format!("two calls made {requests} requests");
        examiner.breach(Rule::CancelSafe, operation, &situation, &what);
    }
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
    let server = SocketServer::start(yes.behaviour()).await;
    let target = Target::new(server.url(), ROOMY);
    let subject: Subject = operation.subject(&target);
    let mut calls = JoinSet::new();
    for _ in 0..AT_ONCE {
        examiner.report.count_call();
        calls.spawn(tokio::time::timeout(ROOMY, (subject.call)()));
    }
    let mut accepted = 0;
    while let Some(call) = calls.join_next().await {
        accepted += usize::from(matches!(call, Ok(Ok(Ok(_)))));
    }
    let requests = server.requests().len();
    if accepted != AT_ONCE || requests != AT_ONCE {
        let what = format!("{accepted} were accepted and {requests} requests arrived");
        examiner.breach(Rule::Concurrency, operation, &situation, &what);
    }
}
