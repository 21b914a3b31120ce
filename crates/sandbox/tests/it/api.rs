//! The test API: messages, journal, reset, fidelity, and its refusals.

use onay_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::support::{Caller, KEY, NUMBER, Response, newest_code, paynet};

fn ids(messages: &Value) -> Vec<u64> {
    let messages = messages["messages"].as_array().expect("a list");
    messages
        .iter()
        .map(|message| message["id"].as_u64().expect("a number"))
        .collect()
}

#[tokio::test]
async fn messages_are_listed_newest_first_and_filtered() {
    let (sandbox, caller) = paynet().await;
    let other = Caller::with_key(&sandbox, "sck_test_other");
    caller.send("1", NUMBER).await;
    caller.send("2", "5550000043").await;
    other.send("3", NUMBER).await;

    let all = caller.ask("/api/v1/messages").await;
    assert_eq!(ids(&all), [3, 2, 1]);
    let tenant = all["messages"][0]["tenant"].as_str().expect("a text");
    for (query, expected) in [
        ("provider=paynet", vec![3, 2, 1]),
        ("provider=paywall", vec![]),
        ("limit=2", vec![3, 2]),
        ("to=05550000042", vec![3, 1]),
        ("to=5550000042", vec![3, 1]),
        ("to=+905550000042", vec![3, 1]),
        ("to=%2B905550000042", vec![3, 1]),
        ("to=905550000042", vec![3, 1]),
        ("to=0555%20000%2000%2043", vec![2]),
        ("to=5550000044", vec![]),
        (&format!("tenant={tenant}"), vec![3]),
        (&format!("tenant={tenant}&to=5550000043"), vec![]),
        ("tenant=nobody", vec![]),
    ] {
        let listed = caller.ask(&format!("/api/v1/messages?{query}")).await;
        assert_eq!(ids(&listed), expected, "{query}");
    }
}

#[tokio::test]
async fn one_message_has_exactly_the_promised_fields() {
    let (sandbox, caller) = paynet().await;
    caller.send("1", NUMBER).await;

    let message = caller.ask("/api/v1/messages/1").await;
    let code = newest_code(&sandbox);
    assert_eq!(
        message,
        json!({
            "id": 1,
            "provider": "paynet",
            "operation": "send_otp",
            "channel": "sms",
            "tenant": sandbox.messages()[0].tenant(),
            "to": "+905550000042",
            "text": format!(
                "Kart kaydetme onay kodunuz: {code}. Kod 3 dakika geçerlidir, kimseyle paylaşmayınız."
            ),
            "otp": code,
            "link": null,
            "created_at": message["created_at"],
            "expires_at": message["expires_at"],
            "paid_at": null,
        })
    );
    for time in ["created_at", "expires_at"] {
        let time = message[time].as_str().expect("a text");
        assert!(
            time.ends_with('Z') && time.parse::<jiff::Timestamp>().is_ok(),
            "{time}"
        );
    }
    assert_eq!(
        caller.ask("/api/v1/messages?limit=1").await["messages"][0],
        message
    );
}

#[tokio::test]
async fn messages_and_calls_are_deleted_all_or_of_one_tenant() {
    let (sandbox, caller) = paynet().await;
    caller.send("1", NUMBER).await;
    let code = newest_code(&sandbox);
    caller
        .with_other_key("sck_test_other")
        .send("2", NUMBER)
        .await;
    let tenant = sandbox.messages()[0].tenant().to_owned();
    for list in ["messages", "journal"] {
        for (query, left) in [
            ("?tenant=nobody".to_owned(), 2),
            (format!("?tenant={tenant}"), 1),
            (String::new(), 0),
        ] {
            let path = format!("/api/v1/{list}");
            let cleared = Response::of(caller.delete(&format!("{path}{query}"))).await;
            assert_eq!((cleared.status.as_u16(), cleared.text.as_str()), (204, ""));
            let all = caller.ask(&path).await;
            let all = all["messages"].as_array().or(all["calls"].as_array());
            let all = all.expect("a list");
            assert_eq!(all.len(), left, "{path}{query}");
            assert!(left == 2 || all.iter().all(|it| it["tenant"] != tenant.as_str()));
        }
    }
    let still_right = caller.check("1", NUMBER, &code).await;
    assert_eq!(still_right.json()["code"], 0, "what was sent is still good");
}

