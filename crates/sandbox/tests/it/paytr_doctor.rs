//! What the doctor says about a wrong token.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE};
use onay_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::paytr_support::{
    ADDRESS, Fields, MERCHANT_KEY, MERCHANT_SALT, PaytrCaller, WRONG_TOKEN, collection, deletion,
    digest, fields, mail, product, refusal, set, signed_text, sms, token, without,
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
async fn a_mistake_in_the_encoding_is_named() {
    let (_sandbox, caller) = paytr().await;
    // Over this id, the token has a + and a /.
    let id = (0..10_000)
        .map(|number| format!("AA{number:05}"))
        .find(|id| {
            let token = over(&[&signed_text("send-sms", &sms(id))]);
            token.contains('+') && token.contains('/')
        })
        .expect("an id");
    let digest = digest(
        MERCHANT_KEY,
        &(signed_text("send-sms", &sms(&id)) + MERCHANT_SALT),
    );
    let hex = digest
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect::<Vec<_>>()
        .concat();
    let right = STANDARD.encode(&digest);
    for (token, mistake) in [
        (hex.clone(), "it is hex"),
        (hex.to_uppercase(), "it is hex"),
        (STANDARD.encode(&hex), "base64 of the hex digits"),
        (STANDARD_NO_PAD.encode(&digest), "the = at its end"),
        (URL_SAFE.encode(&digest), "URL-safe"),
        (right.replace('+', " "), "percent-encoded as %2B"),
        (format!("{right}\n"), "blanks or line breaks around it"),
        ("no-token".to_owned(), "by no mistake that is known"),
    ] {
        let word = word_on(&caller, "send-sms", sms(&id), &token).await;
        assert!(word.contains(mistake), "{mistake}: {word}");
    }
}

#[tokio::test]
async fn a_mistake_with_the_secrets_is_named() {
    let (_sandbox, caller) = paytr().await;
    let (key, salt) = (MERCHANT_KEY, MERCHANT_SALT);
    for (call, fields) in [
        ("create", product()),
        ("create", collection()),
        ("send-sms", sms(ID)),
        ("send-email", mail(ID)),
        ("delete", deletion(ID)),
    ] {
        let text = signed_text(call, &fields);
        for (token, mistake) in [
            (token(key, &text), "merchant_salt left out"),
            (token(key, &[&text, salt, salt].concat()), "appended twice"),
            (token(salt, &[&text, key].concat()), "swapped"),
            (token(key, &[salt, &text].concat()), "merchant_salt before"),
            (
                token(&format!("{key}\n"), &[&text, salt].concat()),
                "a line break or blank at the end of merchant_key",
            ),
            (
                token(key, &[&text, salt, "\n"].concat()),
                "a line break or blank at the end of merchant_salt",
            ),
            (
                token(&format!("{key}\r\n"), &[&text, salt, "\r\n"].concat()),
                "at the end of merchant_key, merchant_salt",
            ),
        ] {
            let word = word_on(&caller, call, fields.clone(), &token).await;
            assert!(word.contains(mistake), "{mistake}: {word}");
            assert!(!word.contains(key) && !word.contains(salt));
        }
    }
}

#[tokio::test]
async fn a_text_signed_in_another_form_is_named() {
    let (_sandbox, caller) = paytr().await;
    let merchant = "100001";
    for (signed, shown) in [
        ("5550000042", "555*****42"),
        ("905550000042", "90555*****42"),
        ("+905550000042", "+90555*****42"),
        ("0555 000 00 42", "0555 *** ** 42"),
    ] {
        let word = word_on(&caller, "send-sms", sms(ID), &over(&[ID, merchant, signed])).await;
        let expected =
            format!("paytr_token is wrong: cell_phone signed as {shown}, posted as 0555*****42");
        assert_eq!(word, expected);
    }
    let capital = set(mail(ID), "email", "Musteri@Example.com");
    let blank = sms(" NB2Zlz3 ");
    for (call, fields, token, mistake) in [
        (
            "send-email",
            capital,
            over(&[ID, merchant, ADDRESS]),
            "email signed in other upper and lower case than posted",
        ),
        (
            "send-email",
            mail(ID),
            over(&[ID, merchant, "Musteri@example.com"]),
            "email signed in other upper and lower case than posted",
        ),
        (
            "send-sms",
            blank,
            over(&[ID, merchant, "05550000042"]),
            "id signed without the blanks around it",
        ),
        (
            "send-email",
            mail(ID),
            over(&[merchant, ID, ADDRESS]),
            "merchant_id before id",
        ),
        ("delete", deletion(ID), over(&[ID]), "merchant_id left out"),
        (
            "send-sms",
            sms(ID),
            over(&[ID, merchant]),
            "cell_phone left out",
        ),
        (
            "create",
            product(),
            over(&["Çiçek Şöleni14.45TL1producttr1"]),
            "price signed in major units",
        ),
        (
            "create",
            product(),
            over(&["Çiçek Şöleni1445TL1producttr"]),
            "min_count left out",
        ),
        (
            "create",
            collection(),
            over(&["Çiçek Şöleni1445TL1collectiontr"]),
            "email left out",
        ),
    ] {
        let word = word_on(&caller, call, fields, &token).await;
        assert!(word.contains(mistake), "{mistake}: {word}");
    }
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
