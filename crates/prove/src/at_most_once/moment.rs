//! Every moment in which a connection can break.

use super::conduct::{Conduct, End, MOVED};
use super::http2::Break;
use super::outcome::Answer;
use super::server::Door;
use super::target::Patience;

/// What a server does to a call.
#[derive(Clone, Debug)]
pub(super) struct Moment {
    /// The table in which it stands.
    pub(super) part: &'static str,
    pub(super) name: String,
    pub(super) door: Door,
    pub(super) conduct: Conduct,
    pub(super) patience: Patience,
    pub(super) answer: Answer,
}

impl Moment {
    /// Whether the call is the second on a connection that is kept.
    pub(super) fn is_second(&self) -> bool {
        matches!(self.conduct, Conduct::Second(..))
    }
}

/// The names of those moments that prove something by what they do to a client with the defaults.
pub(super) const REFUSED_STREAM: &str = "the stream is reset, `REFUSED_STREAM`";
pub(super) const TEMPORARY_REDIRECT: &str = "`307` to the same server";

const BEFORE: &str = "Before the connection stands";
const REQUEST: &str = "While the request goes out";
const SILENCE: &str = "After the whole request, before an answer";
const ANSWER: &str = "While the answer comes in";
const INTERIM: &str = "Answers before the answer";
const PAGE: &str = "A bad status over a gateway's page";
const YES: &str = "A bad status over the provider's own yes";
const KEPT: &str = "The second call on a kept connection, after a first that went well";
const HTTP2: &str = "The server would rather speak HTTP/2";

/// Statuses that have rows of their own, with a header and what it is.
pub(super) const STATUSES: [(u16, &str, &str); 9] = [
    (408, "", ""),
    (425, "", ""),
    (429, "", ""),
    (429, "retry-after: 7\r\n", " with `Retry-After`"),
    (500, "", ""),
    (502, "", ""),
    (503, "", ""),
    (503, "retry-after: 7\r\n", " with `Retry-After`"),
    (504, "", ""),
];
/// Redirects that have rows of their own.
pub(super) const REDIRECTS: [u16; 5] = [301, 302, 303, 307, 308];

/// What stands under a bad status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Over {
    /// A gateway's page.
    Page,
    /// The provider's own yes.
    Yes,
}

impl Over {
    /// The table in which it stands.
    pub(super) const fn part(self) -> &'static str {
        match self {
            Self::Page => PAGE,
            Self::Yes => YES,
        }
    }

    pub(super) const fn says(self, status: u16) -> Answer {
        match self {
            Self::Page => Answer::Page(status),
            Self::Yes => Answer::Contradiction(status),
        }
    }

    pub(super) fn answer(self, status: u16, headers: &str, yes: &str) -> Vec<u8> {
        match self {
            Self::Page => answer_of(status, headers, "text/html", "<html>test</html>"),
            Self::Yes => answer_of(status, headers, "application/json", yes),
        }
    }
}

/// All of them, with a provider's yes for the answers.
pub(super) fn all(yes: &str) -> Vec<Moment> {
    let mut moments = before();
    moments.extend(request());
    moments.extend(silence());
    moments.extend(answer(yes));
    moments.extend(interim(yes));
    moments.extend(status(yes));
    moments.extend(kept(yes));
    moments.extend(http2(yes));
    moments
}

/// A good answer.
pub(super) fn good(yes: &str) -> Vec<u8> {
    good_with("", yes)
}

/// The same with headers.
pub(super) fn good_with(headers: &str, yes: &str) -> Vec<u8> {
    answer_of(200, headers, "application/json; charset=utf-8", yes)
}

