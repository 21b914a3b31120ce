//! A guard keeps the settlements that its store has not heard, and says them when it answers again.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::{Key, Reservation, now};

/// More than a stall of a minute leaves behind. What does not fit is not said: its hold runs out.
const MOST: usize = 10_000;

/// What a store has to hear of one reservation.
#[derive(Clone, Copy)]
pub(crate) struct Owed {
    pub(crate) slot: Key,
    pub(crate) reservation: Reservation,
    /// How long the slot stays taken, counted from `since`. Zero frees it.
    pub(crate) wait: Duration,
    pub(crate) since: Instant,
    pub(crate) next: Option<Key>,
    /// The counters from which the message is taken back.
    pub(crate) uncount: [Option<Key>; 3],
}

impl Owed {
    /// What is left of the wait.
    pub(crate) fn left(&self) -> Duration {
        self.wait.saturating_sub(now() - self.since)
    }
}

/// The settlements that a store has not heard.
#[derive(Default)]
pub(crate) struct Queue(Mutex<VecDeque<Owed>>);

impl Queue {
    /// Keeps `owed`, unless the store hears of it: whether the call fails, or is dropped half way.
    pub(crate) fn open(&self, owed: Owed) -> Open<'_> {
        Open {
            queue: self,
            owed: Some(owed),
        }
    }

    /// Takes the settlement of this slot out.
    pub(crate) fn take(&self, slot: Key) -> Option<Owed> {
        self.with(|queue| {
            let at = queue.iter().position(|owed| owed.slot == slot)?;
            queue.remove(at)
        })
    }

    /// Takes the oldest out that is still worth saying: a hold that has run out freed its slot by
    /// itself.
    pub(crate) fn oldest(&self, hold: Duration) -> Option<Owed> {
        self.with(|queue| {
            while let Some(owed) = queue.pop_front() {
                if now() - owed.since < hold.max(owed.wait) {
                    return Some(owed);
                }
            }
            None
        })
    }

    fn push(&self, owed: Owed) {
        self.with(|queue| {
            if queue.len() >= MOST {
                queue.pop_front();
            }
            queue.push_back(owed);
        });
    }

    fn with<T>(&self, change: impl FnOnce(&mut VecDeque<Owed>) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// A settlement that the store is about to hear.
pub(crate) struct Open<'queue> {
    queue: &'queue Queue,
    owed: Option<Owed>,
}

impl Open<'_> {
    /// The store heard it, or there is nothing to hear.
    pub(crate) fn close(mut self) {
        self.owed = None;
    }
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        if let Some(owed) = self.owed.take() {
            self.queue.push(owed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOLD: Duration = Duration::from_secs(180);

    fn owed(slot: u8) -> Owed {
        Owed {
            slot: Key::new([slot; 16]),
            reservation: Reservation::new(1),
            wait: Duration::ZERO,
            since: now(),
            next: None,
            uncount: [None; 3],
        }
    }

    #[test]
    fn what_was_dropped_is_kept_and_what_was_heard_is_not() {
        let queue = Queue::default();
        queue.open(owed(1)).close();
        assert!(queue.oldest(HOLD).is_none());
        drop(queue.open(owed(1)));
        drop(queue.open(owed(2)));
        assert!(queue.take(Key::new([2; 16])).is_some());
        assert!(queue.take(Key::new([2; 16])).is_none());
        assert!(queue.oldest(HOLD).is_some());
    }

    #[test]
    fn what_has_run_out_is_forgotten_and_the_rest_is_bounded() {
        let queue = Queue::default();
        drop(queue.open(owed(1)));
        assert!(queue.oldest(Duration::ZERO).is_none());
        for _ in 0..=MOST {
            drop(queue.open(owed(1)));
        }
        let kept = std::iter::from_fn(|| queue.oldest(HOLD)).count();
        assert_eq!(kept, MOST);
    }
}
