//! Every client makes the call that its row claims: the server answers nothing else, and counts.

#![expect(clippy::expect_used, reason = "tests fail by panicking")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_onay-bench");
const CALLS: [&str; 3] = ["send_otp", "resend", "notify"];

struct Server {
    process: Child,
    address: String,
}

impl Server {
    fn start() -> Self {
        let mut process = Command::new(PROGRAM)
            .arg("serve")
            .stdout(Stdio::piped())
            .spawn()
            .expect("a server");
        let mut address = String::new();
        let stdout = process.stdout.take().expect("its output");
        BufReader::new(stdout)
            .read_line(&mut address)
            .expect("an address");
        let address = address.trim().to_owned();
        Self { process, address }
    }

    /// How many calls it has answered with a success.
    fn served(&self) -> usize {
        let address = self.address.strip_prefix("http://").expect("http");
        let mut stream = TcpStream::connect(address).expect("a connection");
        let request = "GET /served HTTP/1.1\r\nhost: bench\r\nconnection: close\r\n\r\n";
        stream.write_all(request.as_bytes()).expect("asked");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("answered");
        let body = answer.split("\r\n\r\n").nth(1).expect("a body");
        body.parse().expect("a number")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().expect("ended");
        self.process.wait().expect("gone");
    }
}

/// Has it call 3 times alone and 8 times in a crowd.
fn makes_its_calls(server: &Server, command: &mut Command) {
    let before = server.served();
    let output = command.args(["1x3", "4x8"]).output().expect("run");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {said}");
    assert_eq!(server.served() - before, 11, "{command:?}");
    let lines = String::from_utf8(output.stdout).expect("text");
    let calls: Vec<&str> = lines
        .lines()
        .filter(|line| line.contains("\"cpu_ns\""))
        .collect();
    assert_eq!(calls.len(), 2, "{lines}");
}

#[test]
fn every_rust_client_makes_every_call() {
    let server = Server::start();
    for way in ["onay", "by_hand", "bare", "hyper"] {
        for call in CALLS {
            let mut command = Command::new(PROGRAM);
            makes_its_calls(&server, command.args(["call", way, call, &server.address]));
        }
    }
}

#[test]
fn a_call_that_is_refused_is_a_failure() {
    let server = Server::start();
    for way in ["onay", "by_hand", "bare", "hyper"] {
        for call in CALLS {
            // A path that no provider has.
            let elsewhere = format!("{}/elsewhere", server.address);
            let output = Command::new(PROGRAM)
                .args(["call", way, call, &elsewhere, "1x1"])
                .output()
                .expect("run");
            assert!(!output.status.success(), "{way} {call}");
        }
    }
    assert_eq!(server.served(), 0);
}

#[test]
#[expect(clippy::print_stderr, reason = "what is skipped is said")]
fn every_installed_client_of_another_language_makes_its_call() {
    let server = Server::start();
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let installed = crate_folder.join("../../target/bench/installed");
    let scripts = crate_folder.join("foreign");
    for (client, runs) in [
        ("undici", "node"),
        ("axios", "node"),
        ("httpx", "python"),
        ("requests", "python"),
    ] {
        let (program, folder, script) = match runs {
            "node" => (PathBuf::from("node"), installed.join("node"), "client.mjs"),
            _ => (
                installed.join("python/bin/python3"),
                installed.join("python"),
                "client.py",
            ),
        };
        if !folder.join("pyvenv.cfg").exists() && !folder.join("node_modules").join(client).exists()
        {
            eprintln!("SKIPPED: {client} is not installed; `cargo xtask bench` installs it");
            continue;
        }
        let mut command = Command::new(program);
        command.current_dir(&folder).arg(scripts.join(script));
        makes_its_calls(&server, command.args([client, &server.address]));
    }
}
