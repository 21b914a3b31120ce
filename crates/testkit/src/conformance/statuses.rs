//! HTTP statuses: who answered comes before what the status means.

use onay_core::ErrorKind;

use super::examiner::{Examiner, soak};
use super::scene::Scene;
use super::situation::{Situation, Wanted};
use super::{Operation, Rule};
use crate::{Behaviour, SocketServer};

const UNREADABLE: Wanted = Wanted::Kinds(&[ErrorKind::Unreadable]);
const UPSTREAM: Wanted = Wanted::Kinds(&[ErrorKind::Upstream]);
const REFUSED: Wanted = Wanted::Kinds(&[ErrorKind::Refused]);
/// An empty 401 is the provider's own where its keys travel in headers.
const KEYS: Wanted = Wanted::Kinds(&[ErrorKind::Credentials, ErrorKind::Unreadable]);

/// What a machine in between answers with.
const PAGES: [(&str, &str); 3] = [
    ("a page", "text/html"),
    ("plain text", "text/plain"),
    ("nothing", "text/plain"),
];
/// With `ONAY_SOAK` set it is every status.
const STATUSES: [u16; 20] = [
    400, 401, 402, 403, 404, 405, 408, 409, 410, 422, 425, 429, 451, 500, 501, 502, 503, 504, 520,
    599,
];
const REDIRECTS: [u16; 6] = [300, 301, 302, 303, 307, 308];

/// What a status means when a page, plain text or nothing stands under it.
fn without_the_provider(status: u16, is_empty: bool) -> Wanted {
    match status {
        408 | 500.. => UPSTREAM,
        401 if is_empty => KEYS,
        401 | 403 | 404 | 429 => UNREADABLE,
        // Only the provider could explain it; an error in any case.
        _ => Wanted::Arrived,
    }
}

/// What a status means when the provider's own yes stands under it: no call may build on either.
fn over_a_yes(status: u16) -> Wanted {
    match status {
        408 | 500.. => UPSTREAM,
        307 | 308 => Wanted::Arrived,
        _ => Wanted::MaybeSent,
    }
}

pub(super) async fn check(examiner: &mut Examiner<'_>, operation: &Operation) {
    let quoted = examiner.quoted(operation);
    let all: Vec<u16> = (400..=599).collect();
    for status in if soak() { &all } else { &STATUSES[..] } {
        let status = *status;
        for (name, content_type) in PAGES {
            let body = match name {
                "a page" => format!("<!doctype html><title>{quoted}</title>"),
                "plain text" => quoted.clone(),
                _ => String::new(),
            };
            let wanted = without_the_provider(status, body.is_empty());
            let name = format!("HTTP {status} with {name}");
            let behaviour = Behaviour::answer(status, content_type, &body);
            under(examiner, operation, status, &name, behaviour, wanted).await;
        }
    }
    // An invitation to try again, which is not for the library to accept.
    for status in [408, 429, 503] {
        let name = format!("HTTP {status} with Retry-After: 0");
        let answer =
            format!("HTTP/1.1 {status} Test\r\nretry-after: 0\r\ncontent-length: 0\r\n\r\n");
        let behaviour = Behaviour::Answer(answer.into_bytes());
        let wanted = without_the_provider(status, true);
        under(examiner, operation, status, &name, behaviour, wanted).await;
    }
    for status in REDIRECTS {
        redirect(examiner, operation, status).await;
    }
    if let Some((yes, _)) = operation.accepted.first() {
        for status in [
            301, 302, 303, 307, 400, 401, 402, 403, 404, 408, 409, 418, 422, 429, 500, 502, 503,
            504,
        ] {
            let name = format!("the yes under HTTP {status}");
            let behaviour = yes.clone().with_status(status).behaviour();
            let wanted = over_a_yes(status);
            let situation = Situation::new(name, behaviour, Rule::KindAndDispatch, wanted);
            examiner.try_it(operation, situation).await;
        }
    }
}

async fn under(
    examiner: &mut Examiner<'_>,
    operation: &Operation,
    status: u16,
    name: &str,
    behaviour: Behaviour,
    wanted: Wanted,
) {
    let situation = Situation::new(name, behaviour, Rule::KindAndDispatch, wanted);
    let result = examiner.try_it(operation, situation).await;
    if let Some(Err(error)) = result {
        if error.http_status() != Some(status) {
            let what = format!("http_status() is {:?}", error.http_status());
            examiner.breach(Rule::KindAndDispatch, operation, name, &what);
        }
    }
}

/// The other place would say yes to any request.
async fn redirect(examiner: &mut Examiner<'_>, operation: &Operation, status: u16) {
    let yes = operation.accepted.first();
    let yes = yes.map(|(sample, _)| sample.behaviour());
    let elsewhere = SocketServer::start(yes.unwrap_or(Behaviour::NeverAnswer)).await;
    let wanted = match status {
        307 | 308 => REFUSED,
        // 303 is the usual answer after work was done.
        _ => UNREADABLE,
    };
    for (where_to, location) in [
        ("elsewhere", format!("{}/elsewhere", elsewhere.url())),
        ("on the same server", "/moved".to_owned()),
    ] {
        let answer =
            format!("HTTP/1.1 {status} Test\r\nlocation: {location}\r\ncontent-length: 0\r\n\r\n");
        let name = format!("a redirect {where_to}, HTTP {status}");
        let behaviour = Behaviour::Answer(answer.into_bytes());
        let situation = Situation::new(&name, behaviour, Rule::NoRedirect, wanted);
        examiner.try_it(operation, situation).await;
        if elsewhere.connections() > 0 {
            examiner.breach(Rule::NoRedirect, operation, &name, "followed it");
        }
    }
    let name = format!("a redirect elsewhere, HTTP {status}");
    examiner.watch(elsewhere, 0, operation, &name).await;
}

/// What cannot be served never reaches a server.
pub(super) async fn unsupported(examiner: &mut Examiner<'_>, operation: &Operation) {
    not_served(
        examiner,
        operation,
        "a challenge or recipient that it cannot serve",
    )
    .await;
}

/// A challenge of another provider is not served.
pub(super) async fn foreign(examiner: &mut Examiner<'_>, operation: &Operation) {
    if let Some(foreign) = operation.with_foreign_challenge() {
        not_served(examiner, &foreign, "a challenge of another provider").await;
    }
}

async fn not_served(examiner: &mut Examiner<'_>, operation: &Operation, name: &str) {
    let wanted = Wanted::Kinds(&[ErrorKind::Unsupported]);
    let situation = Situation::new(
        name,
        Behaviour::CloseOnAccept,
        Rule::UnsupportedFirst,
        wanted,
    );
    let scene = Scene::plain(operation, Behaviour::CloseOnAccept).await;
    let observed = scene.observe().await;
    let result = examiner.judge(operation, name, &scene.target, observed);
    if scene.server.connections() > 0 {
        let what = "made a connection first";
        examiner.breach(Rule::UnsupportedFirst, operation, name, what);
    }
    examiner.demand(operation, &situation, result.as_ref());
}
