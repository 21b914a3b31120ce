//! The world of a history: a network that loses and delays, a store behind it, and what it recorded.

use std::collections::HashMap;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use onay_core::{
    Dispatch, Error, ErrorKind, LinkAccepted, LinkNotice, LinkNotifier, OtpChallenge, OtpSender,
    OtpSent, Wait, async_trait,
};
use onay_guard::{
    Decision, Exchange, Key, MemoryStore, Record, RecordStore, Request, Reservation, Settlement,
    Store, StoreError,
};
use tokio::time::{Instant, sleep};

use super::{INSTANCES, LONGEST};
use crate::support::seconds;

/// The longest time between a decision of the store and its answer.
const TIMEOUT: Duration = Duration::from_secs(2);

/// A mistake that was made or could be, put back to see that the histories find it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bug {
    FreedOnMaybeSent,
    LateSettlementIsUnfenced,
    HoldEndsDuringTheCall,
    WaitIsHalved,
    RecordIsNotAtomic,
}

/// SplitMix64.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }
}

/// What a machine's connection to the store does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Link {
    Well,
    Refused,
    RequestLost,
    AnswerLost,
    /// The caller is gone when the store decides.
    Late,
}

#[derive(Debug)]
pub(super) struct World {
    pub(super) random: Mutex<u64>,
    pub(super) start: Instant,
    pub(super) store: MemoryStore,
    pub(super) owners: Mutex<HashMap<Key, Reservation>>,
    pub(super) links: Mutex<[Link; INSTANCES]>,
    pub(super) is_calm: AtomicBool,
    pub(super) bug: Option<Bug>,
    /// Messages that went out: when, and to which customer.
    pub(super) messages: Mutex<Vec<(Duration, String)>>,
    /// The customer whose slot it is.
    pub(super) customers: Mutex<HashMap<Key, String>>,
    /// Times in which the store was told that a customer gets no message.
    pub(super) silences: Mutex<Vec<(Duration, Duration, String)>>,
    pub(super) violations: Mutex<Vec<String>>,
}

impl World {
    pub(super) fn new(seed: u64, bug: Option<Bug>) -> Self {
        let start = Instant::now();
        Self {
            random: Mutex::new(seed),
            start,
            store: MemoryStore::with_clock(move || start.elapsed()),
            owners: Mutex::default(),
            links: Mutex::new([Link::Well; INSTANCES]),
            is_calm: AtomicBool::new(true),
            bug,
            messages: Mutex::default(),
            customers: Mutex::default(),
            silences: Mutex::default(),
            violations: Mutex::default(),
        }
    }

    pub(super) fn below(&self, bound: u64) -> u64 {
        let mut state = lock(&self.random);
        let mut random = Random(*state);
        let drawn = random.below(bound);
        *state = random.0;
        drawn
    }

    pub(super) async fn some_time(&self, most: Duration) {
        let most = u64::try_from(most.as_millis()).expect("a short time");
        sleep(Duration::from_millis(self.below(most + 1))).await;
    }

    pub(super) fn now(&self) -> Duration {
        self.start.elapsed()
    }

