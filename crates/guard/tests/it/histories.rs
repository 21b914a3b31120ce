//! Random histories of a fleet, each from one seed: presses, slow and lost answers, dying processes, a Redis that forgets.
//!
//! One thread, a clock that jumps, no socket. What runs is what a shop runs: the clients of Paynet,
//! Masterpass and PayTR, the guard and its scripts; the sandbox's fakes decide, and a model runs the scripts. Every
//! history is checked: no second message within the wait, no customer held for longer than promised, no
//! count too high, one message for one order. A failing seed is printed;
//! `ONAY_SEED=7 cargo test -p onay-guard --all-features --test it histories` plays it again. With
//! `ONAY_SOAK` set there are ten thousand histories in place of five hundred.

mod check;
mod log;
mod redis_model;
mod shop;
mod world;

use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;
use std::time::Duration;

use onay_core::{ErrorKind, LinkId, LinkNotice, LinkNotifier};
use onay_guard::{Guarded, RedisStore};
use onay_paytr_link::PaytrLink;
use tokio::time::{Instant, sleep};

use self::check::check;
use self::log::Message;
use self::shop::{Instance, Senders, links};
use self::world::{Connection, Kind, Link, World, lock};
use crate::support::{phone, seconds};

const STEPS: usize = 80;
const CUSTOMERS: usize = 3;
const ORDERS: usize = 3;
const INSTANCES: usize = 3;
const MINIMUM: Duration = Duration::from_secs(60);
/// The wait that Paynet names, and the unsure wait.
const LONGEST: Duration = Duration::from_secs(180);
const WINDOW: Duration = Duration::from_secs(600);

fn number(customer: usize) -> String {
    format!("+9055500001{customer:02}")
}

/// The number that an order's link goes to.
fn number_of_order(order: usize) -> String {
    number(90 + order)
}

/// Whether it was a yes.
async fn press(world: Arc<World>, otp: Senders, customer: usize) -> bool {
    let to = number(customer);
    let call = Call::begin(&world, &to);
    let Some(answer) = otp.send(&world, &to).await else {
        call.end(false, false);
        return false;
    };
    let (kind, wait) = match &answer {
        Ok(sent) => (ErrorKind::TooSoon, sent.resend()),
        Err(error) => (error.kind(), error.wait()),
    };
    // The guard's own no: the provider was not asked, so no settlement can be lost.
    let is_own = matches!(&answer, Err(error) if error.provider().is_none());
    call.end(is_own && kind == ErrorKind::TooSoon, !is_own);
    let now = Instant::now().into_std();
    let wait = wait.map(|wait| wait.remaining(now)).unwrap_or_default();
    let longest = match (kind, world.kind) {
        (ErrorKind::LimitReached, _) | (_, Kind::Skewed) => WINDOW,
        (_, Kind::Forgetful | Kind::Replicated) => seconds(300),
        _ => LONGEST + seconds(1),
    };
    if wait > longest {
        let said = format!("{to} is held for {wait:?} at {:?}", world.now());
        lock(&world.log).violations.push(said);
    }
    answer.is_ok()
}

/// A call for a customer. Dropped, it may have asked the provider.
struct Call {
    world: Arc<World>,
    to: String,
    may_have_asked: bool,
    /// Absent where another was at work when it began.
    number: Option<usize>,
}

impl Call {
    fn begin(world: &Arc<World>, to: &str) -> Self {
        let log = &mut *lock(&world.log);
        let calls = log.calls.entry(to.to_owned()).or_default();
        let is_alone = calls.at_work == 0;
        calls.at_work += 1;
        calls.begun += 1;
        Self {
            world: Arc::clone(world),
            to: to.to_owned(),
            may_have_asked: true,
            number: is_alone.then_some(calls.begun),
        }
    }

    /// No customer is held without a reason: where no other call is at work, none asked the provider of late, and Redis is well.
    fn end(mut self, is_held: bool, may_have_asked: bool) {
        self.may_have_asked = may_have_asked;
        let (now, mut log) = (self.world.now(), lock(&self.world.log));
        let calls = &log.calls[&self.to];
        let is_free = self.number == Some(calls.begun) && now > calls.ended + LONGEST + seconds(1);
        let is_well = now > log.unwell + seconds(15) && self.world.kind == Kind::Network;
        if is_held && is_free && is_well {
            let said = format!("{} is held at {now:?} for nothing", self.to);
            log.violations.push(said);
        }
        drop(log);
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        let log = &mut *lock(&self.world.log);
        let calls = log.calls.get_mut(&self.to).expect("a call");
        calls.at_work -= 1;
        if self.may_have_asked {
            calls.ended = self.world.now();
        }
    }
}

async fn order(links: Guarded<PaytrLink, RedisStore>, order: usize, link: LinkId) {
    let notice = LinkNotice::new(link, phone(&number_of_order(order)));
    let _ = links.once(&order.to_string()).notify(&notice).await;
}

