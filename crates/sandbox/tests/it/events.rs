//! The stream of events: what each reader gets, and what happens to one that is too slow.

use std::time::Duration;

use onay_sandbox::{Fault, FaultRule, Sandbox};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::net::{TcpSocket, TcpStream};

use crate::support::{NUMBER, Response, paynet};

const LONG: Duration = Duration::from_secs(10);

/// A reader of the events.
struct Reader {
    head: String,
    lines: Lines<BufReader<TcpStream>>,
}

/// One event: its id, what it is and what it says.
#[derive(Debug, PartialEq)]
struct Event {
    id: u64,
    kind: String,
    data: Value,
}

impl Reader {
    /// Reads along from now on. Ready when this returns.
    async fn new(sandbox: &Sandbox) -> Self {
        Self::asking(sandbox, "", "").await
    }

    async fn asking(sandbox: &Sandbox, query: &str, headers: &str) -> Self {
        let stream = TcpStream::connect(sandbox.local_addr()).await;
        Self::over(stream.expect("a connection"), query, headers).await
    }

    /// A reader for whom the system keeps little.
    async fn with_little_room(sandbox: &Sandbox) -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.set_recv_buffer_size(4_096).expect("a size");
        let stream = socket.connect(sandbox.local_addr()).await;
        Self::over(stream.expect("a connection"), "", "").await
    }

    async fn over(mut stream: TcpStream, query: &str, headers: &str) -> Self {
        let call =
            format!("GET /api/v1/events{query} HTTP/1.1\r\nhost: localhost\r\n{headers}\r\n");
        stream.write_all(call.as_bytes()).await.expect("written");
        let mut reader = Self {
            head: String::new(),
            lines: BufReader::new(stream).lines(),
        };
        loop {
            match reader.line().await {
                Some(line) if line.starts_with("retry:") => return reader,
                Some(line) => reader.head += &format!("{line}\n"),
                None => panic!("no events: {}", reader.head),
            }
        }
    }

    async fn line(&mut self) -> Option<String> {
        let line = tokio::time::timeout(LONG, self.lines.next_line()).await;
        line.expect("something in time").ok().flatten()
    }

    async fn next(&mut self) -> Event {
        let (mut id, mut kind) = (0, String::new());
        loop {
            let line = self.line().await.expect("an event");
            match line.split_once(": ") {
                Some(("id", text)) => id = text.parse().expect("a number"),
                Some(("event", text)) => text.clone_into(&mut kind),
                Some(("data", text)) => {
                    let data = serde_json::from_str(text).expect("JSON");
                    return Event { id, kind, data };
                }
                _ => {}
            }
        }
    }

    async fn kinds(&mut self, count: usize) -> Vec<String> {
        let mut kinds = Vec::new();
        for _ in 0..count {
            kinds.push(self.next().await.kind);
        }
        kinds
    }

    async fn ends(mut self) -> bool {
        while let Some(_line) = self.line().await {}
        true
    }
}

#[tokio::test]
async fn everything_that_happens_is_told() {
    let (sandbox, caller) = paynet().await;
    let mut reader = Reader::new(&sandbox).await;
    assert!(
        reader.head.starts_with("HTTP/1.1 200 OK"),
        "{}",
        reader.head
    );
    assert!(reader.head.contains("content-type: text/event-stream\n"));
    assert!(reader.head.contains("cache-control: no-store\n"));

    caller.send("s", NUMBER).await;
    let message = reader.next().await;
    assert_eq!((message.id, message.kind.as_str()), (1, "message"));
    assert_eq!(message.data, caller.ask("/api/v1/messages/1").await);
    let call = reader.next().await;
    assert_eq!((call.id, call.kind.as_str()), (2, "journal"));
    assert_eq!(call.data, caller.ask("/api/v1/journal").await["calls"][0]);

    let told = |event: Event, kind: &str, place: &str, value: Value| {
        let data = event.data.pointer(place).cloned().unwrap_or_default();
        assert_eq!((event.kind.as_str(), data), (kind, value));
    };
    caller.send("s", "1").await;
    told(reader.next().await, "journal", "/outcome", json!("refused"));
    sandbox.advance(Duration::from_secs(60));
    told(reader.next().await, "clock", "/offset_seconds", json!(60));

    let once = FaultRule::new(Fault::Status(503)).times(1);
    sandbox.fault(once).expect("a rule");
    told(
        reader.next().await,
        "faults",
        "",
        json!({"rules": 1, "ids": [1]}),
    );
    caller.send("t", NUMBER).await;
    assert_eq!(reader.kinds(2).await, ["faults", "journal"]);
    sandbox.fault(Fault::Status(503)).expect("a rule");
    caller.send("t", NUMBER).await;
    // A rule that stays as it is, is no news.
    assert_eq!(reader.kinds(2).await, ["faults", "journal"]);

    for (list, kind) in [("messages", "cleared"), ("journal", "journal_cleared")] {
        Response::of(caller.delete(&format!("/api/v1/{list}"))).await;
        told(reader.next().await, kind, "", json!({"tenant": null}));
    }
    sandbox.reset();
    let reset = reader.next().await;
    assert_eq!(reset.id, 12);
    told(reset, "reset", "", json!({}));
}