#[tokio::test]
async fn the_journal_masks_what_came() {
    let (sandbox, caller) = paynet().await;
    let sent = caller.send("session-of-5550000042", NUMBER).await.json();
    let code = newest_code(&sandbox);
    caller.check("session-of-5550000042", NUMBER, &code).await;
    Caller::with_key(&sandbox, "sck_live_secret")
        .send("s", "05550000042")
        .await;

    let answer = Response::of(caller.get("/api/v1/journal")).await;
    for secret in [KEY, "sck_live_secret", "5550000042", &code, "session-of"] {
        assert!(!answer.text.contains(secret), "{secret} in {}", answer.text);
    }
    let calls = answer.json()["calls"].clone();
    let tenant = sandbox.messages()[0].tenant().to_owned();
    let session = calls[2]["request"]["otp_session_id"].clone();
    assert_eq!(
        calls[2],
        json!({
            "id": 1,
            "at": calls[2]["at"],
            "provider": "paynet",
            "tenant": tenant,
            "operation": "send_otp",
            "serves": ["send_otp"],
            "outcome": "accepted",
            "request": {"user_gsm": "+90 555 *** ** 42", "otp_session_id": session},
            "answer": {"status": 200, "body": sent},
            "fault": null,
            "doctor": null,
            "message": 1,
            "callback": null,
        })
    );
    assert_eq!(
        calls[1]["request"],
        json!({"user_gsm": "+90 555 *** ** 42", "otp_session_id": session, "otp_code": "****"})
    );
    assert_eq!(calls[0]["tenant"], Value::Null);
    assert_eq!(calls[0]["outcome"], "refused");
    assert_eq!(
        (&calls[0]["message"], &calls[1]["message"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(calls[0]["answer"]["body"]["result_code"], 7);
    assert!(
        calls[0]["doctor"]
            .as_str()
            .expect("a text")
            .starts_with("this is a live key")
    );

    let of_tenant = caller
        .ask(&format!(
            "/api/v1/journal?provider=paynet&tenant={tenant}&limit=1"
        ))
        .await;
    assert_eq!(of_tenant["calls"].as_array().expect("a list").len(), 1);
    assert_eq!(of_tenant["calls"][0]["id"], 2);
}

#[tokio::test]
async fn reset_makes_everything_as_it_was_at_the_start() {
    let (sandbox, caller) = paynet().await;
    caller.send("s", NUMBER).await;
    sandbox.advance(std::time::Duration::from_secs(60));

    let reset = Response::of(caller.post("/api/v1/reset")).await;
    assert_eq!((reset.status.as_u16(), reset.text.as_str()), (204, ""));
    assert_eq!(
        caller.ask("/api/v1/messages").await,
        json!({"messages": []})
    );
    assert_eq!(caller.ask("/api/v1/journal").await, json!({"calls": []}));
    assert_eq!(caller.ask("/api/v1/tenants").await, json!({"tenants": []}));
    assert_eq!(caller.ask("/api/v1/clock").await["offset_seconds"], 0);
    assert_eq!(caller.send("s", NUMBER).await.json()["code"], 0);
    assert_eq!(sandbox.messages()[0].id(), 2, "numbers go on");
}

#[tokio::test]
async fn fidelity_says_what_is_assumed() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let fidelity = Caller::new(&sandbox).ask("/api/v1/fidelity").await;
    let rows = fidelity["rows"].as_array().expect("a list");
    let graded = |grade: &str| rows.iter().filter(|row| row["grade"] == grade).count();
    assert!(graded("documented") >= 5 && graded("assumed") >= 10);
    assert!(graded("observed") >= 1);
    assert_eq!(
        graded("documented") + graded("observed") + graded("assumed"),
        rows.len()
    );
    assert_eq!(
        rows[0],
        json!({
            "provider": "paynet",
            "operation": null,
            "behaviour": "Takes POST alone, for every call",
            "grade": "documented",
            "page": "doc.paynet.com.tr",
        })
    );
}

#[tokio::test]
async fn what_nobody_can_mean_is_refused() {
    let (_sandbox, caller) = paynet().await;
    for path in [
        "/api/v1/messages?provider=nobody",
        "/api/v1/messages?to=02120000042",
        "/api/v1/messages?to=",
        "/api/v1/messages?limit=0",
        "/api/v1/messages?limit=501",
        "/api/v1/messages?limit=many",
        "/api/v1/messages?number=5550000042",
        "/api/v1/messages/wait?after=first",
        "/api/v1/messages/wait?timeout_ms=-1",
        "/api/v1/messages/wait?timeout_ms=120001",
        "/api/v1/journal?limit=0",
        "/api/v1/clock?who=me",
        "/api/v1/events?after=x",
    ] {
        let refused = Response::of(caller.get(path)).await;
        assert_eq!(refused.status, 400, "{path}");
        let error = &refused.json()["error"];
        assert_eq!(error["code"], "invalid_request", "{path}");
        assert!(
            !error["message"].as_str().expect("a text").is_empty(),
            "{path}"
        );
    }
    for path in [
        "/api/v1/messages/7",
        "/api/v1/messages/x",
        "/api/v1/messages/%ff",
        "/api/v1/nothing",
        "/api",
        "/nothing",
    ] {
        let refused = Response::of(caller.get(path)).await;
        assert_eq!(refused.status, 404, "{path}");
        assert_eq!(refused.json()["error"]["code"], "not_found", "{path}");
    }
    for path in ["/api/v1/messages", "/api/v1/fidelity", "/livez", "/"] {
        let refused = Response::of(caller.post(path)).await;
        assert_eq!(refused.status, 405, "{path}");
        assert_eq!(
            refused.json()["error"]["code"],
            "method_not_allowed",
            "{path}"
        );
        assert!(refused.header("allow").contains("GET"), "{path}");
    }
}
