//! What Redis forgot is noticed: by whoever saw that it was there.

use std::time::Duration;

use onay_core::{ErrorKind, OtpSender};

use crate::redis::{guard, press, until_it_answers};
use crate::redis_server::{KEEPS_NOTHING, RedisServer};
use crate::support::{challenge, held};

#[tokio::test]
async fn one_that_never_asked_notices_too() {
    let Some(mut server) = RedisServer::start(&KEEPS_NOTHING) else {
        return;
    };
    let (asked, _) = guard(server.store().await);
    let (idle, provider) = guard(server.store().await);
    press(&asked).await.expect("sent");
    server.kill();
    server.start_again();
    held(until_it_answers(&idle).await, ErrorKind::TooSoon);
    assert_eq!(provider.calls().len(), 0);
}

#[tokio::test]
async fn a_redis_that_forgot_the_last_writes_is_noticed_and_the_hold_ends() {
    let Some(mut server) = RedisServer::start(&KEEPS_NOTHING) else {
        return;
    };
    let hold = Duration::from_millis(1500);
    let store = server.builder().hold_after_loss(hold).connect().await;
    let (guarded, provider) = guard(store.expect("a store"));
    let other = challenge("b", "0555 000 00 43");
    guarded.send_otp(&other).await.expect("sent");
    // A snapshot, and a message that is not in it. The data set is older than the hold.
    server.ask(&["save"]);
    tokio::time::sleep(hold).await;
    press(&guarded).await.expect("sent");
    server.kill();
    server.start_again();
    let wait = held(until_it_answers(&guarded).await, ErrorKind::TooSoon);
    assert!(wait <= hold, "{wait:?}");
    // One that knows only the snapshot is held too.
    let store = server.builder().hold_after_loss(hold).connect().await;
    let (newcomer, _) = guard(store.expect("a store"));
    held(press(&newcomer).await, ErrorKind::TooSoon);
    assert_eq!(provider.calls().len(), 2);
    tokio::time::sleep(wait).await;
    press(&guarded).await.expect("sent");
    // What the snapshot held is still there.
    held(guarded.send_otp(&other).await, ErrorKind::TooSoon);
}
