//! Every moment in which a connection can break, stall or never end, in one catalogue.

use std::time::Duration;

use onay_core::ErrorKind;

use super::examiner::Examiner;
use super::scene::Observed;
use super::situation::{ROOMY, Situation};
use super::wanted::Wanted;
use super::{Operation, Rule, Sample, Target};
#[cfg(feature = "tls")]
use crate::Http2Lie;
use crate::{Behaviour, ClosedPort, End};

/// Whether the request left is a race: both are true, each in its own words.
const EITHER: Wanted = Wanted::Kinds(&[ErrorKind::Unreachable, ErrorKind::Interrupted]);
const UNREACHABLE: Wanted = Wanted::Kinds(&[ErrorKind::Unreachable]);
const INTERRUPTED: Wanted = Wanted::Kinds(&[ErrorKind::Interrupted]);
/// Broken off, or not understood.
const BROKEN: Wanted = Wanted::Kinds(&[ErrorKind::Interrupted, ErrorKind::Unreadable]);

const PAUSE: Duration = Duration::from_millis(50);

pub(super) async fn check(examiner: &mut Examiner<'_>, operation: &Operation) {
    nothing_listens(examiner, operation).await;
    let Some((yes, _)) = operation.accepted.first() else {
        return;
    };
    try_all(examiner, operation, over_http(yes, false)).await;
    #[cfg(feature = "tls")]
    if examiner.tries_tls() {
        let secure = over_http(yes, true).into_iter().map(Situation::over_tls);
        try_all(examiner, operation, secure.chain(in_tls(yes)).collect()).await;
    }
}

async fn try_all(examiner: &mut Examiner<'_>, operation: &Operation, all: Vec<Situation>) {
    let (late, others): (Vec<_>, Vec<_>) = all.into_iter().partition(Situation::is_late);
    for situation in others {
        examiner.try_it(operation, situation).await;
    }
    examiner.try_at_once(operation, late).await;
}

async fn nothing_listens(examiner: &mut Examiner<'_>, operation: &Operation) {
    let closed = ClosedPort::take();
    let target = Target::new(closed.url(), ROOMY);
    let name = "no server listens";
    let observed = Observed::without_server(&target, &operation.subject(&target)).await;
    let behaviour = Behaviour::CloseOnAccept;
    let situation = Situation::new(name, behaviour, Rule::HonestDispatch, UNREACHABLE);
    examiner.report.add_row(&situation, &observed);
    let result = examiner.judge(operation, name, &target, observed);
    examiner.demand(operation, &situation, result.as_ref());
}

/// With or without TLS.
fn over_http(yes: &Sample, is_secure: bool) -> Vec<Situation> {
    let mut all = before_the_answer();
    all.extend(in_the_answer(yes, is_secure));
    all.extend(interim(yes));
    all.extend(kept(yes));
    all
}

fn honest(name: &str, behaviour: Behaviour, wanted: Wanted) -> Situation {
    Situation::new(name, behaviour, Rule::HonestDispatch, wanted)
}

fn before_the_answer() -> Vec<Situation> {
    let garbage = b"220 mail.example.com ready\r\n\r\n".to_vec();
    vec![
        honest("closed on accept", Behaviour::CloseOnAccept, EITHER),
        honest("reset on accept", Behaviour::ResetOnAccept, EITHER),
        honest(
            "closed once connected",
            Behaviour::Unread(End::Close),
            EITHER,
        ),
        honest(
            "reset once connected",
            Behaviour::Unread(End::Reset),
            EITHER,
        ),
        honest("never served", Behaviour::Silent, EITHER).late(),
        honest("never read", Behaviour::Unread(End::Hold), INTERRUPTED).late(),
        honest(
            "closed inside the request's head",
            Behaviour::CutHead(End::Close),
            EITHER,
        ),
        honest(
            "reset inside the request's head",
            Behaviour::CutHead(End::Reset),
            EITHER,
        ),
        honest(
            "closed inside the request's body",
            Behaviour::CutBody(End::Close),
            EITHER,
        ),
        honest(
            "reset inside the request's body",
            Behaviour::CutBody(End::Reset),
            EITHER,
        ),
        honest(
            "closed after the request",
            Behaviour::CloseAfterRequest,
            INTERRUPTED,
        ),
        honest(
            "broken off after the request",
            after_the_request(End::Break),
            INTERRUPTED,
        ),
        honest(
            "reset after the request",
            Behaviour::ResetAfterRequest,
            INTERRUPTED,
        ),
        honest("never answered", Behaviour::NeverAnswer, INTERRUPTED).late(),
        honest(
            "answered, but not in HTTP",
            Behaviour::AnswerAndClose(garbage),
            BROKEN,
        ),
    ]
}

