//! Faults of Paywall's Masterpass: its refusals, rotated tokens and renewed sessions.

use std::time::Duration;

use onay_sandbox::{Fault, FaultRule, Provider, Sandbox};
use serde_json::{Value, json};

use crate::support::{exception_of, linked, newest_code, text_of, token_of};

/// Has the next call of an operation struck.
fn strike(sandbox: &Sandbox, operation: &str, fault: Fault) {
    let rule = FaultRule::new(fault).provider(Provider::PAYWALL);
    let rule = rule.operation(operation).times(1);
    sandbox.fault(rule).expect("a rule");
}

#[tokio::test]
async fn a_refusal_stands_in_the_session_of_the_call() {
    let (sandbox, caller, session, token) = linked().await;
    for (code, status) in [
        ("ACCOUNT_IS_BLOCKED", 401),
        ("TOKEN_IS_NOT_VALID", 404),
        ("VPOS_TIMEOUT_ERROR", 401),
    ] {
        strike(&sandbox, "otp/resend", Fault::Refuse(code.to_owned()));
        let refused = caller.resend(&session, &token).await;
        assert_eq!(exception_of(&refused), code);
        let body = refused.json()["Body"].clone();
        assert_eq!(
            body["Session"],
            json!({"SessionRenewed": false, "SessionId": session})
        );
        assert_eq!(body["Masterpass"]["StatusCode"], status);
        assert_eq!(body["Masterpass"]["Result"], Value::Null);
    }
    strike(&sandbox, "session", Fault::UnknownCode);
    let opened = caller
        .call("session", &crate::support::session_fields())
        .await;
    assert_eq!(exception_of(&opened), "SANDBOX_UNKNOWN_CODE");
    assert_eq!(opened.json()["Body"]["Session"], Value::Null);
    assert_eq!(sandbox.messages().len(), 1, "only the first");
    let right = caller
        .verify(&session, &token, &newest_code(&sandbox))
        .await;
    assert_eq!(
        exception_of(&right),
        Value::Null,
        "nothing was changed by it"
    );
}

#[tokio::test]
async fn a_check_that_rotates_sends_another_code() {
    let (sandbox, caller, session, first) = linked().await;
    let old_code = newest_code(&sandbox);
    strike(&sandbox, "otp/verify", Fault::RotateToken);
    let refused = caller.verify(&session, &first, &old_code).await;
    let result = refused.json()["Body"]["Masterpass"]["Result"].clone();
    assert_eq!(result["ResponseCode"], "5001");
    assert_eq!(result["IsVerified"], false);
    assert_eq!(result["CardUniqueNumber"], Value::Null);
    let second = text_of(&result["Token"]);
    assert_ne!(second, first);
    assert_eq!(sandbox.messages().len(), 2);
    let call = caller.plain.ask("/api/v1/journal?limit=1").await["calls"][0].clone();
    assert_eq!(
        (&call["fault"], &call["outcome"]),
        (&json!("rotate_token"), &json!("refused"))
    );
    assert_eq!(call["message"], 2);

    let dead = caller.verify(&session, &first, &old_code).await;
    assert_eq!(exception_of(&dead), "TOKEN_ALREADY_USED");
    let right = caller
        .verify(&session, &second, &newest_code(&sandbox))
        .await;
    assert_eq!(
        right.json()["Body"]["Masterpass"]["Result"]["IsVerified"],
        true
    );
}

#[tokio::test]
async fn a_resend_that_rotates_keeps_the_code() {
    let (sandbox, caller, session, first) = linked().await;
    strike(&sandbox, "otp/resend", Fault::RotateToken);
    let refused = caller.resend(&session, &first).await;
    let result = refused.json()["Body"]["Masterpass"]["Result"].clone();
    assert_eq!(result["ResponseCode"], "5010");
    let second = token_of(&refused);
    assert_ne!(second, first);
    assert_eq!(sandbox.messages().len(), 1);
    let dead = caller.resend(&session, &first).await;
    assert_eq!(exception_of(&dead), "TOKEN_ALREADY_USED");
    let right = caller
        .verify(&session, &second, &newest_code(&sandbox))
        .await;
    assert_eq!(exception_of(&right), Value::Null);
}

#[tokio::test]
async fn a_token_that_is_no_good_is_refused_before_it_rotates() {
    let (sandbox, caller, session, _) = linked().await;
    strike(&sandbox, "otp/verify", Fault::RotateToken);
    let refused = caller.verify(&session, "0123456789abcdef", "000000").await;
    assert_eq!(exception_of(&refused), "TOKEN_IS_NOT_VALID");
    assert_eq!(sandbox.messages().len(), 1);
}

#[tokio::test]
async fn a_session_is_renewed_with_the_call_that_is_struck() {
    let (sandbox, caller, first, token) = linked().await;
    strike(&sandbox, "otp/verify", Fault::RenewSession);
    let wrong = caller.verify(&first, &token, "wrong").await;
    assert_eq!(exception_of(&wrong), "OTP_IS_NOT_VALID");
    let session = wrong.json()["Body"]["Session"].clone();
    assert_eq!(session["SessionRenewed"], true);
    let second = text_of(&session["SessionId"]);
    assert_ne!(second, first);
    let right = caller.verify(&second, &token, &newest_code(&sandbox)).await;
    assert_eq!(exception_of(&right), Value::Null);

    strike(&sandbox, "merchant/link", Fault::RenewSession);
    let linked = caller
        .call("merchant/link", &json!({"SessionId": second}))
        .await;
    assert_eq!(linked.json()["Body"]["Session"]["SessionRenewed"], true);
    assert_eq!(sandbox.messages().len(), 2);
}

#[tokio::test]
async fn accept_then_cut_rotates_the_token_although_nobody_hears() {
    let (sandbox, caller, session, first) = linked().await;
    sandbox.advance(Duration::from_secs(31));
    strike(&sandbox, "otp/resend", Fault::AcceptThenCut);
    let body = json!({"SessionId": session, "OtpToken": first}).to_string();
    assert!(
        caller
            .request("otp/resend")
            .body(body)
            .send()
            .await
            .is_err()
    );
    assert_eq!(sandbox.messages().len(), 2);
    let dead = caller.resend(&session, &first).await;
    assert_eq!(exception_of(&dead), "TOKEN_ALREADY_USED");
}
