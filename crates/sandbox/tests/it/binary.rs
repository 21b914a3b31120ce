//! The program.

use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onay-sandbox"));
    command.args(arguments);
    command
}

fn output(arguments: &[&str]) -> Output {
    program(arguments).output().unwrap()
}

/// Sends SIGTERM and waits.
fn terminate(mut child: Child) -> Option<i32> {
    let killed = Command::new("kill")
        .arg(child.id().to_string())
        .status()
        .unwrap();
    assert!(killed.success());
    child.wait().unwrap().code()
}

#[tokio::test]
async fn the_first_line_is_the_addresses_and_it_is_ready() {
    let mut child = program(&["--listen", "127.0.0.1:0", "--print-json"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    stdout.read_line(&mut line).unwrap();
    let addresses: Value = serde_json::from_str(&line).unwrap();
    let listen = addresses["listen"].as_str().unwrap();
    assert_eq!(
        line,
        format!(
            "{{\"listen\":\"{listen}\",\"paynet\":\"{listen}/paynet\",\
             \"paywall\":\"{listen}/paywall\",\"inbox\":\"{listen}/\"}}\n"
        )
    );

    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let ready = http.get(format!("{listen}/readyz")).send().await.unwrap();
    assert_eq!(ready.status(), 200);

    assert_eq!(terminate(child), Some(0));
    let mut rest = String::new();
    stdout.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "");
}

#[test]
fn without_json_a_line_for_people_is_on_stderr() {
    let mut child = program(&["--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stderr = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    stderr.read_line(&mut line).unwrap();
    assert!(
        line.starts_with("The sandbox is ready: inbox at http://127.0.0.1:"),
        "{line}"
    );
    assert!(
        line.contains("/paynet, Paywall at http://127.0.0.1:"),
        "{line}"
    );
    let mut stdout = child.stdout.take().unwrap();
    assert_eq!(terminate(child), Some(0));
    let mut printed = String::new();
    stdout.read_to_string(&mut printed).unwrap();
    assert_eq!(printed, "");
}

#[test]
fn a_taken_port_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = output(&["--listen", &address]);
    assert_eq!(output.status.code(), Some(1));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        stderr,
        format!(
            "onay-sandbox: {address} is taken: another program listens there; \
             stop it or choose another address\n"
        )
    );
}

#[test]
fn help_and_version_are_printed() {
    for flag in ["--help", "-h"] {
        let output = output(&[flag]);
        assert!(output.status.success());
        let help = String::from_utf8(output.stdout).unwrap();
        assert!(help.contains("Usage: onay-sandbox") && help.contains("--print-json"));
    }
    let version = output(&["--version"]);
    let expected = format!("onay-sandbox {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(String::from_utf8(version.stdout).unwrap(), expected);
}

#[test]
fn wrong_arguments_are_refused() {
    for arguments in [
        ["--nonsense"].as_slice(),
        ["--listen"].as_slice(),
        ["--listen", "somewhere"].as_slice(),
        ["extra"].as_slice(),
    ] {
        let output = output(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty());
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(stderr.starts_with("onay-sandbox: "), "{stderr}");
    }
}
