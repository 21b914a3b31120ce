//! Many processes of many tasks press resend for the same twenty customers.
//!
//! The provider of every process appends its messages to one file. Every press has a session of its
//! own, so what holds them back is the guard alone.

use std::collections::HashMap;
use std::env;
use std::fs::OpenOptions;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use onay_core::{Dispatch, Error, ErrorKind, OtpChallenge, OtpSender, OtpSent, Wait, async_trait};
use onay_guard::RedisStore;
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::redis_cluster::{Cluster, in_cluster};
use crate::redis_fleet::{Sentinel, behind_sentinel, connected};
use crate::redis_server::{KEEPS_ALL, KEEPS_NOTHING, RedisServer, any_redis};
use crate::support::{builder, challenge};

const CUSTOMERS: usize = 20;
const WAIT: Duration = Duration::from_secs(1);

const REDIS: &str = "ONAY_CROWD_REDIS";
const INBOX: &str = "ONAY_CROWD_INBOX";
/// Before the address of a sentinel.
const BEHIND_SENTINEL: &str = "sentinel ";
/// Before the addresses of a cluster's nodes.
const IN_CLUSTER: &str = "cluster ";
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

#[test]
fn one_message_per_customer_and_wait() {
    let Some(server) = any_redis() else { return };
    let inbox = press(&server.url(), true, |_| {});
    assert_eq!(inbox.len(), CUSTOMERS);
    for sent in inbox.values() {
        assert_apart(sent);
        // No customer waits in vain either. Half of what there is room for: the machine is busy.
        let room = size().2.as_secs();
        assert!(
            u64::try_from(sent.len()).is_ok_and(|sent| sent * 2 >= room),
            "{sent:?}"
        );
    }
}

#[test]
fn never_two_although_redis_is_killed_and_remembers() {
    killed(&KEEPS_ALL);
}

#[test]
fn never_two_although_redis_is_killed_and_forgets() {
    killed(&KEEPS_NOTHING);
}

#[test]
fn never_two_although_the_primary_dies_and_a_replica_takes_over() {
    let Some(mut sentinel) = Sentinel::start() else {
        return;
    };
    let url = format!("{BEHIND_SENTINEL}{}", sentinel.url());
    never_two(&url, || sentinel.primary.kill());
}

#[test]
fn never_two_although_a_primary_of_a_cluster_dies_and_its_replica_takes_over() {
    let Some(mut cluster) = Cluster::start(1) else {
        return;
    };
    let url = format!("{IN_CLUSTER}{}", cluster.urls().join(" "));
    never_two(&url, || cluster.kill_primary());
}

fn never_two(url: &str, half_way: impl FnOnce() + Send) {
    let inbox = press(url, true, |half| {
        std::thread::sleep(half);
        half_way();
    });
    assert_eq!(inbox.len(), CUSTOMERS);
    for sent in inbox.values() {
        assert_apart(sent);
    }
}

fn killed(options: &[&str]) {
    let Some(mut server) = RedisServer::start(options) else {
        return;
    };
    let url = server.url();
    let inbox = press(&url, false, |half| {
        std::thread::sleep(half);
        server.kill();
        server.start_again();
    });
    assert!(inbox.values().all(|sent| sent.len() == 1), "{inbox:?}");
    assert_eq!(inbox.len(), CUSTOMERS);
}

/// Has the crowd press, does something half way, and gives the times of each customer's messages.
fn press(
    redis: &str,
    is_short: bool,
    half_way: impl FnOnce(Duration) + Send,
) -> HashMap<String, Vec<Duration>> {
    let folder = tempfile::tempdir().expect("a folder");
    let inbox = folder.path().join("inbox");
    let (processes, _, duration) = size();
    let mut processes: Vec<Child> = (0..processes)
        .map(|_| one_more(redis, &inbox, is_short))
        .collect();
    // A process that begins after Redis has forgotten cannot know that it has: so all begin before.
    for process in &mut processes {
        until_it_presses(process);
    }
    half_way(duration / 2);
    for process in &mut processes {
        let ended = process.wait();
        assert!(
            ended.expect("a process").success(),
            "one of the crowd failed"
        );
    }
    let mut sent: HashMap<String, Vec<Duration>> = HashMap::new();
    for line in std::fs::read_to_string(inbox).expect("an inbox").lines() {
        let (number, at) = line.split_once(' ').expect("a number and a time");
        let at = Duration::from_millis(at.parse().expect("a time"));
        sent.entry(number.to_owned()).or_default().push(at);
    }
    sent
}

#[track_caller]
fn assert_apart(sent: &[Duration]) {
    let mut sent = sent.to_vec();
    sent.sort_unstable();
    for pair in sent.windows(2) {
        let apart = pair[1].saturating_sub(pair[0]);
        // The inbox counts whole milliseconds.
        assert!(apart + Duration::from_millis(1) >= WAIT, "{apart:?}");
    }
}

/// This test's own program, as one of the crowd.
fn one_more(redis: &str, inbox: &Path, is_short: bool) -> Child {
    let mut command = Command::new(env::current_exe().expect("a program"));
    command
        .args(["--exact", "crowd::the_crowd_presses", "--nocapture"])
        .env(REDIS, redis)
        .env(INBOX, inbox);
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
    // A process that writes to a pipe that is not read would fail.
    std::thread::spawn(move || lines.for_each(drop));
}

/// What each process of the crowd does. Among the other tests it has no address, and is over at
/// once.
#[expect(clippy::print_stdout, reason = "it tells the test that it has begun")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_crowd_presses() {
    let (Ok(redis), Ok(inbox)) = (env::var(REDIS), env::var(INBOX)) else {
        return;
    };
    let provider = Brief {
        inbox: PathBuf::from(inbox),
        names_no_wait: env::var_os(SHORT).is_some(),
    };
    let store = if let Some(urls) = redis.strip_prefix(IN_CLUSTER) {
        let nodes = urls.split(' ').map(str::to_owned).collect();
        let connection = in_cluster(nodes).await;
        connected(|| RedisStore::on(connection.clone()).replicas(1)).await
    } else if let Some(url) = redis.strip_prefix(BEHIND_SENTINEL) {
        connected(|| behind_sentinel(url).replicas(1)).await
    } else {
        connected(|| RedisStore::builder(&redis)).await
    };
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
                // The provider itself never has to say no, even while Redis is killed.
                assert_eq!(error.dispatch(), Dispatch::NotSent, "{error}");
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

/// A provider that may keep to itself how long to wait, and writes its messages into a file.
#[derive(Clone, Debug)]
struct Brief {
    inbox: PathBuf,
    names_no_wait: bool,
}

#[async_trait]
impl OtpSender for Brief {
    async fn send_otp(&self, challenge: &OtpChallenge) -> Result<OtpSent, Error> {
        let number = challenge.phone().expect("a number").e164();
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("now");
        let inbox = OpenOptions::new()
            .create(true)
            .append(true)
            .open(&self.inbox);
        let line = format!("{number} {}\n", now.as_millis());
        let written = inbox.expect("an inbox").write_all(line.as_bytes());
        written.expect("written");
        let sent = OtpSent::new(challenge.clone());
        if self.names_no_wait {
            return Ok(sent);
        }
        Ok(sent.with_resend(Wait::new(Instant::now(), Duration::from_secs(180))))
    }
}
