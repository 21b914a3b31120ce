//! The virtual clock over HTTP.

use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use onay_sandbox::{Sandbox, SandboxError};
use serde_json::{Value, json};

use crate::support::{Caller, NUMBER, Response, newest_code, paynet};

async fn advance(caller: &Caller, body: Value) -> Response {
    Response::of(caller.post("/api/v1/clock/advance").body(body.to_string())).await
}

#[tokio::test]
async fn every_tenant_moves_ahead() {
    let (sandbox, caller) = paynet().await;
    caller.send("s", NUMBER).await;
    let code = newest_code(&sandbox);

    let moved = advance(&caller, json!({"seconds": 181})).await;
    assert_eq!(moved.status, 200);
    let moved = moved.json();
    assert_eq!(
        moved,
        json!({"now": moved["now"], "tenant": null, "offset_seconds": 181})
    );
    let now: Timestamp = moved["now"]
        .as_str()
        .expect("a text")
        .parse()
        .expect("a time");
    let ahead = now.duration_since(Timestamp::now()).as_secs();
    assert!((179..=181).contains(&ahead), "{ahead}");

    assert_eq!(caller.check("s", NUMBER, &code).await.json()["code"], 12);
    assert_eq!(caller.send("s", NUMBER).await.json()["code"], 0);
    assert_eq!(caller.ask("/api/v1/clock").await["offset_seconds"], 181);
}

#[tokio::test]
async fn one_tenant_moves_alone() {
    let (sandbox, caller) = paynet().await;
    let other = Caller::with_key(&sandbox, "sck_test_other");
    caller.send("s", NUMBER).await;
    let code = newest_code(&sandbox);
    let tenant = sandbox.messages()[0].tenant().to_owned();
    other.send("s", NUMBER).await;
    let other_code = newest_code(&sandbox);

    let moved = advance(&caller, json!({"seconds": 181, "tenant": tenant}))
        .await
        .json();
    assert_eq!(
        (&moved["tenant"], &moved["offset_seconds"]),
        (&json!(tenant), &json!(181))
    );
    assert_eq!(caller.check("s", NUMBER, &code).await.json()["code"], 12);
    assert_eq!(
        other.check("s", NUMBER, &other_code).await.json()["code"],
        0
    );

    sandbox.advance(Duration::from_secs(60));
    let clock = caller.ask(&format!("/api/v1/clock?tenant={tenant}")).await;
    assert_eq!(clock["offset_seconds"], 241);
    assert_eq!(clock.get("tenants"), None);
    let all = caller.ask("/api/v1/clock").await;
    assert_eq!(all["offset_seconds"], 60);
    assert_eq!(all["tenants"], json!({ tenant: 241 }), "and of no other");
    let ahead = sandbox
        .now()
        .duration_since(SystemTime::now())
        .expect("later");
    assert!(ahead > Duration::from_secs(58));
}

#[tokio::test]
async fn what_is_no_step_ahead_is_refused() {
    let (_sandbox, caller) = paynet().await;
    for body in [
        json!({"seconds": 0}),
        json!({"seconds": -1}),
        json!({"seconds": 1.5}),
        json!({"seconds": "181"}),
        json!({"seconds": u64::MAX}),
        json!({"seconds": 315_360_001}),
        json!({"tenant": null}),
        json!({"seconds": 1, "minutes": 1}),
        json!([]),
    ] {
        let refused = advance(&caller, body.clone()).await;
        assert_eq!(refused.status, 400, "{body}");
        assert_eq!(refused.json()["error"]["code"], "invalid_request", "{body}");
    }
    let no_json = Response::of(caller.post("/api/v1/clock/advance").body("181 s")).await;
    assert_eq!(no_json.status, 400);
    let long = Response::of(
        caller
            .post("/api/v1/clock/advance")
            .body(" ".repeat(64 * 1024 + 1)),
    )
    .await;
    assert_eq!(long.status, 413);
    assert_eq!(long.json()["error"]["code"], "body_too_long");
    for unknown in [
        advance(&caller, json!({"seconds": 1, "tenant": "nobody"})).await,
        Response::of(caller.get("/api/v1/clock?tenant=nobody")).await,
    ] {
        assert_eq!(unknown.status, 404);
        assert_eq!(unknown.json()["error"]["code"], "not_found");
    }
    assert_eq!(caller.ask("/api/v1/clock").await["offset_seconds"], 0);

    let ten_years = json!({"seconds": 315_360_000});
    assert_eq!(advance(&caller, ten_years.clone()).await.status, 200);
    assert_eq!(advance(&caller, ten_years).await.status, 409);
    assert_eq!(caller.send("s", NUMBER).await.json()["code"], 0);
}

#[tokio::test]
async fn a_clock_starts_where_it_is_told_to_and_again_after_a_reset() {
    let start: Timestamp = "2030-01-01T09:00:00Z".parse().expect("a time");
    let sandbox = Sandbox::builder()
        .clock(start.into())
        .start()
        .await
        .expect("a sandbox");
    let since = || {
        let now: Timestamp = sandbox.now().try_into().expect("a time");
        now.duration_since(start).as_secs()
    };
    let caller = Caller::new(&sandbox);
    for _ in 0..2 {
        assert!((0..10).contains(&since()), "{}", since());
        let sent = caller.send("s", NUMBER).await;
        let expiry = sent.json()["otp_expire"].clone();
        let expiry = expiry.as_str().expect("a text");
        assert!(expiry.starts_with("2030-01-01T12:03:0"), "{expiry}");
        assert!(sent.header("date").starts_with("Tue, 01 Jan 2030 09:00:0"));
        sandbox.advance(Duration::from_secs(100));
        assert!((100..110).contains(&since()), "{}", since());
        sandbox.reset();
    }
    let past: Timestamp = "2001-01-01T00:00:00Z".parse().expect("a time");
    let behind = Sandbox::builder().clock(past.into()).start().await;
    let behind = behind.expect("a sandbox");
    let clock = Caller::new(&behind).ask("/api/v1/clock").await;
    assert!(clock["offset_seconds"].as_i64().expect("a number") < 0);
    for wrong in ["1999-12-31T23:59:59Z", "2101-01-01T00:00:00Z"] {
        let wrong: Timestamp = wrong.parse().expect("a time");
        let refused = Sandbox::builder().clock(wrong.into()).start().await;
        assert!(matches!(refused, Err(SandboxError::InvalidClock)));
    }
}
