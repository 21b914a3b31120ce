//! The store on connections that it is handed: the crate `redis`' own, and one behind sentinels.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use onay_core::{ErrorKind, OtpChallenge, OtpSender};
use onay_guard::{
    Guarded, PaymentBook, Receipt, RedisStore, RedisStoreBuilder, SentinelConnection,
};
use redis::sentinel::{SentinelClient, SentinelServerType};
use tempfile::TempDir;

use crate::redis_server::{KEEPS_NOTHING, RedisServer, any_redis, free_port};
use crate::support::{Provider, builder, challenge, held};

pub(crate) fn guard(store: RedisStore) -> Guarded<Provider, RedisStore> {
    let guarded = builder(Provider::default(), store);
    guarded.build().expect("a guard")
}

#[tokio::test]
async fn a_connection_of_ones_own_serves() {
    let Some(server) = any_redis() else { return };
    let client = redis::Client::open(server.url()).expect("a client");
    let connection = client.get_multiplexed_async_connection().await;
    let store = RedisStore::on(connection.expect("a connection"));
    let guarded = guard(store.connect().await.expect("a store"));
    let press = challenge("a", "0555 000 00 42");
    guarded.send_otp(&press).await.expect("sent");
    held(guarded.send_otp(&press).await, ErrorKind::TooSoon);

    let manager = client.get_connection_manager().await.expect("a manager");
    let store = RedisStore::on(manager).connect().await.expect("a store");
    let guarded = guard(store);
    held(guarded.send_otp(&press).await, ErrorKind::TooSoon);
    for number in 0..5 {
        server.ask(&["client", "kill", "type", "normal"]);
        server.ask(&["script", "flush"]);
        let other = challenge("a", &format!("0555 000 01 0{number}"));
        guarded.send_otp(&other).await.expect("sent");
    }
}

/// A sentinel that watches a primary with one replica.
pub(crate) struct Sentinel {
    pub(crate) primary: RedisServer,
    replica: RedisServer,
    process: Child,
    port: u16,
    _folder: TempDir,
}

impl Sentinel {
    pub(crate) fn start() -> Option<Self> {
        let primary = RedisServer::start(&KEEPS_NOTHING)?;
        let replica = RedisServer::start(&KEEPS_NOTHING)?;
        follow(&replica, &primary);
        let host = primary.host();
        let (_, number) = host.split_once(':').expect("a port");
        let folder = tempfile::tempdir().expect("a folder");
        let settings = folder.path().join("sentinel.conf");
        let port = free_port();
        let text = format!(
            "port {port}\nbind 127.0.0.1\ndir {}\nsentinel monitor shop 127.0.0.1 {number} 1\n\
             sentinel down-after-milliseconds shop 500\nsentinel failover-timeout shop 2000\n",
            folder.path().display()
        );
        fs::write(&settings, text).expect("written");
        let process = Command::new("redis-server")
            .arg(&settings)
            .arg("--sentinel")
            .stdout(Stdio::null())
            .spawn()
            .expect("redis-server");
        let sentinel = Self {
            primary,
            replica,
            process,
            port,
            _folder: folder,
        };
        // It has to know the replica before the primary dies.
        until(|| {
            sentinel
                .ask(&["sentinel", "master", "shop"])
                .contains("num-slaves\n1")
        });
        Some(sentinel)
    }

    fn ask(&self, command: &[&str]) -> String {
        let port = self.port.to_string();
        let answer = Command::new("redis-cli")
            .args(["-p", &port])
            .args(command)
            .output();
        String::from_utf8(answer.expect("redis-cli").stdout).expect("text")
    }

    pub(crate) fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Waits until the replica has what was written, before its primary dies.
    async fn replica_has_it(&self) {
        until(|| !self.replica.ask(&["keys", "*:slot:*"]).trim().is_empty());
        tokio::time::sleep(Duration::from_millis(200)).await;
    }

    async fn store(&self) -> RedisStore {
        connected(|| behind_sentinel(&self.url())).await
    }
}

/// A store on the primary that this sentinel names.
pub(crate) fn behind_sentinel(url: &str) -> RedisStoreBuilder {
    let (sentinels, service) = (vec![url.to_owned()], "shop".to_owned());
    let client = SentinelClient::build(sentinels, service, None, SentinelServerType::Master);
    RedisStore::on(SentinelConnection::new(client.expect("a client")))
}