async fn history(seed: u64) -> Result<Vec<Message>, String> {
    let world = World::new(seed);
    let ids = links(&world).await;
    let mut instances = Vec::new();
    for at in 0..INSTANCES {
        instances.push(Instance::start(&world, at).await);
    }
    for customer in 0..CUSTOMERS {
        let is_sent = press(Arc::clone(&world), instances[0].otp.clone(), customer).await;
        assert!(is_sent, "the first code is not sent");
        let log = &mut *lock(&world.log);
        let slots: Vec<_> = log.slots().cloned().collect();
        for slot in slots {
            let customers = log.customers.entry(slot);
            customers.or_insert_with(|| number(customer));
        }
    }
    world.is_calm.store(false, SeqCst);
    for _ in 0..STEPS {
        let at = world.below(INSTANCES);
        match world.below(15) {
            step @ 0..=5 => {
                let customer = world.below(CUSTOMERS);
                let call = press(Arc::clone(&world), instances[at].otp.clone(), customer);
                instances[at].calls.spawn(async {
                    call.await;
                });
                if step == 5 {
                    // Redis is lost in the middle of the call.
                    world.some_time(seconds(8)).await;
                    lock(&world.links)[at] = Link::Refused;
                }
            }
            6 => {
                let number = world.below(ORDERS);
                let call = order(instances[at].links.clone(), number, ids[number].clone());
                instances[at].calls.spawn(call);
            }
            7 => {
                let links = [
                    Link::Refused,
                    Link::Refused,
                    Link::RequestLost,
                    Link::AnswerLost,
                    Link::Doubled,
                    Link::Late,
                ];
                lock(&world.links)[at] = links[world.below(links.len())];
            }
            8 if world.below(2) == 0 => lock(&world.links)[at] = Link::Well,
            9 if world.below(3) == 0 => {
                // The process dies with all its calls, and what it owed the store is forgotten.
                instances[at].die(&world);
                lock(&world.links)[at] = Link::Well;
                world.replica_is_away.store(false, SeqCst);
                instances[at] = Instance::start(&world, at).await;
            }
            10 => *lock(&world.pause) = Instant::now() + seconds(3),
            11 => {
                let is_away = world.below(2) == 0;
                world.replica_is_away.store(is_away, SeqCst);
            }
            12 if matches!(world.kind, Kind::Forgetful | Kind::Replicated) => {
                let is_first = lock(&world.log).loss.is_none();
                if is_first || world.kind == Kind::Replicated {
                    world.fail_over();
                }
            }
            _ => world.some_time(seconds(45)).await,
        }
    }
    *lock(&world.links) = [Link::Well; INSTANCES];
    world.replica_is_away.store(false, SeqCst);
    for instance in &mut instances {
        while instance.calls.join_next().await.is_some() {}
    }
    // Longer than any hold and window, and what comes late.
    sleep(WINDOW + seconds(60)).await;
    world.is_calm.store(true, SeqCst);
    let last = Instance::start(&world, 0).await;
    let before = lock(&world.log).messages.len();
    for customer in 0..CUSTOMERS {
        press(Arc::clone(&world), last.otp.clone(), customer).await;
    }
    let after = lock(&world.log).messages.len();
    check(&world, after - before).map_err(|why| format!("{:?}: {why}", world.kind))
}

fn runtime() -> tokio::runtime::Runtime {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_time().start_paused(true).build();
    runtime.expect("a runtime")
}

fn play(seed: u64) -> Result<Vec<Message>, String> {
    runtime().block_on(history(seed))
}

fn seeds() -> std::ops::Range<u64> {
    let seed = std::env::var("ONAY_SEED").ok();
    if let Some(seed) = seed.and_then(|seed| seed.parse().ok()) {
        return seed..seed + 1;
    }
    match std::env::var_os("ONAY_SOAK") {
        Some(_) => 0..10_000,
        None => 0..500,
    }
}

#[test]
fn no_history_has_a_second_message_or_a_customer_who_is_locked_out() {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for first in 0..threads {
            scope.spawn(move || {
                for seed in seeds().skip(first).step_by(threads) {
                    let played = play(seed);
                    let messages = played.unwrap_or_else(|why| panic!("ONAY_SEED={seed}: {why}"));
                    assert!(messages.len() >= 2 * CUSTOMERS);
                }
            });
        }
    });
}

#[test]
fn the_same_seed_is_the_same_history() {
    let mut by_masterpass = 0;
    for seed in 0..20 {
        let played = play(seed);
        assert_eq!(played, play(seed));
        let messages = played.unwrap_or_default();
        let is_code = |it: &&Message| (0..CUSTOMERS).any(|customer| it.to == number(customer));
        let codes = messages.iter().filter(is_code);
        by_masterpass += codes.filter(|it| !it.names_a_wait).count();
    }
    assert!(by_masterpass > 0, "each provider sends");
}

#[cfg(feature = "testing")]
#[test]
fn the_model_of_redis_keeps_every_promise() {
    runtime().block_on(async {
        let connection = Connection {
            world: World::new(0),
            instance: 0,
            is_alive: Arc::default(),
        };
        let store = RedisStore::on(connection).connect().await.expect("a store");
        let store = Arc::new(store);
        onay_guard::store_conformance::assert(store.clone()).await;
        onay_guard::store_conformance::assert_records(store).await;
    });
}
