//! `onay callback`: one that is signed is verified; a signed "paid" goes out only where it is said whose it is.

use onay_testkit::{Behaviour, SocketServer};
use serde_json::{Value, json};

#[cfg(target_os = "linux")]
use crate::support::onay;
use crate::support::{Run, Served, Variables, run, run_json, run_with_stdin};

pub(crate) const MERCHANT: [&str; 3] = ["123456", "K3yForTests-0001", "S4ltForTests-001"];

/// A callback that is signed with the merchant's key.
pub(crate) const SIGNED: &str = "hash=k14%2FbsJpS8jmNObpZ%2FRIKnFSauBL57oP6AB%2FHeVVIEA%3D&callback_id=ORDER0001&merchant_oid=PT123456789&status=success&total_amount=3456";

const SANDBOX_MERCHANT: [&str; 3] = ["100001", "sandbox-merchant-key", "sandbox-merchant-salt"];

/// A merchant in the sandbox environment.
pub(crate) fn signed_by(merchant: [&'static str; 3]) -> Variables<'static> {
    let mut variables = of(merchant);
    variables.push(("PAYTR_ENV", "sandbox"));
    variables
}

fn of(merchant: [&'static str; 3]) -> Variables<'static> {
    let [id, key, salt] = merchant;
    vec![
        ("PAYTR_MERCHANT_ID", id),
        ("PAYTR_MERCHANT_KEY", key),
        ("PAYTR_MERCHANT_SALT", salt),
    ]
}

fn verify(body: &str) -> Run {
    let run = run_with_stdin("callback verify --json", &signed_by(MERCHANT), body);
    assert!(!run.printed().contains("ForTests"), "{run:?}");
    run
}

fn trigger(to: &str) -> String {
    format!("callback trigger --callback-id ORDER0001 --price 14.45 --to {to}")
}

#[test]
fn a_callback_is_verified_and_a_changed_one_is_4() {
    for end in ["", "\n", "\r\n"] {
        let paid = verify(&format!("{SIGNED}{end}")).document();
        assert_eq!(paid["merchant_oid"], "PT123456789");
        assert_eq!(paid["total_amount"], 3456);
    }
    let forged = verify(&SIGNED.replace("3456", "3457"));
    assert_eq!(
        (forged.code, &forged.error()["kind"]),
        (4, &Value::from("credentials"))
    );
    assert_eq!(verify(&format!("{SIGNED}&status=success")).code, 2);
    assert_eq!(verify("").code, 2);
    let long = format!("{SIGNED}&more={}", "x".repeat(64 * 1024));
    let refused = verify(&long).error()["message"].to_string();
    assert!(refused.contains("is longer than 65,536 bytes"), "{refused}");
}

/// A signed "paid" does not travel on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redirect_is_not_followed() {
    let other = SocketServer::start(Behaviour::answer(200, "text/plain", "OK")).await;
    let head = format!(
        "HTTP/1.1 307 Test\r\nlocation: {}\r\ncontent-length: 0\r\n\r\n",
        other.url()
    );
    let server = SocketServer::start(Behaviour::Answer(head.into_bytes())).await;
    let run = run(&trigger(&server.url()), &signed_by(MERCHANT));
    run.says(
        1,
        &["a redirect: the address has to answer itself (HTTP 307"],
    );
    assert_eq!(other.connections(), 0);
}

/// The shop may have booked the payment: another run would post it again.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_callback_that_was_taken_and_not_printed_is_not_triggered_again() {
    let server = SocketServer::start(Behaviour::answer(200, "text/plain", "OK")).await;
    let full = std::fs::File::options().write(true).open("/dev/full");
    let mut command = onay(&trigger(&server.url()), &signed_by(MERCHANT));
    let output = command
        .stdout(full.expect("/dev/full"))
        .output()
        .expect("ran");
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    let next = "first find out whether your server handled";
    assert!(said.contains(next) && !said.contains("-vv"), "{said}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_triggered_callback_verifies() {
    let server = SocketServer::start(Behaviour::answer(200, "text/plain", "OK")).await;
    let triggered = run_json(&trigger(&server.url()), &signed_by(MERCHANT)).document();
    assert_eq!(triggered["accepted"], true);
    let paid = verify(&server.requests()[0].text()).document();
    assert_eq!(paid["callback_id"], "ORDER0001");
    assert_eq!(paid["total_amount"], 1445);
    assert_eq!(paid["test_mode"], true);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_callback_that_was_not_taken_is_looked_into_before_another_run() {
    let first = "next: first find out whether your server handled the callback";
    let reached = "next: find out whether the callback reached your server";
    let page = format!("<!DOCTYPE html>{}", "x".repeat(100_000));
    for (answer, code, shown, advice) in [
        (
            Behaviour::answer(200, "text/plain", "\u{feff}OK"),
            1,
            "a byte order mark before OK: save the file without one (HTTP 200, body: \"\\u{feff}OK\")",
            first,
        ),
        (
            Behaviour::answer(200, "text/html", &page),
            1,
            "a web page: another address or a login page answered",
            first,
        ),
        (Behaviour::CloseAfterRequest, 6, "because: ", reached),
    ] {
        let server = SocketServer::start(answer).await;
        let said = run(&trigger(&server.url()), &signed_by(MERCHANT));
        said.says(code, &[shown, advice]);
        assert!(said.stderr.len() < 1_000, "{said:?}");
        assert_eq!(server.requests().len(), 1);
        assert!(!said.stderr.contains("-vv"), "{}", said.stderr);
    }
}

#[test]
fn a_signed_paid_goes_out_over_plain_http_to_this_machine_alone() {
    for (to, code) in [
        ("http://127.0.0.1:9/", 7),
        ("http://shop.example.com/", 2),
        ("ftp://127.0.0.1/", 2),
        ("nowhere", 2),
    ] {
        assert_eq!(run(&trigger(to), &signed_by(MERCHANT)).code, code, "{to}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whose_paid_it_is_has_to_be_said_before_it_is_signed() {
    let server = SocketServer::start(Behaviour::answer(200, "text/plain", "OK")).await;
    let url = server.url();
    let trigger = |environment: Option<&'static str>, more: &str| {
        let mut variables = of(MERCHANT);
        variables.extend(environment.map(|name| ("PAYTR_ENV", name)));
        run_json(&format!("{} {more}", trigger(&url)), &variables)
    };
    let unknown = [None, Some(""), Some("LIVE"), Some("production")];
    for environment in unknown {
        for more in ["", "--live"] {
            let refused = trigger(environment, more);
            assert_eq!(
                (refused.code, &refused.error()["kind"]),
                (2, &Value::from("config"))
            );
            let message = refused.error()["message"].to_string();
            assert!(message.contains("PAYTR_ENV"), "{message}");
        }
    }
    assert_eq!(trigger(Some("live"), "").code, 2);
    assert_eq!(server.requests().len(), 0, "nothing was posted");
    for (environment, more) in [("live", "--live"), ("test", ""), ("sandbox", "")] {
        assert_eq!(trigger(Some(environment), more).code, 0, "{environment}");
    }
    assert_eq!(server.requests().len(), 3);
}

#[test]
fn the_sandboxs_merchant_signs_and_verifies_nothing_live() {
    let mut environment = of(SANDBOX_MERCHANT);
    environment.push(("PAYTR_ENV", "live"));
    let trigger = trigger("http://127.0.0.1:9/ --live");
    for command in [trigger.as_str(), "callback verify"] {
        let refused = run_with_stdin(&format!("{command} --json"), &environment, "hash=x");
        assert_eq!(
            (refused.code, &refused.error()["kind"]),
            (2, &Value::from("config"))
        );
        let message = refused.error()["message"].to_string();
        let reason = "PAYTR_MERCHANT_KEY is the sandbox's";
        assert!(message.contains(reason), "{message}");
    }
}

/// A link is paid while the shop answers "later": the sandbox is asked to call back again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sandbox_posts_a_callback_again() {
    let served = Served::start();
    let environment = served.environment();
    run("callback resend", &environment).says(2, &["the sandbox has posted no callback"]);
    let answers = [
        Behaviour::answer(503, "text/plain", "later"),
        Behaviour::answer(200, "text/plain", "\u{feff}OK"),
        Behaviour::answer(200, "text/plain", "OK"),
        Behaviour::answer(200, "text/plain", "OK"),
    ];
    let shop = SocketServer::start_script(answers).await;
    let create = format!(
        "link create --name Masa --price 14.45 --product --callback-link {}/paid --callback-id A1",
        shop.url()
    );
    let created = run_json(&create, &environment).document();
    let id = created["id"].as_str().expect("an id");
    let pay = format!("{}/api/v1/links/{id}/pay", served.address("listen"));
    let paid = reqwest::Client::new().post(pay).send().await;
    assert!(paid.expect("answered").status().is_success());

    let bom = "OK'den önce bayt sırası işareti (BOM) var";
    run("callback resend --lang tr", &environment).says(1, &[bom, "gövde: \"\\u{feff}OK\""]);
    let journal = run("sandbox journal", &environment);
    journal.says(0, &["paytr callback  refused", "callback #1"]);
    let resent = run_json("callback resend --id 1", &environment).document();
    assert_eq!(
        resent,
        json!({"operation": "resend_callback", "provider": "paytr-link", "id": 1, "http_status": 200, "accepted": true})
    );
    assert_eq!(shop.requests().len(), 3);
    let unknown = run_json("callback resend --id 99", &environment);
    assert_eq!(
        (unknown.code, &unknown.error()["kind"]),
        (2, &json!("invalid_input"))
    );
    drop(shop);
    run("callback resend", &environment).says(1, &["your server did not answer: "]);
}
