//! Loads a sandbox for as long as it is told: 64 connections that send, and two that never read.
//!
//! `cargo build --release -p onay-cli && cargo run --release -p onay-sandbox --example load -- 60`

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a program to be watched, which fails loudly"
)]

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const CONNECTIONS: u64 = 64;
const REPORTS: u32 = 6;

#[derive(Debug, Default)]
struct Counts {
    sent: AtomicU64,
    failed: AtomicU64,
}

#[tokio::main]
async fn main() {
    let seconds = std::env::args().nth(1).and_then(|text| text.parse().ok());
    let whole = Duration::from_secs(seconds.unwrap_or(60));
    let (sandbox, address) = start();
    let counts = Arc::new(Counts::default());
    let begun = Instant::now();
    let end = begun + whole;
    let readers = [never_read(&address).await, never_read(&address).await];
    for connection in 0..CONNECTIONS {
        let (address, counts) = (address.clone(), Arc::clone(&counts));
        tokio::spawn(async move { send_until(end, connection, &address, &counts).await });
    }
    println!("seconds | sent | failed | resident kB");
    for _ in 0..REPORTS {
        tokio::time::sleep(whole / REPORTS).await;
        let (sent, failed) = (
            counts.sent.load(Ordering::Relaxed),
            counts.failed.load(Ordering::Relaxed),
        );
        let resident = resident(&sandbox.0).unwrap_or_else(|| "?".to_owned());
        println!(
            "{} | {sent} | {failed} | {resident}",
            begun.elapsed().as_secs()
        );
    }
    for mut reader in readers {
        let let_go = tokio::time::timeout(Duration::from_secs(5), drain(&mut reader)).await;
        println!("a reader that never read was let go: {}", let_go.is_ok());
    }
}

/// The server, stopped with this program.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        // It may have stopped by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The server that was built beside this program, in a process whose memory is its own.
fn start() -> (Server, String) {
    let here = std::env::current_exe().expect("a path");
    let program = here.with_file_name("..").join("onay");
    let mut server = Command::new(program)
        .args([
            "sandbox",
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--print-json",
        ])
        .stdout(Stdio::piped())
        .spawn()
        .expect("built beside this program");
    let stdout = server.stdout.take().expect("stdout");
    let mut line = String::new();
    BufReader::new(stdout).read_line(&mut line).expect("a line");
    let addresses: serde_json::Value = serde_json::from_str(&line).expect("addresses");
    let listening = addresses.get("listen").and_then(serde_json::Value::as_str);
    let listening = listening.and_then(|url| url.strip_prefix("http://"));
    (Server(server), listening.expect("an address").to_owned())
}

async fn send_until(end: Instant, connection: u64, address: &str, counts: &Counts) {
    let mut stream = TcpStream::connect(address).await.expect("connected");
    let mut number = connection;
    while Instant::now() < end {
        // Beyond the magic numbers, and each once in a while.
        let gsm = 5_551_000_000 + number % 8_000_000;
        number += CONNECTIONS;
        let body = format!(r#"{{"user_gsm":"{gsm}","otp_session_id":"load-{number}"}}"#);
        match send(&mut stream, address, &body).await {
            Some(true) => counts.sent.fetch_add(1, Ordering::Relaxed),
            Some(false) => counts.failed.fetch_add(1, Ordering::Relaxed),
            // The server ends with the time.
            None if Instant::now() >= end => return,
            None => {
                counts.failed.fetch_add(1, Ordering::Relaxed);
                stream = TcpStream::connect(address).await.expect("connected");
                continue;
            }
        };
    }
}

/// Whether the answer was a yes; nothing where the connection broke.
async fn send(stream: &mut TcpStream, address: &str, body: &str) -> Option<bool> {
    let request = format!(
        "POST /paynet/v1/card/send_otp HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\naccept: application/json\r\n\
         authorization: Basic sck_test_load\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.ok()?;
    let mut answer = Vec::new();
    // The body is one JSON object, and the last thing in it is its closing brace.
    while !answer.ends_with(b"}") {
        if stream.read_buf(&mut answer).await.ok()? == 0 {
            return None;
        }
    }
    let accepted = String::from_utf8_lossy(&answer).contains("\"code\":0");
    Some(accepted)
}

async fn never_read(address: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.expect("connected");
    let request = format!("GET /api/v1/events HTTP/1.1\r\nhost: {address}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("asked");
    stream
}

/// Ends when the connection does.
async fn drain(stream: &mut TcpStream) {
    let mut buffer = vec![0; 64 * 1024];
    while stream.read(&mut buffer).await.is_ok_and(|read| read > 0) {}
}

fn resident(server: &Child) -> Option<String> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.id())).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS"))?;
    Some(line.split_whitespace().nth(1)?.to_owned())
}
