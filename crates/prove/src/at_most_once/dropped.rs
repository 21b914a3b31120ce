//! A call whose future is dropped at each of its awaits: what it leaves behind, and what its trace
//! claims.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use onay::Error;
use onay_testkit::TraceCapture;

use super::certificate::Identity;
use super::conduct::{Conduct, End};
use super::log::{Log, Received};
use super::operation::{Calling, Operation};
use super::server::{Door, Server};
use super::target::{Patience, Target};
use super::{Trouble, moment};
use crate::report::Report;

/// More than any call takes.
const MOST_POLLS: usize = 100;

/// As the call's span says it.
const DROPPED: &str = "outcome=\"dropped\"";
const NOT_SENT: &str = "delivery=\"not_sent\"";

/// When a call is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Unpolled,
    /// After one poll, after two, and so on until it completes.
    EveryAwait {
        kept_connection: bool,
    },
    /// Once the server has the whole request.
    Arrived,
    /// A caller of `run_to_end`, after its first poll.
    RunToEnd,
}

impl Way {
    /// Whether the call's trace tells that it was dropped. What was never begun has none, and what
    /// runs to its end is not dropped.
    fn tells(self) -> bool {
        matches!(self, Self::EveryAwait { .. } | Self::Arrived)
    }
}

/// What the dropped call may leave behind.
#[derive(Clone, Copy, Debug)]
struct Left {
    at_least: usize,
    at_most: usize,
    words: &'static str,
}

const NOTHING: Left = left(0, 0, "nothing");
const AT_MOST_ONE: Left = left(0, 1, "nothing or one request");
const ONE: Left = left(1, 1, "one request");

const DROPS: [(&str, Way, Left); 5] = [
    ("before its first poll", Way::Unpolled, NOTHING),
    (
        "at each await, on a new connection",
        Way::EveryAwait {
            kept_connection: false,
        },
        AT_MOST_ONE,
    ),
    (
        "at each await, on a kept connection",
        Way::EveryAwait {
            kept_connection: true,
        },
        AT_MOST_ONE,
    ),
    ("once the server has the whole request", Way::Arrived, ONE),
    (
        "at its first await, inside `run_to_end`",
        Way::RunToEnd,
        ONE,
    ),
];

const HEAD: [&str; 4] = [
    "the future is dropped",
    "the call leaves behind",
    "its trace says `not_sent`, and it had arrived",
    "the caller's next call",
];

/// Drops every operation in every way, and writes the table. It wants a runtime on this thread,
/// where the traces are kept.
pub(super) async fn run(
    report: &mut Report,
    operations: &[Operation],
    identity: &Identity,
) -> Result<(), Trouble> {
    let mut rows = Vec::new();
    for (name, way, left) in DROPS {
        let mut broken = Broken::default();
        for operation in operations {
            let seen = drop_it(way, *operation, identity).await?;
            let so = seen.judge(way.tells(), left);
            for what in so.words(left) {
                let Operation {
                    provider,
                    name: called,
                    ..
                } = operation;
                report.breach(format!("{provider} {called}, dropped {name}: {what}"));
            }
            broken.add(so);
        }
        rows.push(broken.row(name, left));
    }
    report.paragraph("### A future that is dropped");
    report.table(&HEAD, &rows);
    Ok(())
}

/// The calls that were made, in pairs: the dropped one and the caller's next.
#[derive(Debug, Default)]
struct Seen {
    pairs: Vec<Pair>,
    requests: Vec<Received>,
}

#[derive(Debug)]
struct Pair {
    dropped: String,
    trace: String,
    next: String,
    next_is_ok: bool,
}

