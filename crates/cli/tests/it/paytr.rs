//! PayTR by command line: links over a real socket, tokens without one.

use onay_testkit::{Behaviour, SocketServer};
use serde_json::{Value, json};

use crate::callback::{MERCHANT, signed_by};
use crate::support::{Run, Served, paytr, run_json, run_with_stdin};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_link_command_is_one_call() {
    let yes = r#"{"status":"success","id":"NB2Zlz3","link":"https://www.paytr.com/link/NB2Zlz3"}"#;
    let server = SocketServer::start(Behaviour::answer(200, "text/html", yes)).await;
    let url = server.url();
    let call = |line: &str| run_json(&format!("link {line}"), &paytr(&url)).document();
    let created = call("create --name Çiçek --price 14.45 --product");
    assert_eq!(created["id"], "NB2Zlz3");
    assert_eq!(created["link"], "https://www.paytr.com/link/NB2Zlz3");
    let sms = call("sms --id NB2Zlz3 --to '0555 123 45 67'");
    assert_eq!(sms["to"], "+90 555 *** ** 67");
    let email = call("email --id NB2Zlz3 --to musteri@example.com");
    assert_eq!(email["to"], "m***@example.com");
    let deleted = call("delete --id NB2Zlz3 xNK7erZ");
    assert_eq!(deleted["deleted"], json!(["NB2Zlz3", "xNK7erZ"]));
    call("create --name Fatura --price '₺1.234,56' --collection --email musteri@example.com");
    let lines = server.requests().into_iter().map(|request| request.line);
    let post = |call: &str| format!("POST /odeme/api/link/{call} HTTP/1.1");
    assert_eq!(
        lines.collect::<Vec<_>>(),
        ["create", "send-sms", "send-email", "delete", "create"].map(post)
    );
}

fn explain(line: &str) -> Run {
    let run = run_json(&format!("token explain {line}"), &signed_by(MERCHANT));
    assert!(!run.printed().contains("K3yForTests"), "{run:?}");
    run
}

#[test]
fn a_token_is_explained() {
    let sms = "--call send-sms --id NB2Zlz3 --to";
    let right = "i1i6HmTzhx96RyqZVq5AFMotWHrKSqZRQT/AVfcfL94=";
    for spelling in ["05551234567", "'0555 123 45 67'", "+905551234567"] {
        let explained = explain(&format!("{sms} {spelling}")).document();
        assert_eq!(explained["message"], "NB2Zlz312345605551234567***");
        assert_eq!(explained["token"], right);
        assert_eq!(explained["finding"], Value::Null);
    }
    let twice = "1ooGaWI8crVoxUivqPoF1T5R4GzxHPioI02o9Y7Jzlk=";
    for (token, code, finding, mistake) in [
        (right, 0, "right", Value::Null),
        (twice, 3, "mistake", "merchant_salt appended twice".into()),
    ] {
        let run = explain(&format!("{sms} 05551234567 --expect {token}"));
        assert_eq!((run.code, run.stderr.as_str()), (code, ""), "{run:?}");
        let explained: Value = serde_json::from_str(&run.stdout).expect("the report");
        assert_eq!(explained["finding"], finding);
        assert_eq!(explained["mistake"], mistake);
    }
}

/// Create, send, find the link in the inbox, pay by POST as the page does, verify what the shop was
/// told; and the same with one byte changed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_whole_way_against_a_sandbox() {
    let served = Served::start();
    let environment = served.environment();
    let call = |line: &str| run_json(line, &environment);
    let verify = |body: &str| run_with_stdin("callback verify --json", &environment, body);
    let shop = SocketServer::start(Behaviour::answer(200, "text/plain", "OK")).await;
    let create = format!(
        "link create --name 'Çiçek buketi' --price 14.45 --currency TL --product \
         --callback-link {}/paid --callback-id ORDER0001",
        shop.url()
    );
    let created = call(&create).document();
    let id = created["id"].as_str().expect("an id");
    call(&format!("link sms --id {id} --to '0555 000 00 42'")).document();
    let message = call("sandbox wait --to '0555 000 00 42' --provider paytr").document();
    let link = message["link"].as_str().expect("a link");
    assert_eq!(created["link"], link);

    // The page's Pay button is a form that posts here.
    let pay = reqwest::Client::new().post(format!("{link}/pay"));
    let paid = pay.send().await.expect("answered");
    assert!(paid.status().is_success(), "{}", paid.status());
    let told = shop.requests().pop().expect("a callback").text();
    let verified = verify(&told).document();
    assert_eq!(verified["callback_id"], "ORDER0001");
    assert_eq!(verified["total_amount"], 1445);
    assert_eq!(verify(&told.replacen("ORDER0001", "ORDER0002", 1)).code, 4);

    call(&format!("link delete --id {id}")).document();
    let gone = call(&format!("link email --id {id} --to musteri@example.com"));
    assert_eq!((gone.code, &gone.error()["kind"]), (3, &json!("refused")));
}
