//! By command line alone against a running sandbox: send, receive, refuse, approve, wait.

use serde_json::{Value, json};

use crate::support::{KEY, Run, SEND, Served, run, run_json, run_with_stdin};

fn verify(served: &Served, code: &str, stdin: &str) -> Run {
    let line = format!("{} --code {code} --json", SEND.replace("send", "verify"));
    run_with_stdin(&line, &served.environment(), stdin)
}

#[test]
fn the_whole_way() {
    let served = Served::start();
    let environment = served.environment();
    let call = |line: &str| run_json(line, &environment);

    let sent = call(SEND).document();
    assert_eq!(sent["operation"], "send_otp");
    assert_eq!(sent["provider"], "paynet");
    assert_eq!(sent["challenge"]["session"], "s-1");
    assert_eq!(sent["challenge"]["recipient"], "+90 555 *** ** 42");
    let resend = sent["resend_after"].as_str().expect("a time");
    assert!(resend.ends_with('Z'), "{resend}");
    assert_eq!(sent["resend_after"], sent["expires_at"]);
    assert_eq!(sent["reference"], Value::Null);

    let wait = "sandbox wait --to '0555 000 00 42' --timeout-ms 5000";
    let message = call(wait).document();
    assert_eq!(message["to"], "+905550000042");
    let code = message["otp"].as_str().expect("a code");
    let alone = run(&format!("{wait} --otp"), &environment);
    assert_eq!(alone.stdout.trim_end(), code);

    let wrong = verify(&served, "WRONG", "");
    assert_eq!(wrong.code, 3);
    assert_eq!(wrong.error()["kind"], "wrong_code");
    assert_eq!(wrong.error()["dispatch"], "refused");

    let early = call(SEND);
    assert_eq!(early.code, 5);
    let wait_ms = early.error()["retry_after_ms"].as_u64().expect("a wait");
    assert!((100_000..=181_000).contains(&wait_ms), "{wait_ms}");

    let approved = verify(&served, "-", &format!("{code}\n")).document();
    assert_eq!(approved["operation"], "verify_otp");
    assert_eq!(approved["challenge"]["session"], "s-1");
    let used = verify(&served, code, "");
    assert_eq!((used.code, &used.error()["kind"]), (3, &json!("expired")));

    let moved = call("sandbox clock advance 600").document();
    let expired = run(&format!("{wait} --otp"), &environment);
    expired.says(
        3,
        &["the code of message #1 has expired", "--expired prints"],
    );
    assert_eq!(expired.stdout, "");
    let asked = run(&format!("{wait} --otp --expired"), &environment);
    assert_eq!(asked.stdout.trim_end(), code);
    assert!(moved["offset_seconds"].as_f64().expect("an offset") >= 600.0);
    call(SEND).document();
    let list = call("sandbox messages").document();
    let messages = list["messages"].as_array().expect("messages");
    assert_eq!(messages.len(), 2, "one SMS each time it was allowed");
    let human = run("sandbox messages", &environment);
    human.says(0, &["+905550000042"]);
    assert!(!human.stdout.contains(KEY));

    call("sandbox reset").document();
    let list = call("sandbox messages").document();
    assert_eq!(list["messages"], json!([]));
}

#[test]
fn wait_sees_only_what_is_newer_and_ends_with_8() {
    let served = Served::start();
    let call = |line: &str| run_json(line, &served.environment());
    call(SEND).document();
    let message = call("sandbox wait").document();
    let newer = format!("sandbox wait --after {} --timeout-ms 50", message["id"]);
    let waited = call(&newer);
    assert_eq!(waited.code, 8);
    assert_eq!(waited.error()["kind"], "wait_timed_out");
}
