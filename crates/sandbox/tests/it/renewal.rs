//! Sessions that are renewed: those that ran out, and those that a test has asked for.

use std::time::Duration;

use jiff::Timestamp;
use onay_sandbox::SandboxError;
use serde_json::{Value, json};

use crate::support::{Response, exception_of, linked, newest_code, paywall, text_of, token_of};

/// The session that an answer says to go on with.
fn renewed_session(answer: &Response) -> String {
    let session = answer.json()["Body"]["Session"].clone();
    assert_eq!(session["SessionRenewed"], true, "{}", answer.text);
    assert_eq!(
        session.as_object().expect("an object").len(),
        3,
        "{session}"
    );
    let expiry = text_of(&session["SessionExpiryDate"]);
    assert!(format!("{expiry}+03:00").parse::<Timestamp>().is_ok());
    text_of(&session["SessionId"])
}

#[tokio::test]
async fn a_session_that_ran_out_is_renewed_and_its_token_stays() {
    let (sandbox, caller) = paywall().await;
    let first = caller.session().await;
    sandbox.advance(Duration::from_secs(29 * 60));
    let token = caller.link(&first).await;
    sandbox.advance(Duration::from_secs(60));

    let resent = caller.resend(&first, &token).await;
    assert_eq!(exception_of(&resent), Value::Null);
    let second = renewed_session(&resent);
    assert_ne!(second, first);
    let code = newest_code(&sandbox);
    let right = caller.verify(&second, &token_of(&resent), &code).await;
    assert_eq!(exception_of(&right), Value::Null);
    let session = right.json()["Body"]["Session"].clone();
    assert_eq!(
        session,
        json!({"SessionRenewed": false, "SessionId": second})
    );

    sandbox.advance(Duration::from_secs(30 * 60));
    let link = json!({"SessionId": second});
    renewed_session(&caller.call("merchant/link", &link).await);
}

#[tokio::test]
async fn a_renewal_on_demand_comes_with_success_and_with_refusal() {
    let (sandbox, caller, first, token) = linked().await;

    sandbox.renew_session(&first).expect("renewed");
    let wrong = caller.verify(&first, &token, "wrong").await;
    assert_eq!(exception_of(&wrong), "OTP_IS_NOT_VALID");
    let second = renewed_session(&wrong);

    sandbox.renew_session(&second).expect("renewed");
    let early = caller.resend(&second, &token).await;
    assert_eq!(
        exception_of(&early),
        "ERROR_CALLED_OTP_SERVICE_ONE_MORE_TIME_BEFORE_TIMEOUT_EXPIRED"
    );
    let third = renewed_session(&early);

    sandbox.renew_session(&third).expect("renewed");
    let unknown = caller.resend(&third, "0123456789abcdef").await;
    assert_eq!(exception_of(&unknown), "TOKEN_IS_NOT_VALID");
    let fourth = renewed_session(&unknown);

    sandbox.renew_session(&fourth).expect("renewed");
    let right = caller.verify(&fourth, &token, &newest_code(&sandbox)).await;
    assert_eq!(exception_of(&right), Value::Null);
    renewed_session(&right);
}

#[tokio::test]
async fn a_session_that_was_renewed_is_good_for_nothing() {
    let (sandbox, caller, first, token) = linked().await;
    let code = newest_code(&sandbox);
    sandbox.renew_session(&first).expect("renewed");
    let wrong = caller.verify(&first, &token, "wrong").await;
    let second = renewed_session(&wrong);

    let stale = caller.verify(&first, &token, &code).await;
    assert_eq!(exception_of(&stale), "VALIDATION_FAILED");
    assert_eq!(stale.json()["Body"]["Session"], Value::Null);
    let word = caller.plain.word().await;
    assert!(word.contains("SessionRenewed"), "{word}");
    let right = caller.verify(&second, &token, &code).await;
    assert_eq!(exception_of(&right), Value::Null);
}

#[tokio::test]
async fn a_call_that_is_wrong_in_itself_renews_nothing() {
    let (sandbox, caller) = paywall().await;
    let session = caller.session().await;
    sandbox.renew_session(&session).expect("renewed");
    let refused = caller
        .call("otp/resend", &json!({"SessionId": session}))
        .await;
    assert_eq!(exception_of(&refused), "TOKEN_IS_REQUIRED");
    assert_eq!(refused.json()["Body"]["Session"], Value::Null);
    let link = json!({"SessionId": session});
    renewed_session(&caller.call("merchant/link", &link).await);
}

#[tokio::test]
async fn the_test_api_renews_too() {
    let (sandbox, caller) = paywall().await;
    let session = caller.session().await;
    let renew = |body: Value| {
        let request = caller.plain.post("/api/v1/sessions/renew");
        Response::of(request.body(body.to_string()))
    };
    let renewed = renew(json!({"session": session})).await;
    assert_eq!((renewed.status.as_u16(), &*renewed.text), (204, ""));
    let link = json!({"SessionId": session});
    renewed_session(&caller.call("merchant/link", &link).await);

    for unknown in [session.as_str(), "", "order-1"] {
        let refused = renew(json!({"session": unknown})).await;
        assert_eq!(refused.status, 404, "{unknown}");
        assert_eq!(refused.json()["error"]["code"], "not_found");
        assert!(matches!(
            sandbox.renew_session(unknown),
            Err(SandboxError::UnknownSession)
        ));
    }
    for wrong in [
        json!({}),
        json!({"session": 1}),
        json!({"session": "s", "x": 1}),
    ] {
        assert_eq!(renew(wrong).await.status, 400);
    }
    sandbox.reset();
    assert!(sandbox.renew_session(&session).is_err());
}
