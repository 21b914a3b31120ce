//! Connections that break, stall or never end.

use std::time::Duration;

use onay_core::ErrorKind;

use super::examiner::{Examiner, ROOMY, Scene, TIGHT};
use super::wanted::Wanted;
use super::{Operation, Rule, Target};
use crate::{Behaviour, ClosedPort};

/// Far more than any answer, and less than hurts the machine that runs the test.
const MOST_BYTES: usize = 32 * 1024 * 1024;

pub(super) async fn check(examiner: &mut Examiner<'_>, operation: &Operation) {
    nobody_there(examiner, operation).await;
    before_the_request(examiner, operation).await;
    after_the_request(examiner, operation).await;
    endless(examiner, operation).await;
    pooled(examiner, operation).await;
}

async fn nobody_there(examiner: &mut Examiner<'_>, operation: &Operation) {
    let nobody = ClosedPort::take();
    let situation = "nobody listens";
    let target = Target::new(nobody.url(), ROOMY);
    let subject = operation.subject(&target);
    let result = examiner.make(operation, situation, &subject, &target).await;
    let wanted = Wanted::Kinds(&[ErrorKind::Unreachable]);
    examiner.demand(Rule::HonestDelivery, operation, situation, result, wanted);
}

/// Whether the request left is a race here: both answers are honest, each in its own words.
async fn before_the_request(examiner: &mut Examiner<'_>, operation: &Operation) {
    for (situation, behaviour) in [
        ("closed on accept", Behaviour::CloseOnAccept),
        ("reset on accept", Behaviour::ResetOnAccept),
    ] {
        let result = examiner.call(operation, situation, behaviour, ROOMY).await;
        let wanted = Wanted::Kinds(&[ErrorKind::Unreachable, ErrorKind::Interrupted]);
        examiner.demand(Rule::HonestDelivery, operation, situation, result, wanted);
    }
}

async fn after_the_request(examiner: &mut Examiner<'_>, operation: &Operation) {
    let yes = operation.accepted.first();
    let yes = yes.map(|(sample, _)| sample.bytes()).unwrap_or_default();
    let cut = |at: usize| Behaviour::AnswerAndClose(yes.iter().take(at).copied().collect());
    let pause = Duration::from_millis(50);
    for (situation, behaviour, timeout) in [
        (
            "closed after the request",
            Behaviour::CloseAfterRequest,
            ROOMY,
        ),
        (
            "reset after the request",
            Behaviour::ResetAfterRequest,
            ROOMY,
        ),
        ("never read", Behaviour::Silent, TIGHT),
        ("never answered", Behaviour::NeverAnswer, TIGHT),
        (
            "answered a byte at a time",
            Behaviour::Drip(yes.clone(), pause),
            TIGHT,
        ),
    ] {
        let result = examiner
            .call(operation, situation, behaviour, timeout)
            .await;
        let hangs = result.is_none();
        let wanted = Wanted::Kinds(&[ErrorKind::Interrupted]);
        examiner.demand(Rule::HonestDelivery, operation, situation, result, wanted);
        if hangs {
            // Once is enough: it would hang in the other ways too, and take its time over each.
            break;
        }
    }
    for (situation, at) in [
        ("cut in the answer's head", 20),
        ("cut in the answer's body", yes.len().saturating_sub(1)),
    ] {
        let result = examiner.call(operation, situation, cut(at), ROOMY).await;
        let wanted = Wanted::Kinds(&[ErrorKind::Interrupted, ErrorKind::Unreadable]);
        examiner.demand(Rule::HonestDelivery, operation, situation, result, wanted);
    }
}

async fn endless(examiner: &mut Examiner<'_>, operation: &Operation) {
    let situation = "an answer without end";
    let scene = Scene::set(operation, Behaviour::Endless, ROOMY).await;
    let result = examiner.call_in(&scene, operation, situation).await;
    let written = scene.server.endless_bytes();
    if written > MOST_BYTES {
        let what = format!("read on for {written} bytes");
        examiner.breach(Rule::BoundedAnswers, operation, situation, &what);
    }
    let wanted = Wanted::MaybeSent;
    examiner.demand(Rule::BoundedAnswers, operation, situation, result, wanted);
}

/// A connection that the server closed while it lay idle: the one place where HTTP libraries
/// repeat a request of their own accord.
async fn pooled(examiner: &mut Examiner<'_>, operation: &Operation) {
    let Some((yes, _)) = operation.accepted.first() else {
        return;
    };
    let situation = "a pooled connection that was closed";
    let behaviour = Behaviour::AnswerAndClose(yes.bytes());
    let scene = Scene::set(operation, behaviour, ROOMY).await;
    examiner.call_in(&scene, operation, situation).await;
    // Whether the client has noticed yet is a race: both outcomes are honest.
    examiner.call_in(&scene, operation, situation).await;
    examiner.watch(scene.server, 2, operation, situation);

    let situation = "a pooled connection that dies with the request";
    let scene = Scene::set(operation, Behaviour::AnswerOnce(yes.bytes()), ROOMY).await;
    examiner.call_in(&scene, operation, situation).await;
    let connections = scene.server.connections();
    let second = examiner.call_in(&scene, operation, situation).await;
    // A client without a pool was answered on a connection of its own.
    if scene.server.connections() == connections {
        let wanted = Wanted::Kinds(&[ErrorKind::Interrupted]);
        examiner.demand(Rule::HonestDelivery, operation, situation, second, wanted);
    }
    examiner.watch(scene.server, 2, operation, situation);
}
