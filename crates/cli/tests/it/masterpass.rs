//! Masterpass by command line alone: session, link, resend, the old token refused, the new approved.

use onay_testkit::{Behaviour, SocketServer};
use serde_json::Value;

use crate::support::{Run, Served, onay, paywall, run, run_json};

fn call(base: &str, line: &str) -> Run {
    let run = run_json(line, &paywall(base));
    assert!(!run.printed().contains("canary"));
    run
}

fn text(document: &Value, place: &str) -> String {
    let value = document.pointer(place).and_then(Value::as_str);
    value.expect(place).to_owned()
}

const OPEN: &str = "masterpass session --reference order-1 --user user-1 --to '0555 000 00 42'";

#[test]
fn the_whole_way() {
    let served = Served::start();
    let call = |line: &str| call(served.address("paywall"), line);

    let opened = call(OPEN).document();
    let session = text(&opened, "/challenge/session");
    assert!(text(&opened, "/expires_at").ends_with('Z'));

    let linked = call(&format!("masterpass link --session {session}")).document();
    let old_token = text(&linked, "/challenge/token");
    assert_eq!(text(&linked, "/sender"), "bank");
    let wait = "sandbox wait --to '0555 000 00 42'";
    let first = call(wait).document();

    let resend = format!("masterpass resend --session {session} --token {old_token}");
    let early = call(&resend);
    assert_eq!(
        (early.code, text(&early.error(), "/kind").as_str()),
        (5, "too_soon")
    );

    call("sandbox clock advance 60").document();
    let token = text(&call(&resend).document(), "/challenge/token");
    assert_ne!(token, old_token);
    let second = call(&format!("{wait} --after {}", first["id"])).document();

    let verify = |token: &str, code: &str| {
        let session = format!("masterpass verify --session {session} --account-link");
        call(&format!("{session} --token {token} --code {code}"))
    };
    let dead = verify(&old_token, &text(&first, "/otp"));
    assert_eq!(dead.code, 3);
    let kind = text(&dead.error(), "/kind");
    assert!(["expired", "refused"].contains(&kind.as_str()), "{kind}");
    assert!(dead.error()["code"].is_string());

    let wrong = verify(&token, "WRONG");
    assert_eq!(
        (wrong.code, text(&wrong.error(), "/kind").as_str()),
        (3, "wrong_code")
    );
    let approved = verify(&token, &text(&second, "/otp")).document();
    assert_eq!(approved["provider"], "paywall-masterpass");
}

/// Without `--json` a person has to be able to go on all the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_are_told_how_to_go_on() {
    for (masterpass, said) in [
        (
            r#"{"Result":{"ResponseCode":"5010","Url3d":"https://3d.example.com/x"},"StatusCode":200}"#,
            [
                "the customer goes on at https://3d.example.com/x",
                "go on with --session s-2 --token t-1",
            ],
        ),
        (
            r#"{"Exception":{"Code":"TOKEN_IS_NOT_VALID"},"StatusCode":404}"#,
            ["refused", "go on with --session s-2 --token t-1"],
        ),
        (
            r#"{"Result":{"ResponseCode":"5001","Token":"t-2"},"StatusCode":200}"#,
            [
                "a code is sent by the card's bank",
                "go on with --session s-2 --token t-2",
            ],
        ),
        (
            r#"{"Result":{"ResponseCode":"0000"},"StatusCode":200}"#,
            [
                "no new code was named",
                "go on with --session s-2 --token t-1",
            ],
        ),
    ] {
        let answer = format!(
            r#"{{"Result":true,"Body":{{"Session":{{"SessionRenewed":true,"SessionId":"s-2"}},"Masterpass":{masterpass}}}}}"#
        );
        let server = SocketServer::start(Behaviour::json(&answer)).await;
        let resend = "masterpass resend --session s-1 --token t-1";
        let run = run(resend, &paywall(&server.url()));
        run.says(run.code, &said);
        assert_eq!(server.requests().len(), 1);
        if run.code != 0 {
            let error = call(&server.url(), resend).error();
            assert_eq!(error["challenge"]["session"], "s-2");
            assert_eq!(error["challenge"]["token"], "t-1");
        }
    }
}

/// A variable that is no text is not "not set": another server would be called.
#[cfg(unix)]
#[test]
fn a_variable_that_is_no_text_is_refused() {
    use std::os::unix::ffi::OsStrExt;
    let base = std::ffi::OsStr::from_bytes(b"http://127.0.0.1:9/\xff");
    let mut command = onay("masterpass link --session s-1 --json", &paywall(""));
    let output = command.env("PAYWALL_BASE_URL", base).output().expect("ran");
    assert_eq!(output.status.code(), Some(2));
}