fn in_the_answer(yes: &Sample, is_secure: bool) -> Vec<Situation> {
    let whole = yes.bytes();
    let head = whole.len() - yes.body.len();
    let cut = |at: usize, how| {
        let part = whole.iter().copied().take(at).collect();
        Behaviour::AnswerThen(part, how)
    };
    let last = whole.len() - 1;
    let unknown_length = [yes.head("").as_bytes(), yes.body.as_bytes()].concat();
    let slow_body = format!("{}{}", " ".repeat(40), yes.body);
    let announced = yes.head(&format!("content-length: {}\r\n", slow_body.len()));
    let drips = Behaviour::DripBehind(announced.into_bytes(), slow_body.into_bytes(), PAUSE);
    let mut all = vec![
        honest(
            "closed inside the answer's head",
            cut(head / 2, End::Close),
            BROKEN,
        ),
        honest(
            "closed behind the answer's head",
            cut(head, End::Close),
            BROKEN,
        ),
        honest(
            "closed before the answer's last byte",
            cut(last, End::Close),
            BROKEN,
        ),
        honest(
            "silent before the answer's last byte",
            cut(last, End::Hold),
            BROKEN,
        )
        .late(),
        honest(
            "the answer's head comes in drips",
            Behaviour::Drip(whole, PAUSE),
            BROKEN,
        )
        .late(),
        honest("the answer's body comes in drips", drips, BROKEN).late(),
    ];
    // Without TLS the end of the connection is the end of such an answer, and the yes is whole. With
    // TLS the missing goodbye says that it may have been cut.
    let wanted = if is_secure {
        Wanted::MaybeSent
    } else {
        Wanted::YesOrMaybeSent
    };
    let broken_off = Behaviour::AnswerThen(unknown_length, End::Break);
    let name = "an answer of unknown length, broken off at its end";
    all.push(honest(name, broken_off, wanted));
    all
}

fn interim(yes: &Sample) -> Vec<Situation> {
    let go_on = b"HTTP/1.1 100 Continue\r\n\r\n".to_vec();
    let hints = b"HTTP/1.1 103 Early Hints\r\nlink: </a>; rel=preload\r\n\r\n".to_vec();
    let switch =
        b"HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n".to_vec();
    let then_yes = Behaviour::Answer([go_on.clone(), yes.bytes()].concat());
    let then_nothing = Behaviour::AnswerThen(go_on, End::Hold);
    vec![
        honest("HTTP 100, then the yes", then_yes, Wanted::YesOrMaybeSent),
        honest("HTTP 100, then nothing", then_nothing, INTERRUPTED).late(),
        honest(
            "HTTP 103, then closed",
            Behaviour::AnswerAndClose(hints),
            BROKEN,
        ),
        honest(
            "HTTP 101: another protocol",
            Behaviour::Answer(switch),
            Wanted::MaybeSent,
        ),
    ]
}

/// The second call, on a connection that the first one left: the one place where HTTP libraries
/// repeat a request of their own accord.
fn kept(yes: &Sample) -> Vec<Situation> {
    let good = yes.behaviour();
    let closed = Behaviour::AnswerAndClose(yes.bytes());
    let second = |name: &str, behaviour, wanted| {
        honest(&format!("on a kept connection: {name}"), behaviour, wanted)
            .second_after(good.clone())
    };
    let page = |status| Behaviour::answer(status, "text/html", "<html>test</html>");
    let upstream = Wanted::Kinds(&[ErrorKind::Upstream]);
    vec![
        honest(
            "a kept connection that was closed",
            good.clone(),
            Wanted::Any,
        )
        .second_after(closed),
        second(
            "closed after the request",
            Behaviour::CloseAfterRequest,
            INTERRUPTED,
        ),
        second(
            "broken off after the request",
            after_the_request(End::Break),
            INTERRUPTED,
        ),
        second(
            "reset after the request",
            Behaviour::ResetAfterRequest,
            INTERRUPTED,
        ),
        second(
            "reset inside the request",
            Behaviour::CutHead(End::Reset),
            EITHER,
        ),
        second("never answered", Behaviour::NeverAnswer, INTERRUPTED).late(),
        second("HTTP 408 with a page", page(408), upstream),
        second("HTTP 503 with a page", page(503), upstream),
    ]
}

fn after_the_request(how: End) -> Behaviour {
    Behaviour::AnswerThen(Vec::new(), how)
}

/// What only a server that speaks TLS can do.
#[cfg(feature = "tls")]
fn in_tls(yes: &Sample) -> Vec<Situation> {
    let plain = b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n".to_vec();
    let alert = b"\x15\x03\x03\x00\x02\x02\x28".to_vec();
    let mut all = vec![
        honest(
            "plain HTTP where TLS should be",
            Behaviour::Words(plain),
            UNREACHABLE,
        ),
        honest(
            "TLS refused with an alert",
            Behaviour::Words(alert),
            UNREACHABLE,
        ),
        honest(
            "a certificate that no client trusts",
            Behaviour::Stranger,
            UNREACHABLE,
        ),
        Situation::new("the yes", yes.behaviour(), Rule::OnlyYesIsOk, Wanted::Yes),
    ];
    // A client that speaks HTTP/1.1 alone never meets them, and gets the yes.
    for (name, lie) in [
        (
            "HTTP/2: the stream is reset, REFUSED_STREAM",
            Http2Lie::RefusedStream,
        ),
        ("HTTP/2: the stream is reset, CANCEL", Http2Lie::Cancel),
        (
            "HTTP/2: GOAWAY before the request is read",
            Http2Lie::GoAwayBefore,
        ),
        (
            "HTTP/2: GOAWAY after the request, called not processed",
            Http2Lie::GoAwayWithout,
        ),
        (
            "HTTP/2: GOAWAY after the request, called processed",
            Http2Lie::GoAwayWith,
        ),
    ] {
        let behaviour = Behaviour::Http2(lie, yes.bytes());
        all.push(honest(name, behaviour, Wanted::Any));
    }
    all.into_iter().map(Situation::over_tls).collect()
}
