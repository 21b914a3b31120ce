//! Instructions and allocations per call, counted by valgrind: Onay beside the same call made otherwise.
//!
//! `-- --write` writes the guide's table. Wants `valgrind` and `gungraun-runner` in `PATH`; see CONTRIBUTING.md.

#![expect(missing_docs, unused_qualifications, reason = "gungraun's macros")]
#![expect(
    clippy::expect_used,
    reason = "a bench that cannot begin says why and ends"
)]

mod shared;

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};

use gungraun::prelude::*;
use serde_json::Value;
use tokio::runtime::Runtime;

use shared::clients::{CLIENTS, Client};
use shared::parts::{PARTS, Part, Parts};
use shared::wire::OPERATIONS;
use shared::{Failure, runtime, server};

/// So many calls on the connection before counting begins: pools and buffers have their sizes then.
const WARM: u32 = 50;
/// So many calls are counted together.
const CALLS: u32 = 100;

struct Ready {
    runtime: Runtime,
    client: Client,
    is_accepted: bool,
}

/// The server is a thread of its own; only a bench function is counted, and on its thread alone.
fn ready(client: &str, operation: &str, is_accepted: bool) -> Ready {
    let address = server::start(is_accepted).expect("a server");
    let client = Client::new(client, operation, &address).expect("a client");
    let runtime = runtime().expect("a runtime");
    let ready = Ready {
        runtime,
        client,
        is_accepted,
    };
    ready.call(WARM);
    ready
}

impl Ready {
    fn call(&self, times: u32) {
        self.runtime.block_on(async {
            for _ in 0..times {
                let is_accepted = self.client.call().await.expect("one of the two answers");
                assert_eq!(is_accepted, self.is_accepted);
            }
        });
    }
}

macro_rules! calls {
    ($($operation:ident),+) => {$(
        #[library_benchmark(setup = ready)]
        #[bench::onay("onay", stringify!($operation), true)]
        #[bench::by_hand("by_hand", stringify!($operation), true)]
        #[bench::bare("bare", stringify!($operation), true)]
        #[bench::raw_hyper("raw_hyper", stringify!($operation), true)]
        #[bench::onay_refused("onay", stringify!($operation), false)]
        #[bench::by_hand_refused("by_hand", stringify!($operation), false)]
        #[bench::bare_refused("bare", stringify!($operation), false)]
        #[bench::raw_hyper_refused("raw_hyper", stringify!($operation), false)]
        fn $operation(ready: Ready) -> Ready {
            black_box(&ready).call(CALLS);
            ready
        }
    )+};
}

calls!(send_otp, resend, notify);

fn part_ready(index: usize) -> &'static (Parts, Part) {
    let part = *PARTS.get(index).expect("a part");
    let ready = Box::leak(Box::new((Parts::new().expect("the parts"), part)));
    assert!(part_done(ready), "{}", ready.1.0);
    ready
}

fn part_done((parts, (_, run)): &(Parts, Part)) -> bool {
    run(parts)
}

#[library_benchmark(setup = part_ready)]
#[benches::of(iter = 0..PARTS.len())]
fn part(ready: &'static (Parts, Part)) -> bool {
    part_done(black_box(ready))
}

library_benchmark_group!(name = calls, benchmarks = [send_otp, resend, notify]);
library_benchmark_group!(name = parts, benchmarks = [part]);

mod counted {
    use gungraun::{Callgrind, Dhat, DhatMetric, LibraryBenchmarkConfig, main};

    use super::{calls, parts};

    main!(
        config = LibraryBenchmarkConfig::default()
            .tool(Callgrind::with_args(["--cache-sim=no"]))
            // A call is nested deeply: with fewer frames the bench function would be out of sight.
            .tool(
                Dhat::with_args(["--num-callers=100"])
                    .format([DhatMetric::TotalBlocks, DhatMetric::TotalBytes])
            ),
        library_benchmark_groups = [calls, parts]
    );

    pub(super) fn run() {
        main();
    }
}

fn main() -> Result<(), Failure> {
    if !std::env::args().any(|argument| argument == "--write") {
        counted::run();
        return Ok(());
    }
    let output = Command::new(std::env::current_exe()?)
        .args(["--bench", "--output-format=json"])
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err("nothing was counted".into());
    }
    let lines = std::str::from_utf8(&output.stdout)?.lines();
    let counts: Vec<Value> = lines.map(serde_json::from_str).collect::<Result<_, _>>()?;
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/guide/evidence");
    Ok(std::fs::write(
        guide.join("instructions.md"),
        text(&counts)?,
    )?)
}

fn text(counts: &[Value]) -> Result<String, Failure> {
    let mut text = format!(
        "Written by `cargo bench -p onay --features full --bench instructions -- --write`: what the client's thread executes in \
         user space and allocates, one call in flight on a kept connection, the mean of {CALLS} calls. Within one build \
         the counts repeat.\n"
    );
    for operation in &OPERATIONS {
        for (answer, suffix) in [("a success", ""), ("a refusal", "_refused")] {
            write!(
                text,
                "\n**{}, {answer}**\n\n| client | instructions | to by hand | to bare | allocations | bytes |\n\
                 | --- | --: | --: | --: | --: | --: |\n",
                operation.title
            )?;
            let of = |client| cost(counts, operation.name, &format!("{client}{suffix}"), CALLS);
            let ([by_hand, ..], [bare, ..]) = (of("by_hand")?, of("bare")?);
            for (client, label) in CLIENTS {
                let [instructions, allocations, bytes] = of(client)?;
                let (to_by_hand, to_bare) = (instructions / by_hand, instructions / bare);
                let instructions = whole(instructions);
                writeln!(
                    text,
                    "| {label} | {instructions} | {to_by_hand:.2} | {to_bare:.2} | {allocations:.0} | {} |",
                    whole(bytes)
                )?;
            }
        }
    }
    text.push_str(
        "\n| part of a call, alone | instructions | allocations | bytes |\n| --- | --: | --: | --: |\n",
    );
    for (index, (label, _)) in PARTS.iter().enumerate() {
        let [instructions, allocations, bytes] = cost(counts, "part", &format!("of_{index}"), 1)?;
        writeln!(
            text,
            "| {label} | {} | {allocations:.0} | {} |",
            whole(instructions),
            whole(bytes)
        )?;
    }
    Ok(text)
}

/// What one bench counted, for one call: instructions, allocations and bytes.
fn cost(counts: &[Value], function: &str, id: &str, calls: u32) -> Result<[f64; 3], Failure> {
    let is_it = |bench: &&Value| bench["function_name"] == function && bench["id"] == id;
    let bench = counts.iter().find(is_it).unwrap_or(&Value::Null);
    let count = |tool: usize, metric: &str| {
        let path = format!("/profiles/{tool}/data/total/metrics/{metric}/values/new");
        let count = bench.pointer(&path).and_then(Value::as_f64);
        count.ok_or_else(|| format!("{function} {id}: no {metric} was counted"))
    };
    let counts = [
        count(0, "Ir")?,
        count(1, "TotalBlocks")?,
        count(1, "TotalBytes")?,
    ];
    Ok(counts.map(|count| count / f64::from(calls)))
}

/// With its thousands parted: `65,984`.
fn whole(number: f64) -> String {
    let digits = format!("{number:.0}");
    let groups = digits.as_bytes().rchunks(3).rev();
    let groups: Vec<_> = groups.map(String::from_utf8_lossy).collect();
    groups.join(",")
}