    /// Passes a call to the provider through the network, and says whether it took it.
    async fn transmit(&self, to: &str) -> Result<Option<Wait>, Error> {
        self.some_time(seconds(10)).await;
        let fate = if self.is_calm.load(SeqCst) {
            9
        } else {
            self.below(10)
        };
        let unsure = || {
            let error = Error::new(ErrorKind::Interrupted);
            match self.bug {
                Some(Bug::FreedOnMaybeSent) => error.with_dispatch(Dispatch::NotSent),
                _ => error,
            }
        };
        match fate {
            0 => return Err(Error::new(ErrorKind::Unreachable)),
            1 => return Err(Error::new(ErrorKind::Refused)),
            2 => return Err(unsure()),
            _ => lock(&self.messages).push((self.now(), to.to_owned())),
        }
        self.some_time(seconds(20)).await;
        match fate {
            3 | 4 => Err(unsure()),
            5 | 6 => Ok(Some(Wait::new(std::time::Instant::now(), LONGEST))),
            _ => Ok(None),
        }
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().expect("not poisoned")
}

/// The provider behind the network.
#[derive(Clone, Debug)]
pub(super) struct Provider(pub(super) Arc<World>);

#[async_trait]
impl OtpSender for Provider {
    async fn send_otp(&self, challenge: &OtpChallenge) -> Result<OtpSent, Error> {
        let to = challenge.phone().expect("a number").e164();
        let wait = self.0.transmit(to).await?;
        let sent = OtpSent::new(challenge.clone());
        Ok(match wait {
            Some(wait) => sent.with_resend(wait),
            None => sent,
        })
    }
}

#[async_trait]
impl LinkNotifier for Provider {
    async fn notify(&self, notice: &LinkNotice) -> Result<LinkAccepted, Error> {
        self.0.transmit(notice.link().as_str()).await?;
        Ok(LinkAccepted::new())
    }
}

/// The store behind one machine's connection.
#[derive(Clone, Debug)]
pub(super) struct Connection {
    pub(super) world: Arc<World>,
    pub(super) instance: usize,
}

impl Connection {
    /// Does what the connection does now to a decision.
    async fn through<T, F>(&self, decide: F) -> Result<T, StoreError>
    where
        F: Future<Output = Result<T, StoreError>> + Send + 'static,
        T: Send + 'static,
    {
        let lost = || Err(StoreError::indeterminate("timed out"));
        let world = &self.world;
        let link = lock(&world.links)[self.instance];
        if link == Link::Refused {
            return Err(StoreError::unavailable("refused"));
        }
        world.some_time(Duration::from_millis(500)).await;
        match link {
            Link::RequestLost => lost(),
            Link::AnswerLost => {
                decide.await?;
                lost()
            }
            Link::Late => {
                let world = Arc::clone(world);
                tokio::spawn(async move {
                    world.some_time(seconds(5)).await;
                    decide.await.map(drop)
                });
                sleep(TIMEOUT).await;
                lost()
            }
            _ => {
                let decided = decide.await;
                world.some_time(Duration::from_millis(500)).await;
                decided
            }
        }
    }
}

#[async_trait]
impl Store for Connection {
    async fn reserve(&self, request: &Request<'_>) -> Result<Decision, StoreError> {
        let world = Arc::clone(&self.world);
        let (slot, reservation) = (request.slot, request.reservation);
        let hold = match world.bug {
            Some(Bug::HoldEndsDuringTheCall) => seconds(10),
            _ => request.hold,
        };
        self.through(async move {
            let request = Request::new(slot, reservation, hold);
            let decision = world.store.reserve(&request).await;
            if matches!(decision, Ok(Decision::Reserved)) {
                lock(&world.owners).insert(slot, reservation);
            }
            decision
        })
        .await
    }

    async fn settle(&self, settlement: &Settlement<'_>) -> Result<(), StoreError> {
        let world = Arc::clone(&self.world);
        let (slot, named) = (settlement.slot, settlement.wait);
        let own = settlement.reservation;
        self.through(async move {
            let owner = lock(&world.owners).get(&slot).copied();
            let customer = lock(&world.customers).get(&slot).cloned();
            let reservation = match world.bug {
                Some(Bug::LateSettlementIsUnfenced) => owner.unwrap_or(own),
                _ => own,
            };
            let wait = match world.bug {
                Some(Bug::WaitIsHalved) => named / 2,
                _ => named,
            };
            if let Some(customer) = customer.filter(|_| owner == Some(own)) {
                let now = world.now();
                lock(&world.silences).push((now, now + named, customer));
            }
            let settlement = Settlement::new(slot, reservation, wait);
            world.store.settle(&settlement).await
        })
        .await
    }
}

#[async_trait]
impl RecordStore for Connection {
    async fn exchange(&self, exchange: &Exchange<'_>) -> Result<Option<Record>, StoreError> {
        let world = Arc::clone(&self.world);
        let (key, keep) = (exchange.key, exchange.keep);
        let expected = exchange.expected.map(str::to_owned);
        let text = exchange.text.to_owned();
        self.through(async move {
            let exchange = Exchange::new(key, expected.as_deref(), &text, keep);
            let before = world.store.exchange(&exchange).await;
            match world.bug {
                Some(Bug::RecordIsNotAtomic) => Ok(None),
                _ => before,
            }
        })
        .await
    }
}
