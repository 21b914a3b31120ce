//! The address of a Redis: what is wrong with it is told from a Redis that is away, and no part of it
//! shows.

use std::net::TcpListener;

use onay_core::{Dispatch, Error, ErrorKind};
use onay_guard::RedisStore;

use onay_testkit::printed;

use crate::redis_server::{RedisServer, any_redis, free_port};

/// Stands in every part of an address that a test writes down.
const CANARY: &str = "canary";

async fn refused(url: impl Into<String>) -> Error {
    let error = RedisStore::builder(url).connect().await;
    let error = error.expect_err("refused");
    assert_eq!(error.dispatch(), Dispatch::NotSent);
    let said = printed(&error);
    assert!(!said.contains(CANARY), "{said}");
    error
}

#[track_caller]
fn is_of_the_address(error: &Error) {
    let said = printed(error);
    assert_eq!(error.kind(), ErrorKind::Config, "{said}");
    assert_eq!(
        error.subject().map(|subject| subject.name()),
        Some("redis_url"),
        "{said}"
    );
}

#[track_caller]
fn is_away(error: &Error) {
    let said = printed(error);
    assert_eq!(error.kind(), ErrorKind::Unreachable, "{said}");
    assert!(said.contains("the guard's Redis"), "{said}");
}

#[tokio::test]
async fn a_redis_that_takes_no_connection_or_says_nothing_is_away() {
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port");
    let silent = silent.local_addr().expect("an address");
    // Taken and let go: no server listens there.
    let closed = free_port();
    for url in [
        format!("redis://:canary@{silent}"),
        format!("redis://canary:canary@127.0.0.1:{closed}/7"),
        "redis://:canary@canary.invalid".to_owned(),
        "unix:///nowhere/canary.sock?pass=canary".to_owned(),
    ] {
        is_away(&refused(url).await);
    }
}

#[tokio::test]
async fn what_a_server_does_not_accept_of_it_is_a_setting() {
    let Some(server) = any_redis() else { return };
    let host = server.url().replace("redis://", "");
    server.ask(&[
        "acl",
        "setuser",
        "canary-user",
        "on",
        ">canary-word",
        "+info",
    ]);
    for address in [
        // A password that is not wanted, one that is wrong, and no such database.
        ":canary@{host}",
        "canary-user:canary@{host}",
        "canary-user:canary@{host}/?protocol=3",
        "{host}/4321",
    ] {
        let url = format!("redis://{}", address.replace("{host}", &host));
        is_of_the_address(&refused(url).await);
    }
    server.ask(&["config", "set", "requirepass", "canary"]);
    is_of_the_address(&refused(server.url()).await);
}

#[tokio::test]
async fn a_server_that_quotes_what_it_was_sent_is_not_quoted() {
    let options = ["--appendonly", "no", "--rename-command", "HELLO", ""];
    let Some(server) = RedisServer::start(&options) else {
        return;
    };
    let host = server.url().replace("redis://", "");
    refused(format!("redis://canary-user:canary@{host}/?protocol=3")).await;
}
