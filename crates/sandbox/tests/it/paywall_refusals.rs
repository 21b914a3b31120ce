//! What Paywall refuses before it looks at any code, and what is kept from whom.

use onay_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::support::{
    Answer, CLIENT_KEY, MASTERPASS, PRIVATE_KEY, PaywallCaller, exception_of, linked, newest_code,
    session_fields,
};

const TURNED_AWAY: &str = r#"{"ErrorCodeType":1,"ErrorMessage":null,"ErrorCode":1,"Result":false,"Message":"","Body":null}"#;

/// Calls that are wrong in themselves: the operation, the body, the exception, the doctor's word.
const WRONG: &[(&str, &str, &str, &str)] = &[
    ("session", "", "VALIDATION_FAILED", "the body is not JSON"),
    (
        "otp/verify",
        "{",
        "VALIDATION_FAILED",
        "the body is not JSON",
    ),
    (
        "merchant/link",
        "[]",
        "VALIDATION_FAILED",
        "the body is JSON, but not an object",
    ),
    (
        "session",
        r#"{"UserId":"u","UserPhone":"905550000042"}"#,
        "VALIDATION_FAILED",
        "ReferenceCode is missing",
    ),
    (
        "session",
        r#"{"ReferenceCode":"r","UserId":"","UserPhone":"905550000042"}"#,
        "VALIDATION_FAILED",
        "UserId is empty",
    ),
    (
        "session",
        r#"{"ReferenceCode":"r","UserId":"u","UserPhone":"+905550000042"}"#,
        "VALIDATION_FAILED",
        "UserPhone is a mobile number in another spelling; Paywall wants 905…: 12 digits, with 90 in front and without + or blanks",
    ),
    (
        "session",
        r#"{"ReferenceCode":"r","UserId":"u","UserPhone":"902120000042"}"#,
        "VALIDATION_FAILED",
        "UserPhone is no Turkish mobile number; Paywall wants 905…, 12 digits",
    ),
    (
        "session",
        r#"{"ReferenceCode":"r","UserId":"u","UserPhone":"905550000042","Force3D":1}"#,
        "VALIDATION_FAILED",
        "Force3D is not true or false",
    ),
    (
        "merchant/link",
        "{}",
        "VALIDATION_FAILED",
        "SessionId is missing",
    ),
    (
        "otp/resend",
        r#"{"OtpToken":"t"}"#,
        "VALIDATION_FAILED",
        "SessionId is missing",
    ),
    (
        "otp/resend",
        r#"{"SessionId":"s"}"#,
        "TOKEN_IS_REQUIRED",
        "OtpToken is missing",
    ),
    (
        "otp/resend",
        r#"{"SessionId":"s","OtpToken":null}"#,
        "TOKEN_IS_REQUIRED",
        "OtpToken is missing",
    ),
    (
        "otp/verify",
        r#"{"SessionId":"s","OtpToken":"","OtpCode":"123456"}"#,
        "TOKEN_IS_REQUIRED",
        "OtpToken is empty",
    ),
    (
        "otp/verify",
        r#"{"SessionId":"s","OtpToken":"t","OtpCode":""}"#,
        "OTP_CODE_IS_REQUIRED",
        "OtpCode is empty",
    ),
    (
        "otp/verify",
        r#"{"SessionId":"s","OtpToken":"t","OtpCode":123456}"#,
        "VALIDATION_FAILED",
        "OtpCode is not a string",
    ),
    (
        "otp/verify",
        r#"{"SessionId":"s","OtpToken":"t","OtpCode":"123456789012345678901"}"#,
        "OTP_CODE_MAX_LENGTH_EXCEEDED",
        "OtpCode has more than 20 characters",
    ),
    (
        "otp/verify",
        r#"{"SessionId":"s","OtpToken":"t","OtpCode":"1","ForLinkToMerchant":"true"}"#,
        "VALIDATION_FAILED",
        "ForLinkToMerchant is not true or false",
    ),
    (
        "merchant/link",
        r#"{"SessionId":"s"}"#,
        "VALIDATION_FAILED",
        "no such session was opened with these keys, or so long ago that it is forgotten",
    ),
];

#[tokio::test]
async fn both_keys_are_wanted() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let plain = PaywallCaller::new(&sandbox).plain;
    for (headers, diagnosis) in [
        (
            [("apikeyprivate", ""), ("x-other", "")],
            "the apikeyprivate header is empty",
        ),
        (
            [("apiclientprivate", CLIENT_KEY), ("x-other", "")],
            "the apikeyprivate header is missing",
        ),
        (
            [("apikeyprivate", PRIVATE_KEY), ("x-other", "")],
            "the apiclientprivate header is missing",
        ),
        (
            [("apikeyprivate", PRIVATE_KEY), ("apiclientprivate", " ")],
            "the apiclientprivate header is empty",
        ),
    ] {
        let request = plain
            .post(&format!("{MASTERPASS}/session"))
            .header("content-type", "application/json")
            .body(session_fields().to_string());
        let request = headers.iter().fold(request, |request, (name, value)| {
            request.header(*name, *value)
        });
        let refused = Answer::of(request).await;
        assert_eq!(refused.status, 401, "{diagnosis}");
        assert_eq!(refused.text, TURNED_AWAY, "{diagnosis}");
        assert_eq!(plain.doctor().await, diagnosis);
    }
    assert_eq!(plain.ask("/api/v1/tenants").await, json!({"tenants": []}));
}

