//! By command line alone against a running sandbox: send, receive, refuse, approve, wait.

use serde_json::Value;

use crate::support::{KEY, SEND, Served, run, run_with_stdin};

fn verify(served: &Served, code: &str, stdin: &str) -> crate::support::Run {
    let mut arguments = vec!["otp", "verify", "--code", code];
    arguments.extend(&SEND[1..]);
    run_with_stdin(&arguments, &served.environment(), stdin)
}

fn send(served: &Served) -> crate::support::Run {
    run(&[&["otp"], SEND.as_slice()].concat(), &served.environment())
}

#[test]
fn the_whole_way() {
    let served = Served::start();
    let environment = served.environment();

    let sent = send(&served).document();
    assert_eq!(sent["operation"], "send_otp");
    assert_eq!(sent["provider"], "paynet");
    assert_eq!(sent["challenge"]["session"], "s-1");
    assert_eq!(sent["challenge"]["gsm"], "+90 555 *** ** 42");
    assert!(
        sent["resend_after"]
            .as_str()
            .expect("a time")
            .ends_with('Z')
    );
    assert_eq!(sent["resend_after"], sent["expires_at"]);
    assert_eq!(sent["reference"], Value::Null);

    let wait = [
        "sandbox",
        "wait",
        "--to",
        "0555 000 00 42",
        "--timeout-ms",
        "5000",
    ];
    let message = run(&[&wait[..], &["--json"]].concat(), &environment).document();
    assert_eq!(message["to"], "+905550000042");
    let code = message["otp"].as_str().expect("a code");
    let alone = run(&[&wait[..], &["--otp"]].concat(), &environment);
    assert_eq!(alone.stdout.trim_end(), code);

    let wrong = verify(&served, "WRONG", "");
    assert_eq!(wrong.code, 3);
    assert_eq!(wrong.error()["kind"], "wrong_code");
    assert_eq!(wrong.error()["delivery"], "refused");

    let early = send(&served);
    assert_eq!(early.code, 5);
    let wait_ms = early.error()["retry_after_ms"].as_u64().expect("a wait");
    assert!((100_000..=181_000).contains(&wait_ms), "{wait_ms}");

    let approved = verify(&served, "-", &format!("{code}\n")).document();
    assert_eq!(approved["operation"], "verify_otp");
    assert_eq!(approved["challenge"]["session"], "s-1");

    let used = verify(&served, code, "");
    assert_eq!(
        (used.code, &used.error()["kind"]),
        (3, &Value::from("expired"))
    );

    let moved = run(
        &["sandbox", "clock", "advance", "600", "--json"],
        &environment,
    )
    .document();
    assert!(moved["offset_seconds"].as_f64().expect("an offset") >= 600.0);
    send(&served).document();

    let list = run(&["sandbox", "messages", "--json"], &environment).document();
    let messages = list["messages"].as_array().expect("messages");
    assert_eq!(messages.len(), 2, "one SMS each time it was allowed");

    let human = run(&["sandbox", "messages"], &environment);
    assert!(human.stdout.contains("+905550000042"), "{human:?}");
    assert!(!human.stdout.contains(KEY));

    run(&["sandbox", "reset", "--json"], &environment).document();
    let list = run(&["sandbox", "messages", "--json"], &environment).document();
    assert_eq!(list["messages"], serde_json::json!([]));
}

#[test]
fn waiting_in_vain_is_8() {
    let served = Served::start();
    let arguments = ["sandbox", "wait", "--timeout-ms", "50", "--json"];
    let waited = run(&arguments, &served.environment());
    assert_eq!(waited.code, 8);
    assert_eq!(waited.error()["kind"], "waited_in_vain");
}

#[test]
fn wait_sees_only_what_is_newer() {
    let served = Served::start();
    let environment = served.environment();
    send(&served).document();
    let message = run(&["sandbox", "wait", "--json"], &environment).document();
    let id = message["id"].to_string();
    let arguments = [
        "sandbox",
        "wait",
        "--after",
        &id,
        "--timeout-ms",
        "50",
        "--json",
    ];
    assert_eq!(run(&arguments, &environment).code, 8);
}

#[test]
fn a_running_sandbox_is_found_or_named() {
    let served = Served::start();
    let url = served.addresses["listen"].as_str().expect("an address");
    let by_flag = run(&["sandbox", "clock", "--url", url, "--json"], &[]);
    assert!(by_flag.document()["now"].is_string());
    let by_variable = run(
        &["sandbox", "clock", "--json"],
        &[("ONAY_SANDBOX_URL", url)],
    );
    assert!(by_variable.document()["now"].is_string());
}
