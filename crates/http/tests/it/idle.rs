//! Idle connections: kept for a moment, then let go before the server does.

use std::time::Duration;

use onay_testkit::{Behaviour, SocketServer};

use crate::support::{builder, call};

#[tokio::test]
async fn a_connection_is_used_again_and_let_go() {
    let server = SocketServer::start(Behaviour::json("{}")).await;
    let idle = Duration::from_millis(200);
    let client = builder().idle_timeout(idle).build().expect("a client");
    for _ in 0..3 {
        call(&client, &server.url()).await.expect("answered");
    }
    assert_eq!(server.connections(), 1, "calls in a row share a connection");
    tokio::time::sleep(idle * 2).await;
    call(&client, &server.url()).await.expect("answered");
    assert_eq!(server.connections(), 2, "an old connection is not trusted");
}

#[tokio::test]
async fn clones_share_connections() {
    let server = SocketServer::start(Behaviour::json("{}")).await;
    let client = builder().build().expect("a client");
    call(&client, &server.url()).await.expect("answered");
    call(&client.clone(), &server.url())
        .await
        .expect("answered");
    assert_eq!(server.connections(), 1);
}
