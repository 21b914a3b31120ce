//! Cookies, compression, size, idle connections: each rule on a real socket.

use std::time::Duration;

use onay_core::ErrorKind;
use onay_testkit::{Behaviour, SocketServer};

use crate::support::{builder, call};

fn answer(head: &str, body: &[u8]) -> Behaviour {
    let head = format!("HTTP/1.1 {head}\r\ncontent-length: {}\r\n\r\n", body.len());
    Behaviour::Answer([head.as_bytes(), body].concat())
}

#[tokio::test]
async fn cookies_are_not_kept() {
    let server = SocketServer::start(answer("200 OK\r\nset-cookie: a=b; Path=/", b"{}")).await;
    let client = builder().build().expect("a client");
    for _ in 0..2 {
        call(&client, &server.url()).await.expect("answered");
    }
    for request in server.requests() {
        assert_eq!(request.header("cookie"), None);
    }
}

#[tokio::test]
async fn compression_is_neither_asked_for_nor_undone() {
    for encoding in ["gzip", "br", "deflate", "zstd"] {
        let head = format!("200 OK\r\ncontent-encoding: {encoding}");
        let server = SocketServer::start(answer(&head, b"as it came")).await;
        let client = builder().build().expect("a client");
        let body = call(&client, &server.url()).await.expect("answered");
        assert_eq!(body, b"as it came", "{encoding}");
        assert_eq!(server.requests()[0].header("accept-encoding"), None);
    }
}

#[tokio::test]
async fn an_answer_is_taken_up_to_the_limit() {
    for (bytes, whole) in [(4096, true), (4097, false)] {
        let body = vec![b' '; bytes];
        let server = SocketServer::start(answer("200 OK", &body)).await;
        let client = builder()
            .max_response_bytes(4096)
            .build()
            .expect("a client");
        match call(&client, &server.url()).await {
            Ok(body) => assert!(whole && body.len() == bytes),
            Err(error) => {
                assert!(!whole, "{error}");
                assert_eq!(error.kind(), ErrorKind::Unreadable);
                assert_eq!(error.http_status(), Some(200));
            }
        }
    }
}

#[tokio::test]
async fn a_connection_is_used_again_and_let_go() {
    let server = SocketServer::start(Behaviour::json("{}")).await;
    let idle = Duration::from_millis(200);
    let client = builder().idle_timeout(idle).build().expect("a client");
    for _ in 0..3 {
        let clone = client.clone();
        call(&clone, &server.url()).await.expect("answered");
    }
    assert_eq!(server.connections(), 1, "calls in a row share a connection");
    tokio::time::sleep(idle * 2).await;
    call(&client, &server.url()).await.expect("answered");
    assert_eq!(server.connections(), 2, "an old connection is not trusted");
}
