//! Starting and stopping.

use std::error::Error;
use std::net::SocketAddr;
use std::time::Duration;

use onay_sandbox::{Sandbox, SandboxError};
use tokio::time::Instant;

use crate::support::{Caller, NUMBER, Response, paynet};

/// A sandbox that can be told from one that takes its port afterwards.
async fn marked_sandbox() -> (Sandbox, Caller) {
    let (sandbox, caller) = paynet().await;
    caller.send("s", "5550009999").await;
    (sandbox, caller)
}

/// Whether the marked sandbox still takes calls.
async fn serves(caller: &Caller) -> bool {
    match caller.get("/api/v1/messages?to=5550009999").send().await {
        Ok(answer) => answer
            .text()
            .await
            .expect("an answer")
            .contains("+905550009999"),
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
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let address = sandbox.local_addr();
    assert!(address.ip().is_loopback() && address.port() != 0);
    assert_eq!(sandbox.url(), format!("http://{address}"));
    assert_eq!(sandbox.paynet_url(), format!("http://{address}/paynet"));
    assert_eq!(sandbox.paywall_url(), format!("http://{address}/paywall"));
    assert_eq!(sandbox.paytr_url(), format!("http://{address}/paytr"));
    assert_eq!(sandbox.inbox_url(), format!("http://{address}/"));
    assert_eq!(
        serde_json::to_string(&sandbox.addresses()).expect("JSON"),
        format!(
            r#"{{"listen":"http://{address}","paynet":"http://{address}/paynet","paywall":"http://{address}/paywall","paytr":"http://{address}/paytr","inbox":"http://{address}/"}}"#
        )
    );
}

#[tokio::test]
async fn who_listens_on_all_addresses_is_named_by_loopback() {
    for (all, loopback) in [("0.0.0.0:0", "127.0.0.1"), ("[::]:0", "[::1]")] {
        let all: SocketAddr = all.parse().expect("an address");
        let Ok(sandbox) = Sandbox::builder().listen(all).start().await else {
            assert!(all.is_ipv6(), "only IPv6 can be missing");
            continue;
        };
        assert_eq!(sandbox.local_addr().ip(), all.ip());
        let url = format!("http://{loopback}:{}", sandbox.local_addr().port());
        assert_eq!(sandbox.url(), url);
        assert_eq!(sandbox.paynet_url(), format!("{url}/paynet"));
        assert_eq!(sandbox.paywall_url(), format!("{url}/paywall"));
        assert_eq!(sandbox.inbox_url(), format!("{url}/"));
        assert_eq!(sandbox.addresses().listen, url);

        let caller = Caller::new(&sandbox);
        let page = Response::of(caller.get("/")).await;
        assert!(page.text.contains(&format!("curl {url}/paynet")));
        caller.send("s", NUMBER).await;
        assert_eq!(sandbox.messages().len(), 1);
    }
}

#[tokio::test]
async fn many_run_at_once() {
    let mut sandboxes = Vec::new();
    for _ in 0..50 {
        sandboxes.push(Sandbox::start().await.expect("a sandbox"));
    }
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
    tokio::time::pause();
    let started = Instant::now();
    sandbox.stop().await;
    // The caller's connection, which is kept alive, did not hold it up.
    assert_eq!(started.elapsed(), Duration::ZERO);
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
    let (sandbox, caller) = paynet().await;
    let waiting =
        tokio::spawn(async move { Response::of(caller.get("/api/v1/messages/wait")).await });
    tokio::time::sleep(Duration::from_millis(100)).await;
    sandbox.stop().await;
    let answer = waiting.await.expect("no panic");
    assert_eq!(answer.status, 503);
    assert_eq!(answer.json()["error"]["code"], "stopping");
}

#[tokio::test]
async fn a_port_that_is_taken_is_named() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let address = sandbox.local_addr();
    let error = Sandbox::builder()
        .listen(address)
        .start()
        .await
        .expect_err("refused");
    assert!(matches!(error, SandboxError::AddressTaken { .. }));
    assert!(
        error
            .to_string()
            .starts_with(&format!("{address} is taken"))
    );

    let elsewhere: SocketAddr = "192.0.2.1:0".parse().expect("an address");
    let error = Sandbox::builder()
        .listen(elsewhere)
        .start()
        .await
        .expect_err("refused");
    assert!(matches!(error, SandboxError::Listen { .. }));
    assert!(error.source().is_some());
}

#[tokio::test]
async fn debug_shows_the_address_alone() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    Caller::new(&sandbox).send("s", NUMBER).await;
    let debug = format!("{sandbox:?}");
    assert_eq!(
        debug,
        format!("Sandbox {{ address: {}, .. }}", sandbox.local_addr())
    );
}
