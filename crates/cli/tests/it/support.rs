//! Runs `onay` and takes what it printed apart.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

pub(crate) const KEY: &str = "sck_test_canarykey";

/// What one run printed, and how it ended.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// The one document on stdout.
    pub(crate) fn document(&self) -> Value {
        assert_eq!(self.code, 0, "{self:?}");
        serde_json::from_str(&self.stdout).expect("one JSON document on stdout")
    }

    /// The one error on stderr; stdout is empty.
    pub(crate) fn error(&self) -> Value {
        assert_ne!(self.code, 0, "{self:?}");
        assert_eq!(self.stdout, "", "stdout is empty after an error");
        let document: Value = serde_json::from_str(&self.stderr).expect("one JSON error on stderr");
        document["error"].clone()
    }
}

/// `onay` with nothing in its environment but what is given.
pub(crate) fn onay(arguments: &[&str], environment: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onay"));
    command.args(arguments).env_clear();
    command.envs(environment.iter().copied());
    command
}

pub(crate) fn run(arguments: &[&str], environment: &[(&str, &str)]) -> Run {
    run_with_stdin(arguments, environment, "")
}

pub(crate) fn run_with_stdin(arguments: &[&str], environment: &[(&str, &str)], stdin: &str) -> Run {
    let mut child = onay(arguments, environment)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("started");
    // A program that needs no stdin may be gone already.
    let _ = child
        .stdin
        .take()
        .expect("stdin")
        .write_all(stdin.as_bytes());
    let output = child.wait_with_output().expect("ended");
    Run {
        code: output.status.code().expect("an exit code"),
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// `onay otp send` or `verify` with a server of one's own as Paynet.
pub(crate) fn otp(base: &str, rest: &[&str]) -> Run {
    let environment = [
        ("PAYNET_ENV", "sandbox"),
        ("PAYNET_SECRET_KEY", KEY),
        ("PAYNET_BASE_URL", base),
    ];
    run(&[&["otp"], rest].concat(), &environment)
}

pub(crate) const SEND: [&str; 8] = [
    "send",
    "--provider",
    "paynet",
    "--to",
    "0555 000 00 42",
    "--session",
    "s-1",
    "--json",
];

/// `onay sandbox serve` as another process, on a free port.
pub(crate) struct Served {
    child: Child,
    pub(crate) addresses: Value,
}

impl Served {
    pub(crate) fn start() -> Self {
        Self::start_with(&[])
    }

    pub(crate) fn start_with(more: &[&str]) -> Self {
        let usual = [
            "sandbox",
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--print-json",
        ];
        let mut child = onay(&[&usual, more].concat(), &[])
            .stdout(Stdio::piped())
            .spawn()
            .expect("started");
        let stdout = child.stdout.take().expect("stdout");
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        let addresses = serde_json::from_str(&line).expect("addresses");
        Self { child, addresses }
    }

    pub(crate) fn paynet(&self) -> &str {
        self.addresses["paynet"].as_str().expect("an address")
    }

    pub(crate) fn paywall(&self) -> &str {
        self.addresses["paywall"].as_str().expect("an address")
    }

    /// The environment that a shell would have after reading the addresses.
    pub(crate) fn environment(&self) -> [(&str, &str); 3] {
        [
            ("PAYNET_ENV", "sandbox"),
            ("PAYNET_SECRET_KEY", KEY),
            ("PAYNET_BASE_URL", self.paynet()),
        ]
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have stopped by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