fn before() -> Vec<Moment> {
    let moment = |name, door| Moment {
        door,
        ..moment(BEFORE, name, Conduct::Unread(End::Close))
    };
    let late = |moment| Moment {
        patience: Patience::CONNECT,
        ..moment
    };
    vec![
        moment("nobody listens", Door::Nobody),
        moment("the host name is unknown", Door::UnknownName),
        late(moment("the name server never answers", Door::SilentNames)),
        moment("closed on accept", Door::Accept(End::Close)),
        moment("reset on accept", Door::Accept(End::Reset)),
        moment(
            "plain HTTP where TLS should be",
            Door::Words(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n"),
        ),
        moment(
            "TLS refused with an alert",
            Door::Words(b"\x15\x03\x03\x00\x02\x02\x28"),
        ),
        moment("a certificate that nobody trusts", Door::Stranger),
        late(moment(
            "the TLS handshake is never answered",
            Door::Accept(End::Hold),
        )),
    ]
}

/// A request is one TLS record, which arrives whole or not at all: it is cut without TLS.
fn request() -> Vec<Moment> {
    let plain = |name, conduct| Moment {
        door: Door::Plain,
        ..moment(REQUEST, name, conduct)
    };
    vec![
        plain("closed inside the head", Conduct::CutHead(End::Close)),
        plain("reset inside the head", Conduct::CutHead(End::Reset)),
        plain("closed inside the body", Conduct::CutBody(End::Close)),
        plain("reset inside the body", Conduct::CutBody(End::Reset)),
        late(moment(
            REQUEST,
            "the server never reads",
            Conduct::Unread(End::Hold),
        )),
    ]
}

fn silence() -> Vec<Moment> {
    let nothing = |end| Conduct::Answer(Vec::new(), end);
    let garbage = b"220 mail.example.com ready\r\n\r\n".to_vec();
    vec![
        moment(SILENCE, "closed", nothing(End::Close)),
        moment(SILENCE, "closed without TLS's goodbye", nothing(End::Break)),
        moment(SILENCE, "reset", nothing(End::Reset)),
        late(moment(SILENCE, "never answered", nothing(End::Hold))),
        moment(
            SILENCE,
            "answered, but not in HTTP",
            Conduct::Answer(garbage, End::Close),
        ),
    ]
}

fn answer(yes: &str) -> Vec<Moment> {
    let good = good(yes);
    let head = good.len() - yes.len();
    let cut = |at: usize, end| Conduct::Answer(good.iter().copied().take(at).collect(), end);
    let unknown_length = format!("HTTP/1.1 200 OK\r\n\r\n{yes}").into_bytes();
    // Ten seconds of it: twice the total timeout.
    let slow_head = format!("HTTP/1.1 200 OK\r\nx-slow: {}", "a".repeat(100));
    let slow_body = format!("{}{yes}", " ".repeat(100));
    let slow = answer_of(200, "", "application/json", &slow_body);
    let (first, drops) = slow.split_at(slow.len() - slow_body.len());
    vec![
        moment(ANSWER, "closed inside the head", cut(head / 2, End::Close)),
        moment(ANSWER, "closed behind the head", cut(head, End::Close)),
        moment(
            ANSWER,
            "closed before the last byte",
            cut(good.len() - 1, End::Close),
        ),
        late(moment(
            ANSWER,
            "silent before the last byte",
            cut(good.len() - 1, End::Hold),
        )),
        moment(
            ANSWER,
            "a yes of unknown length, ended without TLS's goodbye",
            Conduct::Answer(unknown_length, End::Break),
        ),
        late(moment(
            ANSWER,
            "the head comes in drips",
            Conduct::Drip(Vec::new(), slow_head.into_bytes()),
        )),
        late(moment(
            ANSWER,
            "the body comes in drips",
            Conduct::Drip(first.to_vec(), drops.to_vec()),
        )),
    ]
}

fn interim(yes: &str) -> Vec<Moment> {
    let go_on = b"HTTP/1.1 100 Continue\r\n\r\n";
    let hints = b"HTTP/1.1 103 Early Hints\r\nlink: </a>; rel=preload\r\n\r\n";
    let switch = b"HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n";
    vec![
        Moment {
            answer: Answer::Yes,
            ..moment(
                INTERIM,
                "`100`, then the provider's yes",
                Conduct::Whole([go_on, good(yes).as_slice()].concat()),
            )
        },
        late(moment(
            INTERIM,
            "`100`, then nothing",
            Conduct::Answer(go_on.to_vec(), End::Hold),
        )),
        moment(
            INTERIM,
            "`103`, then closed",
            Conduct::Answer(hints.to_vec(), End::Close),
        ),
        moment(
            INTERIM,
            "`101`: another protocol",
            Conduct::Whole(switch.to_vec()),
        ),
    ]
}

fn status(yes: &str) -> Vec<Moment> {
    let there = format!("location: {MOVED}\r\n");
    let mut moments = Vec::new();
    for over in [Over::Page, Over::Yes] {
        for code in REDIRECTS {
            let redirect = over.answer(code, &there, yes);
            let name = format!("`{code}` to the same server");
            let conduct = Conduct::Redirect(redirect, good(yes));
            moments.push(Moment {
                answer: over.says(code),
                ..moment(over.part(), &name, conduct)
            });
        }
        for (code, header, note) in STATUSES {
            let name = format!("`{code}`{note}");
            let conduct = Conduct::Whole(over.answer(code, header, yes));
            moments.push(Moment {
                answer: over.says(code),
                ..moment(over.part(), &name, conduct)
            });
        }
    }
    moments
}

fn kept(yes: &str) -> Vec<Moment> {
    let second = |name: &str, then| {
        let conduct = Conduct::Second(good(yes), Box::new(then));
        moment(KEPT, name, conduct)
    };
    let nothing = |end| Conduct::Answer(Vec::new(), end);
    let mut moments = vec![
        second("closed after the request", nothing(End::Close)),
        second("closed without TLS's goodbye", nothing(End::Break)),
        second("reset after the request", nothing(End::Reset)),
        late(second("never answered", nothing(End::Hold))),
    ];
    for (over, under) in [
        (Over::Page, "a gateway's page"),
        (Over::Yes, "the provider's own yes"),
    ] {
        for status in [408, 503] {
            let answer = over.answer(status, "", yes);
            moments.push(Moment {
                answer: over.says(status),
                ..second(&format!("`{status}` over {under}"), Conduct::Whole(answer))
            });
        }
    }
    moments
}

fn http2(yes: &str) -> Vec<Moment> {
    [
        (REFUSED_STREAM, Break::RefusedStream),
        ("the stream is reset, `CANCEL`", Break::Cancel),
        ("`GOAWAY` before the request is read", Break::GoAwayBefore),
        (
            "`GOAWAY` after the request, which it calls not processed",
            Break::GoAwayWithout,
        ),
        (
            "`GOAWAY` after the request, which it calls processed",
            Break::GoAwayWith,
        ),
    ]
    .into_iter()
    .map(|(name, break_off)| Moment {
        door: Door::TlsHttp2,
        answer: Answer::Yes,
        ..moment(HTTP2, name, Conduct::Http2(break_off, good(yes)))
    })
    .collect()
}

/// Over TLS and HTTP/1.1, with an end of its own.
pub(super) fn moment(part: &'static str, name: &str, conduct: Conduct) -> Moment {
    Moment {
        part,
        name: name.to_owned(),
        door: Door::Tls,
        conduct,
        patience: Patience::ROOMY,
        answer: Answer::Neither,
    }
}

fn late(moment: Moment) -> Moment {
    Moment {
        patience: Patience::TOTAL,
        ..moment
    }
}

fn answer_of(status: u16, headers: &str, content_type: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "HTTP/1.1 {status} Test\r\n{headers}content-type: {content_type}\r\ncontent-length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}
