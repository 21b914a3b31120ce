//! `Events` tells its readers what happens.

use std::collections::VecDeque;
use std::sync::Arc;

use serde::Serialize;
use tokio::sync::mpsc;

use crate::connections::{ConnectionHandle, Cut};

/// How many may read along at once.
const MOST_READERS: usize = 32;

/// How many events are kept for readers that come back.
const KEPT: usize = 256;

/// How far a reader may lag, on top of what it came back for.
const LAG: usize = 256;

/// One event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EventRecord {
    pub(crate) id: u64,
    /// What happened, as the test API calls it.
    pub(crate) kind: &'static str,
    /// JSON.
    pub(crate) data: Arc<str>,
    /// The message that it is about.
    pub(crate) message: Option<u64>,
    /// The call that it is about.
    pub(crate) call: Option<u64>,
}

/// Why no further reader is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotNow {
    TooMany,
    Stopping,
}

/// The readers, and what happened lately.
#[derive(Debug, Default)]
pub(crate) struct Events {
    last_id: u64,
    kept: VecDeque<EventRecord>,
    readers: Vec<Reader>,
    closed: bool,
}

#[derive(Debug)]
struct Reader {
    queue: mpsc::Sender<EventRecord>,
    wire: ConnectionHandle,
}

impl Events {
    /// Tells every reader.
    pub(crate) fn publish(&mut self, kind: &'static str, data: &impl Serialize) {
        self.publish_about(kind, None, None, data);
    }

    /// Tells every reader of a message or a call. One that lags too far behind loses the connection, so
    /// that neither memory nor another reader pays for it.
    pub(crate) fn publish_about(
        &mut self,
        kind: &'static str,
        message: Option<u64>,
        call: Option<u64>,
        data: &impl Serialize,
    ) {
        self.last_id += 1;
        // Without any reader so far, there is none to tell, now or later.
        if self.readers.is_empty() && self.kept.is_empty() {
            return;
        }
        let record = EventRecord {
            id: self.last_id,
            kind,
            // Never fails: what is told is made of texts and numbers.
            data: serde_json::to_string(data).unwrap_or_default().into(),
            message,
            call,
        };
        self.kept.push_back(record.clone());
        if self.kept.len() > KEPT {
            self.kept.pop_front();
        }
        self.readers.retain(|reader| {
            let sent = reader.queue.try_send(record.clone());
            if matches!(sent, Err(mpsc::error::TrySendError::Full(_))) {
                tracing::debug!("a reader of events lagged behind and was let go");
                reader.wire.cut(Cut::Closed);
            }
            sent.is_ok()
        });
    }

    /// Takes a reader: from the event after the one with this id, or from now on. Where
    /// that event is not kept any more, the first word is `resync`.
    pub(crate) fn read(
        &mut self,
        after: Option<u64>,
        wire: ConnectionHandle,
    ) -> Result<mpsc::Receiver<EventRecord>, NotNow> {
        if self.closed {
            return Err(NotNow::Stopping);
        }
        self.readers.retain(|reader| !reader.queue.is_closed());
        if self.readers.len() >= MOST_READERS {
            return Err(NotNow::TooMany);
        }
        let (queue, events) = mpsc::channel(KEPT + LAG);
        // There is room: the queue is longer than what is kept.
        for event in self.since(after.unwrap_or(self.last_id)) {
            let _ = queue.try_send(event);
        }
        self.readers.push(Reader { queue, wire });
        Ok(events)
    }

    /// Ends every reader, and takes no other.
    pub(crate) fn close(&mut self) {
        self.closed = true;
        self.readers.clear();
    }

    fn since(&self, id: u64) -> Vec<EventRecord> {
        let missed = self.last_id.checked_sub(id);
        match missed.and_then(|missed| usize::try_from(missed).ok()) {
            Some(missed) if missed <= self.kept.len() => {
                let later = self.kept.iter().skip(self.kept.len() - missed);
                later.cloned().collect()
            }
            // Too long ago, or of another sandbox that listened here before.
            _ => vec![EventRecord {
                id: self.last_id,
                kind: "resync",
                data: "{}".into(),
                message: None,
                call: None,
            }],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(events: &mut mpsc::Receiver<EventRecord>) -> Vec<EventRecord> {
        std::iter::from_fn(|| events.try_recv().ok()).collect()
    }

    #[test]
    fn who_comes_back_misses_nothing_or_hears_that_it_did() {
        let mut events = Events::default();
        let first = events
            .read(None, ConnectionHandle::default())
            .expect("a reader");
        for number in 0..KEPT + 10 {
            events.publish("clock", &number);
        }
        drop(first);
        let last = events.last_id;
        let mut back = |after| {
            records(
                &mut events
                    .read(Some(after), ConnectionHandle::default())
                    .expect("one"),
            )
        };
        assert_eq!(back(last), []);
        assert_eq!(back(last - 2).len(), 2);
        assert_eq!(back(10).len(), KEPT);
        for lost in [9, 0, last + 1, u64::MAX] {
            let words: Vec<_> = back(lost).iter().map(|it| (it.id, it.kind)).collect();
            assert_eq!(words, [(last, "resync")]);
        }
    }
}
