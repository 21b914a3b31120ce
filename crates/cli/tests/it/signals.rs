//! Ctrl-C and SIGTERM while a call is out.

use std::process::{Child, Command, Stdio};

use onay_testkit::{Behaviour, SocketServer};
use serde_json::Value;

use crate::support::{SEND, onay, paynet, paytr};

/// Ctrl-C and SIGTERM while the call is out: what may have happened is said, and the code is 6.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_command_that_is_stopped_says_that_a_message_may_have_gone_out() {
    let trigger = "callback trigger --callback-id A1 --price 1 --to";
    for (line, signal, next) in [
        (SEND.to_owned(), "-INT", "await_code"),
        (
            SEND.replace("send", "verify") + " --code 1",
            "-TERM",
            "ask_again",
        ),
        (
            "link sms --id A1 --to 05550000042".to_owned(),
            "-INT",
            "escalate",
        ),
        (
            "link create --name Masa --price 1 --product".to_owned(),
            "-TERM",
            "start_over",
        ),
        (trigger.to_owned(), "-INT", ""),
    ] {
        for (more, said) in [
            (
                "--lang en",
                "the program was stopped before the call's result was printed",
            ),
            (
                "--lang tr",
                "çağrının sonucu yazdırılamadan program durduruldu",
            ),
            ("--json", "interrupted"),
        ] {
            let server = SocketServer::start(Behaviour::NeverAnswer).await;
            let url = server.url();
            let line = match line.strip_prefix(trigger) {
                Some(_) => format!("{line} {url}/paytr {more}"),
                None => format!("{line} {more}"),
            };
            let environment = [paynet(&url), paytr(&url)].concat();
            let mut command = onay(&line, &environment);
            let child = command.stdout(Stdio::piped()).stderr(Stdio::piped());
            let child = child.spawn().expect("started");
            while server.requests().is_empty() {
                tokio::task::yield_now().await;
            }
            kill(signal, &child);
            let output = child.wait_with_output().expect("ended");
            let stderr = String::from_utf8(output.stderr).expect("UTF-8");
            assert_eq!(output.status.code(), Some(6), "{line} {signal}: {stderr}");
            assert!(output.stdout.is_empty(), "{line}");
            assert!(stderr.contains(said), "{line}: {stderr}");
            if more == "--json" {
                let error: Value = serde_json::from_str(&stderr).expect("JSON");
                assert_eq!(error["error"]["dispatch"], "maybe_sent", "{line}");
                let step = error["error"]["next_step"].as_str();
                assert_eq!(step.unwrap_or_default(), next, "{line}");
                assert_eq!(error["error"]["reason_id"], "stopped_by_signal");
            }
        }
    }
}

pub(crate) fn kill(signal: &str, child: &Child) {
    let id = child.id().to_string();
    let killed = Command::new("kill").args([signal, &id]).status();
    assert!(killed.expect("ran").success());
}
