//! Faults of Paywall's Masterpass: its refusals, rotated tokens and renewed sessions.

use std::time::Duration;

use onay_sandbox::{Fault, FaultRule, Provider};
use serde_json::{Value, json};

use crate::support::{exception_of, linked, newest_code, text_of, token_of};

fn at(operation: &str, fault: Fault) -> FaultRule {
    FaultRule::new(fault)
        .provider(Provider::PAYWALL)
        .operation(operation)
        .times(1)
}

#[tokio::test]
async fn a_refusal_stands_in_the_session_of_the_call() {
    let (sandbox, caller, session, token) = linked().await;
    for (code, status) in [
        ("ACCOUNT_IS_BLOCKED", 401),
        ("TOKEN_IS_NOT_VALID", 404),
        ("VPOS_TIMEOUT_ERROR", 401),
    ] {
        sandbox
            .fault(at("otp/resend", Fault::Refuse(code.to_owned())))
            .expect("a rule");
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
    sandbox
        .fault(at("session", Fault::UnknownCode))
        .expect("a rule");
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
    sandbox
        .fault(at("otp/verify", Fault::RotateToken))
        .expect("a rule");
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
    sandbox
        .fault(at("otp/resend", Fault::RotateToken))
        .expect("a rule");
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
    sandbox
        .fault(at("otp/verify", Fault::RotateToken))
        .expect("a rule");
    let refused = caller.verify(&session, "0123456789abcdef", "000000").await;
    assert_eq!(exception_of(&refused), "TOKEN_IS_NOT_VALID");
    assert_eq!(sandbox.messages().len(), 1);
}

#[tokio::test]
async fn a_session_is_renewed_with_the_call_that_is_struck() {
    let (sandbox, caller, first, token) = linked().await;
    sandbox
        .fault(at("otp/verify", Fault::RenewSession))
        .expect("a rule");
    let wrong = caller.verify(&first, &token, "wrong").await;
    assert_eq!(exception_of(&wrong), "OTP_IS_NOT_VALID");
    let session = wrong.json()["Body"]["Session"].clone();
    assert_eq!(session["SessionRenewed"], true);
    let second = text_of(&session["SessionId"]);
    assert_ne!(second, first);
    let right = caller.verify(&second, &token, &newest_code(&sandbox)).await;
    assert_eq!(exception_of(&right), Value::Null);

    sandbox
        .fault(at("merchant/link", Fault::RenewSession))
        .expect("a rule");
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
    sandbox
        .fault(at("otp/resend", Fault::AcceptThenCut))
        .expect("a rule");
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
