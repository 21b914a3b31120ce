//! What the originals take and a strict fake would refuse.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::paytr_support::{mail, product, set};
use crate::support::{KEY, MASTERPASS, NUMBER, Response, paynet, paytr, paywall, text_of};

#[tokio::test]
async fn paywall_takes_names_in_any_case() {
    let (_sandbox, caller) = paywall().await;
    let camel = json!({"referenceCode": "o-1", "userId": "test-user", "userPhone": "905550000042"});
    let opened = caller.call("session", &camel).await.json();
    let session = text_of(&opened["Body"]["SessionId"]);
    let linked = caller
        .call("merchant/link", &json!({"sessionId": session}))
        .await;
    assert_eq!(linked.json()["Body"]["Masterpass"]["StatusCode"], 202);
    let journal = caller.plain.ask("/api/v1/journal?limit=1").await;
    assert!(journal["calls"][0]["request"]["SessionId"].is_string());
}

#[tokio::test]
async fn doubled_slashes_count_once() {
    let (_sandbox, caller) = paynet().await;
    let body = json!({"user_gsm": NUMBER, "otp_session_id": "s"});
    let sent = caller
        .post("/paynet//v1//card/send_otp")
        .header("authorization", format!("Basic {KEY}"))
        .header("accept", "application/json")
        .json(&body);
    assert_eq!(Response::of(sent).await.json()["code"], 0);
    let path = MASTERPASS.replace("/paywall/api", "/paywall//api");
    let opened = caller
        .post(&format!("{path}/session"))
        .header("apikeyprivate", "test-key")
        .header("apiclientprivate", "test-client")
        .json(&crate::support::session_fields());
    assert_eq!(Response::of(opened).await.json()["Result"], true);
    let link = Response::of(
        caller
            .post("/paytr//odeme/api/link/create")
            .form(&product()),
    )
    .await;
    assert_eq!(link.status, 200, "{}", link.text);
}

#[tokio::test]
async fn paynet_takes_forms() {
    let (sandbox, caller) = paynet().await;
    let form = [("user_gsm", NUMBER), ("otp_session_id", "s")];
    let sent = caller
        .post("/paynet/v1/card/send_otp")
        .header("authorization", format!("Basic {KEY}"))
        .header("accept", "application/json")
        .form(&form);
    assert_eq!(Response::of(sent).await.json()["code"], 0);
    assert_eq!(sandbox.messages().len(), 1);
}

#[tokio::test]
async fn paytr_takes_an_empty_currency_and_language() {
    let (_sandbox, caller) = paytr().await;
    let empty = set(set(product(), "currency", ""), "lang", "");
    let id = caller.create(empty).await;
    let page = Response::of(caller.plain.get(&format!("/paytr/link/{id}"))).await;
    assert!(page.text.contains("14,45 TL") && page.text.contains("lang=\"tr\""));
}

#[tokio::test]
async fn paytr_answers_a_qr_code_where_it_is_asked_for() {
    let (_sandbox, caller) = paytr().await;
    let created = caller
        .call("create", set(product(), "get_qr", "1"))
        .await
        .json();
    let image = STANDARD
        .decode(text_of(&created["base64_qr"]))
        .expect("base64");
    assert!(image.starts_with(b"\x89PNG"));
    let without = caller.call("create", product()).await.json();
    assert!(without.get("base64_qr").is_none());
    let journal = caller.plain.ask("/api/v1/journal").await;
    assert_eq!(journal["calls"][1]["answer"]["body"]["base64_qr"], "(PNG)");
}

#[tokio::test]
async fn paytr_mails_to_letters_beyond_ascii() {
    let (sandbox, caller) = paytr().await;
    let id = caller.create(product()).await;
    let address = "müşteri@example.com";
    let sent = caller
        .call("send-email", set(mail(&id), "email", address))
        .await;
    assert_eq!(sent.json(), json!({"status": "success"}));
    assert_eq!(sandbox.messages()[0].to(), address);
    let dotless = set(mail(&id), "email", "ali@gmaıl.example");
    assert_eq!(
        caller.call("send-email", dotless).await.json()["status"],
        "error"
    );
}
