//! `Connections` knows every open connection and which of them is idle, and `ConnectionHandle` ends one.

use std::collections::HashMap;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use axum::http::Extensions;
use hyper::body::{Frame, SizeHint};
use tokio::sync::{Notify, watch};
use tokio::time::Instant;

/// In place of the number of calls under way: it was told to end, and takes no call before it does.
const ENDED: usize = usize::MAX;

/// Every connection that is open.
#[derive(Debug, Default)]
pub(crate) struct Connections {
    open: Mutex<Vec<Weak<Connection>>>,
    freed: Notify,
}

impl Connections {
    /// Takes a connection in, which is idle until something is asked, and known until it is dropped.
    pub(crate) fn open(self: &Arc<Self>, wire: ConnectionHandle, from: IpAddr) -> Arc<Connection> {
        let connection = Arc::new(Connection {
            wire,
            from,
            calls: AtomicUsize::new(0),
            since: Mutex::new(Instant::now()),
            all: Arc::clone(self),
        });
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|known| known.strong_count() > 0);
        open.push(Arc::downgrade(&connection));
        drop(open);
        self.freed.notify_one();
        connection
    }

    /// Whether another connection of this address is taken: where it has this many, its longest idle one
    /// ends for it, and where all of them are busy none does.
    pub(crate) fn admit(&self, from: IpAddr, most: usize) -> bool {
        let known = self.known();
        let is_its = |it: &Connection| it.from == from;
        known.iter().filter(|it| is_its(it)).count() < most || end_longest_idle(&known, is_its)
    }

    /// Ends the connection that has been idle for longest, or the first that is again; one of the
    /// address that has the most, if any of those is idle.
    pub(crate) async fn end_longest_idle(&self) {
        loop {
            let freed = self.freed.notified();
            let known = self.known();
            let mut counts = HashMap::<IpAddr, usize>::new();
            for it in &known {
                *counts.entry(it.from).or_default() += 1;
            }
            let greedy = counts.into_iter().max_by_key(|(_, count)| *count);
            let is_greedy = |it: &Connection| Some(it.from) == greedy.map(|(from, _)| from);
            if end_longest_idle(&known, is_greedy) || end_longest_idle(&known, |_| true) {
                return;
            }
            drop(known);
            freed.await;
        }
    }

    fn known(&self) -> Vec<Arc<Connection>> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let known = open.iter().filter_map(Weak::upgrade);
        known
            .filter(|it| it.calls.load(Ordering::Acquire) != ENDED)
            .collect()
    }
}

/// Whether one of these was idle, and the one that was for longest ends.
fn end_longest_idle(known: &[Arc<Connection>], is_meant: impl Fn(&Connection) -> bool) -> bool {
    let idle = known.iter().filter(|it| is_meant(it));
    let idle = idle.filter(|it| it.calls.load(Ordering::Acquire) == 0);
    let mut idle: Vec<_> = idle.map(|it| (it.since(), it)).collect();
    idle.sort_by_key(|(since, _)| *since);
    idle.into_iter().any(|(_, it)| it.end())
}

/// One connection.
#[derive(Debug)]
pub(crate) struct Connection {
    wire: ConnectionHandle,
    from: IpAddr,
    /// Calls under way, or `ENDED`.
    calls: AtomicUsize,
    /// When the last of them was over, or the connection came.
    since: Mutex<Instant>,
    all: Arc<Connections>,
}

impl Connection {
    /// Keeps the connection from being idle, unless it was told to end before.
    pub(crate) fn busy(self: &Arc<Self>) -> Option<Busy> {
        let (set, get) = (Ordering::AcqRel, Ordering::Acquire);
        let one_more = |calls| (calls != ENDED).then(|| calls + 1);
        let begun = self.calls.fetch_update(set, get, one_more);
        begun.is_ok().then(|| Busy(Arc::clone(self)))
    }

    /// Ends it, unless a call came in between.
    fn end(&self) -> bool {
        let (set, get) = (Ordering::AcqRel, Ordering::Acquire);
        let ended = self.calls.compare_exchange(0, ENDED, set, get).is_ok();
        if ended {
            self.wire.cut(Cut::Closed);
        }
        ended
    }

    fn since(&self) -> Instant {
        *self.since.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Something that is under way on a connection.
#[derive(Debug)]
pub(crate) struct Busy(Arc<Connection>);

impl Drop for Busy {
    fn drop(&mut self) {
        let since = self.0.since.lock();
        *since.unwrap_or_else(PoisonError::into_inner) = Instant::now();
        self.0.calls.fetch_sub(1, Ordering::AcqRel);
        self.0.all.freed.notify_one();
    }
}

/// How a connection ends without an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// As if the server had hung up: the client reads the end.
    Closed,
    /// As if the server had died: the client's system reports a reset.
    Reset,
}

/// A handle on the connection that a call came over; every call over it has it among its extensions.
#[derive(Clone, Debug, Default)]
pub(crate) struct ConnectionHandle(watch::Sender<Option<Cut>>);

impl ConnectionHandle {
    /// The handle on the connection that the call with these extensions came over.
    pub(crate) fn of(extensions: &Extensions) -> Self {
        extensions.get().cloned().unwrap_or_default()
    }

    /// Ends the connection, with any call under way on it.
    pub(crate) fn cut(&self, cut: Cut) {
        self.0.send_replace(Some(cut));
    }

    /// Ends once the connection is told to.
    pub(crate) async fn is_cut(&self) -> Cut {
        let mut cut = self.0.subscribe();
        let cut = cut.wait_for(Option::is_some).await;
        // Never absent: the sender is part of `self`.
        cut.ok().and_then(|cut| *cut).unwrap_or(Cut::Closed)
    }
}

/// The body of an answer, which keeps its connection busy until it was sent or given up.
#[derive(Debug)]
pub(crate) struct BusyBody {
    body: Body,
    _busy: Busy,
}

impl BusyBody {
    pub(crate) fn new(body: Body, busy: Busy) -> Self {
        Self { body, _busy: busy }
    }
}

impl HttpBody for BusyBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