#[tokio::test]
async fn who_comes_back_gets_what_was_missed() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let first = Reader::new(&sandbox).await;
    for _ in 0..5 {
        sandbox.reset();
    }
    drop(first);
    for (query, headers, ids) in [
        ("?after=3", "", vec![4, 5]),
        ("", "last-event-id: 4\r\n", vec![5]),
        ("?after=1", "last-event-id: 4\r\n", vec![5]),
    ] {
        let mut reader = Reader::asking(&sandbox, query, headers).await;
        for id in ids {
            let event = reader.next().await;
            assert_eq!(
                (event.id, event.kind.as_str()),
                (id, "reset"),
                "{query} {headers}"
            );
        }
    }
    for (query, headers) in [
        ("?after=6", ""),
        ("", "last-event-id: 77\r\n"),
        ("", "last-event-id: of another server\r\n"),
    ] {
        let mut reader = Reader::asking(&sandbox, query, headers).await;
        let event = reader.next().await;
        assert_eq!(
            (event.id, event.kind.as_str()),
            (5, "resync"),
            "{query} {headers}"
        );
    }
    let mut reader = Reader::asking(&sandbox, "?after=5", "").await;
    sandbox.reset();
    assert_eq!(reader.next().await.id, 6, "nothing was missed");
}

#[tokio::test]
async fn who_does_not_read_is_let_go_and_hurts_nobody() {
    let (sandbox, caller) = paynet().await;
    let deaf = Reader::with_little_room(&sandbox).await;
    let mut keen = Reader::new(&sandbox).await;
    // More than the system keeps for any reader, in portions that a keen reader keeps up with.
    for _ in 0..300 {
        for _ in 0..200 {
            sandbox.advance(Duration::from_secs(1));
        }
        keen.kinds(200).await;
    }
    caller.send("s", NUMBER).await;
    assert_eq!(keen.kinds(2).await, ["message", "journal"]);
    // What its socket held can still be read; then there is an end.
    let read = tokio::time::timeout(LONG, deaf.ends()).await;
    assert!(read.expect("an end"));
}

#[tokio::test]
async fn thirty_two_read_at_once_and_no_more() {
    let (sandbox, caller) = paynet().await;
    let mut readers = Vec::new();
    for _ in 0..32 {
        readers.push(Reader::new(&sandbox).await);
    }
    let refused = Response::of(caller.get("/api/v1/events")).await;
    assert_eq!(refused.status, 503);
    assert_eq!(refused.json()["error"]["code"], "too_many_readers");
    readers.pop();
    for _ in 0..200 {
        let answer = caller
            .get("/api/v1/events")
            .send()
            .await
            .expect("an answer");
        if answer.status() == 200 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the place of a reader who left is never free");
}

#[tokio::test]
async fn stopping_ends_the_events() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let reader = Reader::new(&sandbox).await;
    tokio::time::pause();
    let started = tokio::time::Instant::now();
    sandbox.stop().await;
    assert_eq!(
        started.elapsed(),
        Duration::ZERO,
        "no reader had to be waited for"
    );
    tokio::time::resume();
    assert!(reader.ends().await);
}

#[tokio::test]
async fn silence_is_broken_by_comments() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let started = tokio::time::Instant::now();
    let mut reader = Reader::new(&sandbox).await;
    tokio::time::pause();
    while reader.lines.next_line().await.expect("a line").as_deref() != Some(": still here") {}
    assert!(started.elapsed() >= Duration::from_secs(15));
}
