//! Waiting for a message, over HTTP and in the library.

use std::time::{Duration, Instant};

use onay_sandbox::{MessageFilter, Provider, SandboxError};

use crate::support::{NUMBER, Response, paynet};

const LONG: Duration = Duration::from_secs(20);

/// Long enough for a request to arrive and wait.
async fn a_moment() {
    tokio::time::sleep(Duration::from_millis(100)).await;
}

#[tokio::test]
async fn a_message_that_is_there_answers_at_once() {
    let (_sandbox, caller) = paynet().await;
    for session in ["1", "2", "3"] {
        caller.send(session, NUMBER).await;
    }
    caller.send("4", "5550000043").await;

    let newest = caller
        .ask("/api/v1/messages/wait?to=0555 000 00 42&provider=paynet")
        .await;
    assert_eq!(newest["id"], 3);
    assert_eq!(newest, caller.ask("/api/v1/messages/3").await);
    for (after, expected) in [(0, 1), (1, 2), (2, 3)] {
        let next = caller
            .ask(&format!(
                "/api/v1/messages/wait?to=5550000042&after={after}"
            ))
            .await;
        assert_eq!(next["id"], expected);
    }
}

#[tokio::test]
async fn a_message_that_comes_ends_the_wait() {
    let (_sandbox, caller) = paynet().await;
    let waiting = tokio::spawn({
        let caller = caller.clone();
        async move {
            caller
                .ask("/api/v1/messages/wait?to=5550000042&timeout_ms=20000")
                .await
        }
    });
    a_moment().await;
    caller.send("1", "5550000043").await;
    a_moment().await;
    assert!(
        !waiting.is_finished(),
        "another number's message is not meant"
    );
    caller.send("2", NUMBER).await;
    assert_eq!(waiting.await.expect("no panic")["id"], 2);
}

#[tokio::test]
async fn after_means_newer() {
    let (_sandbox, caller) = paynet().await;
    caller.send("1", NUMBER).await;
    let waiting = tokio::spawn({
        let caller = caller.clone();
        async move { caller.ask("/api/v1/messages/wait?after=1").await }
    });
    a_moment().await;
    assert!(!waiting.is_finished());
    caller.send("2", NUMBER).await;
    caller.send("3", NUMBER).await;
    assert_eq!(waiting.await.expect("no panic")["id"], 2);
}

#[tokio::test]
async fn nothing_in_time_is_408() {
    let (_sandbox, caller) = paynet().await;
    caller.send("1", NUMBER).await;
    for query in [
        "timeout_ms=50&after=1",
        "timeout_ms=0&to=5550000043",
        "timeout_ms=50&tenant=nobody",
    ] {
        let started = Instant::now();
        let nothing = Response::of(caller.get(&format!("/api/v1/messages/wait?{query}"))).await;
        assert_eq!(nothing.status, 408, "{query}");
        assert_eq!(nothing.json()["error"]["code"], "no_message");
        assert!(started.elapsed() < LONG);
    }
}

#[tokio::test]
async fn the_library_waits_too() {
    let (sandbox, caller) = paynet().await;
    let (message, _) = tokio::join!(
        sandbox.wait_for_message("+90 555 000 00 42", LONG),
        caller.send("1", NUMBER)
    );
    assert_eq!(message.expect("a message").id(), 1);

    let next = MessageFilter::new().provider(Provider::PAYNET).after(1);
    let nothing = sandbox.wait_for(&next, Duration::from_millis(20)).await;
    assert!(matches!(
        nothing,
        Err(SandboxError::NoMessage { waited }) if waited == Duration::from_millis(20)
    ));
    caller.send("2", NUMBER).await;
    assert_eq!(
        sandbox.wait_for(&next, LONG).await.expect("a message").id(),
        2
    );

    let landline = sandbox.wait_for_message("0212 000 00 42", LONG).await;
    assert!(matches!(landline, Err(SandboxError::NotANumber)));
}
