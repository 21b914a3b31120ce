//! Every refusal has the doctor's word in the journal.

use onay_sandbox::Sandbox;
use reqwest::RequestBuilder;
use serde_json::{Value, json};

use crate::paytr_support::{PaytrCaller, deletion, mail, product, set, sms, without};
use crate::support::{Answer, Caller, NUMBER, PaywallCaller, session_fields};

/// Every call in the journal that was refused without a word of the doctor.
async fn wordless(caller: &Caller) -> Vec<Value> {
    let calls = caller.ask("/api/v1/journal?limit=500").await["calls"].clone();
    let calls = calls.as_array().expect("a list").clone();
    assert!(
        calls.iter().all(|call| call["outcome"] == "refused"),
        "{calls:?}"
    );
    let is_wordless = |call: &Value| call["doctor"].as_str().is_none_or(str::is_empty);
    calls.into_iter().filter(is_wordless).collect()
}

async fn send(requests: impl IntoIterator<Item = RequestBuilder>) -> usize {
    let mut sent = 0;
    for request in requests {
        Answer::of(request).await;
        sent += 1;
    }
    sent
}

#[tokio::test]
async fn of_paynet() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let caller = Caller::new(&sandbox);
    let good = json!({"user_gsm": NUMBER, "otp_session_id": "s", "otp_code": "ART2"});
    let with = |field: &str, value: Value| {
        let mut body = good.clone();
        body[field] = value;
        caller.call("check_otp").body(body.to_string())
    };
    let keyed = |value: &'static str| {
        let request = caller.post("/paynet/v1/card/send_otp");
        request
            .header("authorization", value)
            .body(good.to_string())
    };
    let plain = |content: &'static str, body: String| {
        let request = caller.post("/paynet/v1/card/send_otp");
        let request = request.header("authorization", "Basic sck_test_demo");
        request.header("content-type", content).body(body)
    };
    let sent = send([
        caller.call("nothing"),
        caller.get("/paynet/v1/card/send_otp"),
        caller.post("/paynet/v1/card/send_otp"),
        keyed("sck_test_demo"),
        keyed("Basic c2NrX3Rlc3Q="),
        keyed("Basic pbk_test_x"),
        keyed("Basic sck_live"),
        keyed("Basic sck_test_"),
        keyed("Basic sck_test_a:"),
        keyed("Basic sck_test_a b"),
        keyed("Basic demo"),
        plain("text/plain", good.to_string()),
        plain("application/json", "{".to_owned()),
        plain("application/json", "[]".to_owned()),
        plain("application/json", "x".repeat(70_000)),
        with("user_gsm", Value::Null),
        with("user_gsm", "".into()),
        with("user_gsm", "55".into()),
        with("user_gsm", "2120000042".into()),
        with("user_gsm", "+905550000042".into()),
        with("otp_session_id", 1.into()),
        with("otp_code", "".into()),
        with("otp_code", "never sent".into()),
    ])
    .await;
    assert_eq!(wordless(&caller).await, [Value::Null; 0]);
    let journal = caller.ask("/api/v1/journal?limit=500").await;
    assert_eq!(journal["calls"].as_array().map(Vec::len), Some(sent));
}

#[tokio::test]
async fn of_paywall() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let caller = PaywallCaller::new(&sandbox);
    let session = |field: &str, value: Value| {
        let mut body = session_fields();
        body[field] = value;
        caller.request("session").body(body.to_string())
    };
    let verify = |field: &str, value: Value| {
        let mut body = json!({"SessionId": "s", "OtpToken": "t", "OtpCode": "1",
                              "ForLinkToMerchant": true});
        body[field] = value;
        caller.request("otp/verify").body(body.to_string())
    };
    let path = "/paywall/api/paywall/masterpass/otp/resend";
    send([
        caller.request("nothing"),
        caller.plain.get(path),
        caller.plain.post(path),
        caller.plain.post(path).header("apikeyprivate", ""),
        caller.plain.post(path).header("apikeyprivate", "k"),
        caller
            .plain
            .post(path)
            .header("apikeyprivate", "k")
            .header("apiclientprivate", ""),
        caller.request("otp/resend").body("{"),
        session("ReferenceCode", Value::Null),
        session("UserPhone", "05550000042".into()),
        session("UserPhone", "12".into()),
        session("Force3D", "no".into()),
        verify("OtpToken", Value::Null),
        verify("OtpCode", "".into()),
        verify("OtpCode", "1".repeat(21).into()),
        verify("ForLinkToMerchant", 1.into()),
        verify("SessionId", "unknown".into()),
    ])
    .await;
    assert_eq!(wordless(&caller.plain).await, [Value::Null; 0]);
}

#[tokio::test]
async fn of_paytr() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let caller = PaytrCaller::new(&sandbox);
    for (call, fields) in [
        ("nothing", product()),
        ("create", set(product(), "merchant_id", "")),
        ("create", set(product(), "merchant_id", "200002")),
        ("create", set(product(), "link_type", "flex")),
        ("create", set(product(), "name", "abc")),
        ("create", set(product(), "price", "14.45")),
        ("create", set(product(), "currency", "TRY")),
        ("create", set(product(), "max_installment", "13")),
        ("create", set(product(), "lang", "de")),
        ("create", set(product(), "min_count", "0")),
        ("create", set(product(), "max_count", "x")),
        (
            "create",
            set(product(), "expiry_date", "2020-01-01 00:00:00"),
        ),
        ("create", set(product(), "expiry_date", "tomorrow")),
        ("create", set(product(), "callback_id", "c")),
        ("create", set(product(), "debug_on", "2")),
        ("send-sms", sms("AAAAAAA")),
        ("send-sms", sms("")),
        ("send-sms", set(sms("AAAAAAA"), "cell_phone", "5550000042")),
        ("send-email", set(mail("AAAAAAA"), "email", "nobody")),
        ("delete", deletion("AAAAAAA")),
        ("delete", deletion("a,,b")),
    ] {
        caller.call(call, fields).await;
    }
    caller
        .post("send-sms", &without(sms("A"), "paytr_token"))
        .await;
    caller
        .post("send-sms", &set(sms("A"), "paytr_token", "wrong"))
        .await;
    let path = "/paytr/odeme/api/link/create";
    send([
        caller.plain.get(path),
        caller.plain.post(path),
        caller.plain.post(path).json(&json!({})),
    ])
    .await;
    assert_eq!(wordless(&caller.plain).await, [Value::Null; 0]);
}
