//! Callbacks as calls: repeated, sent again, shown, in the journal.

use std::time::Duration;

use onay_sandbox::{Outcome, Sandbox};
use tokio::net::TcpListener;

use crate::paytr_support::{PaytrCaller, Shop, called_back, product, sms, with_link};
use crate::support::{Response, text_of};

/// Waits until the shop was told so often.
async fn told_times(shop: &Shop, times: usize) {
    for _ in 0..500 {
        if shop.told().len() >= times {
            // What was answered is written down a moment later.
            tokio::time::sleep(Duration::from_millis(20)).await;
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("told {} times", shop.told().len());
}

#[tokio::test]
async fn a_payer_who_goes_away_leaves_the_callback_to_be_repeated() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("an address");
    let port = listener.local_addr().expect("an address").port();
    let url = format!("http://127.0.0.1:{port}/bildirim");
    let (sandbox, _caller, id) = with_link(called_back(&url)).await;
    let accepted = tokio::select! {
        accepted = listener.accept() => accepted,
        _ = sandbox.pay(&id) => panic!("nothing was answered yet"),
    };
    // The payer is gone; the shop hangs up without an answer.
    drop(accepted);
    for _ in 0..500 {
        if !sandbox
            .journal()
            .iter()
            .all(|call| call.callback().is_none())
        {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    sandbox.advance(Duration::from_secs(61));
    let again = tokio::time::timeout(Duration::from_secs(10), listener.accept()).await;
    again.expect("repeated").expect("a connection");
}

#[tokio::test]
async fn a_shop_that_answers_late_is_paid_once_and_called_three_times() {
    let shop = Shop::answering(&[(503, ""), (200, "\u{feff}OK"), (200, "OK")]).await;
    let (sandbox, caller, id) = with_link(called_back(&shop.url)).await;
    let paid = sandbox.pay(&id).await.expect("paid");
    let answer = paid.callback().expect("an answer");
    assert_eq!((answer.status(), answer.is_accepted()), (Some(503), false));

    sandbox.advance(Duration::from_secs(61));
    told_times(&shop, 2).await;
    // Nothing is due until five minutes later.
    sandbox.advance(Duration::from_secs(200));
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(shop.told().len(), 2);
    sandbox.advance(Duration::from_secs(101));
    told_times(&shop, 3).await;
    sandbox.advance(Duration::from_secs(30 * 24 * 60 * 60));
    tokio::time::sleep(Duration::from_millis(50)).await;

    let told = shop.told();
    let of_order = format!("merchant_oid={}&", paid.merchant_oid());
    assert!(
        told.iter().all(|request| request.contains(&of_order)),
        "{told:?}"
    );
    assert_eq!(told.len(), 3, "one order, told three times");
    let journal = sandbox.journal();
    let calls: Vec<_> = journal
        .iter()
        .filter(|call| call.operation() == Some("callback"))
        .map(|call| (call.outcome(), call.status(), call.callback()))
        .collect();
    assert_eq!(
        calls,
        [
            (Outcome::Accepted, Some(200), Some(1)),
            (Outcome::Refused, Some(200), Some(1)),
            (Outcome::Refused, Some(503), Some(1)),
        ]
    );
    let doctor = journal[1].doctor().expect("a word");
    assert!(doctor.contains("byte order mark"), "{doctor}");

    let listed = caller.plain.ask("/api/v1/callbacks").await;
    let callback = &listed["callbacks"][0];
    assert_eq!(callback["attempts"].as_array().map(Vec::len), Some(3));
    assert_eq!(callback["next_at"], serde_json::Value::Null);
    let answer = &callback["attempts"][1]["answer"];
    assert_eq!(answer["shown"], "\\u{feff}OK");
    assert_eq!(answer["cause"]["id"], "bom");
    let masked = caller.plain.ask("/api/v1/journal?limit=1").await["calls"][0].clone();
    assert_eq!(masked["request"]["hash"], "****");
    assert_eq!(masked["request"]["total_amount"], "1445");
}

#[tokio::test]
async fn a_callback_is_sent_again_from_the_library_and_by_the_api() {
    let shop = Shop::answering(&[(200, "OK")]).await;
    let (sandbox, caller, id) = with_link(called_back(&shop.url)).await;
    let paid = sandbox.pay(&id).await.expect("paid");
    let number = paid.callback_number().expect("a number");
    let again = sandbox.resend_callback(number).await.expect("sent again");
    assert!(again.is_accepted());
    let path = format!("/api/v1/callbacks/{number}/resend");
    let answer = Response::of(caller.plain.post(&path)).await;
    assert_eq!(answer.json()["accepted"], true);
    assert_eq!(shop.told().len(), 3);
    assert!(sandbox.resend_callback(99).await.is_err());
    let unknown = Response::of(caller.plain.post("/api/v1/callbacks/99/resend")).await;
    assert_eq!(unknown.status, 404);
}

#[tokio::test]
async fn the_message_of_a_paid_link_says_so() {
    let (sandbox, caller, id) = with_link(product()).await;
    caller.call("send-sms", sms(&id)).await;
    assert_eq!(sandbox.messages()[0].paid_at(), None);
    sandbox.pay(&id).await.expect("paid");
    assert!(sandbox.messages()[0].paid_at().is_some());
    let listed = caller.plain.ask("/api/v1/messages").await;
    assert!(text_of(&listed["messages"][0]["paid_at"]).ends_with('Z'));
}

#[tokio::test]
async fn a_host_that_was_named_is_called_back() {
    let shop = Shop::answering(&[(200, "OK")]).await;
    let named = shop.url.replace("127.0.0.1", "localhost.localdomain");
    let sandbox = Sandbox::builder().callback_host("localhost.localdomain");
    let sandbox = sandbox.start().await.expect("a sandbox");
    let caller = PaytrCaller::new(&sandbox);
    let id = caller.create(called_back(&named)).await;
    let paid = sandbox.pay(&id).await.expect("paid");
    let answer = paid.callback().expect("an answer");
    // Not every machine knows the name; that it was tried is what counts.
    let tried = answer.is_accepted()
        || answer
            .error()
            .is_some_and(|error| error.starts_with("cannot connect"));
    assert!(tried, "{answer:?}");
    let other = Sandbox::start().await.expect("a sandbox");
    let refused = PaytrCaller::new(&other)
        .call("create", called_back(&named))
        .await;
    assert_eq!(refused.json()["status"], "error");
}
