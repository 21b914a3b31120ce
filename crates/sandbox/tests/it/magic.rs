//! Magic numbers: a fault by the number alone, at all three providers.

use std::time::{Duration, Instant};

use onay_sandbox::{Fault, Sandbox};
use serde_json::{Value, json};

use crate::paytr_support::{product, set, sms};
use crate::support::{Caller, exception_of, newest_code, paynet, paytr, paywall, token_of};

/// Sends at each number through Paynet, and tells the code or the status and the messages.
#[tokio::test]
async fn paynet_knows_them_all() {
    let (sandbox, caller) = paynet().await;
    let code = |number: &'static str| {
        let caller = &caller;
        async move { caller.send("s", number).await.json()["code"].clone() }
    };
    assert_eq!(code("5550009000").await, 1);
    assert_eq!(code("5550009199").await, 9999);
    assert!(sandbox.messages().is_empty());

    let started = Instant::now();
    assert_eq!(code("5550009201").await, 0);
    assert!(started.elapsed() >= Duration::from_secs(3));
    assert_eq!(sandbox.messages().len(), 1);

    let body = |number: &str| json!({"user_gsm": number, "otp_session_id": "s"}).to_string();
    for (number, messages) in [("5550009342", 2), ("5550009442", 2)] {
        let call = caller.call("send_otp").body(body(number));
        assert!(call.send().await.is_err(), "{number}");
        assert_eq!(sandbox.messages().len(), messages, "{number}");
    }
    assert_eq!(code("5550009500").await, 0);
    let sent = newest_code(&sandbox);
    let expired = caller.check("s", "5550009500", &sent).await;
    assert_eq!(expired.json()["code"], 12);
    assert_eq!(caller.send("s", "5550009600").await.status, 503);
    assert!(
        caller
            .send("s", "5550009700")
            .await
            .text
            .starts_with("<!DOCTYPE")
    );
    assert_eq!(sandbox.messages().len(), 4);

    let call = caller.ask("/api/v1/journal?limit=1").await["calls"][0].clone();
    assert_eq!(call["fault"], "html");
    assert_eq!(
        call["doctor"],
        "the number is magic, 0555 000 97 xx: \
         the message goes out, and a web page comes in place of the answer"
    );
    for ordinary in ["5550008999", "5550009800"] {
        assert_eq!(code(ordinary).await, 0, "{ordinary}");
    }
}

#[tokio::test]
async fn the_number_of_the_session_counts_at_masterpass() {
    let (sandbox, caller) = paywall().await;
    let open = |phone: &'static str| {
        let caller = &caller;
        async move {
            let mut fields = crate::support::session_fields();
            fields["UserPhone"] = phone.into();
            let opened = caller.call("session", &fields).await.json();
            let session = opened["Body"]["SessionId"].clone();
            assert!(
                session.is_string(),
                "a session opens at any number: {opened}"
            );
            session.as_str().unwrap_or_default().to_owned()
        }
    };
    let session = open("905550009001").await;
    let link = |session: &str| json!({"SessionId": session});
    let refused = caller.call("merchant/link", &link(&session)).await;
    assert_eq!(exception_of(&refused), "BANK_DOES_NOT_SUPPORT_OTP");
    assert!(sandbox.messages().is_empty());

    let session = open("905550009501").await;
    let linked = caller.call("merchant/link", &link(&session)).await;
    let code = newest_code(&sandbox);
    let expired = caller.verify(&session, &token_of(&linked), &code).await;
    assert_eq!(exception_of(&expired), "TOKEN_HAS_EXPIRED");

    let session = open("905550009301").await;
    let call = caller
        .request("merchant/link")
        .body(link(&session).to_string());
    assert!(call.send().await.is_err());
    assert_eq!(sandbox.messages().len(), 2);
}

#[tokio::test]
async fn paytr_knows_those_that_send() {
    let (_sandbox, caller) = paytr().await;
    let id = caller.create(product()).await;
    let to = |phone: &str| set(sms(&id), "cell_phone", phone);
    let refused = caller.call("send-sms", to("05550009000")).await.json();
    assert_eq!(
        (&refused["status"], &refused["err_no"]),
        (&json!("error"), &json!("1"))
    );
    assert_eq!(caller.call("send-sms", to("05550009600")).await.status, 503);
    let expires = caller.call("send-sms", to("05550009500")).await.json();
    assert_eq!(expires["status"], "success", "there is no code to check");
    let unsigned = caller.post("send-sms", &to("05550009000")).await.json();
    assert_eq!(
        unsigned["err_no"],
        Value::Null,
        "a wrong token is told first"
    );
}

#[tokio::test]
async fn the_doctor_tells_of_no_message_that_did_not_go_out() {
    let (sandbox, caller) = paynet().await;
    let body = json!({"user_gsm": "5550009300", "otp_session_id": "s"}).to_string();
    for expected in [
        "the number is magic, 0555 000 93 xx: \
         the message goes out, and the connection ends without an answer",
        "; the number is magic, 0555 000 93 xx: \
         no message went out, and the connection ends without an answer",
    ] {
        let cut = caller.call("send_otp").body(body.clone()).send().await;
        assert!(cut.is_err());
        let doctor = caller.doctor().await;
        let doctor = doctor.as_str().expect("a word");
        assert!(doctor.ends_with(expected), "{doctor}");
    }
    assert_eq!(sandbox.messages().len(), 1);

    caller.send("s", "5550009500").await;
    caller.check("s", "5550009500", "x").await;
    let doctor = caller.doctor().await;
    assert_eq!(
        doctor,
        "the number is magic, 0555 000 95 xx: its code is expired whenever it is checked"
    );
}

#[tokio::test]
async fn without_magic_every_number_is_an_ordinary_one() {
    let sandbox = Sandbox::builder().magic_numbers(false).start().await;
    let sandbox = sandbox.expect("a sandbox");
    let caller = Caller::new(&sandbox);
    for number in ["5550009000", "5550009300", "5550009600"] {
        assert_eq!(caller.send("s", number).await.json()["code"], 0, "{number}");
    }
    let list = caller.ask("/api/v1/magic-numbers").await;
    assert_eq!(list, json!({"numbers": []}));
    sandbox.reset();
    assert_eq!(caller.send("s", "5550009000").await.json()["code"], 0);
}

#[tokio::test]
async fn a_rule_comes_before_a_number() {
    let (sandbox, caller) = paynet().await;
    sandbox.fault(Fault::Empty).expect("a rule");
    assert_eq!(caller.send("s", "5550009600").await.status, 200);
    assert_eq!(sandbox.messages().len(), 1);
}

#[tokio::test]
async fn the_list_says_what_each_does_where() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let list = Caller::new(&sandbox).ask("/api/v1/magic-numbers").await;
    let numbers = list["numbers"].as_array().expect("a list");
    assert_eq!(numbers.len(), 8);
    assert_eq!(
        numbers[5],
        json!({
            "pattern": "0555 000 95 xx",
            "first": "+905550009500",
            "last": "+905550009599",
            "calls": "checking",
            "english": "the message goes out, and its code is expired whenever it is checked",
            "turkish": "mesaj gider, kodu ne zaman denetlenirse denetlensin süresi dolmuş sayılır",
            "faults": {
                "paynet": {"kind": "refuse", "code": "12"},
                "paywall": {"kind": "refuse", "code": "TOKEN_HAS_EXPIRED"},
                "paytr": null,
            },
        })
    );
}
