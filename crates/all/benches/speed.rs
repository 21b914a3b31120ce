//! Wall clock: calls per second with 64 in flight on loopback, and what the parts of a call take.
//!
//! `-- --serve` is the server and `-- --call CLIENT ADDRESS CALLS` a client for `peers.py`.

#![expect(
    clippy::print_stdout,
    reason = "what starts the server reads its address"
)]
#![expect(
    clippy::expect_used,
    reason = "a bench that cannot go on says why and ends"
)]

mod shared;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};

use divan::Bencher;
use divan::counter::ItemsCount;
use tokio::task::JoinSet;

use shared::clients::{CLIENTS, Client};
use shared::parts::{PARTS, Parts};
use shared::wire::OPERATIONS;
use shared::{Failure, pin, runtime, server};

const IN_FLIGHT: usize = 64;
/// So many calls are timed together.
const CALLS: usize = 2_000;

/// One for all, since a thread that is pinned hands its one core on to those that it starts.
static SERVER: LazyLock<String> = LazyLock::new(|| {
    let address = server::start(true).expect("a server");
    pin(0);
    address
});

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["--serve", ..] => {
            println!("{}", server::start(true)?);
            loop {
                std::thread::park();
            }
        }
        ["--call", client, address, calls, ..] => {
            let client = Client::new(client, "send_otp", address)?;
            runtime()?.block_on(crowd(&Arc::new(client), calls.parse()?))
        }
        _ => {
            divan::main();
            Ok(())
        }
    }
}

#[divan::bench(args = every_call(), sample_size = 1, sample_count = 20)]
fn calls(bencher: Bencher<'_, '_>, call: &str) {
    let runtime = runtime().expect("a runtime");
    let (operation, client) = call.split_once(' ').expect("two names");
    let client = Client::new(client, operation, &SERVER).expect("a client");
    let client = Arc::new(client);
    let call = |calls| runtime.block_on(crowd(&client, calls)).expect("successes");
    // Opens the connections.
    call(CALLS);
    bencher
        .counter(ItemsCount::new(CALLS))
        .bench_local(|| call(CALLS));
}

fn every_call() -> impl Iterator<Item = String> {
    OPERATIONS
        .iter()
        .flat_map(|operation| CLIENTS.map(|(client, _)| format!("{} {client}", operation.name)))
}

#[divan::bench(args = PARTS.map(|(name, _)| name))]
fn parts(bencher: Bencher<'_, '_>, name: &str) {
    let parts = Parts::new().expect("the parts");
    let (_, part) = PARTS
        .iter()
        .find(|(known, _)| *known == name)
        .expect("a part");
    assert!(part(&parts), "{name}");
    bencher.bench_local(|| part(&parts));
}

/// So many calls, 64 of them in flight at any time.
async fn crowd(client: &Arc<Client>, calls: usize) -> Result<(), Failure> {
    let left = Arc::new(AtomicUsize::new(calls));
    let mut callers = JoinSet::new();
    for _ in 0..IN_FLIGHT {
        let (client, left) = (Arc::clone(client), Arc::clone(&left));
        callers.spawn(async move {
            let another = |left: usize| left.checked_sub(1);
            while left
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, another)
                .is_ok()
            {
                if !client.call().await? {
                    return Err("refused".into());
                }
            }
            Ok::<_, Failure>(())
        });
    }
    while let Some(caller) = callers.join_next().await {
        caller??;
    }
    Ok(())
}
