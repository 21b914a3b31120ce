//! The store in a real Redis: its promises, and what Redis can do to it.

use std::time::Duration;

use onay_core::{Dispatch, Error, ErrorKind, OtpSender};
use onay_guard::{Decision, Guarded, Key, RedisStore, Request, Reservation, Store};

use crate::redis_server::any_redis;
use crate::support::{Provider, builder, challenge, seconds};

pub(crate) const PHONE: &str = "0555 000 00 42";

pub(crate) fn guard(store: RedisStore) -> (Guarded<Provider, RedisStore>, Provider) {
    let provider = Provider::default();
    let guarded = builder(provider.clone(), store).limit(5, seconds(3600));
    (guarded.build().expect("a guard"), provider)
}

pub(crate) async fn press(guarded: &Guarded<Provider, RedisStore>) -> Result<(), Error> {
    guarded.send_otp(&challenge("a", PHONE)).await.map(drop)
}

/// Nothing went out, and the store is why.
#[track_caller]
fn refused(answer: Result<(), Error>) {
    let error = answer.expect_err("refused");
    assert_eq!(error.kind(), ErrorKind::Unreachable);
    assert_eq!(error.dispatch(), Dispatch::NotSent);
    assert!(std::error::Error::source(&error).is_some());
}

#[cfg(feature = "testing")]
#[tokio::test(flavor = "multi_thread")]
async fn it_keeps_every_promise() {
    let Some(server) = any_redis() else { return };
    let store = std::sync::Arc::new(server.store().await);
    onay_guard::store_conformance::assert(store.clone()).await;
    onay_guard::store_conformance::assert_records(store).await;
}

#[tokio::test]
async fn nothing_personal_is_stored_and_every_key_lies_in_one_slot_of_a_cluster() {
    let Some(server) = any_redis() else { return };
    let (guarded, _) = guard(
        server
            .builder()
            .prefix("shop")
            .connect()
            .await
            .expect("a store"),
    );
    press(&guarded.clone()).await.expect("sent");
    let other = challenge("b", "0555 000 00 43").for_caller("203.0.113.7");
    guarded.send_otp(&other).await.expect("sent");
    let keys = server.ask(&["keys", "*"]);
    assert_eq!(keys.lines().count(), 5, "{keys}");
    assert!(keys.lines().all(|key| key.starts_with("{shop}:")), "{keys}");
    for (key, lasts) in keys.lines().map(|key| (key, server.ask(&["ttl", key]))) {
        // What is about a person leaves by itself.
        let stays = lasts.trim() == "-1";
        assert_eq!(stays, key == "{shop}:epoch", "{key}: {lasts}");
    }
    assert!(!keys.contains("555") || !keys.contains("0000042"), "{keys}");
}

#[tokio::test]
async fn after_a_stall_the_customer_is_served_on_another_machine_too() {
    let Some(server) = any_redis() else { return };
    let short = server.builder().timeout(Duration::from_millis(200));
    let (guarded, provider) = guard(short.connect().await.expect("a store"));
    let (elsewhere, _) = guard(server.store().await);
    press(&elsewhere).await.expect("sent");
    // Another customer, whose first press meets the stall.
    let other = challenge("b", "0555 000 00 43");
    server.signal("STOP");
    refused(guarded.send_otp(&other).await.map(drop));
    // And one whose page was closed meanwhile.
    let third = challenge("c", "0555 000 00 44");
    tokio::select! {
        _ = guarded.send_otp(&third) => panic!("the server stalls"),
        () = tokio::time::sleep(Duration::from_millis(50)) => {}
    }
    tokio::time::sleep(seconds(2)).await;
    server.signal("CONT");
    tokio::time::sleep(seconds(2)).await;
    elsewhere.send_otp(&other).await.expect("sent");
    elsewhere.send_otp(&third).await.expect("sent");
    assert_eq!(provider.calls(), 0);
}

#[tokio::test]
async fn a_redis_without_room_a_replica_and_a_strange_value_send_nothing() {
    let Some(server) = any_redis() else { return };
    let (guarded, provider) = guard(server.store().await);
    server.ask(&["config", "set", "maxmemory", "1"]);
    refused(press(&guarded).await);
    server.ask(&["config", "set", "maxmemory", "0"]);
    server.ask(&["replicaof", "127.0.0.1", "1"]);
    refused(press(&guarded).await);
    server.ask(&["replicaof", "no", "one"]);
    // The scripts are loaded anew where Redis lost them.
    server.ask(&["script", "flush"]);
    press(&guarded).await.expect("sent");
    assert_eq!(provider.calls(), 1);

    let store = server.store().await;
    let key = Key::new([3; 16]);
    server.ask(&["set", &format!("{{onay-guard}}:slot:{key}"), "by hand"]);
    let request = Request::new(key, Reservation::new(7), seconds(60));
    let error = store.reserve(&request).await.expect_err("no decision");
    assert!(!error.is_unavailable());
    server.ask(&["expire", &format!("{{onay-guard}}:slot:{key}"), "9"]);
    let decision = store.reserve(&request).await.expect("a decision");
    assert!(matches!(decision, Decision::Held { .. }), "{decision:?}");
}

#[tokio::test]
async fn a_message_costs_two_round_trips() {
    let Some(server) = any_redis() else { return };
    let (guarded, _) = guard(server.store().await);
    let send = async |number: u32| {
        let challenge = challenge("a", &format!("0555 000 0{number:03}"));
        guarded.send_otp(&challenge).await.expect("sent");
    };
    // The first one loads the scripts.
    send(0).await;
    server.ask(&["config", "resetstat"]);
    for number in 1..=100 {
        send(number).await;
    }
    let statistics = server.ask(&["info", "commandstats"]);
    assert!(
        statistics.contains("cmdstat_evalsha:calls=200,"),
        "{statistics}"
    );
    for more in [
        "cmdstat_eval:",
        "cmdstat_script",
        "cmdstat_ping",
        "cmdstat_watch",
    ] {
        assert!(!statistics.contains(more), "{statistics}");
    }
}
