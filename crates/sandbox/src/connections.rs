//! `Connections` knows every open connection, and which of them is idle.

use std::collections::HashMap;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::cut::{ConnectionHandle, Cut};

/// Every connection that is open.
#[derive(Debug, Default)]
pub(crate) struct Connections {
    open: Mutex<Open>,
    freed: Notify,
}

#[derive(Debug, Default)]
struct Open {
    last_id: u64,
    known: HashMap<u64, Known>,
}

#[derive(Debug)]
struct Known {
    wire: ConnectionHandle,
    from: IpAddr,
    /// Calls under way.
    busy: usize,
    /// When the last of them was over, or the connection came.
    since: Instant,
}

impl Connections {
    /// Takes a connection in, which is idle until something is asked.
    pub(crate) fn open(self: &Arc<Self>, wire: ConnectionHandle, from: IpAddr) -> Connection {
        let mut open = self.lock();
        open.last_id += 1;
        let id = open.last_id;
        let known = Known {
            wire,
            from,
            busy: 0,
            since: Instant::now(),
        };
        open.known.insert(id, known);
        drop(open);
        self.freed.notify_one();
        Connection(Arc::new(Opened {
            lines: Arc::clone(self),
            id,
        }))
    }

    /// Whether another connection of this address is taken: where it has this many, its longest idle one
    /// ends for it, and where all of them are busy none does.
    pub(crate) fn admit(&self, from: IpAddr, most: usize) -> bool {
        let mut open = self.lock();
        open.of(from) < most || open.end_longest_idle(|known| known.from == from)
    }

    /// Ends the connection that has been idle for longest, or the first that is again; one of the
    /// address that has the most, if any of those is idle.
    pub(crate) async fn end_longest_idle(&self) {
        loop {
            let freed = self.freed.notified();
            if self.lock().end_one() {
                return;
            }
            freed.await;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    /// How many connections an address has.
    fn of(&self, from: IpAddr) -> usize {
        self.known.values().filter(|it| it.from == from).count()
    }

    fn end_one(&mut self) -> bool {
        let all = self.known.values().map(|it| it.from);
        let greedy = all.max_by_key(|from| self.of(*from));
        self.end_longest_idle(|known| Some(known.from) == greedy) || self.end_longest_idle(|_| true)
    }

    fn end_longest_idle(&mut self, is_meant: impl Fn(&Known) -> bool) -> bool {
        let known = self.known.iter();
        let idle = known.filter(|(_, known)| known.busy == 0 && is_meant(known));
        let longest = idle.min_by_key(|(_, known)| known.since);
        let longest = longest.map(|(id, _)| *id);
        // Known no more, it takes no call either that comes before it ends.
        let ended = longest.and_then(|id| self.known.remove(&id));
        ended.is_some_and(|known| {
            known.wire.cut(Cut::Closed);
            true
        })
    }
}

/// One connection, known until its last clone is dropped.
#[derive(Clone, Debug)]
pub(crate) struct Connection(Arc<Opened>);

#[derive(Debug)]
struct Opened {
    lines: Arc<Connections>,
    id: u64,
}

impl Connection {
    /// Keeps the connection from being idle, unless it was told to end before.
    pub(crate) fn busy(&self) -> Option<Busy> {
        let mut open = self.0.lines.lock();
        open.known.get_mut(&self.0.id)?.busy += 1;
        Some(Busy(self.clone()))
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        self.lines.lock().known.remove(&self.id);
    }
}

/// Something that is under way on a connection.
#[derive(Debug)]
pub(crate) struct Busy(Connection);

impl Drop for Busy {
    fn drop(&mut self) {
        let opened = &self.0.0;
        if let Some(known) = opened.lines.lock().known.get_mut(&opened.id) {
            known.busy = known.busy.saturating_sub(1);
            known.since = Instant::now();
        }
        opened.lines.freed.notify_one();
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
