//! A reservation whose answer was lost is taken back in the background, so that it holds no customer.

use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::time::{Instant, sleep};

use super::RedisStore;
use crate::{Key, Request, Settlement, Store};

/// So many are taken back at once; more leave it to the guard's next call.
pub(super) const MOST: usize = 256;
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// A reservation that is under way. Unless it is answered it is taken back: whether the answer was
/// lost, or the call was dropped.
pub(super) struct UnderWay<'a> {
    pub(super) store: &'a RedisStore,
    pub(super) request: &'a Request<'a>,
    pub(super) is_answered: bool,
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        if self.is_answered {
            return;
        }
        let permit = Arc::clone(&self.store.shared.taking_back).try_acquire_owned();
        // Without a runtime, at its end perhaps, the guard's own record is what is left.
        let (Ok(permit), Ok(runtime)) = (permit, Handle::try_current()) else {
            return;
        };
        let store = self.store.clone();
        let Request {
            slot,
            reservation,
            hold,
            ..
        } = *self.request;
        let counters = self.request.counters.iter();
        let counted: Vec<Key> = counters.map(|counter| counter.key).collect();
        runtime.spawn(async move {
            let taken = Settlement::new(slot, reservation, Duration::ZERO).with_uncount(&counted);
            let start = Instant::now();
            let mut pause = FIRST_PAUSE;
            // After the hold there is nothing to take back.
            while start.elapsed() < hold && store.settle(&taken).await.is_err() {
                sleep(pause).await;
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
            drop(permit);
        });
    }
}
