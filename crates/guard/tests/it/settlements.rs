//! A settlement that is lost: what the slot's hold is for.

use std::sync::Mutex;

use onay_core::{ErrorKind, OtpSender, async_trait};
use onay_guard::{Decision, GuardStore, MemoryStore, Request, Settlement, StoreError};
use onay_testkit::{Reply, Scripted};

use crate::support::{Clock, builder, challenge, held, seconds};

const PHONE: &str = "0555 000 00 42";

/// A store in memory that does not hear the first so many settlements.
#[derive(Debug)]
struct Deaf {
    store: MemoryStore,
    left: Mutex<usize>,
}

#[async_trait]
impl GuardStore for Deaf {
    async fn reserve(&self, request: &Request<'_>) -> Result<Decision, StoreError> {
        self.store.reserve(request).await
    }

    async fn settle(&self, settlement: &Settlement<'_>) -> Result<(), StoreError> {
        {
            let mut left = self.left.lock().expect("not poisoned");
            if *left > 0 {
                *left -= 1;
                return Err(StoreError::unclear("the connection broke"));
            }
        }
        self.store.settle(settlement).await
    }
}

#[tokio::test]
async fn without_one_the_default_hold_covers_paynets_wait_and_the_second_try_is_heard() {
    for (failures, rest) in [(0, 171), (1, 171), (2, 231)] {
        let clock = Clock::default();
        let store = Deaf {
            store: clock.store(),
            left: Mutex::new(failures),
        };
        let script = Scripted::new()
            .on_send(Reply::accepted().with_resend_in(seconds(180)))
            .on_send(Reply::accepted());
        let guarded = builder(script, store).build().expect("a guard");
        let challenge = challenge("a", PHONE);
        guarded.send_otp(&challenge).await.expect("sent");
        clock.advance(seconds(9));
        let early = guarded.send_otp(&challenge).await;
        let wait = held(early, ErrorKind::TooSoon);
        assert_eq!(wait, seconds(rest), "{failures} failed");
        clock.advance(wait);
        guarded.send_otp(&challenge).await.expect("sent");
    }
}
