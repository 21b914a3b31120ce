//! What the fakes refuse before they look at any code or link, and what the doctor says about it.

use onay_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::support::{
    CLIENT_KEY, Caller, MASTERPASS, NUMBER, PRIVATE_KEY, PaywallCaller, Response, exception_of,
    linked, newest_code, paynet, paywall, rows, session_fields,
};

/// Calls to Paynet that are wrong in themselves: the operation, the body, the doctor's word.
const PAYNET: &str = r#"
send_otp |  | the body is not JSON
send_otp | {"user_gsm":"5550000042" | the body is not JSON
send_otp | [] | the body is JSON, but not an object
send_otp | {} | user_gsm is missing
send_otp | {"user_gsm":5550000042,"otp_session_id":"s"} | user_gsm is not a string
send_otp | {"user_gsm":"","otp_session_id":"s"} | user_gsm is empty
send_otp | {"user_gsm":"05550000042","otp_session_id":"s"} | user_gsm has 11 digits; Paynet wants 10, starting with 5
send_otp | {"user_gsm":"2120000042","otp_session_id":"s"} | user_gsm has 10 digits but does not start with 5, as mobile numbers do
send_otp | {"user_gsm":"+905550000042","otp_session_id":"s"} | user_gsm has signs other than digits; Paynet wants 10 digits, starting with 5, without +90 or blanks
send_otp | {"user_gsm":"5550000042"} | otp_session_id is missing
send_otp | {"user_gsm":"5550000042","otp_session_id":null} | otp_session_id is not a string
send_otp | {"user_gsm":"5550000042","otp_session_id":""} | otp_session_id is empty
check_otp | {"user_gsm":"5550000042","otp_session_id":"s"} | otp_code is missing
check_otp | {"user_gsm":"5550000042","otp_session_id":"s","otp_code":""} | otp_code is empty
"#;

/// The same of Paywall, with the exception before the doctor's word.
const PAYWALL: &str = r#"
session |  | VALIDATION_FAILED | the body is not JSON
otp/verify | { | VALIDATION_FAILED | the body is not JSON
merchant/link | [] | VALIDATION_FAILED | the body is JSON, but not an object
session | {"UserId":"u","UserPhone":"905550000042"} | VALIDATION_FAILED | ReferenceCode is missing
session | {"ReferenceCode":"r","UserId":"","UserPhone":"905550000042"} | VALIDATION_FAILED | UserId is empty
session | {"ReferenceCode":"r","UserId":7,"UserPhone":"905550000042"} | VALIDATION_FAILED | UserId is not a string
session | {"ReferenceCode":"r","UserId":"u","UserPhone":"+905550000042"} | VALIDATION_FAILED | UserPhone is a mobile number in another spelling; Paywall wants 905…: 12 digits, with 90 in front and without + or blanks
session | {"ReferenceCode":"r","UserId":"u","UserPhone":"5550000042"} | VALIDATION_FAILED | UserPhone is a mobile number in another spelling; Paywall wants 905…: 12 digits, with 90 in front and without + or blanks
session | {"ReferenceCode":"r","UserId":"u","UserPhone":"902120000042"} | VALIDATION_FAILED | UserPhone is no Turkish mobile number; Paywall wants 905…, 12 digits
session | {"ReferenceCode":"r","UserId":"u","UserPhone":"905550000042","Force3D":1} | VALIDATION_FAILED | Force3D is not true or false
merchant/link | {} | VALIDATION_FAILED | SessionId is missing
otp/resend | {"OtpToken":"t"} | VALIDATION_FAILED | SessionId is missing
otp/resend | {"SessionId":"s"} | TOKEN_IS_REQUIRED | OtpToken is missing
otp/resend | {"SessionId":"s","OtpToken":null} | TOKEN_IS_REQUIRED | OtpToken is missing
otp/verify | {"SessionId":"s","OtpToken":"","OtpCode":"123456"} | TOKEN_IS_REQUIRED | OtpToken is empty
otp/verify | {"SessionId":"s","OtpToken":"t"} | OTP_CODE_IS_REQUIRED | OtpCode is missing
otp/verify | {"SessionId":"s","OtpToken":"t","OtpCode":""} | OTP_CODE_IS_REQUIRED | OtpCode is empty
otp/verify | {"SessionId":"s","OtpToken":"t","OtpCode":123456} | VALIDATION_FAILED | OtpCode is not a string
otp/verify | {"SessionId":"s","OtpToken":"t","OtpCode":"123456789012345678901"} | OTP_CODE_MAX_LENGTH_EXCEEDED | OtpCode has more than 20 characters
otp/verify | {"SessionId":"s","OtpToken":"t","OtpCode":"12345678901234567890"} | VALIDATION_FAILED | no such session was opened with these keys, or so long ago that it is forgotten
otp/verify | {"SessionId":"s","OtpToken":"t","OtpCode":"1","ForLinkToMerchant":"true"} | VALIDATION_FAILED | ForLinkToMerchant is not true or false
merchant/link | {"SessionId":"s"} | VALIDATION_FAILED | no such session was opened with these keys, or so long ago that it is forgotten
"#;

/// Keys of Paynet that are none, each with a part of the doctor's word.
const KEYS: &str = "
c2NrX3Rlc3RfZGVtbzo= | the key is base64-encoded
sck_0123456789abcdef | this is a live key (sck_… without test)
pbk_test_demo | this is the key for browsers (pbk_…)
sck_test_demo: | there is a colon in the key
sck_test_ | the key ends after sck_test_
sck_test_a b | the key has a sign that no key has
demo | this is no secret key of Paynet
";

const TURNED_AWAY: &str = r#"{"ErrorCodeType":1,"ErrorMessage":null,"ErrorCode":1,"Result":false,"Message":"","Body":null}"#;

fn invalid(status: u16) -> Value {
    json!({"type": "invalid_request_error", "message": "bad_request", "code": status, "result_code": 11})
}

#[tokio::test]
async fn a_key_that_is_not_a_test_key_is_refused() {
    let (sandbox, caller) = paynet().await;
    let refusal = json!({"type": "authorization_error", "message": "unauthorized", "code": 401,
                         "result_code": 7});
    for row in rows(KEYS) {
        let refused = Caller::with_key(&sandbox, row[0]).send("s", NUMBER).await;
        assert_eq!(
            (refused.status.as_u16(), refused.json()),
            (401, refusal.clone()),
            "{row:?}"
        );
        assert!(caller.word().await.starts_with(row[1]), "{row:?}");
    }
    let request = caller.post("/paynet/v1/card/send_otp");
    let request = request.header("accept", "application/json");
    for (request, word) in [
        (
            request.try_clone().expect("a request"),
            "the Authorization header is missing",
        ),
        (
            request.header("authorization", "sck_test_demo"),
            "the Authorization header does not start with Basic",
        ),
    ] {
        assert_eq!(Response::of(request).await.json(), refusal);
        assert!(caller.word().await.starts_with(word), "{word}");
    }
    assert!(sandbox.messages().is_empty());
    assert_eq!(caller.ask("/api/v1/tenants").await, json!({"tenants": []}));
}

#[tokio::test]
async fn both_keys_of_paywall_are_wanted() {
    let (_sandbox, caller) = paywall().await;
    let plain = caller.plain;
    for (headers, word) in [
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
            .json(&session_fields());
        let request = headers.iter().fold(request, |request, (name, value)| {
            request.header(*name, *value)
        });
        let refused = Response::of(request).await;
        assert_eq!(
            (refused.status.as_u16(), &*refused.text),
            (401, TURNED_AWAY),
            "{word}"
        );
        assert_eq!(plain.doctor().await, word);
    }
    assert_eq!(plain.ask("/api/v1/tenants").await, json!({"tenants": []}));
}

#[tokio::test]
async fn a_field_that_is_wrong_is_refused_and_one_that_is_not_known_ignored() {
    let (sandbox, caller) = paynet().await;
    for row in rows(PAYNET) {
        let refused = Response::of(caller.call(row[0]).body(row[1].to_owned())).await;
        assert_eq!(
            (refused.status.as_u16(), refused.json()),
            (400, invalid(400)),
            "{row:?}"
        );
        assert_eq!(caller.doctor().await, row[2]);
    }
    let paywall = PaywallCaller::new(&sandbox);
    for row in rows(PAYWALL) {
        let refused = Response::of(paywall.request(row[0]).body(row[1].to_owned())).await;
        assert_eq!(exception_of(&refused), row[2], "{row:?}");
        assert_eq!(caller.doctor().await, row[3], "{row:?}");
        let refused = refused.json();
        assert_eq!(refused["Result"], row[0] == "otp/resend", "{row:?}");
        assert_eq!(refused["Body"]["Session"], Value::Null, "{row:?}");
        assert_eq!(refused["Body"]["Masterpass"]["StatusCode"], 400, "{row:?}");
        assert_eq!(refused["Body"]["Masterpass"]["Result"], Value::Null);
    }
    assert!(sandbox.messages().is_empty());
    let body = r#"{"user_gsm":"5550000042","otp_session_id":"s","channel":"x"}"#;
    let sent = Response::of(caller.call("send_otp").body(body)).await;
    assert_eq!(sent.json()["code"], 0);
}

#[tokio::test]
async fn a_body_has_to_say_that_it_is_json_and_to_be_short() {
    let (_sandbox, caller) = paywall().await;
    let paynet = &caller.plain;
    let long = json!({"user_gsm": NUMBER, "otp_session_id": "s".repeat(64 * 1024)}).to_string();
    let plain = |request: reqwest::RequestBuilder| request.body("{}");
    for (request, word) in [
        (
            plain(paynet.post("/paynet/v1/card/send_otp"))
                .header("authorization", "Basic sck_test_demo")
                .header("accept", "application/json"),
            "the Content-Type is not application/json",
        ),
        (
            paynet.call("send_otp").body(long.clone()),
            "the body was cut off, too slow or longer than 64 KiB",
        ),
    ] {
        assert_eq!(Response::of(request).await.json(), invalid(400));
        assert_eq!(paynet.doctor().await, word);
    }
    let undeclared = plain(paynet.post(&format!("{MASTERPASS}/session")))
        .header("apikeyprivate", PRIVATE_KEY)
        .header("apiclientprivate", CLIENT_KEY);
    for (request, word) in [
        (undeclared, "the Content-Type is not application/json"),
        (
            caller.request("merchant/link").body(long),
            "the body was cut off, too slow or longer than 64 KiB",
        ),
    ] {
        assert_eq!(
            exception_of(&Response::of(request).await),
            "VALIDATION_FAILED"
        );
        assert_eq!(paynet.doctor().await, word);
    }
}

#[tokio::test]
async fn other_methods_and_paths_are_refused_in_the_same_shape() {
    let (_sandbox, caller) = paynet().await;
    let word = |word: &'static str| {
        let caller = &caller;
        async move { assert!(caller.word().await.starts_with(word), "{word}") }
    };
    for path in ["/paynet/v1/card/send_otp", "/paynet/v1/card/check_otp"] {
        for request in [caller.get(path), caller.delete(path)] {
            let refused = Response::of(request.header("accept", "application/json")).await;
            assert_eq!(
                (refused.status.as_u16(), refused.json()),
                (405, invalid(405))
            );
            word("the method is not POST").await;
        }
    }
    for path in [
        "",
        "/",
        "/v1/card/send_otp/",
        "/v1/card/v1/card/send_otp",
        "/v1/card/save",
    ] {
        let request = caller.post(&format!("/paynet{path}"));
        let refused = Response::of(request.header("accept", "application/json")).await;
        assert_eq!(
            (refused.status.as_u16(), refused.json()),
            (404, invalid(404)),
            "{path}"
        );
        word("there is nothing at this path").await;
    }
    for operation in ["session", "merchant/link", "otp/resend", "otp/verify"] {
        let refused = Response::of(caller.get(&format!("{MASTERPASS}/{operation}"))).await;
        assert_eq!(
            (refused.status.as_u16(), &*refused.text),
            (405, TURNED_AWAY)
        );
        word("the method is not POST").await;
    }
    let root = "/api/paywall/masterpass";
    for path in [
        "",
        "/",
        "/session",
        root,
        "/api/paywall/masterpass/session/",
        "/api/paywall",
    ] {
        let refused = Response::of(caller.post(&format!("/paywall{path}"))).await;
        assert_eq!(
            (refused.status.as_u16(), &*refused.text),
            (404, TURNED_AWAY),
            "{path}"
        );
        word("there is nothing at this path").await;
    }
}

#[tokio::test]
async fn the_doctor_explains_a_code_that_does_not_verify() {
    let (sandbox, caller) = paynet().await;
    let check = |code: String, word: &'static str| {
        let caller = &caller;
        async move {
            caller.check("s", NUMBER, &code).await;
            let said = caller.doctor().await;
            assert!(said.as_str().unwrap_or_default().contains(word), "{said}");
        }
    };
    let never = "no OTP was sent for this session and number under this key";
    check("ART2".to_owned(), never).await;
    caller.send("s", NUMBER).await;
    assert_eq!(caller.doctor().await, Value::Null);
    let code = newest_code(&sandbox);
    caller.send("s", NUMBER).await;
    assert!(caller.word().await.contains("still running"));
    check(code.to_lowercase(), "upper and lower case").await;
    check("0000".to_owned(), "the code is wrong").await;
    caller.check("s", NUMBER, &code).await;
    assert_eq!(caller.doctor().await, Value::Null);
    check(code.clone(), "the code was right, but it was used before").await;
    sandbox.advance(std::time::Duration::from_secs(180));
    check(code, "the OTP has run out, by the virtual clock").await;
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
        let word = caller.plain.word().await;
        assert!(word.starts_with("ForLinkToMerchant"), "{word}");
    }
    let right = caller.verify(&session, &token, &code).await;
    assert_eq!(exception_of(&right), Value::Null);
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
