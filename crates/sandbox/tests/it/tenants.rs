//! Every key is a tenant of its own, and what is kept of each is bounded.

use onay_sandbox::{Sandbox, SandboxError};
use serde_json::{Value, json};

use crate::paytr_support::{PaytrCaller, product, set, token};
use crate::support::{
    Caller, KEY, NUMBER, PaywallCaller, Response, exception_of, linked, newest_code, paynet, paytr,
};

#[tokio::test]
async fn tenants_never_meet() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let one = Caller::with_key(&sandbox, "sck_test_one");
    let other = Caller::with_key(&sandbox, "sck_test_a/b+c==");
    one.send("s", NUMBER).await;
    let code = newest_code(&sandbox);

    assert_eq!(other.check("s", NUMBER, &code).await.json()["code"], 12);
    assert_eq!(other.send("s", NUMBER).await.json()["code"], 0);
    assert_eq!(one.check("s", NUMBER, &code).await.json()["code"], 0);
}

#[tokio::test]
async fn neither_tenants_nor_sessions_meet() {
    let (sandbox, caller, session, token) = linked().await;
    let code = newest_code(&sandbox);

    let other_session = caller.session().await;
    for refused in [
        caller.verify(&other_session, &token, &code).await,
        caller.resend(&other_session, &token).await,
    ] {
        assert_eq!(exception_of(&refused), "TOKEN_IS_NOT_VALID");
        let word = caller.plain.word().await;
        assert!(word.contains("another session"), "{word}");
    }

    let other = PaywallCaller::with_key(&sandbox, "test-key-other");
    let refused = other.verify(&session, &token, &code).await;
    assert_eq!(exception_of(&refused), "VALIDATION_FAILED");
    let its_own = other.session().await;
    let refused = other.verify(&its_own, &token, &code).await;
    assert_eq!(exception_of(&refused), "TOKEN_IS_NOT_VALID");

    let right = caller.verify(&session, &token, &code).await;
    assert_eq!(exception_of(&right), Value::Null);
    let tenants = caller.plain.ask("/api/v1/tenants").await;
    assert_eq!(tenants["tenants"].as_array().expect("a list").len(), 2);
    assert_eq!(tenants["tenants"][0]["provider"], "paywall");
}

#[tokio::test]
async fn tenants_are_listed_by_name_without_their_key() {
    let (sandbox, caller) = paynet().await;
    caller.send("s", NUMBER).await;
    caller.send("t", NUMBER).await;
    let tenants = caller.ask("/api/v1/tenants").await;
    let name = sandbox.messages()[0].tenant().to_owned();
    assert_eq!(
        tenants,
        json!({"tenants": [{"provider": "paynet", "name": name, "label": "Paynet …demo"}]})
    );
    assert!(
        name.starts_with("paynet-") && name.len() == "paynet-".len() + 16,
        "{name}"
    );
    assert!(!tenants.to_string().contains(KEY));
}

#[tokio::test]
async fn a_merchant_is_registered() {
    let (sandbox, caller) = paytr().await;
    let put = |path: &str, body: Value| {
        let request = caller.plain.put(path).body(body.to_string());
        Response::of(request)
    };
    let secrets = json!({"merchant_key": "anahtar-1", "merchant_salt": "tuz-1"});
    let registered = put("/api/v1/tenants/paytr/200002", secrets.clone()).await;
    assert_eq!(
        (registered.status.as_u16(), registered.text.as_str()),
        (204, "")
    );

    let fields = set(product(), "merchant_id", "200002");
    let signed = token("anahtar-1", "Çiçek Şöleni1445TL1producttr1tuz-1");
    let created = caller
        .post("create", &set(fields.clone(), "paytr_token", &signed))
        .await;
    assert_eq!(created.json()["status"], "success");
    let tenants = caller.plain.ask("/api/v1/tenants").await;
    assert_eq!(
        tenants,
        json!({"tenants": [{"provider": "paytr", "name": "200002", "label": "PayTR 200002"}]})
    );
    let journal = caller.plain.ask("/api/v1/journal").await.to_string();
    assert!(!journal.contains("anahtar-1") && !journal.contains("tuz-1"));

    for (path, body, status) in [
        ("/api/v1/tenants/paytr/20 2", secrets.clone(), 400),
        ("/api/v1/tenants/paytr/2", json!({"merchant_key": "k"}), 400),
        (
            "/api/v1/tenants/paytr/2",
            json!({"merchant_key": "k\n", "merchant_salt": "s"}),
            400,
        ),
        ("/api/v1/tenants/paynet/2", secrets.clone(), 404),
        ("/api/v1/tenants/nobody/2", secrets, 404),
    ] {
        assert_eq!(put(path, body).await.status, status, "{path}");
    }

    sandbox.reset();
    let refused = caller
        .post("create", &set(fields, "paytr_token", &signed))
        .await;
    assert_eq!(refused.json()["status"], "error");
}

#[tokio::test]
async fn a_merchant_from_the_start_outlives_a_reset() {
    let builder = || Sandbox::builder().paytr_merchant("200002", "anahtar-1", "tuz-1");
    let debug = format!("{:?}", builder());
    assert!(!debug.contains("anahtar-1") && !debug.contains("tuz-1"));
    let sandbox = builder().start().await.expect("a sandbox");
    sandbox.reset();
    let caller = PaytrCaller::new(&sandbox);
    let fields = set(product(), "merchant_id", "200002");
    let signed = token("anahtar-1", "Çiçek Şöleni1445TL1producttr1tuz-1");
    let created = caller
        .post("create", &set(fields, "paytr_token", &signed))
        .await;
    assert_eq!(created.json()["status"], "success");

    let bad = Sandbox::builder()
        .paytr_merchant("", "k", "s")
        .start()
        .await;
    assert!(matches!(bad, Err(SandboxError::InvalidMerchant { .. })));
    let bad = sandbox.register_paytr_merchant("1", "", "s");
    assert!(matches!(bad, Err(SandboxError::InvalidMerchant { .. })));
}
