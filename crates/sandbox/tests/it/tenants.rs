//! Every key is a tenant of its own, and what is kept of each is bounded.

use onay_sandbox::Sandbox;
use serde_json::json;

use crate::support::{Caller, KEY, NUMBER, PaywallCaller, newest_code};

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
async fn keys_whose_digests_start_alike_never_meet() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let one = Caller::with_key(&sandbox, "sck_test_16374");
    let other = one.with_other_key("sck_test_41370");
    one.send("s", NUMBER).await;
    let code = newest_code(&sandbox);
    assert_eq!(other.check("s", NUMBER, &code).await.json()["code"], 12);
    assert_eq!(one.check("s", NUMBER, &code).await.json()["code"], 0);
    other.check("s", NUMBER, &code).await;
    let tenants = one.ask("/api/v1/tenants").await;
    assert_eq!(tenants["tenants"].as_array().expect("a list").len(), 2);
}

#[tokio::test]
async fn tenants_are_listed_by_name_without_their_key() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let caller = Caller::new(&sandbox);
    caller.send("s", NUMBER).await;
    caller.send("t", NUMBER).await;
    let tenants = caller.ask("/api/v1/tenants").await;
    let name = sandbox.messages()[0].tenant().to_owned();
    assert_eq!(
        tenants,
        json!({"tenants": [{"provider": "paynet", "name": name}]})
    );
    assert!(
        name.starts_with("paynet-") && name.len() == "paynet-".len() + 16,
        "{name}"
    );
    assert!(!tenants.to_string().contains(KEY));
}

#[tokio::test]
async fn a_tenant_keeps_five_hundred_messages() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let caller = Caller::new(&sandbox);
    for session in 0..503 {
        caller.send(&session.to_string(), NUMBER).await;
    }
    let messages = sandbox.messages();
    assert_eq!(messages.len(), 500);
    assert_eq!((messages[0].id(), messages[499].id()), (503, 4));
}

#[tokio::test]
async fn the_tenant_unused_for_longest_leaves() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let first = Caller::with_key(&sandbox, "sck_test_first");
    first.send("s", NUMBER).await;
    let code = newest_code(&sandbox);
    let session = PaywallCaller::new(&sandbox).session().await;
    for number in 0..1_000 {
        let other = first.with_other_key(&format!("sck_test_{number}"));
        other.send("s", NUMBER).await;
    }
    let tenants = first.ask("/api/v1/tenants").await;
    assert_eq!(tenants["tenants"].as_array().expect("a list").len(), 1_000);
    assert_eq!(first.check("s", NUMBER, &code).await.json()["code"], 12);
    assert!(sandbox.renew_session(&session).is_err());
}
