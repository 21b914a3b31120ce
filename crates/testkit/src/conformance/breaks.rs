//! Every moment in which a connection can break, stall or never end, in one catalogue.

use std::time::Duration;

use onay_core::ErrorKind;

use super::examiner::Examiner;
use super::scene::Observed;
use super::situation::{ROOMY, Situation, Wanted};
use super::{Operation, Rule, Sample, Target};
use crate::Behaviour::{
    self, Answer, AnswerAndClose, AnswerThen, CloseAfterRequest, CloseOnAccept, CutBody, CutHead,
    Drip, DripBehind, NeverAnswer, ResetAfterRequest, ResetOnAccept, Silent, Unread,
};
use crate::ClosedPort;
use crate::End::{self, Break, Close, Hold, Reset};
#[cfg(feature = "tls")]
use crate::Http2Lie;

/// Whether the request left is a race: both are true, each in its own words.
const EITHER: Wanted = Wanted::Kinds(&[ErrorKind::Unreachable, ErrorKind::Interrupted]);
const UNREACHABLE: Wanted = Wanted::Kinds(&[ErrorKind::Unreachable]);
const INTERRUPTED: Wanted = Wanted::Kinds(&[ErrorKind::Interrupted]);
/// Broken off, or not understood.
const BROKEN: Wanted = Wanted::Kinds(&[ErrorKind::Interrupted, ErrorKind::Unreadable]);

const DOUBTFUL: Wanted = Wanted::YesOrMaybeSent;

const PAUSE: Duration = Duration::from_millis(50);

pub(super) async fn check(examiner: &mut Examiner<'_>, operation: &Operation) {
    nothing_listens(examiner, operation).await;
    let Some((yes, _)) = operation.accepted.first() else {
        return;
    };
    examiner.try_all(operation, over_http(yes, false)).await;
    #[cfg(feature = "tls")]
    if examiner.suite.over_tls {
        let secure = over_http(yes, true).into_iter().map(Situation::over_tls);
        examiner.try_all(operation, secure.chain(in_tls(yes))).await;
    }
    examiner.try_all(operation, endless(yes)).await;
}

