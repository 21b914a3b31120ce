//! A connection that breaks refuses no customer, and nothing is sent on an old no.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::SeqCst;
use std::thread;
use std::time::Duration;

use onay_core::{ErrorKind, OtpSender};
use onay_guard::{FailMode, RedisStore};

use crate::redis::{guard, press};
use crate::redis_server::{KEEPS_ALL, RedisServer, any_redis};
use crate::support::{Provider, builder, challenge, held};

#[tokio::test]
async fn a_refusal_of_long_ago_sends_nothing_once_redis_is_back() {
    let Some(mut server) = RedisServer::start(&KEEPS_ALL) else {
        return;
    };
    let provider = Provider::default();
    let guarded = builder(provider.clone(), server.store().await)
        .fail_mode(FailMode::Open)
        .build()
        .expect("a guard");
    let (one, other) = (
        challenge("a", "0555 000 00 42"),
        challenge("b", "0555 000 00 43"),
    );
    guarded.send_otp(&one).await.expect("sent");
    server.kill();
    // The connection broke, and the answer with it: that is no clear absence. The next one is.
    let _ = guarded.send_otp(&other).await;
    guarded.send_otp(&other).await.expect("sent");
    let calls = provider.calls();
    // The attempt to connect that this began fails too, and is what the store remembers.
    tokio::time::sleep(Duration::from_millis(100)).await;
    server.start_again();
    held(guarded.send_otp(&one).await, ErrorKind::TooSoon);
    assert_eq!(provider.calls(), calls);
}

#[tokio::test]
async fn a_decision_whose_answer_was_lost_is_asked_for_again_and_counted_once() {
    let Some(server) = any_redis() else { return };
    let line = Line::to(&server.url());
    let store = RedisStore::builder(&line.url).connect().await;
    let (guarded, provider) = guard(store.expect("a store"));
    // The scripts are loaded; the next answer is the decision's.
    let other = challenge("b", "0555 000 00 43");
    guarded.send_otp(&other).await.expect("sent");
    line.cuts.store(true, SeqCst);
    press(&guarded).await.expect("sent");
    assert!(!line.cuts.load(SeqCst), "nothing was cut");
    assert_eq!(provider.calls(), 2);
    for key in server.ask(&["keys", "*:count:*"]).lines() {
        assert_eq!(server.ask(&["zcard", key]).trim(), "1", "{key}");
    }
    held(press(&guarded).await, ErrorKind::TooSoon);
}

/// A line to a server that can be cut instead of bringing the next answer.
struct Line {
    url: String,
    cuts: Arc<AtomicBool>,
}

impl Line {
    fn to(url: &str) -> Self {
        let server = url.trim_start_matches("redis://").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let here = listener.local_addr().expect("an address");
        let cuts = Arc::new(AtomicBool::new(false));
        let cuts_here = Arc::clone(&cuts);
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let there = TcpStream::connect(&server).expect("a server");
                let (client_2, there_2) = (client.try_clone(), there.try_clone());
                let cuts = Arc::clone(&cuts_here);
                thread::spawn(move || pass(client, there, || false));
                let (client, there) = (client_2.expect("a line"), there_2.expect("a line"));
                thread::spawn(move || pass(there, client, || cuts.swap(false, SeqCst)));
            }
        });
        let url = format!("redis://{here}");
        Self { url, cuts }
    }
}

fn pass(mut from: TcpStream, mut to: TcpStream, is_cut: impl Fn() -> bool) {
    let mut some = [0; 4096];
    while let Ok(length) = from.read(&mut some) {
        if length == 0 || is_cut() || to.write_all(&some[..length]).is_err() {
            break;
        }
    }
    let _ = from.shutdown(Shutdown::Both);
    let _ = to.shutdown(Shutdown::Both);
}
