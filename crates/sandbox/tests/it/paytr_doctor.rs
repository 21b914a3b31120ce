//! What the doctor says about a wrong token.

use onay_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::paytr_support::{
    ADDRESS, Fields, MERCHANT_KEY, MERCHANT_SALT, PaytrCaller, WRONG_TOKEN, fields, mail, refusal,
    set, signed_text, sms, token, without,
};
use crate::support::{paytr, text_of};

const ID: &str = "NB2Zlz3";

/// A token by the default merchant's key, over these texts and its salt.
fn over(texts: &[&str]) -> String {
    token(MERCHANT_KEY, &(texts.concat() + MERCHANT_SALT))
}

async fn word_on(caller: &PaytrCaller, call: &str, fields: Fields, token: &str) -> String {
    let answer = caller.post(call, &set(fields, "paytr_token", token)).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json(), refusal(WRONG_TOKEN), "{call}");
    caller.doctor().await
}

#[tokio::test]
async fn every_wrong_vector_is_explained() {
    let vectors: Value =
        serde_json::from_str(include_str!("../fixtures/paytr/vectors.json")).expect("JSON");
    let sandbox = Sandbox::builder()
        .paytr_merchant("123456", "K3yForTests-0001", "S4ltForTests-001")
        .start()
        .await
        .expect("a sandbox");
    let caller = PaytrCaller::new(&sandbox);
    let wrong = vectors["wrong"].as_array().expect("a list");
    let calls = wrong.iter().filter(|vector| vector["like"] == "sms");
    let mut seen = 0;
    for vector in calls {
        seen += 1;
        let fields = fields(&[
            ("merchant_id", "123456"),
            ("id", ID),
            ("cell_phone", "05551234567"),
        ]);
        let word = word_on(&caller, "send-sms", fields, &text_of(&vector["token"])).await;
        let mistake = text_of(&vector["mistake"])
            .replace("as 5551234567", "as 555*****67")
            .replace("as 05551234567", "as 0555*****67");
        assert_eq!(word, format!("paytr_token is wrong: {mistake}"));
    }
    assert_eq!(seen, 4);
}

#[tokio::test]
async fn what_is_missing_and_who_is_unknown_is_named() {
    let (_sandbox, caller) = paytr().await;
    let unknown = set(sms(ID), "merchant_id", "999999");
    let right = over(&[&signed_text("send-sms", &sms(ID))]);
    for (fields, expected) in [
        (
            without(sms(ID), "cell_phone"),
            "cell_phone is missing, and the token is over it",
        ),
        (
            without(without(sms(ID), "cell_phone"), "id"),
            "id, cell_phone are missing, and the token is over them",
        ),
        (
            without(sms(ID), "merchant_id"),
            "merchant_id is missing or empty",
        ),
        (unknown, "no merchant of this merchant_id is registered"),
    ] {
        let word = word_on(&caller, "send-sms", fields, &right).await;
        assert!(word.starts_with(expected), "{word}");
    }
    let word = word_on(&caller, "send-sms", sms(ID), "").await;
    assert_eq!(word, "paytr_token is missing or empty");
}

#[tokio::test]
async fn the_journal_shows_no_token_and_no_recipient() {
    let (_sandbox, caller) = paytr().await;
    let signed = over(&[&signed_text("send-sms", &sms(ID))]);
    caller.call("send-sms", sms(ID)).await;
    caller.call("send-email", mail(ID)).await;
    let journal = caller.plain.ask("/api/v1/journal?provider=paytr").await;
    let [mailed, texted] = [&journal["calls"][0], &journal["calls"][1]];
    assert_eq!(texted["tenant"], "100001");
    assert_eq!(texted["operation"], "send-sms");
    assert_eq!(
        texted["request"],
        json!({
            "merchant_id": "100001",
            "id": ID,
            "cell_phone": "+90 555 *** ** 42",
            "debug_on": "1",
            "paytr_token": "****",
        })
    );
    assert_eq!(mailed["request"]["email"], "m***@example.com");
    let journal = journal.to_string();
    for secret in [&signed, ADDRESS, "5550000042", MERCHANT_KEY, MERCHANT_SALT] {
        assert!(!journal.contains(secret), "{secret}");
    }
}