async fn nothing_listens(examiner: &mut Examiner<'_>, operation: &Operation) {
    let closed = ClosedPort::take();
    let target = Target::new(closed.url(), ROOMY);
    let name = "no server listens";
    let observed = Observed::without_server(&target, &operation.subject(&target)).await;
    let behaviour = CloseOnAccept;
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

#[rustfmt::skip]
fn before_the_answer() -> Vec<Situation> {
    let garbage = b"220 mail.example.com ready\r\n\r\n".to_vec();
    vec![
        honest("closed on accept", CloseOnAccept, EITHER),
        honest("reset on accept", ResetOnAccept, EITHER),
        honest("closed once connected", Unread(Close), EITHER),
        honest("reset once connected", Unread(Reset), EITHER),
        honest("never served", Silent, EITHER).late(),
        honest("never read", Unread(Hold), INTERRUPTED).late(),
        honest("closed inside the request's head", CutHead(Close), EITHER),
        honest("reset inside the request's head", CutHead(Reset), EITHER),
        honest("closed inside the request's body", CutBody(Close), EITHER),
        honest("reset inside the request's body", CutBody(Reset), EITHER),
        honest("closed after the request", CloseAfterRequest, INTERRUPTED),
        honest("broken off after the request", after_the_request(Break), INTERRUPTED),
        honest("reset after the request", ResetAfterRequest, INTERRUPTED),
        honest("never answered", NeverAnswer, INTERRUPTED).late(),
        honest("answered, but not in HTTP", AnswerAndClose(garbage), BROKEN),
    ]
}

#[rustfmt::skip]
fn in_the_answer(yes: &Sample, is_secure: bool) -> Vec<Situation> {
    let whole = yes.bytes();
    let head = whole.len() - yes.body.len();
    let cut = |at: usize, how| AnswerThen(whole.iter().copied().take(at).collect(), how);
    let last = whole.len() - 1;
    let unknown_length = [yes.head("").as_bytes(), yes.body.as_bytes()].concat();
    let slow_body = format!("{}{}", " ".repeat(40), yes.body);
    let announced = yes.head(&format!("content-length: {}\r\n", slow_body.len()));
    let drips = DripBehind(announced.into_bytes(), slow_body.into_bytes(), PAUSE);
    // Without TLS the end of the connection is the end of such an answer, and the yes is whole. With
    // TLS the missing goodbye says that it may have been cut, which not every TLS library tells: JSON
    // that is whole was not.
    let is_json = serde_json::from_str::<serde_json::Value>(&yes.body).is_ok();
    let wanted = if is_secure && !is_json { Wanted::MaybeSent } else { DOUBTFUL };
    vec![
        honest("closed inside the answer's head", cut(head / 2, Close), BROKEN),
        honest("closed behind the answer's head", cut(head, Close), BROKEN),
        honest("closed before the answer's last byte", cut(last, Close), BROKEN),
        honest("silent before the answer's last byte", cut(last, Hold), BROKEN).late(),
        honest("the answer's head comes in drips", Drip(whole.clone(), PAUSE), BROKEN).late(),
        honest("the answer's body comes in drips", drips, BROKEN).late(),
        honest("an answer of unknown length, broken off at its end", AnswerThen(unknown_length, Break), wanted),
    ]
}

#[rustfmt::skip]
fn interim(yes: &Sample) -> Vec<Situation> {
    let go_on = b"HTTP/1.1 100 Continue\r\n\r\n".to_vec();
    let hints = b"HTTP/1.1 103 Early Hints\r\nlink: </a>; rel=preload\r\n\r\n".to_vec();
    let switch = b"HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n".to_vec();
    let then_yes = [go_on.clone(), yes.bytes()].concat();
    vec![
        honest("HTTP 100, then the yes", Answer(then_yes), DOUBTFUL),
        honest("HTTP 100, then nothing", AnswerThen(go_on, Hold), INTERRUPTED).late(),
        honest("HTTP 103, then closed", AnswerAndClose(hints), BROKEN),
        honest("HTTP 101: another protocol", Answer(switch), Wanted::MaybeSent),
    ]
}

/// The second call, on a connection that the first one left: the one place where HTTP libraries
/// repeat a request of their own accord.
#[rustfmt::skip]
fn kept(yes: &Sample) -> Vec<Situation> {
    let good = yes.behaviour();
    let closed = AnswerAndClose(yes.bytes());
    let second = |name: &str, behaviour, wanted| {
        honest(&format!("on a kept connection: {name}"), behaviour, wanted).second_after(good.clone())
    };
    let page = |status| Behaviour::answer(status, "text/html", "<html>test</html>");
    let upstream = Wanted::Kinds(&[ErrorKind::Upstream]);
    vec![
        honest("a kept connection that was closed", good.clone(), Wanted::Any).second_after(closed),
        second("closed after the request", CloseAfterRequest, INTERRUPTED),
        second("broken off after the request", after_the_request(Break), INTERRUPTED),
        second("reset after the request", ResetAfterRequest, INTERRUPTED),
        second("reset inside the request", CutHead(Reset), EITHER),
        second("never answered", NeverAnswer, INTERRUPTED).late(),
        second("HTTP 408 with a page", page(408), upstream),
        second("HTTP 503 with a page", page(503), upstream),
    ]
}

/// Answers without end, each in another part of it.
#[rustfmt::skip]
fn endless(yes: &Sample) -> impl Iterator<Item = Situation> {
    let body = &yes.body;
    let good = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
    let chunked = format!("{good}transfer-encoding: chunked\r\n\r\n");
    let blanks = " ".repeat(16 * 1024);
    let chunk = format!("4000\r\n{blanks}\r\n");
    let long = "y".repeat(16 * 1024);
    let extended = format!("1;x={long}\r\n \r\n");
    let lines = "x-line: 0123456789012345\r\n".repeat(600);
    let all = [
        ("a body", format!("{good}\r\n"), blanks.clone()),
        ("a body behind the yes", format!("{good}\r\n{body}"), blanks.clone()),
        ("a body that was announced", format!("{good}content-length: 10737418240\r\n\r\n"), blanks),
        ("chunks", chunked.clone(), chunk),
        ("chunks with long extensions", chunked.clone(), extended),
        ("trailers behind the yes", format!("{chunked}{:x}\r\n{body}\r\n0\r\n", body.len()), lines.clone()),
        ("header lines", good.to_owned(), lines),
        ("one header", format!("{good}x-long: "), long.clone()),
        ("a status line", "HTTP/1.1 200 ".to_owned(), long),
    ];
    all.into_iter().map(|(name, head, piece)| {
        let behaviour = Behaviour::EndlessOf(head.into_bytes(), piece.into_bytes());
        let name = format!("without end: {name}");
        Situation::new(name, behaviour, Rule::BoundedAnswers, Wanted::MaybeSent).unwatched()
    })
}

fn after_the_request(how: End) -> Behaviour {
    AnswerThen(Vec::new(), how)
}

/// What only a server that speaks TLS can do.
#[cfg(feature = "tls")]
#[rustfmt::skip]
fn in_tls(yes: &Sample) -> Vec<Situation> {
    let plain = b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n".to_vec();
    let alert = b"\x15\x03\x03\x00\x02\x02\x28".to_vec();
    // A client that speaks HTTP/1.1 alone never meets them, and gets the yes.
    let http2 = |name: &str, lie| honest(&format!("HTTP/2: {name}"), Behaviour::Http2(lie, yes.bytes()), Wanted::Any);
    let all = [
        honest("plain HTTP where TLS should be", Behaviour::Words(plain), UNREACHABLE),
        honest("TLS refused with an alert", Behaviour::Words(alert), UNREACHABLE),
        honest("a certificate that no client trusts", Behaviour::Stranger, UNREACHABLE),
        Situation::new("the yes", yes.behaviour(), Rule::OnlyYesIsOk, Wanted::Yes),
        http2("the stream is reset, REFUSED_STREAM", Http2Lie::RefusedStream),
        http2("the stream is reset, CANCEL", Http2Lie::Cancel),
        http2("GOAWAY before the request is read", Http2Lie::GoAwayBefore),
        http2("GOAWAY after the request, called not processed", Http2Lie::GoAwayWithout),
        http2("GOAWAY after the request, called processed", Http2Lie::GoAwayWith),
    ];
    all.map(Situation::over_tls).into()
}
