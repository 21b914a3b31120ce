//! A reservation whose answer was lost is taken back in the background, so that it holds no customer.

use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::time::{Instant, sleep};

use super::RedisStore;
use crate::{Key, Request, Reservation, Settlement, Store};

/// So many are taken back at once; more leave it to the guard's next call.
const MOST: usize = 256;
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// How many reservations are being taken back.
#[derive(Default)]
pub(super) struct Running(AtomicUsize);

/// A reservation that is under way. Unless it is answered it is taken back: whether the answer was
/// lost, or the call was dropped.
pub(super) struct UnderWay<'store> {
    store: &'store RedisStore,
    slot: Key,
    reservation: Reservation,
    hold: Duration,
    counted: Vec<Key>,
    is_answered: bool,
}

impl<'store> UnderWay<'store> {
    pub(super) fn new(store: &'store RedisStore, request: &Request<'_>) -> Self {
        Self {
            store,
            slot: request.slot,
            reservation: request.reservation,
            hold: request.hold,
            counted: request.counters.iter().map(|counter| counter.key).collect(),
            is_answered: false,
        }
    }

    pub(super) fn answered(mut self) {
        self.is_answered = true;
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        let running = &self.store.shared.running.0;
        if self.is_answered || running.load(Relaxed) >= MOST {
            return;
        }
        // Without a runtime, at its end perhaps, the guard's own record is what is left.
        let Ok(runtime) = Handle::try_current() else {
            return;
        };
        running.fetch_add(1, Relaxed);
        let store = self.store.clone();
        let (slot, reservation, hold) = (self.slot, self.reservation, self.hold);
        let counted = std::mem::take(&mut self.counted);
        runtime.spawn(async move {
            let taken = Settlement::new(slot, reservation, Duration::ZERO).with_uncount(&counted);
            let start = Instant::now();
            let mut pause = FIRST_PAUSE;
            // After the hold there is nothing to take back.
            while start.elapsed() < hold && store.settle(&taken).await.is_err() {
                sleep(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
            store.shared.running.0.fetch_sub(1, Relaxed);
        });
    }
}
