//! Stories that are played, and worlds that are exported and gone on with; what cannot be changes nothing.

use std::time::{Duration, SystemTime};

use onay_sandbox::{Fault, FaultRule, JournalEntry, Outcome, Sandbox, SandboxError};
use serde_json::{Value, json};

use crate::paytr_support::{PaytrCaller, product};
use crate::support::{
    Caller, KEY, NUMBER, PaywallCaller, Response, exception_of, newest_code, rows, session_fields,
};

/// Places of an exported world, what cannot stand there, and how that is told.
const WRONG: &str = r#"
/version | 2 | version
/now | "1999-12-31T00:00:00Z" | now is not in the years from 2000 to 2119
/now | "2120-01-01T00:00:00Z" | now is not in the years from 2000 to 2119
/messages/0/id | "1" | messages[0].id
/messages/0/id | 18446744073709551615 | messages[0]: id is above
/calls/0/id | 18446744073709551615 | calls[0]: id is above
/messages/0/provider | "pigeon" | messages[0]: provider
/messages/0/tenant | "pigeon" | messages[0]: tenant
/calls/0/operation | "fly" | calls[0]: operation
/calls/0/fault | "feather" | calls[0]: fault
/tenants/0/state | [] | tenants[0]: state
/faults | [{"fault": {"kind": "explode"}}] | faults[0]: fault.kind
"#;

fn send(session: &str) -> Value {
    json!({"call": {
        "path": "/paynet/v1/card/send_otp",
        "headers": {"authorization": "Basic sck_test_demo", "accept": "application/json"},
        "body": {"user_gsm": "5550000042", "otp_session_id": session},
    }})
}

#[tokio::test]
async fn a_bug_report_is_replayed() {
    let sandbox = Sandbox::builder().seed(7).start().await.expect("a sandbox");
    let story = json!([
        send("order-1"),
        send("order-1"),
        {"advance": 181},
        {"fault": {"operation": "send_otp", "times": 1, "fault": {"kind": "accept_then_cut"}}},
        send("order-1"),
        {"call": {
            "path": "/paywall/api/paywall/masterpass/session",
            "headers": {"apikeyprivate": "test-key", "apiclientprivate": "test-client"},
            "body": session_fields(),
        }},
        {"call": {"path": "/paytr/odeme/api/link/delete", "body": "merchant_id=100001&id=AA"}},
    ]);
    sandbox.play(&story.to_string()).await.expect("played");
    let journal = sandbox.journal();
    let outcomes: Vec<_> = journal.iter().map(JournalEntry::outcome).collect();
    assert_eq!(
        outcomes,
        [
            Outcome::Refused,
            Outcome::Accepted,
            Outcome::Accepted,
            Outcome::Refused,
            Outcome::Accepted,
        ]
    );
    assert_eq!(sandbox.messages().len(), 2);
    assert_eq!(sandbox.journal()[2].fault(), Some("accept_then_cut"));
}

#[tokio::test]
async fn a_story_that_cannot_be_plays_nothing() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    for (story, named) in [
        (
            json!([send("s"), {"fault": {"fault": {"kind": "explode"}}}]),
            "step 2: fault.kind",
        ),
        (
            json!([{"call": {"path": "/pigeon/fly", "body": {}}}]),
            "step 1: path begins with",
        ),
        (json!([{"pause_ms": 60_001}]), "step 1: pause_ms"),
        (json!([{"sing": 1}]), "unknown variant"),
        (json!({}), "invalid type"),
    ] {
        let Err(SandboxError::InvalidStory { problem }) = sandbox.play(&story.to_string()).await
        else {
            panic!("{story}");
        };
        assert!(problem.starts_with(named), "{problem}");
    }
    assert!(sandbox.messages().is_empty());
}

#[tokio::test]
async fn an_exported_world_goes_on_in_another_sandbox() {
    let first = Sandbox::start().await.expect("a sandbox");
    let (paynet, paywall) = (Caller::new(&first), PaywallCaller::new(&first));
    let session = paywall.session().await;
    let token = paywall.link(&session).await;
    let code = newest_code(&first);
    let link = PaytrCaller::new(&first).create(product()).await;
    paynet.send("s", NUMBER).await;
    paynet.check("s", NUMBER, "WRONG").await;
    let rule = FaultRule::new(Fault::Status(503))
        .operation("send-sms")
        .times(2);
    first.fault(rule).expect("a rule");
    let tenant = first.messages()[0].tenant().to_owned();
    let body = json!({"seconds": 60, "tenant": tenant});
    Response::of(paynet.post("/api/v1/clock/advance").json(&body)).await;
    first.advance(Duration::from_secs(86_400));
    let paid = first.pay(&link).await.expect("paid");

    let world = first.export();
    assert!(!world.contains(KEY) && !world.contains("sandbox-merchant-key"));
    let second = Sandbox::start().await.expect("a sandbox");
    second.import(&world).expect("a world");
    let ahead = |sandbox: &Sandbox| sandbox.now().duration_since(SystemTime::now());
    assert!(ahead(&second).expect("ahead") > Duration::from_secs(86_000));
    assert_eq!(second.faults(), first.faults());
    assert_eq!(json!(second.messages()), json!(first.messages()));
    assert_eq!(json!(second.journal()), json!(first.journal()));
    let clock = format!("/api/v1/clock?tenant={tenant}");
    let offset = Caller::new(&second).ask(&clock).await["offset_seconds"].as_i64();
    assert!((86_455..=86_460).contains(&offset.expect("seconds")));

    // What each fake remembers is good here: an expired code, a session, a paid link.
    let late = Caller::new(&second)
        .check("s", NUMBER, &newest_code(&second))
        .await;
    assert_eq!(late.json()["code"], 12);
    let verified = PaywallCaller::new(&second)
        .verify(&session, &token, &code)
        .await;
    assert_eq!(exception_of(&verified), "TOKEN_HAS_EXPIRED");
    let again = second.pay(&link).await.expect("paid again");
    assert_ne!(again.merchant_oid(), paid.merchant_oid());
    // A number goes on where it was.
    Caller::new(&second).send("t", NUMBER).await;
    assert_eq!(second.messages()[0].id(), first.messages()[0].id() + 1);
    // By the test API it is the same world.
    let third = Caller::new(&first);
    let world = third.ask("/api/v1/world").await;
    let put = Response::of(third.put("/api/v1/world").json(&world)).await;
    assert_eq!(put.status, 204, "{}", put.text);
}

#[tokio::test]
async fn a_world_that_cannot_be_changes_nothing() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    Caller::new(&sandbox).send("s", NUMBER).await;
    let world: Value = serde_json::from_str(&sandbox.export()).expect("JSON");
    let mut cases: Vec<(&str, Value, &str)> = rows(WRONG)
        .map(|row| (row[0], serde_json::from_str(row[1]).expect("JSON"), row[2]))
        .collect();
    let tenants = json!(vec![world["tenants"][0].clone(); 1_001]);
    cases.push(("/tenants", tenants, "tenants are more than"));
    for (place, value, named) in cases {
        let mut spoilt = world.clone();
        *spoilt.pointer_mut(place).expect(place) = value;
        let Err(SandboxError::InvalidWorld { problem }) = sandbox.import(&spoilt.to_string())
        else {
            panic!("{place}");
        };
        assert!(problem.starts_with(named), "{problem}");
    }
    assert_eq!(sandbox.messages().len(), 1);
}
