//! Every exit code, and the one request that led to it.

use onay_testkit::{Behaviour, ClosedPort, SocketServer};
use serde_json::Value;

use crate::support::{KEY, SEND, otp, run, run_with_stdin};

async fn send_to(behaviour: Behaviour) -> (i32, Value, usize) {
    let server = SocketServer::start(behaviour).await;
    let base = server.url();
    let run = tokio::task::spawn_blocking(move || otp(&base, &SEND)).await;
    let run = run.expect("ran");
    (run.code, run.error(), server.requests().len())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_may_have_left_is_6_and_one_request() {
    let cut_body = b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{\"code\"".to_vec();
    for (behaviour, kind) in [
        (Behaviour::CloseAfterRequest, "interrupted"),
        (Behaviour::ResetAfterRequest, "interrupted"),
        (Behaviour::AnswerAndClose(cut_body), "interrupted"),
        (
            Behaviour::AnswerAndClose(b"garbage\r\n\r\n".to_vec()),
            "unreadable",
        ),
        (
            Behaviour::answer(200, "text/html", "<html></html>"),
            "unreadable",
        ),
        (Behaviour::answer(200, "application/json", ""), "unreadable"),
        (
            Behaviour::answer(503, "text/html", "<html></html>"),
            "upstream",
        ),
        (Behaviour::json(r#"{"code":10}"#), "upstream"),
    ] {
        let (code, error, requests) = send_to(behaviour).await;
        assert_eq!((code, requests), (6, 1), "{error}");
        assert_eq!(error["kind"], kind);
        assert_eq!(error["delivery"], "maybe_sent");
        assert_eq!(error["provider"], "paynet");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_no_is_3_4_or_5() {
    for (status, body, code, kind) in [
        (200, r#"{"code":"A-17"}"#, 3, "refused"),
        (404, "", 3, "refused"),
        (307, "", 3, "refused"),
        (401, "", 4, "credentials"),
        (403, "<html></html>", 4, "credentials"),
        (200, r#"{"code":7}"#, 4, "credentials"),
        (400, r#"{"code":400,"result_code":7}"#, 4, "credentials"),
        (200, r#"{"code":5}"#, 5, "too_soon"),
    ] {
        let answer = Behaviour::answer(status, "application/json", body);
        let (exit, error, requests) = send_to(answer).await;
        assert_eq!((exit, requests), (code, 1), "{status} {body}: {error}");
        assert_eq!(error["kind"], kind);
        assert_eq!(error["delivery"], "refused");
        assert_eq!(error["http_status"], status);
    }
    let (_, error, _) = send_to(Behaviour::json(r#"{"code":"A-17"}"#)).await;
    assert_eq!(error["code"], "A-17", "verbatim");
}

#[tokio::test]
async fn no_connection_is_7() {
    let nobody = ClosedPort::take();
    let stranger = SocketServer::start(Behaviour::CloseOnAccept).await;
    for base in [
        nobody.url(),
        "https://no-such-host.invalid".to_owned(),
        stranger.url().replace("http", "https"),
    ] {
        let run = tokio::task::spawn_blocking({
            let base = base.clone();
            move || otp(&base, &SEND)
        });
        let run = run.await.expect("ran");
        assert_eq!(run.code, 7, "{base}: {run:?}");
        assert_eq!(run.error()["kind"], "unreachable");
        assert_eq!(run.error()["delivery"], "not_sent");
    }
}

#[tokio::test]
async fn bad_input_is_2_before_a_byte_leaves() {
    let server = SocketServer::start(Behaviour::json(r#"{"code":0}"#)).await;
    let base = server.url();
    let send = |to: &str, session: &str| {
        let arguments = [
            "send",
            "--provider",
            "paynet",
            "--to",
            to,
            "--session",
            session,
            "--json",
        ];
        otp(&base, &arguments)
    };
    for (to, session) in [
        ("0212 000 00 42", "s-1"),
        ("+49 151 00000042", "s-1"),
        ("0555 000", "s-1"),
        ("", "s-1"),
        ("0555 000 00 42", ""),
        ("0555 000 00 42", "s 1"),
    ] {
        let run = send(to, session);
        assert_eq!(run.code, 2, "{to} {session}: {run:?}");
        assert_eq!(run.error()["kind"], "invalid_input");
        assert_eq!(run.error()["delivery"], "not_sent");
    }
    let mut verify = vec!["verify", "--code", ""];
    verify.extend(&SEND[1..]);
    assert_eq!(otp(&base, &verify).error()["kind"], "invalid_input");

    let key = |key: &str, base: &str| {
        let environment = [
            ("PAYNET_ENV", "sandbox"),
            ("PAYNET_SECRET_KEY", key),
            ("PAYNET_BASE_URL", base),
        ];
        run(&[&["otp"], SEND.as_slice()].concat(), &environment)
    };
    for (key, base) in [
        key("pbk_test_canary", &base),
        key("sck_test_canary\n", &base),
        key("", &base),
        key(KEY, "http://api.example.com"),
        key(KEY, "https://example.com?key=canary"),
        run(&[&["otp"], SEND.as_slice()].concat(), &[]),
    ]
    .map(|run| (run.code, run.error()))
    {
        assert_eq!(key, 2);
        assert_eq!(base["kind"], "config");
        assert!(!base.to_string().contains("canary"), "{base}");
    }
    assert_eq!(server.connections(), 0);
}

#[test]
fn live_is_never_an_accident() {
    let send = [&["otp"], SEND.as_slice()].concat();
    let live = run(&send, &[("PAYNET_ENV", "live"), ("PAYNET_SECRET_KEY", KEY)]);
    assert_eq!(live.code, 2);
    let error = live.error();
    assert_eq!(error["kind"], "config");
    let message = error["message"].as_str().expect("a message");
    assert!(message.contains("--live"), "{message}");
    // What can be read only once gets around no guard.
    let once = [("PAYNET_ENV_FILE", "-"), ("PAYNET_SECRET_KEY", KEY)];
    assert_eq!(run_with_stdin(&send, &once, "live").code, 2);
}

#[test]
fn usage_is_2_and_help_is_0() {
    for arguments in [
        vec![],
        vec!["otp"],
        vec!["otp", "send"],
        vec!["nonsense"],
        vec!["demo", "--x"],
    ] {
        let run = run(&arguments, &[]);
        assert_eq!(run.code, 2, "{arguments:?}");
        assert_eq!(run.stdout, "");
    }
    let json = run(&["otp", "send", "--json"], &[]);
    let message = json.error()["message"].to_string();
    assert!(message.contains("--session"), "{message}");
    assert_eq!(
        (json.code, &json.error()["kind"]),
        (2, &Value::from("invalid_input"))
    );
    for arguments in [
        vec!["--help"],
        vec!["otp", "send", "--help"],
        vec!["--version"],
    ] {
        assert_eq!(run(&arguments, &[]).code, 0, "{arguments:?}");
    }
}

#[test]
fn a_sandbox_that_is_not_there_is_7() {
    let run = run(
        &[
            "sandbox",
            "messages",
            "--url",
            "http://127.0.0.1:9",
            "--json",
        ],
        &[],
    );
    assert_eq!(run.code, 7);
    assert_eq!(run.error()["kind"], "unreachable");
}

#[tokio::test]
async fn a_port_that_is_taken_is_1() {
    let taken = SocketServer::start(Behaviour::Silent).await;
    let listen = format!("127.0.0.1:{}", taken.port());
    let run = run(&["sandbox", "serve", "--listen", &listen, "--json"], &[]);
    assert_eq!(
        (run.code, &run.error()["kind"]),
        (1, &Value::from("unexpected"))
    );
}

/// The answer was a yes: whoever reads only the exit code must not send again.
#[cfg(target_os = "linux")]
#[test]
fn a_yes_that_cannot_be_printed_is_6() {
    let served = crate::support::Served::start();
    let full = std::fs::File::options()
        .write(true)
        .open("/dev/full")
        .expect("/dev/full");
    let arguments = [&["otp"], SEND.as_slice()].concat();
    let mut command = crate::support::onay(&arguments, &served.environment());
    let output = command.stdout(full).output().expect("ran");
    assert_eq!(output.status.code(), Some(6));
    let error: Value = serde_json::from_slice(&output.stderr).expect("JSON");
    assert_eq!(error["error"]["delivery"], "maybe_sent");
}

#[test]
fn a_sandbox_speaks_for_itself() {
    let served = crate::support::Served::start();
    for arguments in [
        ["sandbox", "wait", "--to", "123", "--json"].as_slice(),
        &["sandbox", "clock", "--tenant", "nobody", "--json"],
    ] {
        let run = run(arguments, &served.environment());
        assert_eq!(run.code, 2, "{run:?}");
        assert_eq!(run.error()["delivery"], Value::Null);
        assert!(
            !run.error()["message"]
                .as_str()
                .expect("a message")
                .contains("***")
        );
    }
    let url = served.addresses["listen"].as_str().expect("an address");
    let after = run(
        &["sandbox", "clock", "advance", "5", "--url", url, "--json"],
        &[],
    );
    assert_eq!(after.code, 0, "{after:?}");
}
