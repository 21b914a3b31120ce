//! Every exit code, and the one request that led to it. Which answer is of which kind, the provider crates' tests say.

use onay_testkit::{Behaviour, ClosedPort, SocketServer};
use serde_json::Value;

use crate::callback::{MERCHANT, SIGNED, signed_by};
use crate::support::{KEY, SEND, Served, onay, paynet, rows, run, run_json, run_with_stdin};

/// Answers (`cut`, `page`, `down` and `closed` are none), and what they lead to: exit code, kind and dispatch in JSON, and
/// in a language what happened and what to do next.
const ANSWERED: &str = r#"
    cut => 6 => interrupted => maybe_sent => en => a message may have gone out (interrupted) => A message may have gone out: ask the customer
    cut => 6 => interrupted => maybe_sent => tr => mesaj gitmiş olabilir (interrupted) => Mesaj gitmiş olabilir: yenisini göndermeden
    page => 6 => unreadable => maybe_sent => en => a message may have gone out (unreadable) => A message may have gone out: ask the customer
    down => 6 => upstream => maybe_sent => en => a message may have gone out (upstream) => A message may have gone out: ask the customer
    {"code":"A-17"} => 3 => refused => refused => en => unknown code (4 characters) => this code is in no table
    {"code":"A-17"} => 3 => refused => refused => tr => bilinmeyen kod (4 karakter) => bu kod tabloda yok
    {"code":7} => 4 => credentials => refused => en => the provider refused (credentials) => Check the secret key
    keys => 4 => credentials => refused => en => the provider refused (credentials) => check PAYNET_SECRET_KEY, PAYNET_ENV
    keys => 4 => credentials => refused => tr => sağlayıcı reddetti (credentials) => şunları kontrol edin: PAYNET_SECRET_KEY
    {"code":5} => 5 => too_soon => refused => en => too soon to send again => Wait before asking again (retry_after_ms
    {"code":5} => 5 => too_soon => refused => tr => yeniden göndermek için erken => Yeniden istemeden önce bekleyin
    closed => 7 => unreachable => not_sent => en => no message went out (unreachable) => `onay sandbox serve` has to be running
    closed => 7 => unreachable => not_sent => tr => mesaj gitmedi (unreachable) => `onay sandbox serve` çalışıyor olmalı
"#;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_decides_after_one_request_and_says_what_to_do_next() {
    let closed = ClosedPort::take();
    for [answer, code, kind, dispatch, language, said, step] in rows(ANSWERED) {
        let server = SocketServer::start(match answer {
            "cut" | "closed" => Behaviour::CloseAfterRequest,
            "page" => Behaviour::answer(200, "text/html", "<html></html>"),
            "down" => Behaviour::answer(503, "text/html", ""),
            "keys" => Behaviour::answer(401, "text/html", ""),
            json => Behaviour::json(json),
        })
        .await;
        let is_closed = answer == "closed";
        let url = if is_closed {
            closed.url()
        } else {
            server.url()
        };
        let environment = paynet(&url);
        let answered = run_json(SEND, &environment);
        let requests = usize::from(!is_closed);
        let code: i32 = code.parse().expect("a number");
        assert_eq!((answered.code, server.requests().len()), (code, requests));
        let error = answered.error();
        assert_eq!(error["kind"], kind, "{error}");
        assert_eq!(error["dispatch"], dispatch, "{error}");
        assert_eq!(error["provider"], "paynet");

        let next = if language == "tr" {
            "şimdi: "
        } else {
            "next: "
        };
        let failed = run(&format!("{SEND} --lang {language}"), &environment);
        failed.says(code, &[said]);
        assert_eq!(failed.stdout, "");
        let last = failed.stderr.lines().last().expect("a line");
        assert!(last.starts_with(&format!("{next}{step}")), "{last}");
        let quiet = run(&format!("{SEND} --lang {language} --quiet"), &environment);
        quiet.says(code, &[said]);
        assert!(!quiet.stderr.contains(next), "{}", quiet.stderr);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_connection_is_7() {
    let stranger = SocketServer::start(Behaviour::CloseOnAccept).await;
    for base in [
        "https://no-such-host.invalid".to_owned(),
        stranger.url().replace("http", "https"),
    ] {
        let run = run_json(SEND, &paynet(&base));
        assert_eq!(run.code, 7, "{base}: {run:?}");
        assert_eq!(run.error()["kind"], "unreachable");
        assert_eq!(run.error()["dispatch"], "not_sent");
    }
    let sandbox = run_json("sandbox messages --url http://127.0.0.1:9", &[]);
    assert_eq!(sandbox.code, 7);
    assert_eq!(sandbox.error()["kind"], "unreachable");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_input_is_2_before_a_byte_leaves() {
    let server = SocketServer::start(Behaviour::json(r#"{"code":0}"#)).await;
    let base = server.url();
    for (more, subject) in [
        ("--to '0212 000 00 42' --session s-1", "phone"),
        ("--to '0555 000 00 42' --session 's 1'", "session"),
    ] {
        let refused = run_json(&format!("otp send {more}"), &paynet(&base));
        assert_eq!(refused.code, 2, "{more}: {refused:?}");
        assert_eq!(refused.error()["kind"], "invalid_input");
        assert_eq!(refused.error()["subject"], subject);
        assert_eq!(refused.error()["dispatch"], "not_sent");
    }
    let mut wrong = paynet(&base);
    wrong.push(("PAYNET_SECRET_KEY", "pbk_test_canary"));
    for environment in [wrong, vec![]] {
        let refused = run_json(SEND, &environment);
        assert_eq!(refused.code, 2, "{refused:?}");
        assert_eq!(refused.error()["kind"], "config");
        assert!(!refused.printed().contains("canary"), "{refused:?}");
    }
    assert_eq!(server.connections(), 0);
}

#[test]
fn live_is_never_an_accident() {
    let live = run_json(SEND, &[("PAYNET_ENV", "live"), ("PAYNET_SECRET_KEY", KEY)]);
    assert_eq!(live.code, 2);
    assert_eq!(live.error()["kind"], "config");
    let message = live.error()["message"].to_string();
    assert!(message.contains("--live"), "{message}");
    let next = "next: add --live, or set another PAYNET_ENV";
    run(SEND, &[("PAYNET_ENV", "live"), ("PAYNET_SECRET_KEY", KEY)]).says(2, &[next]);
    // What can be read only once gets around no guard.
    let once = [("PAYNET_ENV_FILE", "-"), ("PAYNET_SECRET_KEY", KEY)];
    assert_eq!(run_with_stdin(SEND, &once, "live").code, 2);
}

/// A yes of a provider that cannot be printed is 6: a script that reads only the exit code must not send again.
/// Where no provider was asked it is 1.
#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_printed_is_6_where_something_was_sent() {
    use std::io::{Seek, Write};

    let served = Served::start();
    let sandbox = served.environment();
    let merchant = signed_by(MERCHANT);
    for (line, code, environment) in [
        (SEND, 6, &sandbox),
        ("man", 1, &sandbox),
        ("doctor", 1, &sandbox),
        ("demo", 1, &sandbox),
        ("callback verify", 1, &merchant),
    ] {
        let mut stdin = tempfile::tempfile().expect("a file");
        stdin.write_all(SIGNED.as_bytes()).expect("written");
        stdin.rewind().expect("rewound");
        let full = std::fs::File::options().write(true).open("/dev/full");
        let mut command = onay(&format!("{line} --json"), environment);
        let command = command.stdin(stdin).stdout(full.expect("/dev/full"));
        let output = command.output().expect("ran");
        assert_eq!(output.status.code(), Some(code), "{line}");
        let error: Value = serde_json::from_slice(&output.stderr).expect("JSON");
        let dispatch = match code {
            6 => Value::from("maybe_sent"),
            _ => Value::Null,
        };
        assert_eq!(error["error"]["dispatch"], dispatch, "{line}");
    }
}
