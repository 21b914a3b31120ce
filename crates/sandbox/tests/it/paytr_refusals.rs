//! What PayTR Link refuses although the token is right, and what is no call at all.

use onay_sandbox::Sandbox;
use serde_json::json;

use crate::paytr_support::{
    Fields, PaytrCaller, WRONG_ID, WRONG_TOKEN, collection, deletion, mail, product, refusal, set,
    sms, with_link,
};
use crate::support::{Answer, text_of};

/// Whether the call is refused in a sentence that names the field.
async fn names(caller: &PaytrCaller, call: &str, fields: Fields, field: &str) {
    let answer = caller.call(call, fields).await;
    let answer_json = answer.json();
    assert_eq!(answer.status, 200);
    let reason = text_of(&answer_json["reason"]);
    assert_eq!(answer_json, refusal(&reason));
    assert!(
        reason.starts_with(&format!("{field} ")) && reason.ends_with('.'),
        "{field}: {reason}"
    );
    let word = caller.doctor().await;
    assert!(word.starts_with(&format!("{field} ")), "{field}: {word}");
}

#[tokio::test]
async fn each_field_of_a_new_link_is_checked() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let caller = PaytrCaller::new(&sandbox);
    let long_name = "ş".repeat(201);
    let long_address = format!("{}@example.com", "a".repeat(100));
    let long_id = "a".repeat(65);
    for (field, value) in [
        ("name", "Çay"),
        ("name", &long_name),
        ("price", "0"),
        ("price", "14.45"),
        ("price", "-1"),
        ("price", ""),
        ("price", "9999999999999"),
        ("currency", "TRY"),
        ("currency", "tl"),
        ("max_installment", "0"),
        ("max_installment", "13"),
        ("link_type", "flex"),
        ("lang", "de"),
        ("min_count", "0"),
        ("min_count", ""),
        ("max_count", "0"),
        ("max_count", "x"),
        ("expiry_date", "2037-01-01"),
        ("expiry_date", "2037-02-30 10:00:00"),
        ("expiry_date", "2037-1-1 10:00:00"),
        ("expiry_date", "2001-01-01 00:00:00"),
        ("debug_on", "2"),
        ("get_qr", "yes"),
    ] {
        names(&caller, "create", set(product(), field, value), field).await;
    }
    for address in ["", "musteri", "müşteri@example.com", &long_address] {
        names(
            &caller,
            "create",
            set(collection(), "email", address),
            "email",
        )
        .await;
    }
    let alone = set(product(), "callback_id", "ORDER1");
    names(&caller, "create", alone.clone(), "callback_link").await;
    for link in [
        "ftp://example.com/a",
        "https://example.com:8443/a",
        "http://a@127.0.0.1/a",
        "/a",
        "https://",
    ] {
        let linked = set(alone.clone(), "callback_link", link);
        names(&caller, "create", linked, "callback_link").await;
    }
    let linked = set(product(), "callback_link", "https://example.com/bildirim");
    names(&caller, "create", linked.clone(), "callback_id").await;
    for id in ["ORDER-1", "SİPARİŞ", &long_id] {
        let wrong = set(linked.clone(), "callback_id", id);
        names(&caller, "create", wrong, "callback_id").await;
    }

    let good = set(linked, "callback_id", "ORDER1");
    caller.create(good).await;
    caller
        .create(set(product(), "name", &"ş".repeat(200)))
        .await;
}

#[tokio::test]
async fn each_field_of_the_other_calls_is_checked() {
    let (sandbox, caller, id) = with_link(product()).await;
    for number in [
        "5550000042",
        "+905550000042",
        "905550000042",
        "02120000042",
        "0555 000 00 42",
        "",
    ] {
        let wrong = set(sms(&id), "cell_phone", number);
        names(&caller, "send-sms", wrong, "cell_phone").await;
    }
    for address in ["musteri@", "a b@example.com", ""] {
        let wrong = set(mail(&id), "email", address);
        names(&caller, "send-email", wrong, "email").await;
    }
    names(&caller, "send-sms", sms(""), "id").await;
    let eleven = [id.as_str(); 11].join(",");
    for ids in ["", ",", "a,,b", &eleven] {
        names(&caller, "delete", deletion(ids), "id").await;
    }
    let trimmed = format!("{id} ");
    let refused = caller.call("send-sms", sms(&trimmed)).await;
    assert_eq!(refused.json(), refusal(WRONG_ID));
    assert!(sandbox.messages().is_empty());
}

#[tokio::test]
async fn what_is_no_form_is_a_call_without_a_token() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let caller = PaytrCaller::new(&sandbox);
    let path = "/paytr/odeme/api/link/send-sms";
    for (request, word) in [
        (caller.plain.get(path), "the method is not POST"),
        (
            caller.plain.post(path).json(&json!({"id": "NB2Zlz3"})),
            "the Content-Type is neither",
        ),
        (
            caller
                .plain
                .post(path)
                .header("content-type", "multipart/form-data; boundary=x")
                .body("--x\r\n"),
            "the form cannot be read",
        ),
        (
            caller
                .plain
                .post(path)
                .header("content-type", "application/x-www-form-urlencoded")
                .body("a".repeat(65 * 1024)),
            "the body was cut off",
        ),
    ] {
        let answer = Answer::of(request).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.json(), refusal(WRONG_TOKEN));
        let said = caller.doctor().await;
        assert!(said.starts_with(word), "{said}");
    }
    for path in [
        "/paytr",
        "/paytr/",
        "/paytr/odeme/api/link",
        "/paytr/nothing",
    ] {
        let answer = Answer::of(caller.plain.post(path)).await;
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.json()["status"], "error");
    }
}
