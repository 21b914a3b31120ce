//! PayTR Link: links are created, sent and deleted, by forms of both kinds.

use std::time::{Duration, SystemTime};

use jiff::tz::{self, TimeZone};
use jiff::{SignedDuration, Timestamp};
use onay_sandbox::{Channel, MessageFilter, Provider, Sandbox};
use serde_json::{Value, json};

use crate::paytr_support::{
    ADDRESS, Fields, MERCHANT, MERCHANT_KEY, MERCHANT_SALT, PHONE, PaytrCaller, WRONG_ID,
    WRONG_TOKEN, collection, deletion, mail, product, refusal, set, signed_text, sms, token,
    with_link,
};
use crate::support::{Response, paytr, text_of};

fn vectors() -> Value {
    serde_json::from_str(include_str!("../fixtures/paytr/vectors.json")).expect("JSON")
}

fn of_vector(vector: &Value) -> Fields {
    let fields = vector["fields"].as_object().expect("an object");
    let pairs = fields
        .iter()
        .map(|(name, value)| (name.clone(), text_of(value)));
    let merchant = ("merchant_id".to_owned(), text_of(&vector["merchant_id"]));
    pairs.chain([merchant]).collect()
}

#[tokio::test]
async fn every_good_vector_is_taken_and_refused_with_another_salt() {
    let (mut seen, vectors) = (0, vectors());
    for vector in vectors["good"].as_array().expect("a list") {
        let call = text_of(&vector["call"]);
        if call == "callback" {
            continue;
        }
        seen += 1;
        let secret = |name: &str| text_of(&vector[name]);
        let (merchant, salt) = (secret("merchant_id"), secret("merchant_salt"));
        let sandbox = Sandbox::builder()
            .paytr_merchant(&merchant, &secret("merchant_key"), &salt)
            .start()
            .await
            .expect("a sandbox");
        let caller = PaytrCaller::new(&sandbox);
        let fields = set(of_vector(vector), "paytr_token", &secret("token"));
        let answer = caller.post(&call, &fields).await.json();
        // Whose token is right is told that there is no such link.
        let expected = if call == "create" {
            &Value::Null
        } else {
            &json!(WRONG_ID)
        };
        assert_eq!(&answer["reason"], expected, "{}", vector["name"]);

        sandbox
            .register_paytr_merchant(&merchant, &secret("merchant_key"), "another-salt")
            .expect("registered");
        let answer = caller.post(&call, &fields).await.json();
        assert_eq!(answer, refusal(WRONG_TOKEN), "{}", vector["name"]);
    }
    assert_eq!(seen, 9);
}

