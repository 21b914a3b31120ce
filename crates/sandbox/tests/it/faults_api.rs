//! Rules for faults: over the test API, from the builder, and until when they are there.

use std::time::Duration;

use onay_sandbox::{Fault, FaultRule, Provider, Sandbox, SandboxError};
use serde_json::{Value, json};

use crate::support::{Caller, NUMBER, Response, paynet, text_of};

async fn put(caller: &Caller, rules: Value) -> Response {
    let body = json!({"rules": rules}).to_string();
    Response::of(caller.put("/api/v1/faults").body(body)).await
}

#[tokio::test]
async fn rules_are_answered_as_kept_and_used_up() {
    let (sandbox, caller) = paynet().await;
    assert_eq!(caller.ask("/api/v1/faults").await, json!({"rules": []}));

    let first = json!({"provider": "paynet", "operation": "send_otp", "times": 2,
                       "fault": {"kind": "status", "code": 503}});
    let second = json!({"fault": {"kind": "refuse", "code": 6}});
    let kept = put(&caller, json!([first, second])).await;
    assert_eq!(kept.status, 200);
    let expected = |times: u32| {
        json!({"rules": [
            {"id": 1, "provider": "paynet", "operation": "send_otp", "tenant": null, "times": times,
             "chance": null, "fault": {"kind": "status", "code": 503}},
            {"id": 2, "provider": null, "operation": null, "tenant": null, "times": null,
             "chance": null, "fault": {"kind": "refuse", "code": "6"}},
        ]})
    };
    assert_eq!(kept.json(), expected(2));

    assert_eq!(
        caller.check("s", NUMBER, "x").await.json()["code"],
        6,
        "another operation"
    );
    assert_eq!(caller.send("s", NUMBER).await.status, 503);
    assert_eq!(caller.ask("/api/v1/faults").await, expected(1));
    assert_eq!(sandbox.faults()[0].times_left(), Some(1));
    assert_eq!(caller.send("s", NUMBER).await.status, 503);
    assert_eq!(caller.send("s", NUMBER).await.json()["code"], 6);
    assert_eq!(sandbox.faults().len(), 1, "the first is used up");

    assert_eq!(put(&caller, json!([])).await.json(), json!({"rules": []}));
    assert_eq!(caller.send("s", NUMBER).await.json()["code"], 0);
}

#[tokio::test]
async fn one_rule_is_added_and_removed_whatever_happens_to_the_others() {
    let (sandbox, caller) = paynet().await;
    let post = |rule: Value| Response::of(caller.post("/api/v1/faults").json(&rule));
    let remove = |id: &str| Response::of(caller.delete(&format!("/api/v1/faults/{id}")));

    let once = json!({"times": 1, "fault": {"kind": "status", "code": 503}});
    let added = post(once).await;
    assert_eq!(added.status, 201);
    assert_eq!(
        added.json(),
        json!({"id": 1, "provider": null, "operation": null, "tenant": null, "times": 1,
               "chance": null, "fault": {"kind": "status", "code": 503}})
    );
    assert_eq!(caller.send("s", NUMBER).await.status, 503, "and is used up");
    let html = json!({"id": 1, "fault": {"kind": "html"}});
    assert_eq!(post(html).await.json()["id"], 2);
    let rules = caller.ask("/api/v1/faults").await["rules"].clone();
    assert_eq!(rules.as_array().map(Vec::len), Some(1), "none is revived");
    assert_eq!(
        (&rules[0]["id"], &rules[0]["times"]),
        (&json!(2), &json!(null))
    );

    for gone in ["1", "99", "x", "-1"] {
        let missing = remove(gone).await;
        assert_eq!(
            (missing.status.as_u16(), &missing.json()["error"]["code"]),
            (404, &json!("not_found")),
            "{gone}"
        );
    }
    assert_eq!(remove("2").await.status, 204);
    assert!(sandbox.faults().is_empty());
    let wrong = post(json!({"times": 0, "fault": {"kind": "html"}})).await;
    assert_eq!(wrong.status, 400);
    assert!(wrong.text.contains("\"times "), "{}", wrong.text);

    put(
        &caller,
        Value::Array(vec![json!({"fault": {"kind": "html"}}); 100]),
    )
    .await;
    let many = post(json!({"fault": {"kind": "html"}})).await;
    assert_eq!(many.status, 409);
    assert_eq!(many.json()["error"]["code"], "too_many_rules");
}

#[tokio::test]
async fn what_cannot_be_is_refused_by_its_name_and_changes_nothing() {
    let (sandbox, caller) = paynet().await;
    let html = json!({"fault": {"kind": "html"}});
    put(&caller, json!([html])).await;
    // Which rules cannot be is told where they are read.
    for (rule, named) in [
        (
            json!({"operation": "callback", "fault": {"kind": "html"}}),
            "rules[1]: operation",
        ),
        (
            json!({"times": "x", "fault": {"kind": "html"}}),
            "rules[1]: times",
        ),
        (
            json!({"fault": {"kind": "explode"}}),
            "rules[1]: fault.kind",
        ),
    ] {
        let refused = put(&caller, json!([html, rule])).await;
        assert_eq!(refused.status, 400, "{rule}");
        let error = refused.json()["error"].clone();
        assert_eq!(error["code"], "invalid_request");
        assert!(
            text_of(&error["message"]).starts_with(named),
            "{rule}: {error}"
        );
    }
    let many = put(&caller, Value::Array(vec![html.clone(); 101])).await;
    assert_eq!(many.status, 400);
    assert!(many.text.contains("rules are as many"), "{}", many.text);
    for body in [
        "",
        "[]",
        "{}",
        r#"{"rules": {}}"#,
        r#"{"rules": [], "x": 1}"#,
    ] {
        let refused = Response::of(caller.put("/api/v1/faults").body(body)).await;
        assert_eq!(refused.status, 400, "{body}");
    }
    assert_eq!(sandbox.faults().len(), 1, "the old ones are there");
}

#[tokio::test]
async fn reset_brings_the_faults_of_the_start_back() {
    let sandbox = Sandbox::builder()
        .fault(FaultRule::new(Fault::Status(503)).times(1))
        .start()
        .await
        .expect("a sandbox");
    let caller = Caller::new(&sandbox);
    assert_eq!(caller.send("s", NUMBER).await.status, 503);
    sandbox.fault(Fault::Html(200)).expect("a rule");
    sandbox.reset();
    assert_eq!(sandbox.faults().len(), 1);
    assert_eq!(sandbox.faults()[0].fault(), &Fault::Status(503));
    assert_eq!(caller.send("s", NUMBER).await.status, 503);
    assert_eq!(caller.send("s", NUMBER).await.json()["code"], 0);
    sandbox.reset();
    sandbox.clear_faults();
    assert!(sandbox.faults().is_empty());
}

#[tokio::test]
async fn the_library_refuses_what_cannot_be() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let rule = FaultRule::new(Fault::RotateToken).provider(Provider::PAYNET);
    let refused = sandbox.fault(rule.clone());
    assert!(matches!(refused, Err(SandboxError::InvalidFault { .. })));
    let day = Fault::Delay(Duration::from_secs(24 * 60 * 60));
    let problem = sandbox.fault(day).expect_err("too long").to_string();
    assert!(problem.starts_with("fault.ms"), "{problem}");
    let refused = Sandbox::builder().fault(rule).start().await;
    assert!(matches!(refused, Err(SandboxError::InvalidFault { .. })));
}