#[tokio::test]
async fn a_field_that_is_wrong_is_refused() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let caller = PaywallCaller::new(&sandbox);
    for (operation, body, exception, diagnosis) in WRONG {
        let refused = Answer::of(caller.request(operation).body(*body)).await;
        assert_eq!(exception_of(&refused), *exception, "{body}");
        assert_eq!(caller.plain.doctor().await, *diagnosis, "{body}");
        let refused = refused.json();
        assert_eq!(refused["Result"], *operation == "otp/resend", "{body}");
        assert_eq!(refused["Body"]["Session"], Value::Null, "{body}");
        assert_eq!(refused["Body"]["Masterpass"]["StatusCode"], 400, "{body}");
        assert_eq!(refused["Body"]["Masterpass"]["Result"], Value::Null);
    }
    assert!(sandbox.messages().is_empty());
}

#[tokio::test]
async fn a_body_has_to_say_that_it_is_json_and_to_be_short() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let caller = PaywallCaller::new(&sandbox);
    let undeclared = caller
        .plain
        .post(&format!("{MASTERPASS}/session"))
        .header("apikeyprivate", PRIVATE_KEY)
        .header("apiclientprivate", CLIENT_KEY)
        .body(session_fields().to_string());
    assert_eq!(
        exception_of(&Answer::of(undeclared).await),
        "VALIDATION_FAILED"
    );
    assert_eq!(
        caller.plain.doctor().await,
        "the Content-Type is not application/json"
    );
    let long = json!({"SessionId": "s".repeat(64 * 1024)});
    let refused = caller.call("merchant/link", &long).await;
    assert_eq!(exception_of(&refused), "VALIDATION_FAILED");
    assert_eq!(
        caller.plain.doctor().await,
        "the body was cut off, too slow or longer than 64 KiB"
    );
}

#[tokio::test]
async fn other_methods_and_paths_are_turned_away() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let plain = PaywallCaller::new(&sandbox).plain;
    for operation in ["session", "merchant/link", "otp/resend", "otp/verify"] {
        let refused = Answer::of(plain.get(&format!("{MASTERPASS}/{operation}"))).await;
        assert_eq!(
            (refused.status.as_u16(), &*refused.text),
            (405, TURNED_AWAY)
        );
    }
    for path in [
        "/paywall",
        "/paywall/",
        "/paywall/session",
        "/paywall/api/paywall/masterpass",
        "/paywall/api/paywall/masterpass/",
        "/paywall/api/paywall/masterpass/session/",
        "/paywall/api/paywall/masterpass/otp",
    ] {
        let refused = Answer::of(plain.post(path)).await;
        assert_eq!(
            (refused.status.as_u16(), &*refused.text),
            (404, TURNED_AWAY),
            "{path}"
        );
        let word = plain.doctor().await;
        assert!(
            word.as_str()
                .expect("a text")
                .starts_with("there is nothing")
        );
    }
}

#[tokio::test]
async fn an_account_is_linked_with_the_flag_alone() {
    let (sandbox, caller, session, token) = linked().await;
    let code = newest_code(&sandbox);
    for flag in [json!(false), Value::Null] {
        let body = json!({
            "SessionId": session,
            "OtpToken": token,
            "OtpCode": code,
            "ForLinkToMerchant": flag,
        });
        let refused = caller.call("otp/verify", &body).await;
        assert_eq!(exception_of(&refused), "VALIDATION_FAILED");
        assert_eq!(refused.json()["Body"]["Session"]["SessionId"], session);
        let word = caller.plain.doctor().await;
        assert!(
            word.as_str()
                .expect("a text")
                .starts_with("ForLinkToMerchant")
        );
    }
    let right = caller.verify(&session, &token, &code).await;
    assert_eq!(exception_of(&right), Value::Null);
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
        let word = caller.plain.doctor().await;
        assert!(
            word.as_str().expect("a text").contains("another session"),
            "{word}"
        );
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
async fn the_journal_and_the_doctor_keep_silent_about_secrets() {
    // With a seed, no number in an answer looks like a code by chance.
    let sandbox = Sandbox::builder()
        .seed(42)
        .start()
        .await
        .expect("a sandbox");
    let caller = PaywallCaller::new(&sandbox);
    let session = caller.session().await;
    let token = caller.link(&session).await;
    let code = newest_code(&sandbox);
    caller.resend(&session, &token).await;
    caller.verify(&session, &token, "987654").await;
    sandbox.renew_session(&session).expect("renewed");
    let verified = caller.verify(&session, &token, &code).await;
    caller.verify(&session, &token, &code).await;
    let body = verified.json()["Body"].clone();

    let mut calls = caller.plain.ask("/api/v1/journal").await["calls"].clone();
    for call in calls.as_array_mut().expect("a list") {
        call.as_object_mut().expect("an object").remove("at");
    }
    let kept = calls.to_string();
    for secret in [
        PRIVATE_KEY,
        CLIENT_KEY,
        "5550000042",
        "test-user",
        "order-1",
        "987654",
        &session,
        &token,
        &code,
        body["Session"]["SessionId"].as_str().expect("a text"),
        body["Masterpass"]["Result"]["Token"]
            .as_str()
            .expect("a text"),
        body["Masterpass"]["Result"]["CardUniqueNumber"]
            .as_str()
            .expect("a text"),
    ] {
        assert!(!kept.contains(secret), "{secret} in {kept}");
    }
    let linked = &calls[4];
    assert_eq!(linked["operation"], "merchant/link");
    assert_eq!(linked["provider"], "paywall");
    assert_eq!(
        calls[5]["request"]["UserPhone"], "+90 555 *** ** 42",
        "{calls}"
    );
    let masked = &linked["answer"]["body"]["Body"]["Masterpass"]["Result"]["Token"];
    assert_eq!(
        calls[2]["request"],
        json!({
            "SessionId": linked["request"]["SessionId"],
            "OtpToken": masked,
            "OtpCode": "****",
            "ForLinkToMerchant": true,
        }),
        "a fingerprint is known again"
    );
}
