//! Many processes of many tasks press resend for the same twenty customers.
//!
//! The messages are counted in the sandbox's inbox. Every press has a session of its own, so the
//! provider itself would send each of them: what holds them back is the guard alone.

use std::collections::HashMap;
use std::env;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use onay_core::{Delivery, Error, ErrorKind, OtpChallenge, OtpSender, OtpSent, async_trait};
use onay_guard::RedisStore;
use onay_paynet::{Paynet, SecretKey};
use onay_sandbox::Sandbox;
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::redis_server::{KEEPS_ALL, KEEPS_NOTHING, RedisServer};
use crate::support::{builder, challenge};

const CUSTOMERS: usize = 20;
const WAIT: Duration = Duration::from_secs(1);

const REDIS: &str = "ONAY_CROWD_REDIS";
const PAYNET: &str = "ONAY_CROWD_PAYNET";
/// Set where the provider names no wait and the guard's own second holds.
const SHORT: &str = "ONAY_CROWD_SHORT";
/// What a process of the crowd says when it has pressed for the first time.
const PRESSING: &str = "pressing";

/// Processes, tasks in each, and how long they press: a handful, or a crowd with `ONAY_SOAK` set.
fn size() -> (usize, usize, Duration) {
    match env::var_os("ONAY_SOAK") {
        Some(_) => (8, 50, Duration::from_secs(10)),
        None => (3, 20, Duration::from_secs(2)),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_message_per_customer_and_wait() {
    let Some(server) = RedisServer::start(&KEEPS_NOTHING) else {
        return;
    };
    let inbox = press(&server.url(), true, |_| {}).await;
    assert_eq!(inbox.len(), CUSTOMERS);
    for sent in inbox.values() {
        assert_apart(sent);
        // Nobody waits for nothing either. Half of what there is room for: the machine is busy.
        let room = size().2.as_secs();
        assert!(
            u64::try_from(sent.len()).is_ok_and(|sent| sent * 2 >= room),
            "{sent:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn never_two_although_redis_is_killed_and_remembers() {
    killed(&KEEPS_ALL).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn never_two_although_redis_is_killed_and_forgets() {
    killed(&KEEPS_NOTHING).await;
}

async fn killed(options: &[&str]) {
    let Some(mut server) = RedisServer::start(options) else {
        return;
    };
    let url = server.url();
    let inbox = press(&url, false, |half| {
        std::thread::sleep(half);
        server.kill();
        server.start_again();
    })
    .await;
    assert!(inbox.values().all(|sent| sent.len() == 1), "{inbox:?}");
    assert_eq!(inbox.len(), CUSTOMERS);
}

/// Has the crowd press, does something half way, and gives the times of each customer's messages.
async fn press(
    redis: &str,
    is_short: bool,
    half_way: impl FnOnce(Duration) + Send,
) -> HashMap<String, Vec<SystemTime>> {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let (processes, _, duration) = size();
    let mut processes: Vec<Child> = (0..processes)
        .map(|_| one_more(redis, &sandbox.paynet_url(), is_short))
        .collect();
    // A process that begins after Redis has forgotten cannot know that it has: so all begin before.
    for process in &mut processes {
        tokio::task::block_in_place(|| until_it_presses(process));
    }
    tokio::task::block_in_place(|| half_way(duration / 2));
    for process in &mut processes {
        let ended = tokio::task::block_in_place(|| process.wait());
        assert!(
            ended.expect("a process").success(),
            "one of the crowd failed"
        );
    }
    let mut inbox: HashMap<String, Vec<SystemTime>> = HashMap::new();
    for message in sandbox.messages() {
        let sent = inbox.entry(message.to().to_owned()).or_default();
        sent.push(message.created_at());
    }
    inbox
}

#[track_caller]
fn assert_apart(sent: &[SystemTime]) {
    let mut sent = sent.to_vec();
    sent.sort_unstable();
    for pair in sent.windows(2) {
        let apart = pair[1].duration_since(pair[0]).expect("sorted");
        // The inbox counts whole milliseconds.
        assert!(apart + Duration::from_millis(1) >= WAIT, "{apart:?}");
    }
}

/// This test's own program, as one of the crowd.
fn one_more(redis: &str, paynet: &str, is_short: bool) -> Child {
    let mut command = Command::new(env::current_exe().expect("a program"));
    command
        .args(["--exact", "crowd::the_crowd_presses", "--nocapture"])
        .env(REDIS, redis)
        .env(PAYNET, paynet);
    if is_short {
        command.env(SHORT, "1");
    }
    command.stdout(Stdio::piped());
    command.spawn().expect("a process")
}

fn until_it_presses(process: &mut Child) {
    let told = process.stdout.take().expect("a pipe");
    let mut lines = BufReader::new(told).lines().map_while(Result::ok);
    assert!(lines.any(|line| line.contains(PRESSING)), "it never begins");
    // Whoever writes to a pipe that nobody reads would fail.
    std::thread::spawn(move || lines.for_each(drop));
}

/// What each process of the crowd does. Among the other tests nobody told it where, and it is over
/// at once.
#[expect(clippy::print_stdout, reason = "it tells the test that it has begun")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_crowd_presses() {
    let (Ok(redis), Ok(paynet)) = (env::var(REDIS), env::var(PAYNET)) else {
        return;
    };
    let provider = Paynet::builder()
        .secret_key(SecretKey::parse("sck_test_crowd").expect("a key"))
        .base_url(paynet.parse().expect("an address"))
        .build()
        .expect("a provider");
    let names_no_wait = env::var_os(SHORT).is_some();
    let provider = Brief {
        provider,
        names_no_wait,
    };
    let store = RedisStore::builder(redis).connect().await.expect("a store");
    let guarded = builder(provider, store)
        .minimum_wait(WAIT)
        .build()
        .expect("a guard");
    let first = challenge(&format!("s-{}", std::process::id()), "0555 000 01 00");
    let _ = guarded.send_otp(&first).await;
    println!("{PRESSING}");
    let (_, tasks_in_each, duration) = size();
    let end = Instant::now() + duration;
    let mut tasks = JoinSet::new();
    for task in 0..tasks_in_each {
        let guarded = guarded.clone();
        tasks.spawn(async move {
            let mut presses = 0;
            while Instant::now() < end {
                let customer = (task + presses) % CUSTOMERS;
                let session = format!("s-{}-{task}-{presses}", std::process::id());
                let challenge = challenge(&session, &format!("0555 000 01 {customer:02}"));
                presses += 1;
                let Err(error) = guarded.send_otp(&challenge).await else {
                    continue;
                };
                // Whatever happens to Redis, the provider itself never has to say no.
                assert_eq!(error.delivery(), Delivery::NotSent, "{error}");
                if error.kind() == ErrorKind::Unreachable {
                    sleep(Duration::from_millis(20)).await;
                } else {
                    assert_eq!(error.kind(), ErrorKind::TooSoon, "{error}");
                }
            }
        });
    }
    while let Some(task) = tasks.join_next().await {
        task.expect("a task");
    }
}

/// A provider that may keep to itself how long to wait.
#[derive(Clone, Debug)]
struct Brief {
    provider: Paynet,
    names_no_wait: bool,
}

#[async_trait]
impl OtpSender for Brief {
    async fn send_otp(&self, challenge: &OtpChallenge) -> Result<OtpSent, Error> {
        let sent = self.provider.send_otp(challenge).await?;
        if self.names_no_wait {
            return Ok(OtpSent::new(sent.into_challenge()));
        }
        Ok(sent)
    }
}
