//! Stories: what is played, and what is refused before anything is.

use onay_sandbox::{JournalEntry, Outcome, Sandbox, SandboxError};
use serde_json::{Value, json};

use crate::support::session_fields;

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
