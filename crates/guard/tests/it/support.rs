//! What the tests share: a clock to move, and short words for the guard's own.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::SeqCst;
use std::time::Duration;

use onay_core::{Delivery, Error, ErrorKind, Gsm, OtpChallenge, SessionId};
use onay_guard::{Guarded, GuardedBuilder, MemoryStore};

pub(crate) const SECRET: &[u8] = b"a secret of the tests, the same everywhere";

/// A clock that stands until it is moved.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clock(Arc<AtomicU64>);

impl Clock {
    pub(crate) fn advance(&self, by: Duration) {
        let by = u64::try_from(by.as_millis()).expect("a short time");
        self.0.fetch_add(by, SeqCst);
    }

    pub(crate) fn now(&self) -> Duration {
        Duration::from_millis(self.0.load(SeqCst))
    }

    pub(crate) fn store(&self) -> MemoryStore {
        let clock = self.clone();
        MemoryStore::with_clock(move || clock.now())
    }
}

pub(crate) fn builder<P, S>(provider: P, store: S) -> GuardedBuilder<P, S> {
    Guarded::builder(provider, store)
        .scope("tests")
        .secret(SECRET)
}

pub(crate) fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

pub(crate) fn challenge(session: &str, gsm: &str) -> OtpChallenge {
    OtpChallenge::for_gsm(
        SessionId::parse(session).expect("a session"),
        Gsm::parse(gsm).expect("a number"),
    )
}

/// A press that the guard held back, and for how long.
#[track_caller]
pub(crate) fn held<T: std::fmt::Debug>(result: Result<T, Error>, kind: ErrorKind) -> Duration {
    let error = result.expect_err("held back");
    assert_eq!(error.kind(), kind, "{error}");
    assert_eq!(error.delivery(), Delivery::NotSent, "{error}");
    error.retry_after().expect("a time to wait")
}
