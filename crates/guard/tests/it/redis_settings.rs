//! What a store in Redis is told, and what it asks the server before it says that it is ready.

use std::process::Command;
use std::time::Duration;

use onay_core::ErrorKind;
use onay_guard::RedisStore;

use crate::redis_server::{KEEPS_NOTHING, RedisServer};
use crate::support::seconds;

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
    let Some(server) = RedisServer::start(&KEEPS_NOTHING) else {
        return;
    };
    server.ask(&["config", "set", "maxmemory-policy", "allkeys-lru"]);
    server.store().await;
    server.ask(&["config", "set", "maxmemory", "100mb"]);
    let error = server.builder().connect().await.expect_err("refused");
    let subject = error.subject().map(|subject| subject.name());
    assert_eq!(subject, Some("maxmemory_policy"));
}

#[tokio::test]
async fn a_redis_that_may_not_be_asked_is_warned_of_and_one_that_fails_is_refused() {
    let Some(server) = RedisServer::start(&KEEPS_NOTHING) else {
        return;
    };
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

/// This test's own program, where there is no redis-server.
#[test]
fn a_test_without_a_server_says_so_and_fails_under_ci() {
    let run = |ci: Option<&str>| {
        let mut command = Command::new(std::env::current_exe().expect("a program"));
        command
            .args([
                "--exact",
                "redis_settings::a_redis_that_may_drop_slots_is_refused",
            ])
            .env("PATH", "")
            .env_remove("CI");
        if let Some(ci) = ci {
            command.env("CI", ci);
        }
        command.output().expect("a run")
    };
    let skipped = run(None);
    let said = String::from_utf8_lossy(&skipped.stderr);
    assert!(skipped.status.success(), "{said}");
    assert!(said.contains("SKIPPED"), "{said}");
    assert!(!run(Some("true")).status.success());
}
