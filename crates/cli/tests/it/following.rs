//! `onay sandbox`: what comes is followed, a story is played, a world goes on elsewhere.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Stdio};

use serde_json::{Value, json};

use crate::support::{KEY, SEND, Served, onay, run, run_json, run_with_stdin};

/// Reads what a command prints as it comes.
struct Reading {
    child: Child,
    stdout: Option<BufReader<ChildStdout>>,
}

impl Reading {
    fn start(line: &str, environment: &[(&str, &str)]) -> Self {
        let mut child = onay(line, environment)
            .stdout(Stdio::piped())
            .spawn()
            .expect("started");
        let stdout = child.stdout.take().map(BufReader::new);
        Self { child, stdout }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        let stdout = self.stdout.as_mut().expect("stdout");
        stdout.read_line(&mut line).expect("a line");
        line
    }

    fn document(&mut self) -> Value {
        serde_json::from_str(&self.line()).expect("JSON")
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        // It follows until it is stopped.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn what_comes_is_followed_from_the_oldest_on() {
    let served = Served::start();
    let environment = served.environment();
    let to = |number: &str| SEND.replace("0555 000 00 42", number);
    let send = |number: &str, code: i32| assert_eq!(run(&to(number), &environment).code, code);
    send("0555 000 00 41", 0);
    send("0555 000 00 42", 0);
    let mut messages = Reading::start("sandbox messages --follow --json", &environment);
    let mut own = Reading::start("sandbox messages --follow --to 05550000043", &environment);
    let mut journal = Reading::start("sandbox journal --follow --json --limit 1", &environment);
    let mut other = Reading::start("sandbox journal --follow --provider paytr", &environment);
    assert_eq!(messages.document()["to"], "+905550000041");
    assert_eq!(messages.document()["to"], "+905550000042");
    assert_eq!(journal.document()["message"], 2);
    send("0555 000 00 42", 5);
    send("0555 000 00 43", 0);
    assert_eq!(messages.document()["to"], "+905550000043");
    assert!(own.line().starts_with("#3 paynet"));
    assert_eq!(journal.document()["outcome"], "refused");
    assert_eq!(journal.document()["message"], 3);
    assert_eq!(run("link delete --id A", &environment).code, 3);
    assert!(other.line().contains("paytr delete"));
    // A new world's messages are followed too.
    run_json("sandbox reset", &environment).document();
    send("0555 000 00 44", 0);
    assert_eq!(messages.document()["to"], "+905550000044");
}

#[test]
fn a_reader_that_goes_ends_the_following() {
    let served = Served::start();
    run_json(SEND, &served.environment()).document();
    let mut reading = Reading::start("sandbox messages --follow --json", &served.environment());
    reading.document();
    reading.stdout = None;
    run(&SEND.replace("s-1", "s-2"), &served.environment()).says(0, &[]);
    let ended = reading.child.wait().expect("ended");
    assert_eq!(ended.code(), Some(0));
}

#[test]
fn a_sandbox_that_ends_is_7() {
    for line in [
        "sandbox messages --follow",
        "sandbox journal --follow",
        "sandbox wait",
    ] {
        let served = Served::start();
        let environment = served.environment();
        let mut reading = Reading::start(&format!("{line} --json"), &environment);
        if line.ends_with("--follow") {
            run(SEND, &environment).says(0, &[]);
            reading.document();
        }
        served.stop();
        assert_eq!(
            reading.child.wait().expect("ended").code(),
            Some(7),
            "{line}"
        );
    }
}

#[test]
fn a_story_is_played_while_the_sandbox_serves() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("story.json");
    let file = file.to_str().expect("a name");
    let story = json!([
        {"call": {
            "path": "/paynet/v1/card/send_otp",
            "headers": {"authorization": format!("Basic {KEY}"), "accept": "application/json"},
            "body": {"user_gsm": "5550000042", "otp_session_id": "s-1"},
        }},
        {"advance": 181},
        {"pause_ms": 1},
        {"fault": {"operation": "send_otp", "fault": {"kind": "html"}}},
    ]);
    std::fs::write(file, story.to_string()).expect("written");
    let served = Served::start_with(&format!("--story {file}"));
    let environment = served.environment();
    let message = run_json("sandbox wait", &environment).document();
    assert_eq!(message["to"], "+905550000042");
    while run_json("sandbox fault list", &environment).document()["rules"] == json!([]) {}
    assert_eq!(run(SEND, &environment).code, 6, "the story's fault");

    std::fs::write(file, r#"[{"pause_ms": 60001}]"#).expect("written");
    let refused = run(
        &format!("sandbox serve --listen 0 --story {file} --print-json"),
        &[],
    );
    refused.says(
        2,
        &[
            "step 1: pause_ms is at most 60000",
            "correct the file of --story",
        ],
    );
    assert_eq!(refused.stdout, "", "no sandbox was announced");
}

#[test]
fn a_file_without_end_is_refused_and_not_cut() {
    let file = tempfile::NamedTempFile::new().expect("a file");
    let name = file.path().to_str().expect("a name");
    let nowhere = "--url http://127.0.0.1:9";
    for (line, most) in [
        (format!("sandbox serve --paytr-merchant {name}"), 4 << 10),
        (format!("sandbox serve --listen 0 --story {name}"), 16 << 20),
        (format!("sandbox import {name} {nowhere}"), 64 << 20),
    ] {
        let too_long = format!("is longer than {most} bytes");
        for (bytes, is_too_long) in [(most, false), (most + 1, true)] {
            file.as_file().set_len(bytes).expect("set");
            let refused = run(&line, &[]);
            refused.says(2, &["error: "]);
            assert_eq!(
                refused.stderr.contains(&too_long),
                is_too_long,
                "{refused:?}"
            );
        }
    }
}

#[test]
fn a_world_goes_on_in_another_sandbox() {
    let (old, new) = (Served::start(), Served::start());
    run_json(SEND, &old.environment()).document();
    let exported = run("sandbox export", &old.environment());
    let world = exported.document();
    assert!(!exported.stdout.contains(KEY), "no key");
    let code = run("sandbox wait --otp", &old.environment()).stdout;
    let imported = run_with_stdin(
        "sandbox import - --lang tr",
        &new.environment(),
        &exported.stdout,
    );
    imported.says(0, &["sandbox bu dosyadan devam ediyor"]);
    assert_eq!(
        run("sandbox export", &new.environment()).document()["messages"],
        world["messages"]
    );
    let verify = format!("{} --code {}", SEND.replace("send", "verify"), code.trim());
    run(&verify, &new.environment()).says(0, &["approved"]);
    for (stdin, said) in [("no", "- is not JSON"), ("{}", "the sandbox says: ")] {
        run_with_stdin("sandbox import -", &new.environment(), stdin).says(2, &[said]);
    }
    run("sandbox import /no/such/file", &[]).says(2, &["/no/such/file cannot be read"]);
}
