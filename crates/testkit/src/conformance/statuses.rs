//! HTTP statuses: what they mean without a body of the provider's, and with one that contradicts.

use onay_core::ErrorKind;

use super::examiner::{Examiner, ROOMY, Scene};
use super::wanted::Wanted;
use super::{Operation, Rule};
use crate::{Behaviour, SocketServer};

/// What a status means by itself.
const MEANINGS: [(&[u16], &[ErrorKind]); 2] = [
    (&[401, 403], &[ErrorKind::Credentials]),
    (&[500, 501, 502, 503, 504, 520], &[ErrorKind::Upstream]),
];
/// What only the provider can explain; an error in any case.
const UNEXPLAINED: [u16; 9] = [400, 402, 404, 405, 409, 410, 422, 425, 451];
/// An invitation to try again, which is not for the library to accept.
const TRY_AGAIN: [u16; 3] = [408, 429, 503];
const REDIRECTS: [u16; 6] = [300, 301, 302, 303, 307, 308];
/// Under which no yes counts.
const BAD: [u16; 16] = [
    302, 307, 400, 401, 402, 403, 404, 408, 409, 418, 422, 429, 500, 502, 503, 504,
];

pub(super) async fn check(examiner: &mut Examiner<'_>, operation: &Operation) {
    for (statuses, kinds) in MEANINGS {
        for status in statuses {
            page(examiner, operation, *status, Wanted::Kinds(kinds)).await;
        }
    }
    for status in UNEXPLAINED {
        page(examiner, operation, status, Wanted::Arrived).await;
    }
    for status in TRY_AGAIN {
        let situation = format!("HTTP {status} with Retry-After: 0");
        let answer =
            format!("HTTP/1.1 {status} Test\r\nretry-after: 0\r\ncontent-length: 0\r\n\r\n");
        let behaviour = Behaviour::Answer(answer.into_bytes());
        let result = examiner.call(operation, &situation, behaviour, ROOMY).await;
        let wanted = Wanted::Arrived;
        examiner.demand(Rule::KindAndDelivery, operation, &situation, result, wanted);
    }
    for status in REDIRECTS {
        redirect(examiner, operation, status).await;
    }
    if let Some((yes, _)) = operation.accepted.first() {
        for status in BAD {
            // The answer is of two minds: no call may build on its yes, nor on its no.
            let situation = format!("the yes under HTTP {status}");
            let behaviour = yes.clone().with_status(status).behaviour();
            let result = examiner.call(operation, &situation, behaviour, ROOMY).await;
            let wanted = if status >= 500 {
                Wanted::MaybeSent
            } else {
                Wanted::Arrived
            };
            examiner.demand(Rule::KindAndDelivery, operation, &situation, result, wanted);
        }
    }
}

/// A page of a gateway, in place of the provider's own answer.
async fn page(examiner: &mut Examiner<'_>, operation: &Operation, status: u16, wanted: Wanted) {
    let quoted = examiner.quoted(operation);
    let body = format!("<!doctype html><title>{quoted}</title>");
    let situation = format!("HTTP {status} with a page");
    let behaviour = Behaviour::answer(status, "text/html", &body);
    let result = examiner.call(operation, &situation, behaviour, ROOMY).await;
    if let Some(Err(error)) = &result {
        if error.http_status() != Some(status) {
            let what = format!("http_status() is {:?}", error.http_status());
            examiner.breach(Rule::KindAndDelivery, operation, &situation, &what);
        }
    }
    examiner.demand(Rule::KindAndDelivery, operation, &situation, result, wanted);
}

/// The other place would say yes to whoever came.
async fn redirect(examiner: &mut Examiner<'_>, operation: &Operation, status: u16) {
    let yes = operation.accepted.first();
    let yes = yes.map(|(sample, _)| sample.behaviour());
    let elsewhere = SocketServer::start(yes.unwrap_or(Behaviour::NeverAnswer)).await;
    let location = elsewhere.url();
    let answer = format!(
        "HTTP/1.1 {status} Test\r\nlocation: {location}/elsewhere\r\ncontent-length: 0\r\n\r\n"
    );
    let situation = format!("a redirect, HTTP {status}");
    let behaviour = Behaviour::Answer(answer.into_bytes());
    let result = examiner.call(operation, &situation, behaviour, ROOMY).await;
    if elsewhere.connections() > 0 {
        let what = "followed it";
        examiner.breach(Rule::NoRedirect, operation, &situation, what);
    }
    let wanted = Wanted::Kinds(&[ErrorKind::Refused]);
    examiner.demand(Rule::NoRedirect, operation, &situation, result, wanted);
    examiner.watch(elsewhere, 0, operation, &situation);
}

/// What cannot be served never reaches a server.
pub(super) async fn unsupported(examiner: &mut Examiner<'_>, operation: &Operation) {
    let situation = "a challenge or recipient that it cannot serve";
    let scene = Scene::set(operation, Behaviour::CloseOnAccept, ROOMY).await;
    let result = examiner.call_in(&scene, operation, situation).await;
    if scene.server.connections() > 0 {
        let what = "made a connection first";
        examiner.breach(Rule::UnsupportedFirst, operation, situation, what);
    }
    let wanted = Wanted::Kinds(&[ErrorKind::Unsupported]);
    examiner.demand(Rule::UnsupportedFirst, operation, situation, result, wanted);
}
