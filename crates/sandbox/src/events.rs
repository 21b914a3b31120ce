//! `Events` tells its readers what happens.

use std::collections::VecDeque;

use axum::body::Bytes;
use serde::Serialize;
use tokio::sync::mpsc;

use crate::wire::{Cut, Wire};

/// How many may read along at once.
const MOST_READERS: usize = 32;

/// How many events are kept for whoever comes back.
const KEPT: usize = 256;

/// How far a reader may lag, on top of what it came back for.
const LAG: usize = 256;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Message,
    Paid,
    Removed,
    Cleared,
    Journal,
    JournalCleared,
    Clock,
    Faults,
    Reset,
}

impl Kind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Paid => "paid",
            Self::Removed => "removed",
            Self::Cleared => "cleared",
            Self::Journal => "journal",
            Self::JournalCleared => "journal_cleared",
            Self::Clock => "clock",
            Self::Faults => "faults",
            Self::Reset => "reset",
        }
    }
}

/// Why nobody more can read along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotNow {
    TooMany,
    Stopping,
}

/// Who reads along, and what happened lately.
#[derive(Debug, Default)]
pub(crate) struct Events {
    last_id: u64,
    kept: VecDeque<(u64, Bytes)>,
    readers: Vec<Reader>,
    closed: bool,
}

#[derive(Debug)]
struct Reader {
    queue: mpsc::Sender<Bytes>,
    wire: Wire,
}

impl Events {
    /// Tells everybody. Whoever lags too far behind loses the connection, so that neither memory nor
    /// anybody else pays for it.
    pub(crate) fn tell(&mut self, kind: Kind, data: &impl Serialize) {
        self.last_id += 1;
        // Where nobody ever read along, there is nobody to tell, now or later.
        if self.readers.is_empty() && self.kept.is_empty() {
            return;
        }
        // Never fails: what is told is made of texts and numbers.
        let data = serde_json::to_string(data).unwrap_or_default();
        let event = event(self.last_id, kind.as_str(), &data);
        self.kept.push_back((self.last_id, event.clone()));
        if self.kept.len() > KEPT {
            self.kept.pop_front();
        }
        self.readers.retain(|reader| {
            let told = reader.queue.try_send(event.clone());
            if matches!(told, Err(mpsc::error::TrySendError::Full(_))) {
                tracing::debug!("a reader of events lagged behind and was let go");
                reader.wire.cut(Cut::Closed);
            }
            told.is_ok()
        });
    }

    /// Lets somebody read along: from the event after the one with this id, or from now on. Where
    /// that event is not kept any more, the first word is `resync`.
    pub(crate) fn read(
        &mut self,
        after: Option<u64>,
        wire: Wire,
    ) -> Result<mpsc::Receiver<Bytes>, NotNow> {
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

    /// Lets everybody go, and nobody in any more.
    pub(crate) fn close(&mut self) {
        self.closed = true;
        self.readers.clear();
    }

    fn since(&self, id: u64) -> Vec<Bytes> {
        let missed = self.last_id.checked_sub(id);
        match missed.and_then(|missed| usize::try_from(missed).ok()) {
            Some(missed) if missed <= self.kept.len() => {
                let known = self.kept.len() - missed;
                let later = self.kept.iter().skip(known);
                later.map(|(_, event)| event.clone()).collect()
            }
            // Too long ago, or of another sandbox that listened here before.
            _ => vec![event(self.last_id, "resync", "{}")],
        }
    }
}

fn event(id: u64, kind: &str, data: &str) -> Bytes {
    format!("id: {id}\nevent: {kind}\ndata: {data}\n\n").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(events: &mut mpsc::Receiver<Bytes>) -> Vec<String> {
        let mut all = Vec::new();
        while let Ok(event) = events.try_recv() {
            all.push(String::from_utf8(event.to_vec()).expect("text"));
        }
        all
    }

    #[test]
    fn an_event_is_three_lines_and_an_empty_one() {
        let mut events = Events::default();
        events.tell(Kind::Reset, &());
        let mut reader = events.read(None, Wire::default()).expect("a reader");
        events.tell(Kind::Message, &serde_json::json!({"text": "a\nb"}));
        assert_eq!(
            told(&mut reader),
            ["id: 2\nevent: message\ndata: {\"text\":\"a\\nb\"}\n\n"]
        );
    }

    #[test]
    fn who_comes_back_misses_nothing_or_hears_that_it_did() {
        let mut events = Events::default();
        let first = events.read(None, Wire::default()).expect("a reader");
        for number in 0..KEPT + 10 {
            events.tell(Kind::Clock, &number);
        }
        drop(first);
        let last = events.last_id;
        let mut back = |after| told(&mut events.read(Some(after), Wire::default()).expect("one"));
        assert_eq!(back(last), [""; 0]);
        assert_eq!(back(last - 2).len(), 2);
        assert_eq!(back(10).len(), KEPT);
        for lost in [9, 0, last + 1, u64::MAX] {
            let words = back(lost);
            assert_eq!(
                words,
                [format!("id: {last}\nevent: resync\ndata: {{}}\n\n")]
            );
        }
    }

    #[tokio::test]
    async fn who_lags_behind_is_let_go_and_nobody_else() {
        let mut events = Events::default();
        let wire = Wire::default();
        let slow = events.read(None, wire.clone()).expect("a reader");
        let mut quick = events.read(None, Wire::default()).expect("a reader");
        for number in 0..=KEPT + LAG {
            events.tell(Kind::Clock, &number);
            assert_eq!(told(&mut quick).len(), 1);
        }
        assert_eq!(wire.is_cut().await, Cut::Closed);
        assert_eq!((events.readers.len(), slow.len()), (1, KEPT + LAG));
        assert_eq!(events.kept.len(), KEPT);
    }

    #[test]
    fn there_is_an_end_to_the_readers() {
        let mut events = Events::default();
        let mut readers: Vec<_> = (0..MOST_READERS)
            .map(|_| events.read(None, Wire::default()).expect("a reader"))
            .collect();
        let refused = events.read(None, Wire::default());
        assert_eq!(refused.map(|_| ()), Err(NotNow::TooMany));
        readers.pop();
        assert!(events.read(None, Wire::default()).is_ok());
        events.close();
        let refused = events.read(None, Wire::default());
        assert_eq!(refused.map(|_| ()), Err(NotNow::Stopping));
        assert!(readers.iter().all(mpsc::Receiver::is_closed));
    }
}