#[tokio::test]
async fn a_link_is_created() {
    let (sandbox, caller) = paytr().await;
    for fields in [product(), collection()] {
        let answer = caller.call("create", fields).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
        let created = answer.json();
        let id = text_of(&created["id"]);
        assert!(id.len() == 7 && id.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        let link = format!("{}/link/{id}", sandbox.paytr_url());
        assert_eq!(
            created,
            json!({"status": "success", "id": id, "link": link})
        );
    }
    assert!(sandbox.messages().is_empty());
}

#[tokio::test]
async fn a_link_is_sent_by_sms() {
    let (sandbox, caller, id) = with_link(product()).await;
    let sent = caller.call("send-sms", sms(&id)).await;
    assert_eq!(sent.json(), json!({"status": "success"}));
    let message = sandbox
        .wait_for_message(PHONE, Duration::from_secs(5))
        .await
        .expect("a message");
    let link = format!("{}/link/{id}", sandbox.paytr_url());
    assert_eq!(message.provider(), Provider::PAYTR);
    assert_eq!(message.channel(), Channel::Sms);
    assert_eq!(message.to(), "+905550000042");
    assert_eq!(message.tenant(), MERCHANT);
    assert_eq!((message.otp(), message.link()), (None, Some(link.as_str())));
    assert!(message.text().contains(&link) && message.text().contains("14,45 TL"));
    assert_eq!(message.expires_at(), None);
}

#[tokio::test]
async fn a_link_is_sent_by_email() {
    let (sandbox, caller, id) = with_link(collection()).await;
    let sent = caller.call("send-email", mail(&id)).await;
    assert_eq!(sent.json(), json!({"status": "success"}));
    let filter = MessageFilter::new().to(ADDRESS).expect("an address");
    let message = sandbox
        .wait_for(&filter, Duration::from_secs(5))
        .await
        .expect("a message");
    assert_eq!(message.channel().to_string(), "email");
    assert_eq!(message.to(), ADDRESS);
    let shown = caller
        .plain
        .ask(&format!("/api/v1/messages?provider=paytr&to={ADDRESS}"))
        .await;
    assert_eq!(shown["messages"][0]["channel"], "email");
    assert_eq!(shown["messages"][0]["otp"], Value::Null);
    let other = "/api/v1/messages?to=baska@example.com";
    assert_eq!(caller.plain.ask(other).await, json!({"messages": []}));
}

#[tokio::test]
async fn multipart_forms_are_read_too() {
    let (_sandbox, caller) = paytr().await;
    let fields = product();
    let token = token(
        MERCHANT_KEY,
        &(signed_text("create", &fields) + MERCHANT_SALT),
    );
    let parts = set(fields, "paytr_token", &token).into_iter();
    let body: Vec<String> = parts
        .map(|(name, value)| {
            format!(
                "--------------------------d74496d66958873e\r\n\
                 Content-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            )
        })
        .collect();
    let body = body.concat();
    let body = format!("{body}--------------------------d74496d66958873e--\r\n");
    let request = caller.plain.post("/paytr/odeme/api/link/create").header(
        "content-type",
        "multipart/form-data; boundary=------------------------d74496d66958873e",
    );
    let answer = Response::of(request.body(body)).await.json();
    assert_eq!(answer["status"], "success", "{answer}");
}

#[tokio::test]
async fn links_are_deleted() {
    let (sandbox, caller, one) = with_link(product()).await;
    let other = caller.create(product()).await;
    let both = format!("{one},{other}");
    let deleted = caller.call("delete", deletion(&one)).await.json();
    assert_eq!(
        deleted,
        json!({"status": "success", "success_deletes": [one], "failed_deletes": []})
    );
    let deleted = caller.call("delete", deletion(&both)).await.json();
    assert_eq!(
        deleted,
        json!({"status": "success", "success_deletes": [other], "failed_deletes": [one]})
    );
    assert!(caller.doctor().await.starts_with("some of these links"));
    let again = caller.call("delete", deletion(&one)).await.json();
    assert_eq!(again["status"], "error");
    assert_eq!(again["reason"], WRONG_ID);
    assert_eq!(again["failed_deletes"], json!([one]));

    let refused = caller.call("send-sms", sms(&one)).await.json();
    assert_eq!(refused, refusal(WRONG_ID));
    assert_eq!(caller.doctor().await, "the link was deleted");
    assert!(sandbox.messages().is_empty());
}

#[tokio::test]
async fn an_expired_link_is_refused() {
    let istanbul = TimeZone::fixed(tz::offset(3));
    let in_an_hour = Timestamp::now() + SignedDuration::from_hours(1);
    let expiry = in_an_hour
        .to_zoned(istanbul)
        .strftime("%Y-%m-%d %H:%M:%S")
        .to_string();
    let (sandbox, caller, id) = with_link(set(product(), "expiry_date", &expiry)).await;
    assert_eq!(
        caller.call("send-sms", sms(&id)).await.json(),
        json!({"status": "success"})
    );
    let expires_at = sandbox.messages()[0].expires_at().expect("a time");
    let expected = SystemTime::from(in_an_hour);
    assert!(expires_at <= expected && expires_at + Duration::from_secs(1) > expected);

    sandbox.advance(Duration::from_secs(60 * 60));
    let refused = caller.call("send-sms", sms(&id)).await.json();
    assert_eq!(refused, refusal(WRONG_ID));
    assert!(caller.doctor().await.contains("expired"));
    assert!(sandbox.pay(&id).await.is_err());
}

#[tokio::test]
async fn ids_are_case_sensitive_and_belong_to_one_merchant() {
    let (sandbox, caller, id) = with_link(product()).await;
    let swapped: String = id
        .chars()
        .map(|sign| {
            if sign.is_ascii_lowercase() {
                sign.to_ascii_uppercase()
            } else {
                sign.to_ascii_lowercase()
            }
        })
        .collect();
    if swapped != id {
        let refused = caller.call("send-sms", sms(&swapped)).await.json();
        assert_eq!(refused, refusal(WRONG_ID));
    }
    sandbox
        .register_paytr_merchant("200002", "key", "salt")
        .expect("registered");
    let foreign = set(sms(&id), "merchant_id", "200002");
    let signed = token("key", &(signed_text("send-sms", &foreign) + "salt"));
    let refused = caller
        .post("send-sms", &set(foreign, "paytr_token", &signed))
        .await;
    assert_eq!(refused.json(), refusal(WRONG_ID));
    assert!(sandbox.messages().is_empty());
}