async fn drop_it(way: Way, operation: Operation, identity: &Identity) -> Result<Seen, Trouble> {
    let conduct = match way {
        Way::Arrived => Conduct::Answer(Vec::new(), End::Hold),
        _ => Conduct::Halves(moment::good(operation.yes)),
    };
    let server = Server::start(&Door::Tls, &conduct, identity).await?;
    let mut seen = Seen::default();
    for polls in 0..MOST_POLLS {
        let target = Target::new(
            server.base_url(),
            &Door::Tls,
            identity,
            Patience::ROOMY,
            false,
        )?;
        if matches!(
            way,
            Way::EveryAwait {
                kept_connection: true
            }
        ) {
            (operation.call)(target.clone(), format!("warm{polls:05}")).await?;
        }
        let (dropped, next) = (format!("drop{polls:05}"), format!("next{polls:05}"));
        let capture = TraceCapture::start();
        let call = (operation.call)(target.clone(), dropped.clone());
        let completed = match way {
            Way::Unpolled => {
                drop(call);
                false
            }
            Way::EveryAwait { .. } => after(polls + 1, call).await.is_some(),
            Way::Arrived => until_arrived(call, server.log(), &dropped).await,
            Way::RunToEnd => after(1, Box::pin(onay::http::run_to_end(call)))
                .await
                .is_some(),
        };
        if completed {
            break;
        }
        let trace = capture.text();
        drop(capture);
        let call = (operation.call)(target, next.clone());
        let next_is_ok = match way {
            Way::Arrived => !until_arrived(call, server.log(), &next).await,
            _ => call.await.is_ok(),
        };
        seen.pairs.push(Pair {
            dropped,
            trace,
            next,
            next_is_ok,
        });
        if !matches!(way, Way::EveryAwait { .. }) {
            break;
        }
    }
    seen.requests = server.log().settled().await;
    Ok(seen)
}

/// What a call comes to within so many polls, if it does.
async fn after(polls: usize, call: Calling) -> Option<Result<(), Error>> {
    Polls { call, left: polls }.await
}

struct Polls {
    call: Calling,
    left: usize,
}

impl Future for Polls {
    type Output = Option<Result<(), Error>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.left = self.left.saturating_sub(1);
        match self.call.as_mut().poll(context) {
            Poll::Ready(result) => Poll::Ready(Some(result)),
            Poll::Pending if self.left == 0 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    }
}

/// Drops a call once the server has its request; whether it completed before.
async fn until_arrived(call: Calling, log: &Log, name: &str) -> bool {
    let arrived = async {
        while !log.requests().iter().any(|request| request.holds(name)) {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    tokio::select! {
        _ = call => true,
        () = arrived => false,
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Broken {
    tried: usize,
    left: usize,
    claims: usize,
    silent: usize,
    next: usize,
}

impl Seen {
    fn judge(&self, tells: bool, left: Left) -> Broken {
        let count = |name: &str| self.requests.iter().filter(|r| r.holds(name)).count();
        let mut broken = Broken::default();
        for pair in &self.pairs {
            let arrived = count(&pair.dropped);
            broken.tried += 1;
            broken.left += usize::from(!(left.at_least..=left.at_most).contains(&arrived));
            broken.claims += usize::from(pair.trace.contains(NOT_SENT) && arrived > 0);
            broken.silent += usize::from(tells && !pair.trace.contains(DROPPED));
            broken.next += usize::from(!pair.next_is_ok || count(&pair.next) != 1);
        }
        broken
    }
}

impl Broken {
    fn add(&mut self, other: Self) {
        self.tried += other.tried;
        self.left += other.left;
        self.claims += other.claims;
        self.silent += other.silent;
        self.next += other.next;
    }

    fn words(self, left: Left) -> Vec<String> {
        let mut words = Vec::new();
        if self.tried == 0 {
            words.push("it was never dropped".to_owned());
        }
        if self.left > 0 {
            words.push(format!("it did not leave behind {}", left.words));
        }
        if self.claims > 0 {
            words.push("its trace says `not_sent`, and it had arrived".to_owned());
        }
        if self.silent > 0 {
            words.push("its trace does not tell of it".to_owned());
        }
        if self.next > 0 {
            words.push("the next call was not one request".to_owned());
        }
        words
    }

    fn row(self, name: &str, left: Left) -> Vec<String> {
        let or = |good: &str, broken: usize| match broken {
            0 => good.to_owned(),
            some => format!("**not {some} times**"),
        };
        let claims = match self.claims {
            0 => "never".to_owned(),
            some => format!("**{some}**"),
        };
        vec![
            name.to_owned(),
            or(left.words, self.left),
            claims,
            or("one request", self.next),
        ]
    }
}

const fn left(at_least: usize, at_most: usize, words: &'static str) -> Left {
    Left {
        at_least,
        at_most,
        words,
    }
}
