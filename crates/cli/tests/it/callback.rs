//! `onay callback`: a signed "paid" goes out only where it is said whose it is, and not twice unseen.

use onay_testkit::{Behaviour, SocketServer};

use crate::support::{run, run_with_stdin};

const TRIGGER: [&str; 6] = [
    "callback",
    "trigger",
    "--callback-id",
    "ORDER1",
    "--price",
    "1",
];

const MERCHANT: [(&str, &str); 3] = [
    ("PAYTR_MERCHANT_ID", "123456"),
    ("PAYTR_MERCHANT_KEY", "test-key"),
    ("PAYTR_MERCHANT_SALT", "test-salt"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_told_to_send_it_again_before_having_looked() {
    for (answer, code, advice) in [
        (
            Behaviour::answer(500, "text/plain", "no"),
            1,
            "next: first find out whether your server handled the callback",
        ),
        (
            Behaviour::CloseAfterRequest,
            6,
            "next: find out whether the callback reached your server",
        ),
    ] {
        let server = SocketServer::start(answer).await;
        let url = server.url();
        let environment = [&MERCHANT[..], &[("PAYTR_ENV", "sandbox")]].concat();
        let trigger = [&TRIGGER[..], &["--to", &url]].concat();
        let said = run(&trigger, &environment);
        assert_eq!((said.code, server.requests().len()), (code, 1), "{said:?}");
        assert!(said.stderr.contains(advice), "{}", said.stderr);
        assert!(!said.stderr.contains("-vv"), "{}", said.stderr);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whose_paid_it_is_has_to_be_said_before_it_is_signed() {
    let server = SocketServer::start(Behaviour::answer(200, "text/plain", "OK")).await;
    let url = server.url();
    let trigger = |environment: Option<&str>, more: &[&str]| {
        let named = environment.map(|name| ("PAYTR_ENV", name));
        let environment: Vec<_> = MERCHANT.into_iter().chain(named).collect();
        let command = [&TRIGGER[..], &["--json", "--to", &url], more].concat();
        run_with_stdin(&command, &environment, "")
    };
    for environment in [
        None,
        Some(""),
        Some("LIVE"),
        Some("Live"),
        Some("production"),
    ] {
        for more in [&[][..], &["--live"]] {
            let refused = trigger(environment, more);
            assert_eq!(
                (refused.code, refused.error()["kind"].as_str()),
                (2, Some("config"))
            );
            let message = refused.error()["message"].to_string();
            assert!(message.contains("PAYTR_ENV"), "{message}");
        }
    }
    assert_eq!(trigger(Some("live"), &[]).code, 2);
    assert_eq!(server.requests().len(), 0, "nothing was posted");
    for (environment, more) in [("live", &["--live"][..]), ("test", &[]), ("sandbox", &[])] {
        assert_eq!(trigger(Some(environment), more).code, 0, "{environment}");
    }
    assert_eq!(server.requests().len(), 3);
}

#[test]
fn the_sandboxs_merchant_signs_and_verifies_nothing_live() {
    let environment = [
        ("PAYTR_ENV", "live"),
        ("PAYTR_MERCHANT_ID", "100001"),
        ("PAYTR_MERCHANT_KEY", "sandbox-merchant-key"),
        ("PAYTR_MERCHANT_SALT", "sandbox-merchant-salt"),
    ];
    let more = ["--live", "--to", "http://127.0.0.1:9/", "--json"];
    let trigger = [&TRIGGER[..], &more].concat();
    for command in [&trigger[..], &["callback", "verify", "--json"]] {
        let refused = run_with_stdin(command, &environment, "hash=x");
        assert_eq!(
            (refused.code, refused.error()["kind"].as_str()),
            (2, Some("config"))
        );
        let message = refused.error()["message"].to_string();
        assert!(
            message.contains("PAYTR_MERCHANT_KEY is the sandbox's"),
            "{message}"
        );
    }
}
