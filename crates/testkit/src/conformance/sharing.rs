//! Calls that are dropped midway, and many calls at once.

use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

use onay_core::Error;
use tokio::task::JoinSet;

use super::examiner::Examiner;
use super::operation::{Calling, Yes};
use super::scene::Scene;
use super::situation::ROOMY;
use super::{Operation, Rule, Sample};
use crate::{Behaviour, SocketServer};

const AT_ONCE: usize = 32;
/// No call is polled so often before it ends.
const MOST_POLLS: usize = 200;
const TICK: Duration = Duration::from_millis(2);
/// What a trace says of a call that certainly left nothing behind.
const CLAIM: &str = "not_sent";

pub(super) async fn check(examiner: &mut Examiner<'_>, operation: &Operation) {
    let Some((yes, _)) = operation.accepted.first() else {
        return;
    };
    never_polled(examiner, operation, yes).await;
    for is_kept in [false, true] {
        for polls in 1..MOST_POLLS {
            let ended = dropped_after(examiner, operation, yes, polls, is_kept).await;
            if ended || examiner.gave_up {
                break;
            }
        }
    }
    dropped_when_arrived(examiner, operation, yes).await;
    at_once(examiner, operation, yes).await;
}

async fn never_polled(examiner: &mut Examiner<'_>, operation: &Operation, yes: &Sample) {
    let name = "dropped before its first poll";
    let scene = Scene::plain(operation, yes.behaviour()).await;
    drop((scene.subject.call)());
    next_call(examiner, operation, name, &scene).await;
    examiner.watch(scene.server, 1, operation, name).await;
}

/// Drops a call after so many polls and makes another. Whether the first had ended by itself.
async fn dropped_after(
    examiner: &mut Examiner<'_>,
    operation: &Operation,
    yes: &Sample,
    polls: usize,
    is_kept: bool,
) -> bool {
    let kept = if is_kept {
        ", on a kept connection"
    } else {
        ""
    };
    let name = format!("dropped after {polls} polls{kept}");
    let scene = Scene::plain(operation, Behaviour::Halves(yes.bytes())).await;
    if is_kept {
        next_call(examiner, operation, &name, &scene).await;
    }
    let first = poll_times((scene.subject.call)(), polls);
    let ended = matches!(tokio::time::timeout(ROOMY, first).await, Ok(Some(_)));
    let traced = examiner.listen(operation, &name);
    let before = usize::from(is_kept);
    next_call(examiner, operation, &name, &scene).await;
    // What it left behind has arrived by now, or never does: the next call came after it.
    let arrived = scene.server.requests().len() > before + 1;
    if !ended && arrived && traced.contains(CLAIM) {
        let what = "its trace says not_sent of a request that arrived";
        examiner.breach(Rule::HonestDispatch, operation, &name, what);
    }
    // The first may have left before it was dropped, and arrive at any time.
    examiner
        .watch(scene.server, before + 2, operation, &name)
        .await;
    ended
}

async fn dropped_when_arrived(examiner: &mut Examiner<'_>, operation: &Operation, yes: &Sample) {
    let name = "dropped once the server has its request";
    let script = [Behaviour::NeverAnswer, yes.behaviour()];
    let scene = Scene::set(operation, script, ROOMY, false).await;
    tokio::select! {
        _ = (scene.subject.call)() => {}
        () = arrival(&scene.server) => {}
        () = tokio::time::sleep(ROOMY) => {}
    }
    let traced = examiner.listen(operation, name);
    if traced.contains(CLAIM) {
        let what = "its trace says not_sent of a request that arrived";
        examiner.breach(Rule::HonestDispatch, operation, name, what);
    }
    next_call(examiner, operation, name, &scene).await;
    examiner.watch(scene.server, 2, operation, name).await;
}

async fn arrival(server: &SocketServer) {
    while server.requests().is_empty() {
        tokio::time::sleep(TICK).await;
    }
}

async fn next_call(examiner: &mut Examiner<'_>, operation: &Operation, name: &str, scene: &Scene) {
    let observed = scene.observe().await.of_the_last_call();
    let next = examiner.judge(operation, name, &scene.target, observed);
    if let Some(Err(error)) = next {
        let what = format!("the next call answered {:?}", error.kind());
        examiner.breach(Rule::CancelSafe, operation, name, &what);
    }
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
    let name = format!("{AT_ONCE} calls at once");
    let scene = Scene::plain(operation, yes.behaviour()).await;
    let mut calls = JoinSet::new();
    for _ in 0..AT_ONCE {
        examiner.report.calls += 1;
        calls.spawn(tokio::time::timeout(ROOMY, (scene.subject.call)()));
    }
    let mut accepted = 0;
    while let Some(call) = calls.join_next().await {
        accepted += usize::from(matches!(call, Ok(Ok(Ok(_)))));
    }
    let requests = scene.server.requests().len();
    if accepted != AT_ONCE || requests != AT_ONCE {
        let what = format!("{accepted} were accepted and {requests} requests arrived");
        examiner.breach(Rule::Concurrency, operation, &name, &what);
    }
    examiner.listen(operation, &name);
    examiner
        .watch(scene.server, AT_ONCE, operation, &name)
        .await;
}