/// The store that this builder makes, as soon as a busy machine's Redis and replica answer in time.
pub(crate) async fn connected(builder: impl Fn() -> RedisStoreBuilder) -> RedisStore {
    let start = Instant::now();
    loop {
        match builder().connect().await {
            Ok(store) => return store,
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Unreachable, "{error}");
                assert!(start.elapsed() < Duration::from_secs(30), "{error}");
            }
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Makes one server the replica of another, and waits until it is.
fn follow(replica: &RedisServer, primary: &RedisServer) {
    let host = primary.host();
    let (address, number) = host.split_once(':').expect("a port");
    replica.ask(&["replicaof", address, number]);
    until(|| {
        primary
            .ask(&["info", "replication"])
            .contains("state=online")
    });
}

impl Drop for Sentinel {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub(crate) fn until(mut is_done: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_done() {
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "it never happens"
        );
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_fail_over_the_store_goes_on_with_the_new_primary() {
    let Some(mut sentinel) = Sentinel::start() else {
        return;
    };
    let guarded = guard(sentinel.store().await);
    let press = challenge("a", "0555 000 00 42");
    guarded.send_otp(&press).await.expect("sent");
    sentinel.replica_has_it().await;
    sentinel.primary.kill();
    until_held(&guarded, &press).await;
    assert!(
        sentinel
            .replica
            .ask(&["info", "replication"])
            .contains("role:master")
    );
    let other = challenge("b", "0555 000 00 43");
    guarded.send_otp(&other).await.expect("sent");
    assert_eq!(guarded.provider().calls(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fail_over_that_lost_the_last_write_is_noticed_by_the_machine_that_made_it() {
    let Some(mut sentinel) = Sentinel::start() else {
        return;
    };
    let guarded = guard(sentinel.store().await);
    let other = challenge("b", "0555 000 00 43");
    guarded.send_otp(&other).await.expect("sent");
    sentinel.replica_has_it().await;
    // The replica hears nothing of this message, and becomes the primary without it.
    sentinel.replica.signal("STOP");
    sentinel.primary.ask(&["client", "kill", "type", "replica"]);
    let press = challenge("a", "0555 000 00 42");
    guarded.send_otp(&press).await.expect("sent");
    sentinel.primary.kill();
    sentinel.replica.signal("CONT");
    let wait = until_held(&guarded, &press).await;
    assert!(
        wait > Duration::from_secs(200),
        "the hold after a loss: {wait:?}"
    );
    assert_eq!(guarded.provider().calls(), 2);
}

/// Presses until the new primary answers, and gives its wait.
pub(crate) async fn until_held(
    guarded: &Guarded<Provider, RedisStore>,
    press: &OtpChallenge,
) -> Duration {
    let start = Instant::now();
    loop {
        let error = guarded.send_otp(press).await.expect_err("held or no store");
        if error.kind() == ErrorKind::TooSoon {
            return error.wait().expect("a wait").remaining_now();
        }
        assert_eq!(error.kind(), ErrorKind::Unreachable, "{error}");
        assert!(start.elapsed() < Duration::from_secs(30), "no new primary");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_replica_has_sends_nothing_and_is_taken_back_and_no_payment_is_done() {
    let Some(sentinel) = Sentinel::start() else {
        return;
    };
    let store = connected(|| behind_sentinel(&sentinel.url()).replicas(1)).await;
    let guarded = guard(store.clone());
    let press = |number: &str| challenge("a", &format!("0555 000 00 {number}"));
    let start = Instant::now();
    // A replica on a busy machine can be late; what it was late for is taken back.
    while guarded.send_otp(&press("42")).await.is_err() {
        assert!(start.elapsed() < Duration::from_secs(20), "never sent");
    }
    let book = PaymentBook::new(store, "paytr");
    let Ok(Receipt::First(entry)) = book.receive("order-1").await else {
        panic!("it is new");
    };
    sentinel.replica.signal("STOP");
    let refused = guarded.send_otp(&press("43")).await.expect_err("refused");
    assert_eq!(refused.kind(), ErrorKind::Unreachable, "{refused}");
    assert_eq!(guarded.provider().calls(), 1);
    // A payment that is dealt with is known for long, so it has to be on a replica too.
    let written = entry.done().await.map_err(|error| error.kind());
    assert_eq!(written, Err(ErrorKind::Unreachable));
    sentinel.replica.signal("CONT");
    let elsewhere = guard(sentinel.store().await);
    let start = Instant::now();
    while elsewhere.send_otp(&press("43")).await.is_err() {
        assert!(start.elapsed() < Duration::from_secs(20), "still held");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// A replica is promoted while its primary lives, and each has machines that can reach it alone.
#[tokio::test]
async fn of_two_primaries_the_one_that_wants_replicas_sends_nothing() {
    for (wanted, is_sent_twice) in [("0", true), ("1", false)] {
        let options = [
            "--min-replicas-to-write",
            wanted,
            "--min-replicas-max-lag",
            "1",
        ];
        let primary = RedisServer::start(&[&KEEPS_NOTHING[..], &options].concat());
        let (Some(primary), Some(replica)) = (primary, RedisServer::start(&KEEPS_NOTHING)) else {
            return;
        };
        follow(&replica, &primary);
        let here = guard(primary.store().await);
        replica.ask(&["replicaof", "no", "one"]);
        let there = guard(replica.store().await);
        let press = challenge("a", "0555 000 00 42");
        there.send_otp(&press).await.expect("sent");
        let second = here.send_otp(&press).await;
        assert_eq!(second.is_ok(), is_sent_twice, "{second:?}");
        if let Err(error) = second {
            let said = onay_testkit::printed(&error);
            assert!(said.contains("NOREPLICAS"), "{said}");
        }
    }
}
