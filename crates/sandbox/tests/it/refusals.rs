//! What Paynet refuses before it looks at any code, and what the doctor says about it.

use onay_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::support::{Answer, Caller, NUMBER};

fn unauthorized() -> Value {
    json!({"type": "authorization_error", "message": "unauthorized", "code": 401, "result_code": 7})
}

fn invalid(status: u16) -> Value {
    json!({"type": "invalid_request_error", "message": "bad_request", "code": status, "result_code": 11})
}

#[tokio::test]
async fn a_key_that_is_not_a_test_key_is_refused() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    for (key, diagnosis) in [
        (
            "c2NrX3Rlc3RfZGVtbzo=",
            "the key is base64-encoded; Paynet wants the secret key itself, verbatim",
        ),
        (
            "sck_0123456789abcdef",
            "this is a live key (sck_… without test): never use one here; take any key that starts with sck_test_",
        ),
        (
            "pbk_test_demo",
            "this is the key for browsers (pbk_…); Paynet wants the secret key (sck_…) here",
        ),
        (
            "sck_test_demo:",
            "there is a colon in the key; Paynet wants the secret key alone, without user or colon",
        ),
        (
            "sck_test_",
            "the key ends after sck_test_; anything may follow, but something has to",
        ),
    ] {
        let caller = Caller::with_key(&sandbox, key);
        let refused = caller.send("s", NUMBER).await;
        assert_eq!(refused.status, 401, "{key}");
        assert_eq!(refused.json(), unauthorized());
        assert_eq!(caller.doctor().await, diagnosis);
    }
    let caller = Caller::new(&sandbox);
    let without = caller
        .post("/paynet/v1/card/send_otp")
        .header("accept", "application/json");
    assert_eq!(Answer::of(without).await.status, 401);
    assert_eq!(
        caller.doctor().await,
        "the Authorization header is missing; Paynet wants the word Basic, a blank and the secret key"
    );
    assert!(sandbox.messages().is_empty());
    assert_eq!(caller.ask("/api/v1/tenants").await, json!({"tenants": []}));
}

#[tokio::test]
async fn a_field_that_is_wrong_is_refused() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let caller = Caller::new(&sandbox);
    for (operation, body, diagnosis) in [
        ("send_otp", "", "the body is not JSON"),
        (
            "send_otp",
            r#"{"user_gsm":"5550000042""#,
            "the body is not JSON",
        ),
        ("send_otp", "[]", "the body is JSON, but not an object"),
        ("send_otp", "{}", "user_gsm is missing"),
        (
            "send_otp",
            r#"{"user_gsm":5550000042,"otp_session_id":"s"}"#,
            "user_gsm is not a string",
        ),
        (
            "send_otp",
            r#"{"user_gsm":"","otp_session_id":"s"}"#,
            "user_gsm is empty",
        ),
        (
            "send_otp",
            r#"{"user_gsm":"05550000042","otp_session_id":"s"}"#,
            "user_gsm has 11 digits; Paynet wants 10, starting with 5",
        ),
        (
            "send_otp",
            r#"{"user_gsm":"2120000042","otp_session_id":"s"}"#,
            "user_gsm has 10 digits but does not start with 5, as mobile numbers do",
        ),
        (
            "send_otp",
            r#"{"user_gsm":"+905550000042","otp_session_id":"s"}"#,
            "user_gsm has signs other than digits; Paynet wants 10 digits, starting with 5, without +90 or blanks",
        ),
        (
            "send_otp",
            r#"{"user_gsm":"5550000042"}"#,
            "otp_session_id is missing",
        ),
        (
            "send_otp",
            r#"{"user_gsm":"5550000042","otp_session_id":null}"#,
            "otp_session_id is not a string",
        ),
        (
            "check_otp",
            r#"{"user_gsm":"5550000042","otp_session_id":"s"}"#,
            "otp_code is missing",
        ),
        (
            "check_otp",
            r#"{"user_gsm":"5550000042","otp_session_id":"s","otp_code":""}"#,
            "otp_code is empty",
        ),
    ] {
        let refused = Answer::of(caller.call(operation).body(body)).await;
        assert_eq!(refused.status, 400, "{body}");
        assert_eq!(refused.json(), invalid(400), "{body}");
        assert_eq!(caller.doctor().await, diagnosis, "{body}");
    }
    assert!(sandbox.messages().is_empty());
}

