//! The tests share a clock to move, a provider that answers as written, and short constructors.

use std::collections::VecDeque;
use std::fmt;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::atomic::{AtomicU64, AtomicUsize};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use onay_core::{
    Dispatch, Error, ErrorKind, LinkAccepted, LinkNotice, LinkNotifier, OtpChallenge, OtpSender,
    OtpSent, PhoneNumber, SessionId, Wait, async_trait,
};
use onay_guard::{
    Decision, Exchange, Guarded, GuardedBuilder, MemoryStore, Record, RecordStore, Request,
    Settlement, Store, StoreError,
};

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

/// What a provider answers. Waits are in seconds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Reply {
    Sent,
    Wait(u64),
    /// A wait that was counted with the local clock.
    LocalWait(u64),
    Fails(ErrorKind),
    FailsFor(ErrorKind, u64),
    FailsForLocal(ErrorKind, u64),
    Never,
}

/// A provider that answers as written, then with a yes, and counts its calls.
#[derive(Clone, Debug, Default)]
pub(crate) struct Provider {
    replies: Arc<Mutex<VecDeque<Reply>>>,
    calls: Arc<AtomicUsize>,
}

impl Provider {
    pub(crate) fn new(replies: &[Reply]) -> Self {
        Self {
            replies: Arc::new(Mutex::new(replies.iter().copied().collect())),
            calls: Arc::default(),
        }
    }

    pub(crate) fn calls(&self) -> usize {
        self.calls.load(SeqCst)
    }

    async fn answer(&self) -> Result<Option<Wait>, Error> {
        self.calls.fetch_add(1, SeqCst);
        let reply = self.replies.lock().expect("not poisoned").pop_front();
        match reply.unwrap_or(Reply::Sent) {
            Reply::Sent => Ok(None),
            Reply::Wait(length) => Ok(Some(wait(length))),
            Reply::LocalWait(length) => Ok(Some(wait(length).by_local_clock())),
            Reply::Fails(kind) => Err(Error::new(kind)),
            Reply::FailsFor(kind, length) => Err(Error::new(kind).with_wait(wait(length))),
            Reply::FailsForLocal(kind, length) => {
                Err(Error::new(kind).with_wait(wait(length).by_local_clock()))
            }
            Reply::Never => std::future::pending().await,
        }
    }
}

#[async_trait]
impl OtpSender for Provider {
    async fn send_otp(&self, challenge: &OtpChallenge) -> Result<OtpSent, Error> {
        let sent = OtpSent::new(challenge.clone());
        Ok(match self.answer().await? {
            Some(wait) => sent.with_resend(wait),
            None => sent,
        })
    }
}

#[async_trait]
impl LinkNotifier for Provider {
    async fn notify(&self, _: &LinkNotice) -> Result<LinkAccepted, Error> {
        self.answer().await.map(|_| LinkAccepted::new())
    }
}

/// What becomes of a question to a store.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fate {
    Answered,
    /// Asked a second time, and answered that.
    Doubled,
    AnswerLost,
    QuestionLost,
    Unavailable,
}

/// A store in memory behind a network that fails as told, by the name of the question.
pub(crate) struct Faulty<F> {
    pub(crate) store: MemoryStore,
    pub(crate) fate: F,
}

impl<F: Fn(&'static str) -> Fate> Faulty<F> {
    async fn ask<T>(
        &self,
        question: &'static str,
        [answer, again]: [impl Future<Output = Result<T, StoreError>>; 2],
    ) -> Result<T, StoreError> {
        match (self.fate)(question) {
            Fate::Answered => answer.await,
            Fate::Doubled => {
                answer.await?;
                again.await
            }
            Fate::AnswerLost => {
                answer.await?;
                Err(StoreError::indeterminate("timed out"))
            }
            Fate::QuestionLost => Err(StoreError::indeterminate("the connection broke")),
            Fate::Unavailable => Err(StoreError::unavailable("out of reach")),
        }
    }
}

#[async_trait]
impl<F: Fn(&'static str) -> Fate + Send + Sync> Store for Faulty<F> {
    async fn reserve(&self, request: &Request<'_>) -> Result<Decision, StoreError> {
        let answers = [0, 1].map(|_| self.store.reserve(request));
        self.ask("reserve", answers).await
    }

    async fn settle(&self, settlement: &Settlement<'_>) -> Result<(), StoreError> {
        let answers = [0, 1].map(|_| self.store.settle(settlement));
        self.ask("settle", answers).await
    }
}

#[async_trait]
impl<F: Fn(&'static str) -> Fate + Send + Sync> RecordStore for Faulty<F> {
    async fn exchange(&self, exchange: &Exchange<'_>) -> Result<Option<Record>, StoreError> {
        let answers = [0, 1].map(|_| self.store.exchange(exchange));
        self.ask("exchange", answers).await
    }
}

impl<F> fmt::Debug for Faulty<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Faulty").finish_non_exhaustive()
    }
}

/// A store that never answers, in one way or the other.
pub(crate) fn gone(fate: Fate) -> impl Store {
    let store = MemoryStore::new();
    Faulty {
        store,
        fate: move |_| fate,
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

pub(crate) fn wait(length: u64) -> Wait {
    Wait::new(Instant::now(), seconds(length))
}

pub(crate) fn phone(text: &str) -> PhoneNumber {
    PhoneNumber::parse(text).expect("a number")
}

pub(crate) fn session(text: &str) -> SessionId {
    SessionId::parse(text).expect("a session")
}

pub(crate) fn challenge(session_text: &str, number: &str) -> OtpChallenge {
    OtpChallenge::for_phone(session(session_text), phone(number))
}

/// A press that the guard held back, and for how long.
#[track_caller]
pub(crate) fn held<T: fmt::Debug>(result: Result<T, Error>, kind: ErrorKind) -> Duration {
    let error = result.expect_err("held back");
    assert_eq!(error.kind(), kind, "{error}");
    assert_eq!(error.dispatch(), Dispatch::NotSent, "{error}");
    error.wait().expect("a time to wait").remaining_now()
}

/// In whole seconds, rounded up: a wait is counted from a moment ago.
#[track_caller]
pub(crate) fn held_seconds<T: fmt::Debug>(result: Result<T, Error>, kind: ErrorKind) -> Duration {
    whole(held(result, kind))
}

pub(crate) fn whole(wait: Duration) -> Duration {
    seconds(wait.as_secs() + u64::from(wait.subsec_nanos() > 0))
}
