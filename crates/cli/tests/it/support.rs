//! Runs `onay` and takes what it printed apart.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

pub(crate) const KEY: &str = "sck_test_canarykey";

/// A code that goes out through Paynet.
pub(crate) const SEND: &str = "otp send --provider paynet --to '0555 000 00 42' --session s-1";

pub(crate) type Variables<'a> = Vec<(&'a str, &'a str)>;

/// Paynet at this address.
pub(crate) fn paynet(base: &str) -> Variables<'_> {
    vec![
        ("PAYNET_ENV", "sandbox"),
        ("PAYNET_SECRET_KEY", KEY),
        ("PAYNET_BASE_URL", base),
    ]
}

/// Paywall at this address.
pub(crate) fn paywall(base: &str) -> Variables<'_> {
    vec![
        ("PAYWALL_ENV", "sandbox"),
        ("PAYWALL_PRIVATE_KEY", "test-private-canary"),
        ("PAYWALL_PRIVATE_CLIENT", "test-client-canary"),
        ("PAYWALL_BASE_URL", base),
    ]
}

/// PayTR at this address, and the merchant that every sandbox knows.
pub(crate) fn paytr(base: &str) -> Variables<'_> {
    vec![
        ("PAYTR_ENV", "sandbox"),
        ("PAYTR_MERCHANT_ID", "100001"),
        ("PAYTR_MERCHANT_KEY", "sandbox-merchant-key"),
        ("PAYTR_MERCHANT_SALT", "sandbox-merchant-salt"),
        ("PAYTR_BASE_URL", base),
    ]
}

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

    pub(crate) fn printed(&self) -> String {
        format!("{}{}", self.stdout, self.stderr)
    }

    /// Ended with this code, and said all of this.
    pub(crate) fn says(&self, code: i32, said: &[&str]) {
        assert_eq!(self.code, code, "{self:?}");
        let printed = self.printed();
        for said in said {
            assert!(printed.contains(said), "{said} in {printed}");
        }
    }
}

/// The rows of a table, a line each, whose columns `=>` parts.
pub(crate) fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    let lines = table.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| {
        let columns: Vec<&str> = line.split("=>").map(str::trim).collect();
        columns.try_into().expect("as many columns")
    })
}

/// The words of a line as a shell takes it apart: blanks separate them, but not within single quotes.
pub(crate) fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut is_quoted) = (Vec::new(), None::<String>, false);
    for character in line.chars() {
        match character {
            '\'' => {
                is_quoted = !is_quoted;
                word.get_or_insert_default();
            }
            ' ' if !is_quoted => words.extend(word.take()),
            other => word.get_or_insert_default().push(other),
        }
    }
    words.extend(word);
    words
}

/// `onay` with nothing in its environment but what is given.
pub(crate) fn onay(line: &str, environment: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onay"));
    command.args(words(line)).env_clear();
    command.envs(environment.iter().copied());
    command
}

pub(crate) fn run(line: &str, environment: &[(&str, &str)]) -> Run {
    run_with_stdin(line, environment, "")
}

pub(crate) fn run_json(line: &str, environment: &[(&str, &str)]) -> Run {
    run(&format!("{line} --json"), environment)
}

pub(crate) fn run_with_stdin(line: &str, environment: &[(&str, &str)], stdin: &str) -> Run {
    let mut child = onay(line, environment)
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

/// `onay sandbox serve` as another process, on a free port.
pub(crate) struct Served {
    child: Child,
    pub(crate) addresses: Value,
}

impl Served {
    pub(crate) fn start() -> Self {
        Self::start_with("")
    }

    pub(crate) fn start_with(more: &str) -> Self {
        let listen = if more.contains("--listen") {
            ""
        } else {
            "--listen 127.0.0.1:0 "
        };
        let line = format!("sandbox serve {listen}--print-json {more}");
        let mut child = onay(&line, &[])
            .stdout(Stdio::piped())
            .spawn()
            .expect("started");
        let stdout = child.stdout.take().expect("stdout");
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        let addresses = serde_json::from_str(&line).expect("addresses");
        Self { child, addresses }
    }

    /// As Ctrl-C does.
    pub(crate) fn stop(&self) {
        let id = self.child.id().to_string();
        let killed = Command::new("kill").args(["-INT", &id]).status();
        assert!(killed.expect("ran").success());
    }

    pub(crate) fn address(&self, name: &str) -> &str {
        self.addresses[name].as_str().expect("an address")
    }

    /// The environment that a shell would have after reading the addresses.
    pub(crate) fn environment(&self) -> Variables<'_> {
        let mut variables = paynet(self.address("paynet"));
        variables.extend(paywall(self.address("paywall")));
        variables.extend(paytr(self.address("paytr")));
        variables
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have stopped by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
