//! The program.

use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::process::{Child, Command, Output, Stdio};

use onay_sandbox::USUAL_ADDRESS;
use serde_json::Value;

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onay-sandbox"));
    command.args(arguments);
    command
}

fn output(arguments: &[&str]) -> Output {
    program(arguments).output().expect("the program")
}

/// Sends SIGTERM and waits.
fn terminate(mut child: Child) -> Option<i32> {
    let killed = Command::new("kill")
        .arg(child.id().to_string())
        .status()
        .expect("the program");
    assert!(killed.success());
    child.wait().expect("the program").code()
}

#[tokio::test]
async fn the_first_line_is_the_addresses_and_it_is_ready() {
    let mut child = program(&["--listen", "127.0.0.1:0", "--print-json"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program");
    let mut stdout = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut line = String::new();
    stdout.read_line(&mut line).expect("a line");
    let addresses: Value = serde_json::from_str(&line).expect("JSON");
    let listen = addresses["listen"].as_str().expect("a text");
    assert_eq!(
        line,
        format!(
            "{{\"listen\":\"{listen}\",\"paynet\":\"{listen}/paynet\",\
             \"paywall\":\"{listen}/paywall\",\"paytr\":\"{listen}/paytr\",\"inbox\":\"{listen}/\"}}\n"
        )
    );

    let http = reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client");
    let ready = http
        .get(format!("{listen}/readyz"))
        .send()
        .await
        .expect("an answer");
    assert_eq!(ready.status(), 200);

    assert_eq!(terminate(child), Some(0));
    let mut rest = String::new();
    stdout.read_to_string(&mut rest).expect("text");
    assert_eq!(rest, "");
}

#[test]
fn without_json_a_line_for_people_is_on_stderr() {
    let mut child = program(&["--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    let mut stderr = BufReader::new(child.stderr.take().expect("a pipe"));
    let mut line = String::new();
    stderr.read_line(&mut line).expect("a line");
    assert!(
        line.starts_with("The sandbox is ready: inbox at http://127.0.0.1:"),
        "{line}"
    );
    assert!(
        line.contains("/paynet, Paywall at http://127.0.0.1:"),
        "{line}"
    );
    let mut stdout = child.stdout.take().expect("a pipe");
    assert_eq!(terminate(child), Some(0));
    let mut printed = String::new();
    stdout.read_to_string(&mut printed).expect("text");
    assert_eq!(printed, "");
}

#[test]
fn a_taken_port_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("an address");
    let address = taken.local_addr().expect("an address").to_string();
    let output = output(&["--listen", &address]);
    assert_eq!(output.status.code(), Some(1));
    let stderr = String::from_utf8(output.stderr).expect("text");
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
        let help = String::from_utf8(output.stdout).expect("text");
        assert!(help.contains(&format!("[default: {USUAL_ADDRESS}]")));
        assert!(help.contains("Usage: onay-sandbox") && help.contains("--print-json"));
    }
    let version = output(&["--version"]);
    let expected = format!("onay-sandbox {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(String::from_utf8(version.stdout).expect("text"), expected);
}

#[test]
fn wrong_arguments_are_refused() {
    for arguments in [
        ["--nonsense"].as_slice(),
        ["--listen"].as_slice(),
        ["--listen", "somewhere"].as_slice(),
        ["--seed", "x"].as_slice(),
        ["--allow-host"].as_slice(),
        ["--allow-host", "http://onay"].as_slice(),
        ["extra"].as_slice(),
    ] {
        let output = output(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty());
        let stderr = String::from_utf8(output.stderr).expect("text");
        assert!(stderr.starts_with("onay-sandbox: "), "{stderr}");
    }
}

#[tokio::test]
async fn a_name_that_was_allowed_is_answered_under() {
    let mut child = program(&[
        "--listen",
        "127.0.0.1:0",
        "--print-json",
        "--allow-host",
        "onay",
        "--allow-host",
        "onay-sandbox",
        "--seed",
        "7",
        "--no-magic-numbers",
    ])
    .stdout(Stdio::piped())
    .spawn()
    .expect("the program");
    let mut stdout = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut line = String::new();
    stdout.read_line(&mut line).expect("a line");
    let addresses: Value = serde_json::from_str(&line).expect("JSON");
    let listen = addresses["listen"].as_str().expect("a text");
    let http = reqwest::Client::builder().no_proxy().build();
    let http = http.expect("a client");
    for (host, status) in [("onay:1", 200), ("onay-sandbox", 200), ("other", 403)] {
        let call = http
            .get(format!("{listen}/api/v1/tenants"))
            .header("host", host);
        assert_eq!(
            call.send().await.expect("an answer").status(),
            status,
            "{host}"
        );
    }
    let numbers = http.get(format!("{listen}/api/v1/magic-numbers"));
    let numbers = numbers.send().await.expect("an answer").text().await;
    assert_eq!(numbers.expect("a list"), r#"{"numbers":[]}"#);
    assert_eq!(terminate(child), Some(0));
}
