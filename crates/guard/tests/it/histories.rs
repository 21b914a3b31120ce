//! Random histories of a fleet, each from one seed: presses, slow and lost answers, dying processes.
//!
//! One thread, a clock that jumps, no socket. Every history is checked: no second message within the
//! wait, no customer held for longer than promised, one message for one order. A failing seed is
//! printed; `ONAY_SEED=7 cargo test -p onay-guard --test it histories` plays it again. With
//! `ONAY_SOAK` set there are ten thousand histories in place of five hundred.

mod world;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;
use std::time::Duration;

use onay_core::{LinkId, LinkNotice, LinkNotifier, OtpSender, Wait};
use onay_guard::Guarded;
use tokio::task::JoinSet;
use tokio::time::sleep;

use self::world::{Bug, Connection, Link, Provider, World, lock};
use crate::support::{builder, challenge, phone, seconds};

const STEPS: usize = 80;
const CUSTOMERS: usize = 3;
const INSTANCES: usize = 3;
const MINIMUM: Duration = Duration::from_secs(60);
/// The longest wait that the provider names, and the unsure wait.
const LONGEST: Duration = Duration::from_secs(180);
type Instance = Guarded<Provider, Connection>;

fn instance(world: &Arc<World>, instance: usize) -> Instance {
    let store = Connection {
        world: Arc::clone(world),
        instance,
    };
    let guarded = builder(Provider(Arc::clone(world)), store);
    guarded.build().expect("a guard")
}

fn number(customer: usize) -> String {
    format!("+9055500001{customer:02}")
}

async fn press(world: Arc<World>, guarded: Instance, customer: usize) {
    let to = number(customer);
    let answer = guarded.send_otp(&challenge("a", &to)).await;
    let now = world.now();
    let wait = match &answer {
        Ok(sent) => sent.resend(),
        Err(error) => error.wait(),
    };
    let wait = wait.map(Wait::remaining_now).unwrap_or_default();
    if wait > LONGEST {
        let said = format!("{to} is held for {wait:?} at {now:?}");
        lock(&world.violations).push(said);
    }
}

async fn order(guarded: Instance, number: u64) {
    let link = LinkId::parse(&format!("order{number}")).expect("a link");
    let notice = LinkNotice::new(link.clone(), phone("+905550000199"));
    let _ = guarded.once(link.as_str()).notify(&notice).await;
}

async fn history(seed: u64, bug: Option<Bug>) -> Result<usize, String> {
    let world = Arc::new(World::new(seed, bug));
    let mut instances: Vec<_> = (0..INSTANCES)
        .map(|at| (instance(&world, at), JoinSet::new()))
        .collect();
    for customer in 0..CUSTOMERS {
        press(Arc::clone(&world), instances[0].0.clone(), customer).await;
        let owners = lock(&world.owners);
        let mut customers = lock(&world.customers);
        for slot in owners.keys() {
            customers.entry(*slot).or_insert_with(|| number(customer));
        }
    }
    world.is_calm.store(false, SeqCst);
    for _ in 0..STEPS {
        let at = usize::try_from(world.below(3)).expect("small");
        let (guarded, tasks) = &mut instances[at];
        match world.below(12) {
            0..=4 => {
                let customer = usize::try_from(world.below(3)).expect("small");
                tasks.spawn(press(Arc::clone(&world), guarded.clone(), customer));
            }
            5 | 6 => {
                tasks.spawn(order(guarded.clone(), world.below(3)));
            }
            7 => {
                let links = [
                    Link::Refused,
                    Link::RequestLost,
                    Link::AnswerLost,
                    Link::Late,
                ];
                let link = usize::try_from(world.below(4)).expect("small");
                lock(&world.links)[at] = links[link];
            }
            8 => lock(&world.links)[at] = Link::Well,
            9 if world.below(3) == 0 => {
                // The process dies with all its calls, and what it owed the store is forgotten.
                tasks.abort_all();
                *guarded = instance(&world, at);
            }
            _ => world.some_time(seconds(45)).await,
        }
    }
    *lock(&world.links) = [Link::Well; INSTANCES];
    for (_, tasks) in &mut instances {
        while tasks.join_next().await.is_some() {}
    }
    // Longer than any hold, and what comes late.
    sleep(LONGEST + seconds(10)).await;
    world.is_calm.store(true, SeqCst);
    // New processes ask: what a guard owes its store it counts by the machine's clock, which does not
    // jump here.
    let guarded = instance(&world, 0);
    let before = lock(&world.messages).len();
    for customer in 0..CUSTOMERS {
        press(Arc::clone(&world), guarded.clone(), customer).await;
    }
    let after = lock(&world.messages).len();
    check(&world, after - before)
}

fn check(world: &World, served: usize) -> Result<usize, String> {
    if let Some(violation) = lock(&world.violations).first() {
        return Err(violation.clone());
    }
    if served != CUSTOMERS {
        return Err(format!("{served} of {CUSTOMERS} are served at the end"));
    }
    let mut messages = lock(&world.messages).clone();
    messages.sort();
    let mut last: HashMap<&str, Duration> = HashMap::new();
    for (at, to) in &messages {
        let before = last.insert(to, *at);
        let Some(before) = before else { continue };
        if to.starts_with("order") {
            return Err(format!("{to} went out at {before:?} and at {at:?}"));
        }
        if *at < before + MINIMUM {
            return Err(format!("{to} got one at {before:?} and one at {at:?}"));
        }
    }
    for (from, until, to) in lock(&world.silences).iter() {
        let mut between = messages.iter();
        if let Some((at, _)) = between.find(|(at, who)| who == to && at > from && at < until) {
            return Err(format!(
                "{to} got one at {at:?}, within {from:?} to {until:?}"
            ));
        }
    }
    Ok(messages.len())
}

fn play(seed: u64, bug: Option<Bug>) -> Result<usize, String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime");
    runtime.block_on(history(seed, bug))
}

fn seeds() -> std::ops::Range<u64> {
    if let Some(seed) = std::env::var("ONAY_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
    {
        return seed..seed + 1;
    }
    match std::env::var_os("ONAY_SOAK") {
        Some(_) => 0..10_000,
        None => 0..500,
    }
}

#[test]
fn no_history_has_a_second_message_or_a_customer_who_is_locked_out() {
    let mut messages = 0;
    for seed in seeds() {
        messages += play(seed, None).unwrap_or_else(|why| panic!("ONAY_SEED={seed}: {why}"));
    }
    assert!(messages > 0);
}

#[test]
fn the_same_seed_is_the_same_history() {
    for seed in 0..20 {
        assert_eq!(play(seed, None), play(seed, None));
    }
}

#[test]
fn each_bug_that_is_put_back_is_found() {
    for bug in [
        Bug::FreedOnMaybeSent,
        Bug::LateSettlementIsUnfenced,
        Bug::HoldEndsDuringTheCall,
        Bug::WaitIsHalved,
        Bug::RecordIsNotAtomic,
    ] {
        let found = (0..500).find(|seed| play(*seed, Some(bug)).is_err());
        assert!(found.is_some(), "{bug:?} is not found");
    }
}
