//! PayTR by command line: links over a real socket, callbacks and tokens without one.

use onay_testkit::{Behaviour, SocketServer};
use serde_json::Value;

use crate::support::{Run, run_with_stdin};

const HASH: &str = "k14%2FbsJpS8jmNObpZ%2FRIKnFSauBL57oP6AB%2FHeVVIEA%3D";

fn paytr(base: &str, arguments: &[&str], stdin: &str) -> Run {
    let environment = [
        ("PAYTR_ENV", "sandbox"),
        ("PAYTR_BASE_URL", base),
        ("PAYTR_MERCHANT_ID", "123456"),
        ("PAYTR_MERCHANT_KEY", "K3yForTests-0001"),
        ("PAYTR_MERCHANT_SALT", "S4ltForTests-001"),
    ];
    let run = run_with_stdin(&[arguments, &["--json"]].concat(), &environment, stdin);
    let printed = format!("{run:?}");
    assert!(
        !printed.contains("K3yForTests") && !printed.contains("S4ltForTests"),
        "{printed}"
    );
    run
}

fn offline(arguments: &[&str], stdin: &str) -> Run {
    paytr("http://127.0.0.1:9", arguments, stdin)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_link_command_is_one_call() {
    let yes = r#"{"status":"success","id":"NB2Zlz3","link":"https://www.paytr.com/link/NB2Zlz3"}"#;
    let server = SocketServer::start(Behaviour::answer(200, "text/html", yes)).await;
    let call = |arguments: &[&str]| paytr(&server.url(), arguments, "").document();
    let created = call(&[
        "link",
        "create",
        "--name",
        "Çiçek",
        "--price",
        "14.45",
        "--product",
    ]);
    assert_eq!(created["id"], "NB2Zlz3");
    assert_eq!(created["link"], "https://www.paytr.com/link/NB2Zlz3");
    let sms = call(&["link", "sms", "--id", "NB2Zlz3", "--to", "0555 123 45 67"]);
    assert_eq!(sms["to"], "+90 555 *** ** 67");
    let email = call(&[
        "link",
        "email",
        "--id",
        "NB2Zlz3",
        "--to",
        "musteri@example.com",
    ]);
    assert_eq!(email["to"], "m***@example.com");
    let deleted = call(&["link", "delete", "--id", "NB2Zlz3", "xNK7erZ"]);
    assert_eq!(
        deleted["deleted"],
        serde_json::json!(["NB2Zlz3", "xNK7erZ"])
    );
    let collection = [
        "link",
        "create",
        "--name",
        "Fatura",
        "--price",
        "350",
        "--collection",
        "--email",
        "musteri@example.com",
    ];
    call(&collection);
    let lines: Vec<String> = server
        .requests()
        .into_iter()
        .map(|request| request.line)
        .collect();
    let post = |call: &str| format!("POST /odeme/api/link/{call} HTTP/1.1");
    assert_eq!(
        lines,
        ["create", "send-sms", "send-email", "delete", "create"].map(post)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_exit_code() {
    for (behaviour, code) in [
        (
            Behaviour::json(r#"{"status":"error","reason":"Geçersiz id."}"#),
            3,
        ),
        (
            Behaviour::json(r#"{"status":"failed","err_msg":"paytr_token gecersiz"}"#),
            4,
        ),
        (Behaviour::json(r#"{"status":"maybe"}"#), 6),
        (Behaviour::CloseAfterRequest, 6),
    ] {
        let server = SocketServer::start(behaviour).await;
        let sms = ["link", "sms", "--id", "NB2Zlz3", "--to", "0555 123 45 67"];
        let run = paytr(&server.url(), &sms, "");
        assert_eq!((run.code, server.requests().len()), (code, 1), "{run:?}");
        assert_eq!(run.error()["provider"], "paytr-link");
    }
    let sms = ["link", "sms", "--id", "NB2Zlz3", "--to", "0555 123 45 67"];
    assert_eq!(offline(&sms, "").code, 7);
    for arguments in [
        [
            "link",
            "create",
            "--name",
            "Çiç",
            "--price",
            "14.45",
            "--product",
        ]
        .as_slice(),
        &[
            "link",
            "create",
            "--name",
            "Çiçek",
            "--price",
            "0",
            "--product",
        ],
        &[
            "link",
            "create",
            "--name",
            "Çiçek",
            "--price",
            "14.455",
            "--product",
        ],
        &[
            "link",
            "create",
            "--name",
            "Çiçek",
            "--price",
            "14.45",
            "--product",
            "--min-count",
            "0",
        ],
        &["link", "create", "--name", "Çiçek", "--price", "14.45"],
        &["link", "sms", "--id", "NB 2", "--to", "0555 123 45 67"],
        &["link", "sms", "--id", "NB2", "--to", "0212 123 45 67"],
        &["link", "email", "--id", "NB2", "--to", "nobody"],
        &["link", "delete", "--id"],
    ] {
        let run = offline(arguments, "");
        assert_eq!(run.code, 2, "{arguments:?}: {run:?}");
    }
}

#[test]
fn a_callback_is_verified_and_a_changed_one_is_4() {
    let body = format!(
        "hash={HASH}&callback_id=ORDER0001&merchant_oid=PT123456789&status=success&total_amount=3456"
    );
    for body in [body.clone(), format!("{body}\n"), format!("{body}\r\n")] {
        let paid = offline(&["callback", "verify"], &body).document();
        assert_eq!(paid["merchant_oid"], "PT123456789");
        assert_eq!(paid["total_amount"], 3456);
    }
    let forged = offline(&["callback", "verify"], &body.replace("3456", "3457"));
    assert_eq!(
        (forged.code, &forged.error()["kind"]),
        (4, &Value::from("credentials"))
    );
    let twice = offline(&["callback", "verify"], &format!("{body}&status=success"));
    assert_eq!(twice.code, 2);
    assert_eq!(offline(&["callback", "verify"], "").code, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_triggered_callback_verifies() {
    let trigger = |to: String| {
        let arguments = [
            "callback",
            "trigger",
            "--to",
            to.as_str(),
            "--callback-id",
            "ORDER0001",
            "--price",
            "14.45",
        ];
        offline(&arguments, "")
    };
    let server = SocketServer::start(Behaviour::answer(200, "text/plain", "OK")).await;
    assert_eq!(trigger(server.url()).document()["accepted"], true);
    let told = server.requests()[0].text();
    let paid = offline(&["callback", "verify"], &told).document();
    assert_eq!(paid["callback_id"], "ORDER0001");
    assert_eq!(paid["total_amount"], 1445);
    assert_eq!(paid["test_mode"], true);
    for answer in ["OK\n", "ok", "<html>OK</html>"] {
        let server = SocketServer::start(Behaviour::answer(200, "text/plain", answer)).await;
        assert_eq!(trigger(server.url()).code, 1, "{answer:?}");
    }
}

#[test]
fn a_signed_paid_never_goes_out_by_accident() {
    let trigger = [
        "callback",
        "trigger",
        "--callback-id",
        "ORDER1",
        "--price",
        "1",
        "--to",
    ];
    for (to, code) in [
        ("http://127.0.0.1:9/", 7),
        ("http://shop.example.com/", 2),
        ("ftp://127.0.0.1/", 2),
        ("nowhere", 2),
    ] {
        assert_eq!(
            offline(&[&trigger[..], &[to]].concat(), "").code,
            code,
            "{to}"
        );
    }
    let environment = [
        ("PAYTR_ENV", "live"),
        ("PAYTR_MERCHANT_ID", "123456"),
        ("PAYTR_MERCHANT_KEY", "test-key"),
        ("PAYTR_MERCHANT_SALT", "test-salt"),
    ];
    let live = [&trigger[..], &["http://127.0.0.1:9/"]].concat();
    assert_eq!(run_with_stdin(&live, &environment, "").code, 2);
}

#[test]
fn a_token_is_explained() {
    let explain = [
        "token",
        "explain",
        "--call",
        "send-sms",
        "--id",
        "NB2Zlz3",
        "--to",
        "05551234567",
    ];
    let plain = offline(&explain, "").document();
    assert_eq!(plain["message"], "NB2Zlz312345605551234567***");
    assert_eq!(
        plain["token"],
        "i1i6HmTzhx96RyqZVq5AFMotWHrKSqZRQT/AVfcfL94="
    );
    assert_eq!(plain["finding"], Value::Null);
    for spelling in ["0555 123 45 67", "+905551234567"] {
        let like = [&explain[..7], &[spelling]].concat();
        assert_eq!(offline(&like, "").document()["token"], plain["token"]);
    }
    for (token, finding, mistake) in [
        (
            "i1i6HmTzhx96RyqZVq5AFMotWHrKSqZRQT/AVfcfL94=",
            "right",
            Value::Null,
        ),
        (
            "1ooGaWI8crVoxUivqPoF1T5R4GzxHPioI02o9Y7Jzlk=",
            "mistake",
            Value::from("merchant_salt appended twice"),
        ),
        ("AAAA", "unknown", Value::Null),
    ] {
        let expect = [&explain[..], &["--expect", token]].concat();
        let run = offline(&expect, "");
        let code = if finding == "right" { 0 } else { 3 };
        assert_eq!((run.code, run.stderr.as_str()), (code, ""), "{run:?}");
        let explained: Value = serde_json::from_str(&run.stdout).expect("the report");
        assert_eq!(
            (&explained["finding"], &explained["mistake"]),
            (&Value::from(finding), &mistake)
        );
    }
}

#[test]
fn the_tokens_of_create_are_explained_too() {
    let explain = [
        "token",
        "explain",
        "--price",
        "14.45",
        "--name",
        "Çiçek Şöleni İğde",
        "--call",
    ];
    let product = offline(&[&explain[..], &["create-product"]].concat(), "").document();
    assert_eq!(
        product["token"],
        "Iz/CqXkmxlx+SQQuvkirFid2rzEvNAYqMrVfkYWZwD4="
    );
    let collection = [
        "token",
        "explain",
        "--call",
        "create-collection",
        "--name",
        "Fatura 2024/17",
        "--price",
        "350",
        "--max-installment",
        "6",
        "--to",
        "musteri@example.com",
    ];
    let collection = offline(&collection, "").document();
    assert_eq!(
        collection["token"],
        "Wq0O++nMBmGP5KJtAKnN+m8bGhzvOg86u4/Y6rcCQwU="
    );
}

/// Create, send, find the link in the inbox, pay by POST as the page does, verify what the shop was
/// told; and the same with one byte changed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_whole_way_against_a_sandbox() {
    let served = crate::support::Served::start();
    let base = served.addresses["paytr"].as_str().expect("an address");
    let environment = [
        ("PAYTR_ENV", "sandbox"),
        ("PAYTR_BASE_URL", base),
        ("PAYTR_MERCHANT_ID", "100001"),
        ("PAYTR_MERCHANT_KEY", "sandbox-merchant-key"),
        ("PAYTR_MERCHANT_SALT", "sandbox-merchant-salt"),
    ];
    let call = |arguments: &[&str], stdin: &str| {
        run_with_stdin(&[arguments, &["--json"]].concat(), &environment, stdin)
    };
    let shop = SocketServer::start(Behaviour::answer(200, "text/plain", "OK")).await;
    let callback = format!("{}/paid", shop.url());
    let create = [
        "link",
        "create",
        "--name",
        "Çiçek buketi",
        "--price",
        "14.45",
        "--currency",
        "TL",
        "--product",
        "--callback-link",
        &callback,
        "--callback-id",
        "ORDER0001",
    ];
    let created = call(&create, "").document();
    let id = created["id"].as_str().expect("an id");
    call(&["link", "sms", "--id", id, "--to", "0555 000 00 42"], "").document();
    let wait = [
        "sandbox",
        "wait",
        "--to",
        "0555 000 00 42",
        "--provider",
        "paytr",
    ];
    let message = call(&wait, "").document();
    let link = message["link"].as_str().expect("a link");
    assert_eq!(created["link"], link);

    // The page's Pay button is a form that posts here.
    let pay = format!("{link}/pay");
    let paid = reqwest::Client::new()
        .post(&pay)
        .send()
        .await
        .expect("answered");
    assert!(paid.status().is_success(), "{}", paid.status());
    let told = shop.requests().pop().expect("a callback").text();
    let verified = call(&["callback", "verify"], &told).document();
    assert_eq!(verified["callback_id"], "ORDER0001");
    assert_eq!(verified["total_amount"], 1445);
    let changed = told.replacen("ORDER0001", "ORDER0002", 1);
    assert_eq!(call(&["callback", "verify"], &changed).code, 4);

    call(&["link", "delete", "--id", id], "").document();
    let gone = call(
        &["link", "email", "--id", id, "--to", "musteri@example.com"],
        "",
    );
    assert_eq!(
        (gone.code, &gone.error()["kind"]),
        (3, &Value::from("refused"))
    );
}
