//! Proxies: never from the environment, always from the caller.

use onay_http::reqwest::Proxy;
use onay_testkit::{Behaviour, SocketServer};

use crate::support::{builder, call, must_pass, once_more, to_hand_in};

/// Tells the child process which server to call, and by which way to build the client.
const TARGET: &str = "ONAY_TEST_PROXY_TARGET";
const HANDED_IN: &str = "ONAY_TEST_PROXY_HANDED_IN";

/// The environment of a running test cannot be changed safely, so this test runs itself again as a
/// child with proxies in its environment.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_environment_names_no_proxy() {
    if let Ok(target) = std::env::var(TARGET) {
        let builder = builder();
        let builder = match std::env::var(HANDED_IN) {
            Ok(_) => builder.reqwest(to_hand_in()),
            Err(_) => builder,
        };
        let client = builder.build().expect("a client");
        call(&client, &target).await.expect("answered");
        return;
    }
    for handed_in in [false, true] {
        let target = SocketServer::start(Behaviour::json("{}")).await;
        let proxy = SocketServer::start(Behaviour::json("{}")).await;
        let mut child = once_more("proxies::the_environment_names_no_proxy");
        child.env(TARGET, target.url());
        for name in [
            "HTTP_PROXY",
            "http_proxy",
            "ALL_PROXY",
            "all_proxy",
            "HTTPS_PROXY",
        ] {
            child.env(name, proxy.url());
        }
        child
            .env_remove("NO_PROXY")
            .env_remove("no_proxy")
            .env_remove("REQUEST_METHOD");
        if handed_in {
            child.env(HANDED_IN, "1");
        }
        must_pass(child).await;
        assert_eq!(proxy.connections(), 0, "handed in: {handed_in}");
        assert_eq!(target.requests().len(), 1, "handed in: {handed_in}");
    }
}

#[tokio::test]
async fn a_proxy_that_the_caller_hands_in_is_used() {
    let proxy = SocketServer::start(Behaviour::json("{}")).await;
    let handed_in = to_hand_in().proxy(Proxy::http(proxy.url()).expect("a proxy"));
    let client = builder().reqwest(handed_in).build().expect("a client");
    call(&client, "http://127.0.0.1:9").await.expect("answered");
    assert_eq!(
        proxy.requests()[0].line,
        "POST http://127.0.0.1:9/send HTTP/1.1"
    );
}
