//! A callback that comes again ships once.

use std::time::Duration;

use onay_core::{ErrorKind, async_trait};
use onay_guard::{
    Decision, MemoryStore, PaymentBook, Receipt, Request, Settlement, Store, StoreError,
};

use crate::support::{Clock, Fate, gone, seconds, whole};

fn is_first<S>(receipt: &Receipt<'_, S>) -> bool {
    matches!(receipt, Receipt::First(_))
}

#[tokio::test]
async fn one_does_the_work_and_the_others_are_told_how_far_it_is() {
    let clock = Clock::default();
    let store = clock.store();
    let book = PaymentBook::new(store.clone(), "paytr");
    let elsewhere = PaymentBook::new(store.clone(), "paytr");
    let Ok(Receipt::First(entry)) = book.receive("order-1").await else {
        panic!("it is new");
    };
    let Ok(Receipt::InProgress(wait)) = elsewhere.receive("order-1").await else {
        panic!("it is being dealt with");
    };
    assert_eq!(whole(wait.remaining_now()), seconds(60));
    let other = elsewhere.receive("order-2").await.expect("an answer");
    assert!(is_first(&other), "{other:?}");
    let foreign = PaymentBook::new(store, "another shop");
    assert!(is_first(
        &foreign.receive("order-1").await.expect("an answer")
    ));
    entry.done().await.expect("written");
    for days in [0, 1, 28] {
        clock.advance(seconds(days * 24 * 3600));
        let again = elsewhere.receive("order-1").await.expect("an answer");
        assert!(matches!(again, Receipt::Done), "{again:?}");
    }
}

/// A store in which every slot is taken for this long.
#[derive(Debug)]
struct Holds(Duration);

#[async_trait]
impl Store for Holds {
    async fn reserve(&self, _: &Request<'_>) -> Result<Decision, StoreError> {
        let retry_after = self.0;
        Ok(Decision::Held { retry_after })
    }

    async fn settle(&self, _: &Settlement<'_>) -> Result<(), StoreError> {
        Ok(())
    }
}

/// A payment that counts as done is answered with `OK` and never told again.
#[tokio::test]
async fn nothing_is_done_that_is_only_held() {
    // A lease as Redis rounds it, a longer one of another machine, and the longest hold after a loss.
    let undone = [60_001, 300_000, 3_600_001, 86_400_000].map(Duration::from_millis);
    for held in undone {
        let book = PaymentBook::new(Holds(held), "paytr");
        let receipt = book.receive("order-1").await.expect("an answer");
        assert!(
            matches!(receipt, Receipt::InProgress(_)),
            "{held:?}: {receipt:?}"
        );
    }
    let book = PaymentBook::new(Holds(seconds(29 * 24 * 3600)), "paytr");
    let receipt = book.receive("order-1").await.expect("an answer");
    assert!(matches!(receipt, Receipt::Done), "{receipt:?}");
}

#[tokio::test]
async fn work_that_failed_or_died_comes_again() {
    let clock = Clock::default();
    let book = PaymentBook::new(clock.store(), "paytr").with_lease(seconds(10));
    let Ok(Receipt::First(entry)) = book.receive("order-1").await else {
        panic!("it is new");
    };
    entry.release().await.expect("written");
    let Ok(Receipt::First(entry)) = book.receive("order-1").await else {
        panic!("it is new again");
    };
    drop(entry);
    clock.advance(seconds(9));
    let early = book.receive("order-1").await.expect("an answer");
    assert!(matches!(early, Receipt::InProgress(_)), "{early:?}");
    clock.advance(seconds(1));
    assert!(is_first(&book.receive("order-1").await.expect("an answer")));
}

#[cfg(feature = "redis")]
#[tokio::test]
async fn after_a_restart_of_everything_a_repeat_is_done() {
    use crate::redis_server::{KEEPS_ALL, RedisServer};
    let Some(mut server) = RedisServer::start(&KEEPS_ALL) else {
        return;
    };
    let book = PaymentBook::new(server.store().await, "paytr");
    let Ok(Receipt::First(entry)) = book.receive("order-1").await else {
        panic!("it is new");
    };
    entry.done().await.expect("written");
    server.kill();
    server.start_again();
    let book = PaymentBook::new(server.store().await, "paytr");
    let again = book.receive("order-1").await.expect("an answer");
    assert!(matches!(again, Receipt::Done), "{again:?}");
}

#[tokio::test]
async fn without_its_store_a_scope_or_an_id_it_says_so() {
    let gone = PaymentBook::new(gone(Fate::Unavailable), "paytr");
    let error = gone.receive("order-1").await.expect_err("refused");
    assert_eq!(error.kind(), ErrorKind::Unreachable);
    for (scope, id, kind) in [
        ("", "order-1", ErrorKind::Config),
        ("paytr", "", ErrorKind::InvalidInput),
    ] {
        let book = PaymentBook::new(MemoryStore::new(), scope);
        let error = book.receive(id).await.expect_err("refused");
        assert_eq!(error.kind(), kind);
    }
}
