//! What `connect` is told and what it tries: a wrong setting and a missing right are named.

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::SeqCst;
use std::time::{Duration, Instant};

use onay_core::{Error, ErrorKind, OtpSender, Secret};
use onay_guard::{RedisStore, RedisStoreBuilder};
use tokio::task::JoinSet;

use onay_testkit::printed;

use crate::redis_server::{RedisServer, any_redis};
use crate::support::{Provider, builder, challenge, seconds};

/// As the documentation of `RedisStore` has it.
const RIGHTS: &str = "+eval +evalsha +time +set +get +pttl +pexpire +del +hmget +hset +hexists \
                      +hincrby +zadd +zrange +zremrangebyscore +zrem +info";

fn user(server: &RedisServer, more: &[&str]) {
    let mut command = vec![
        "acl",
        "setuser",
        "shop",
        "reset",
        "on",
        ">test",
        "~{onay-guard}:*",
    ];
    command.extend(RIGHTS.split_whitespace());
    command.extend(more);
    assert_eq!(server.ask(&command).trim(), "OK");
}

fn store(server: &RedisServer) -> RedisStoreBuilder {
    let secret = || async { Ok(Secret::new("test")) };
    server.builder().user("shop").password(secret)
}

async fn refused(server: &RedisServer) -> (ErrorKind, Option<&'static str>, Error) {
    let error = store(server).connect().await.expect_err("refused");
    let subject = error.subject().map(|subject| subject.name());
    (error.kind(), subject, error)
}

#[cfg(feature = "testing")]
#[tokio::test(flavor = "multi_thread")]
async fn a_user_with_the_documented_rights_serves() {
    let Some(server) = any_redis() else { return };
    user(&server, &[]);
    let store = store(&server).connect().await.expect("a store");
    onay_guard::store_conformance::assert(Arc::new(store)).await;
    assert_eq!(server.ask(&["acl", "log"]).trim(), "");
}

#[tokio::test]
async fn a_missing_right_is_named_when_the_store_connects() {
    let Some(server) = any_redis() else { return };
    for right in RIGHTS.split([' ', '+']).filter(|right| !right.is_empty()) {
        user(&server, &[&format!("-{right}")]);
        // A script that the server knows hides that its text may not be sent.
        server.ask(&["script", "flush"]);
        if right == "info" {
            store(&server).connect().await.expect("a store");
            continue;
        }
        let (kind, subject, error) = refused(&server).await;
        assert_eq!(kind, ErrorKind::Config, "{}", printed(&error));
        assert_eq!(subject, Some(right), "{}", printed(&error));
        assert!(!printed(&error).contains("shop"), "{}", printed(&error));
    }
    user(&server, &[]);
    let waiting = store(&server).replicas(1).connect().await;
    let error = waiting.expect_err("refused");
    assert_eq!(error.subject().map(|subject| subject.name()), Some("wait"));
    user(&server, &["resetkeys", "~another:*"]);
    let (kind, subject, _) = refused(&server).await;
    assert_eq!((kind, subject), (ErrorKind::Config, Some("prefix")));
}

