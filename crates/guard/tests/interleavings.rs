//! Loom tries every order in which three callers can reach the memory store's own code.

#![expect(clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]
#![expect(
    unreachable_pub,
    reason = "the store's own file, in another crate than it was written for"
)]

use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use loom::sync::atomic::Ordering::SeqCst;
use loom::sync::atomic::{AtomicU64, AtomicUsize};
use loom::thread;
// What the store's file names by `crate::`.
use onay_guard::{
    Counter, Decision, Exchange, Key, Limit, Record, RecordStore, Request, Reservation, Settlement,
    Store, StoreError,
};

use crate::memory::MemoryStore;

#[path = "../src/memory.rs"]
#[expect(dead_code, reason = "no test here fills the store")]
mod memory;

mod sync {
    pub(crate) use loom::sync::Mutex;
}

const SLOT: Key = Key::new([1; 16]);
const COUNTED: Key = Key::new([2; 16]);
const HOLD: Duration = Duration::from_secs(120);

/// A store whose clock the test moves, in seconds.
#[derive(Clone)]
struct World {
    store: MemoryStore,
    seconds: Arc<AtomicU64>,
    messages: Arc<AtomicUsize>,
    reservations: Arc<AtomicU64>,
}

impl World {
    fn new() -> Self {
        let seconds = Arc::new(AtomicU64::new(0));
        let clock = Arc::clone(&seconds);
        Self {
            store: MemoryStore::with_clock(move || Duration::from_secs(clock.load(SeqCst))),
            seconds,
            messages: Arc::new(AtomicUsize::new(0)),
            reservations: Arc::new(AtomicU64::new(0)),
        }
    }

    fn reserve(&self) -> Option<Reservation> {
        let limits = [Limit::new(2, HOLD * 10)];
        let counters = [Counter::new(COUNTED, &limits)];
        let number = self.reservations.fetch_add(1, SeqCst);
        let reservation = Reservation::new(number.into());
        let request = Request::new(SLOT, reservation, HOLD).with_counters(&counters);
        let decision = ready(self.store.reserve(&request)).expect("a store in memory");
        (decision == Decision::Reserved).then_some(reservation)
    }

    fn settle(&self, reservation: Reservation, wait: Duration, uncount: &[Key]) {
        let settlement = Settlement::new(SLOT, reservation, wait).with_uncount(uncount);
        ready(self.store.settle(&settlement)).expect("a store in memory");
    }

    /// One press whose message goes out.
    fn send(&self) {
        if let Some(reservation) = self.reserve() {
            self.messages.fetch_add(1, SeqCst);
            self.settle(reservation, HOLD, &[]);
        }
    }

    /// One press that never reaches the provider.
    fn fail(&self) {
        if let Some(reservation) = self.reserve() {
            self.settle(reservation, Duration::ZERO, &[COUNTED]);
        }
    }
}

fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => panic!("memory never makes a caller wait"),
    }
}

fn at_once(world: &World, presses: [fn(&World); 2]) {
    let threads = presses.map(|press| {
        let world = world.clone();
        thread::spawn(move || press(&world))
    });
    for thread in threads {
        thread.join().expect("a thread");
    }
}

#[test]
fn of_many_at_once_one_sends() {
    loom::model(|| {
        let world = World::new();
        let third = world.clone();
        let thread = thread::spawn(move || third.send());
        at_once(&world, [World::send, World::send]);
        thread.join().expect("a thread");
        assert_eq!(world.messages.load(SeqCst), 1);
    });
}

#[test]
fn a_failure_beside_a_message_frees_nothing_but_its_own() {
    loom::model(|| {
        let world = World::new();
        at_once(&world, [World::send, World::fail]);
        world.send();
        assert_eq!(world.messages.load(SeqCst), 1);
        // Counted once: the window of two has room for one.
        world.seconds.store(HOLD.as_secs(), SeqCst);
        world.send();
        world.seconds.store(2 * HOLD.as_secs(), SeqCst);
        world.send();
        assert_eq!(world.messages.load(SeqCst), 2);
    });
}

#[test]
fn a_call_that_outlives_its_hold_frees_no_other_slot() {
    loom::model(|| {
        let world = World::new();
        let late = world.reserve().expect("an empty store");
        world.seconds.store(HOLD.as_secs(), SeqCst);
        let (first, second) = (world.clone(), world.clone());
        let settling = thread::spawn(move || first.settle(late, Duration::ZERO, &[COUNTED]));
        let sending = thread::spawn(move || second.send());
        world.send();
        settling.join().expect("a thread");
        sending.join().expect("a thread");
        assert_eq!(world.messages.load(SeqCst), 1);
    });
}