#[tokio::test]
async fn a_field_that_nobody_knows_is_ignored() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let body = r#"{"user_gsm":"5550000042","otp_session_id":"s","channel":"x"}"#;
    let sent = Answer::of(Caller::new(&sandbox).call("send_otp").body(body)).await;
    assert_eq!(sent.json()["code"], 0);
}

#[tokio::test]
async fn a_body_has_to_say_that_it_is_json_and_to_be_short() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let caller = Caller::new(&sandbox);
    let undeclared = caller
        .post("/paynet/v1/card/send_otp")
        .header("authorization", "Basic sck_test_demo")
        .header("accept", "application/json")
        .body(r#"{"user_gsm":"5550000042","otp_session_id":"s"}"#);
    let refused = Answer::of(undeclared).await;
    assert_eq!(refused.json(), invalid(400));
    assert_eq!(
        caller.doctor().await,
        "the Content-Type is not application/json"
    );

    let long = json!({"user_gsm": NUMBER, "otp_session_id": "s".repeat(64 * 1024)});
    let refused = Answer::of(caller.call("send_otp").body(long.to_string())).await;
    assert_eq!(refused.json(), invalid(400));
    assert_eq!(
        caller.doctor().await,
        "the body was cut off, too slow or longer than 64 KiB"
    );
}

#[tokio::test]
async fn other_methods_and_paths_are_refused_in_the_same_shape() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let caller = Caller::new(&sandbox);
    let accepting_json =
        |request: reqwest::RequestBuilder| request.header("accept", "application/json");
    for operation in ["send_otp", "check_otp"] {
        let path = format!("/paynet/v1/card/{operation}");
        for request in [caller.get(&path), caller.delete(&path)] {
            let refused = Answer::of(accepting_json(request)).await;
            assert_eq!(refused.status, 405);
            assert_eq!(refused.json(), invalid(405));
            assert_eq!(
                caller.doctor().await,
                "the method is not POST; Paynet takes POST alone"
            );
        }
    }
    for path in [
        "/paynet",
        "/paynet/",
        "/paynet/v1/card/send_otp/",
        "/paynet/v1/card/v1/card/send_otp",
        "/paynet/v1/card/save",
    ] {
        let refused = Answer::of(accepting_json(caller.post(path))).await;
        assert_eq!(refused.status, 404, "{path}");
        assert_eq!(refused.json(), invalid(404), "{path}");
        let diagnosis = caller.doctor().await;
        assert!(
            diagnosis
                .as_str()
                .expect("a text")
                .starts_with("there is nothing at this path")
        );
    }
}

#[tokio::test]
async fn the_doctor_explains_a_code_that_does_not_verify() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let caller = Caller::new(&sandbox);
    caller.check("s", NUMBER, "ART2").await;
    assert_eq!(
        caller.doctor().await,
        "no OTP was sent for this session and number under this key"
    );
    caller.send("s", NUMBER).await;
    assert_eq!(caller.doctor().await, Value::Null);
    let code = crate::support::newest_code(&sandbox);
    caller.send("s", NUMBER).await;
    assert!(
        caller
            .doctor()
            .await
            .as_str()
            .expect("a text")
            .contains("still running")
    );
    caller.check("s", NUMBER, &code.to_lowercase()).await;
    assert!(
        caller
            .doctor()
            .await
            .as_str()
            .expect("a text")
            .contains("upper and lower case")
    );
    caller.check("s", NUMBER, "0000").await;
    assert_eq!(caller.doctor().await, "the code is wrong");
    caller.check("s", NUMBER, &code).await;
    assert_eq!(caller.doctor().await, Value::Null);
    caller.check("s", NUMBER, &code).await;
    assert_eq!(
        caller.doctor().await,
        "the code was right, but it was used before"
    );
    sandbox.advance(std::time::Duration::from_secs(180));
    caller.check("s", NUMBER, &code).await;
    assert_eq!(
        caller.doctor().await,
        "the OTP has run out, by the virtual clock"
    );
}