#[tokio::test]
async fn a_server_that_cannot_serve_now_says_why_and_is_no_mistake_in_a_setting() {
    let Some(server) = any_redis() else { return };
    for (begin, end, reason) in [
        (
            &["config", "set", "maxmemory", "1"][..],
            &["config", "set", "maxmemory", "0"][..],
            "redis_full",
        ),
        (
            &["replicaof", "127.0.0.1", "1"],
            &["replicaof", "no", "one"],
            "redis_read_only",
        ),
        (
            &["config", "set", "min-replicas-to-write", "1"],
            &["config", "set", "min-replicas-to-write", "0"],
            "redis_no_replicas",
        ),
    ] {
        server.ask(begin);
        let error = server.builder().connect().await.expect_err("refused");
        assert_eq!(error.kind(), ErrorKind::Unreachable, "{}", printed(&error));
        let said = error.reason().expect("a reason");
        assert_eq!(said.id(), reason, "{}", printed(&error));
        server.ask(end);
    }
    server.store().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_that_changes_while_calls_run_refuses_at_most_one_of_a_connection() {
    let Some(server) = any_redis() else { return };
    user(&server, &[">test-1"]);
    let asked = Arc::new(AtomicUsize::new(0));
    let calls = Arc::clone(&asked);
    let password = move || {
        let call = calls.fetch_add(1, SeqCst);
        async move { Ok(Secret::new(if call == 0 { "test-1" } else { "test-2" })) }
    };
    let store = server.builder().user("shop").password(password);
    let store = store.connect().await.expect("a store");
    let guarded = builder(Provider::default(), store)
        .build()
        .expect("a guard");
    let end = Instant::now() + Duration::from_secs(1);
    let mut tasks = JoinSet::new();
    for task in 0..8 {
        let guarded = guarded.clone();
        tasks.spawn(async move {
            let mut refused = 0;
            for press in 0.. {
                if Instant::now() > end {
                    break;
                }
                let number = format!("0555 {task:03} {:02} {:02}", press / 100 % 100, press % 100);
                let answer = guarded.send_otp(&challenge("a", &number)).await;
                refused += usize::from(answer.is_err());
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            refused
        });
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    server.ask(&["acl", "setuser", "shop", "resetpass", ">test-2"]);
    server.ask(&["client", "kill", "user", "shop"]);
    let refused: usize = tasks.join_all().await.into_iter().sum();
    assert!(refused <= 1, "{refused} calls were refused");
    assert_eq!(asked.load(SeqCst), 2);
}

#[tokio::test]
async fn a_password_that_cannot_be_had_or_is_wrong_is_a_setting() {
    let Some(server) = any_redis() else { return };
    user(&server, &[]);
    let failing = || async { Err("canary".into()) };
    let store = server.builder().user("shop").password(failing);
    let error = store.connect().await.expect_err("refused");
    assert_eq!(error.kind(), ErrorKind::Config);
    assert_eq!(
        error.subject().map(|subject| subject.name()),
        Some("password")
    );
    assert!(!printed(&error).contains("canary"), "{}", printed(&error));
    let wrong = || async { Ok(Secret::new("canary")) };
    let store = server.builder().user("shop").password(wrong);
    let error = store.connect().await.expect_err("refused");
    assert_eq!(error.kind(), ErrorKind::Config, "{}", printed(&error));
    assert!(!printed(&error).contains("canary"), "{}", printed(&error));
}

#[tokio::test]
async fn settings_of_an_address_are_refused_beside_a_connection() {
    let Some(server) = any_redis() else { return };
    let client = redis::Client::open(server.url()).expect("a client");
    let connection = client.get_multiplexed_async_connection().await;
    let connection = connection.expect("a connection");
    let store = RedisStore::on(connection).user("shop");
    let error = store.connect().await.expect_err("refused");
    assert_eq!(error.subject().map(|subject| subject.name()), Some("user"));
}

#[tokio::test]
async fn wrong_settings_are_named() {
    let store = || RedisStore::builder("redis://127.0.0.1:1");
    for (store, field) in [
        (store().prefix(""), "prefix"),
        (store().prefix("a}b"), "prefix"),
        (store().timeout(Duration::ZERO), "timeout"),
        (store().timeout(seconds(61)), "timeout"),
        (store().hold_after_loss(Duration::MAX), "hold_after_loss"),
    ] {
        let error = store.connect().await.expect_err("refused");
        assert_eq!(
            (error.kind(), error.subject().map(|subject| subject.name())),
            (ErrorKind::Config, Some(field))
        );
    }
}

#[tokio::test]
async fn a_redis_that_may_drop_slots_is_refused() {
    let Some(server) = any_redis() else { return };
    server.ask(&["config", "set", "maxmemory-policy", "allkeys-lru"]);
    server.store().await;
    server.ask(&["config", "set", "maxmemory", "100mb"]);
    let error = server.builder().connect().await.expect_err("refused");
    let subject = error.subject().map(|subject| subject.name());
    assert_eq!(subject, Some("maxmemory_policy"));
}

#[tokio::test]
async fn a_redis_that_may_not_be_asked_is_warned_of_and_one_that_fails_is_refused() {
    let Some(server) = any_redis() else { return };
    server.ask(&["acl", "setuser", "default", "-info"]);
    server.store().await;
    // A script that never ends: the server answers nothing else.
    server.ask(&["acl", "setuser", "default", "+info"]);
    server.ask(&["config", "set", "busy-reply-threshold", "1"]);
    server.ask(&["config", "set", "lua-time-limit", "1"]);
    let port = server.url().rsplit(':').next().map(str::to_owned);
    let mut busy = Command::new("redis-cli")
        .args(["-p", &port.expect("a port")])
        .args(["eval", "while true do end", "0"])
        .spawn()
        .expect("redis-cli");
    tokio::time::sleep(Duration::from_millis(200)).await;
    let error = server.builder().connect().await.expect_err("refused");
    server.ask(&["script", "kill"]);
    let _ = busy.wait();
    assert_eq!(error.kind(), ErrorKind::Unreachable);
    assert_eq!(error.reason().map(|reason| reason.id()), Some("redis_busy"));
}
