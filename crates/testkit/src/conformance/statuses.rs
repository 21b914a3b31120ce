//! HTTP statuses: who answered comes before what the status means.

use onay_core::ErrorKind;

use super::examiner::{Examiner, soak};
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
/// Under which the yes is tried.
const UNDER: [u16; 18] = [
    301, 302, 303, 307, 400, 401, 402, 403, 404, 408, 409, 418, 422, 429, 500, 502, 503, 504,
];

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
    let every: Vec<u16> = (400..=599).collect();
    let mut all = Vec::new();
    for status in if soak() { &every } else { &STATUSES[..] } {
        for (name, content_type) in PAGES {
            let body = match name {
                "a page" => format!("<!doctype html><title>{quoted}</title>"),
                "plain text" => quoted.clone(),
                _ => String::new(),
            };
            let name = format!("HTTP {status} with {name}");
            let wanted = without_the_provider(*status, body.is_empty());
            let behaviour = Behaviour::answer(*status, content_type, &body);
            all.push(situation(name, behaviour, wanted).under(*status));
        }
    }
    // An invitation to try again, which is not for the library to accept.
    for status in [408, 429, 503] {
        let name = format!("HTTP {status} with Retry-After: 0");
        let wanted = without_the_provider(status, true);
        let behaviour = without_body(status, "retry-after: 0");
        all.push(situation(name, behaviour, wanted).under(status));
    }
    examiner.try_all(operation, all).await;
    for status in REDIRECTS {
        redirect(examiner, operation, status).await;
    }
    let yes = operation.accepted.first();
    let yes_under = yes.into_iter().flat_map(|(yes, _)| {
        UNDER.map(|status| {
            let behaviour = yes.clone().with_status(status).behaviour();
            let name = format!("the yes under HTTP {status}");
            situation(name, behaviour, over_a_yes(status))
        })
    });
    examiner.try_all(operation, yes_under).await;
}

fn situation(name: String, behaviour: Behaviour, wanted: Wanted) -> Situation {
    Situation::new(name, behaviour, Rule::KindAndDispatch, wanted)
}

fn without_body(status: u16, header: &str) -> Behaviour {
    let head = format!("HTTP/1.1 {status} Test\r\n{header}\r\ncontent-length: 0\r\n\r\n");
    Behaviour::Answer(head.into_bytes())
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
        let name = format!("a redirect {where_to}, HTTP {status}");
        let behaviour = without_body(status, &format!("location: {location}"));
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
    let rule = Rule::UnsupportedFirst;
    let situation = Situation::new(name, Behaviour::CloseOnAccept, rule, wanted);
    examiner.try_it(operation, situation.unwatched()).await;
}
