//! Masterpass by command line alone: session, link, resend, the old token refused, the new approved.

use onay_testkit::{Behaviour, SocketServer};
use serde_json::Value;

use crate::support::{Run, Served, run};

const KEYS: [(&str, &str); 2] = [
    ("PAYWALL_PRIVATE_KEY", "test-private-canary"),
    ("PAYWALL_PRIVATE_CLIENT", "test-client-canary"),
];

fn masterpass(base: &str, arguments: &[&str]) -> Run {
    let environment = [
        KEYS[0],
        KEYS[1],
        ("PAYWALL_ENV", "sandbox"),
        ("PAYWALL_BASE_URL", base),
    ];
    let run = run(&[arguments, &["--json"]].concat(), &environment);
    assert!(!format!("{run:?}").contains("canary"));
    run
}

fn text(document: &Value, place: &str) -> String {
    let value = document.pointer(place).and_then(Value::as_str);
    value.expect(place).to_owned()
}

#[test]
fn the_whole_way() {
    let served = Served::start();
    let base = served.paywall();
    let call = |arguments: &[&str]| masterpass(base, arguments);

    let opened = call(&[
        "masterpass",
        "session",
        "--reference",
        "order-1",
        "--user",
        "user-1",
        "--to",
        "0555 000 00 42",
    ])
    .document();
    let session = text(&opened, "/challenge/session");
    assert!(text(&opened, "/expires_at").ends_with('Z'));

    let linked = call(&["masterpass", "link", "--session", &session]).document();
    let old_token = text(&linked, "/challenge/token");
    assert_eq!(text(&linked, "/sender"), "bank");
    let wait = ["sandbox", "wait", "--to", "0555 000 00 42"];
    let first = call(&wait).document();

    let resend = [
        "masterpass",
        "resend",
        "--session",
        &session,
        "--token",
        &old_token,
    ];
    let early = call(&resend);
    assert_eq!(early.code, 5);
    assert_eq!(early.error()["kind"], "too_soon");

    call(&["sandbox", "clock", "advance", "60"]).document();
    let answer = call(&resend).document();
    let token = text(&answer, "/challenge/token");
    assert_ne!(token, old_token);
    let id = first["id"].to_string();
    let second = call(&[&wait[..], &["--after", &id]].concat()).document();

    let verify = |token: &str, code: &str| {
        call(&[
            "masterpass",
            "verify",
            "--session",
            &session,
            "--token",
            token,
            "--code",
            code,
            "--account-link",
        ])
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_hands_the_renewed_session_on() {
    let answer = r#"{"Result":true,"ErrorCode":0,"Body":{"Session":{"SessionRenewed":true,"SessionId":"s-2"},"Masterpass":{"Result":null,"Exception":{"Code":"TOKEN_IS_NOT_VALID"},"StatusCode":404}}}"#;
    let server = SocketServer::start(Behaviour::json(answer)).await;
    let resend = ["masterpass", "resend", "--session", "s-1", "--token", "t-1"];
    let refused = masterpass(&server.url(), &resend);
    assert_eq!((refused.code, server.requests().len()), (3, 1));
    let error = refused.error();
    assert_eq!(error["code"], "TOKEN_IS_NOT_VALID");
    assert_eq!(error["challenge"]["session"], "s-2");
    assert_eq!(error["challenge"]["token"], "t-1");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_exit_code() {
    let inner = |code: &str| {
        format!(
            r#"{{"Result":true,"Body":{{"Masterpass":{{"Exception":{{"Code":"{code}"}},"StatusCode":400}}}}}}"#
        )
    };
    for (behaviour, code) in [
        (Behaviour::json(&inner("CARD_NOT_FOUND")), 3),
        (Behaviour::json(&inner("AUTHENTICATION_FAILED")), 4),
        (Behaviour::json(&inner("VPOS_TIMEOUT_ERROR")), 6),
        (Behaviour::json(r#"{"Result":true,"Body":null}"#), 6),
        (Behaviour::CloseAfterRequest, 6),
    ] {
        let server = SocketServer::start(behaviour).await;
        let run = masterpass(&server.url(), &["masterpass", "link", "--session", "s-1"]);
        assert_eq!((run.code, server.requests().len()), (code, 1), "{run:?}");
    }
    for arguments in [
        ["masterpass", "link", "--session", ""].as_slice(),
        &["masterpass", "link", "--session", "s 1"],
        &["masterpass", "resend", "--session", "s-1", "--token", ""],
        &[
            "masterpass",
            "verify",
            "--session",
            "s-1",
            "--token",
            "t",
            "--code",
            "",
        ],
        &[
            "masterpass",
            "verify",
            "--session",
            "s-1",
            "--token",
            "t",
            "--code",
            "123456789012345678901",
        ],
        &[
            "masterpass",
            "session",
            "--reference",
            "r",
            "--user",
            "u",
            "--to",
            "0212 000 00 42",
        ],
    ] {
        let run = masterpass("http://127.0.0.1:9", arguments);
        assert_eq!(run.code, 2, "{arguments:?}");
        assert_eq!(run.error()["kind"], "invalid_input");
    }
}

/// Without `--json` a person has to be able to go on all the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_are_told_how_to_go_on() {
    let inner = |masterpass: &str| {
        Behaviour::json(&format!(
            r#"{{"Result":true,"Body":{{"Session":{{"SessionRenewed":true,"SessionId":"s-2"}},"Masterpass":{masterpass}}}}}"#
        ))
    };
    for (behaviour, said) in [
        (
            inner(
                r#"{"Result":{"ResponseCode":"5010","Url3d":"https://3d.example.com/x"},"StatusCode":200}"#,
            ),
            [
                "the customer goes on at https://3d.example.com/x",
                "--session s-2 --token t-1",
            ],
        ),
        (
            inner(r#"{"Exception":{"Code":"TOKEN_IS_NOT_VALID"},"StatusCode":404}"#),
            ["refused", "--session s-2 --token t-1"],
        ),
        (
            inner(r#"{"Result":{"ResponseCode":"5001","Token":"t-2"},"StatusCode":200}"#),
            [
                "a code is sent by the card's bank",
                "--session s-2 --token t-2",
            ],
        ),
        (
            inner(r#"{"Result":{"ResponseCode":"0000"},"StatusCode":200}"#),
            ["no new code was named", "--session s-2 --token t-1"],
        ),
    ] {
        let server = SocketServer::start(behaviour).await;
        let environment = [
            KEYS[0],
            KEYS[1],
            ("PAYWALL_ENV", "sandbox"),
            ("PAYWALL_BASE_URL", &server.url()),
        ];
        let resend = ["masterpass", "resend", "--session", "s-1", "--token", "t-1"];
        let run = run(&resend, &environment);
        let printed = format!("{}{}", run.stdout, run.stderr);
        for said in said {
            assert!(printed.contains(said), "{said} in {printed}");
        }
    }
}

/// A variable that is no text is not "not set": another server would be called.
#[cfg(unix)]
#[test]
fn a_variable_that_is_no_text_is_refused() {
    use std::os::unix::ffi::OsStrExt;
    let base = std::ffi::OsStr::from_bytes(b"http://127.0.0.1:9/\xff");
    let arguments = ["masterpass", "link", "--session", "s-1", "--json"];
    let mut command =
        crate::support::onay(&arguments, &[KEYS[0], KEYS[1], ("PAYWALL_ENV", "sandbox")]);
    let output = command.env("PAYWALL_BASE_URL", base).output().expect("ran");
    assert_eq!(output.status.code(), Some(2));
}

/// A refusal that brings another token, or another session, hands it on.
#[test]
fn what_a_fault_rotates_is_handed_on() {
    let served = Served::start();
    let base = served.paywall();
    let call = |arguments: &[&str]| masterpass(base, arguments);
    let fault = |kind: &str| {
        let set = ["sandbox", "fault", "set", kind, "--operation", "otp/verify"];
        call(&[&set[..], &["--times", "1"]].concat()).document();
    };
    let opened = "masterpass session --reference order-1 --user user-1 --to 5550000042";
    let opened = call(&opened.split(' ').collect::<Vec<_>>()).document();
    let session = text(&opened, "/challenge/session");
    let linked = call(&["masterpass", "link", "--session", &session]).document();
    let token = text(&linked, "/challenge/token");
    let newest = || text(&call(&["sandbox", "wait"]).document(), "/otp");
    let verify = |session: &str, token: &str, code: &str| {
        let who = ["masterpass", "verify", "--session", session];
        let what = ["--token", token, "--code", code, "--account-link"];
        call(&[&who[..], &what[..]].concat())
    };

    fault("rotate_token");
    let rotated = verify(&session, &token, &newest());
    assert_eq!(rotated.code, 3, "{rotated:?}");
    assert_eq!(rotated.error()["kind"], "action_required");
    let next = text(&rotated.error(), "/challenge/token");
    assert_ne!(next, token);

    fault("renew_session");
    let renewed = verify(&session, &next, "000000");
    assert_eq!(
        (renewed.code, &renewed.error()["kind"]),
        (3, &Value::from("wrong_code"))
    );
    let next_session = text(&renewed.error(), "/challenge/session");
    assert_ne!(next_session, session);
    assert_eq!(verify(&next_session, &next, &newest()).code, 0);
}
