//! Keys come from the environment, a file or stdin, and come out nowhere.

use std::io::Write;

use onay_testkit::{Behaviour, SocketServer};

use crate::support::{KEY, Run, SEND, paynet, run, run_with_stdin};

const NUMBER: &str = "0555 765 43 21";

fn send_as(environment: &[(&str, &str)], stdin: &str) -> Run {
    run_with_stdin(&format!("{SEND} --json"), environment, stdin)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_can_come_from_a_file_or_from_stdin() {
    let server = SocketServer::start(Behaviour::json(r#"{"code":0}"#)).await;
    let base = server.url();
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    writeln!(file, "{KEY}").expect("written");
    let path = file.path().to_str().expect("a path").to_owned();
    let common = |file| {
        [
            ("PAYNET_ENV", "sandbox"),
            ("PAYNET_BASE_URL", base.as_str()),
            ("PAYNET_SECRET_KEY_FILE", file),
        ]
    };
    send_as(&common(&path), "").document();
    send_as(&common("-"), &format!("{KEY}\r\n")).document();
    for request in server.requests() {
        let expected = format!("Basic {KEY}");
        assert_eq!(request.header("authorization"), Some(expected.as_str()));
    }
    let missing = send_as(&common("/no/such/file"), "");
    assert_eq!(
        (missing.code, missing.error()["kind"].as_str()),
        (2, Some("config"))
    );
    let mut long = tempfile::NamedTempFile::new().expect("a file");
    write!(long, "{}", "k".repeat(9000)).expect("written");
    let long = long.path().to_str().expect("a path").to_owned();
    assert_eq!(send_as(&common(&long), "").code, 2, "not cut, refused");
    let mut both = common(&path).to_vec();
    both.push(("PAYNET_SECRET_KEY", KEY));
    assert_eq!(send_as(&both, "").code, 2);
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_leaks_at_trace_and_the_error_is_the_last_line() {
    let quoted = format!(r#"{{"code":1,"message":"{KEY} {NUMBER} 5557654321 canary7code"}}"#);
    for behaviour in [
        Behaviour::json(r#"{"code":0}"#),
        Behaviour::json(&quoted),
        Behaviour::answer(500, "text/html", &format!("<html>{KEY}</html>")),
        Behaviour::CloseAfterRequest,
        Behaviour::AnswerAndClose(format!("{KEY}\r\n\r\n").into_bytes()),
    ] {
        let server = SocketServer::start(behaviour).await;
        let base = server.url();
        for json in [true, false] {
            let mut environment = paynet(&base);
            environment.push(("RUST_LOG", "trace"));
            let json = if json { "--json" } else { "" };
            let verify = "otp verify --session s-1 --code canary7code";
            let run = run(&format!("{verify} --to '{NUMBER}' {json}"), &environment);
            let printed = run.printed();
            assert!(
                run.stderr.contains("onay.call"),
                "tracing is on: {}",
                run.stderr
            );
            for canary in ["canary", "5557654321", "765 43 21", "7654321"] {
                assert!(!printed.contains(canary), "{canary} in {printed}");
            }
            if !json.is_empty() && run.code != 0 {
                let last = run.stderr.lines().last().expect("a line");
                let error: serde_json::Value = serde_json::from_str(last).expect("JSON");
                assert!(error["error"]["kind"].is_string());
            }
        }
    }
}
