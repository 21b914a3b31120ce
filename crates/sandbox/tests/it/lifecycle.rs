//! Starting and stopping.

use std::error::Error;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use onay_sandbox::{Sandbox, SandboxError};
use serde_json::json;
use tokio::net::TcpStream;

use crate::support::{Answer, Caller, NUMBER};

/// A sandbox that can be told from one that takes its port afterwards.
async fn marked_sandbox() -> (Sandbox, Caller) {
    let sandbox = Sandbox::start().await.unwrap();
    let caller = Caller::new(&sandbox);
    caller.send("s", "5550009999").await;
    (sandbox, caller)
}

/// Whether the marked sandbox still takes calls.
async fn serves(caller: &Caller) -> bool {
    match caller.get("/api/v1/messages?to=5550009999").send().await {
        Ok(answer) => answer.text().await.unwrap().contains("+905550009999"),
        Err(_) => false,
    }
}

/// Whether the marked sandbox stops taking calls soon.
async fn ends(caller: &Caller) -> bool {
    for _ in 0..200 {
        if !serves(caller).await {
            return true;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    false
}

#[tokio::test]
async fn the_addresses_are_where_it_listens() {
    let sandbox = Sandbox::start().await.unwrap();
    let address = sandbox.local_addr();
    assert!(address.ip().is_loopback() && address.port() != 0);
    assert_eq!(sandbox.url(), format!("http://{address}"));
    assert_eq!(sandbox.paynet_url(), format!("http://{address}/paynet"));
    assert_eq!(sandbox.paywall_url(), format!("http://{address}/paywall"));
    assert_eq!(sandbox.inbox_url(), format!("http://{address}/"));
    assert_eq!(
        serde_json::to_string(&sandbox.addresses()).unwrap(),
        format!(
            r#"{{"listen":"http://{address}","paynet":"http://{address}/paynet","paywall":"http://{address}/paywall","inbox":"http://{address}/"}}"#
        )
    );
}

#[tokio::test]
async fn many_run_at_once() {
    let mut sandboxes = Vec::new();
    let started = Instant::now();
    for _ in 0..50 {
        sandboxes.push(Sandbox::start().await.unwrap());
    }
    let each = started.elapsed() / 50;
    assert!(each < Duration::from_millis(50), "{each:?} for each start");
    Caller::new(&sandboxes[0]).send("s", NUMBER).await;
    assert_eq!(sandboxes[0].messages().len(), 1);
    assert!(
        sandboxes[1..]
            .iter()
            .all(|sandbox| sandbox.messages().is_empty())
    );
}

#[tokio::test]
async fn stopping_closes_the_port() {
    let (sandbox, caller) = marked_sandbox().await;
    assert!(serves(&caller).await);
    let started = Instant::now();
    sandbox.stop().await;
    // The caller's connection, which is kept alive, did not hold it up.
    assert!(started.elapsed() < Duration::from_secs(1));
    assert!(!serves(&caller).await);
}

#[tokio::test]
async fn dropping_closes_the_port() {
    let (sandbox, caller) = marked_sandbox().await;
    drop(sandbox);
    assert!(ends(&caller).await);
}

#[tokio::test]
async fn stopping_answers_whoever_waits() {
    let sandbox = Sandbox::start().await.unwrap();
    let caller = Caller::new(&sandbox);
    let waiting =
        tokio::spawn(async move { Answer::of(caller.get("/api/v1/messages/wait")).await });
    tokio::time::sleep(Duration::from_millis(100)).await;
    sandbox.stop().await;
    let answer = waiting.await.unwrap();
    assert_eq!(answer.status, 503);
    assert_eq!(answer.json()["error"]["code"], "stopping");
}

#[tokio::test]
async fn a_client_that_hangs_does_not_keep_it_from_stopping() {
    let (sandbox, caller) = marked_sandbox().await;
    let hanging = TcpStream::connect(sandbox.local_addr()).await.unwrap();
    hanging.writable().await.unwrap();
    hanging
        .try_write(b"POST /paynet/v1/card/send_otp HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\n{")
        .unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    let started = Instant::now();
    sandbox.stop().await;
    assert!(started.elapsed() < Duration::from_secs(5));
    assert!(!serves(&caller).await);
}

#[tokio::test]
async fn a_port_that_is_taken_is_named() {
    let sandbox = Sandbox::start().await.unwrap();
    let address = sandbox.local_addr();
    let error = Sandbox::builder()
        .listen(address)
        .start()
        .await
        .unwrap_err();
    assert!(matches!(error, SandboxError::AddressTaken { .. }));
    assert!(
        error
            .to_string()
            .starts_with(&format!("{address} is taken"))
    );

    let elsewhere: SocketAddr = "192.0.2.1:0".parse().unwrap();
    let error = Sandbox::builder()
        .listen(elsewhere)
        .start()
        .await
        .unwrap_err();
    assert!(matches!(error, SandboxError::Listen { .. }));
    assert!(error.source().is_some());
}

#[tokio::test]
async fn debug_shows_the_address_alone() {
    let sandbox = Sandbox::start().await.unwrap();
    Caller::new(&sandbox).send("s", NUMBER).await;
    let debug = format!("{sandbox:?}");
    assert_eq!(
        debug,
        format!("Sandbox {{ address: {}, .. }}", sandbox.local_addr())
    );
}

#[tokio::test]
async fn a_half_open_world_is_no_obstacle_for_the_others() {
    let sandbox = Sandbox::start().await.unwrap();
    let mut idle = Vec::new();
    for _ in 0..100 {
        idle.push(TcpStream::connect(sandbox.local_addr()).await.unwrap());
    }
    assert_eq!(
        Caller::new(&sandbox).ask("/livez").await,
        json!({"status": "ok"})
    );
}
