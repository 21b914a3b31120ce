//! Tokens and sessions rotate, and nothing is lost: not on a yes, not on a no, not on a malformed answer.

use onay_core::{ErrorKind, OtpSender, OtpVerifier};
use onay_paywall_masterpass::{OtpPurpose, PaywallMasterpass};

use crate::support::{SESSION, TOKEN, answering, challenge, code, parts, session, token};

/// An answer with this session and this inner verdict.
fn answer(session: &str, masterpass: &str) -> String {
    format!(
        r#"{{"Result":true,"ErrorCode":0,"Body":{{"Session":{session},"Masterpass":{masterpass}}}}}"#
    )
}

/// An inner verdict that names a new token.
fn response(code: &str, token: &str) -> String {
    format!(r#"{{"Result":{{"ResponseCode":"{code}","Token":{token}}},"StatusCode":200}}"#)
}

const RENEWED: &str = r#"{"SessionRenewed":true,"SessionId":"new-session"}"#;
const REFUSED: &str =
    r#"{"Result":null,"Exception":{"Code":"TOKEN_IS_NOT_VALID"},"StatusCode":404}"#;
const NEW: &str = "\"new-token\"";

#[tokio::test]
#[rustfmt::skip]
async fn what_is_renewed_is_handed_on_and_nothing_else_changes() {
    let sent = response("5001", NEW);
    let whole = answer(RENEWED, &sent);
    let malformed = |from: &str, to: &str| {
        let json = whole.replacen(from, to, 1);
        assert_ne!(json, whole);
        json
    };
    let mut rows = vec![
        (answer(RENEWED, &sent), ("new-session", "new-token")),
        (answer(RENEWED, REFUSED), ("new-session", TOKEN)),
        // Only what asks for another code, or for 3-D Secure, replaces the token.
        (answer(RENEWED, &response("0000", NEW)), ("new-session", TOKEN)),
        (answer(RENEWED, &response("1409", NEW)), ("new-session", TOKEN)),
        (answer(RENEWED, &response("4711", NEW)), ("new-session", TOKEN)),
        (answer(RENEWED, &response("5010", NEW)), ("new-session", "new-token")),
    ];
    for session in [
        r#"{"SessionRenewed":false,"SessionId":"other"}"#,
        r#"{"SessionId":"other"}"#,
        r#"{"SessionRenewed":null,"SessionId":"other"}"#,
        r#"{"SessionRenewed":true,"SessionId":""}"#,
        r#"{"SessionRenewed":true,"SessionId":"not one"}"#,
        r#"{"SessionRenewed":true}"#,
        "null",
        "\"\"",
    ] {
        rows.push((answer(session, &sent), (SESSION, "new-token")));
        rows.push((answer(session, REFUSED), (SESSION, TOKEN)));
    }
    for token in ["\"\"", "null"] {
        rows.push((answer("null", &response("5001", token)), (SESSION, TOKEN)));
    }
    for (from, to) in [
        (r#""Result":true"#, r#""Result":true,"Result":true"#),
        (r#""Token""#, r#""Description":1e400,"Token""#),
        (r#""Token""#, r#""Description":"\ud83d","Token""#),
    ] {
        rows.push((malformed(from, to), ("new-session", "new-token")));
    }
    // A code was sent, and its token cannot be read.
    for token in ["\"not one\"", "{}", "\"new-token\",\"token\":\"new-token\""] {
        let json = answer(RENEWED, &response("5001", token));
        let (paywall, _server) = answering(&json).await;
        let error = paywall.send_otp(&challenge()).await.expect_err(token);
        assert_eq!(error.kind(), ErrorKind::Unreadable, "{token}");
        let next = error.challenge().expect("the new session");
        assert_eq!(parts(next), ("new-session", TOKEN));
    }
    for (json, expected) in rows {
        let (paywall, _server) = answering(&json).await;
        let next = match paywall.send_otp(&challenge()).await {
            Ok(sent) => Some(sent.into_challenge()),
            Err(error) => error.challenge().cloned(),
        };
        let is_changed = next.is_some();
        let next = next.unwrap_or_else(challenge);
        assert_eq!(parts(&next), expected, "{json}");
        let is_refusal = json.contains(REFUSED);
        assert_eq!(is_changed, !is_refusal || expected.0 != SESSION, "{json}");
    }
}

#[tokio::test]
async fn every_call_hands_on_and_keeps_the_purpose() {
    let link = OtpPurpose::AccountLink.challenge(session(SESSION), token(TOKEN));
    let over = r#"{"Exception":{"Code":"TOKEN_HAS_EXPIRED"},"StatusCode":401}"#;
    let (paywall, _server) = answering(&answer(RENEWED, over)).await;
    let checked = paywall.verify_otp(&link, &code("1")).await.map(drop);
    let sent = paywall.send_otp(&link).await.map(drop);
    for result in [checked, sent] {
        let error = result.expect_err("over");
        assert_eq!(error.kind(), ErrorKind::Expired);
        let next = error.challenge().expect("the new session");
        assert_eq!(parts(next), ("new-session", TOKEN));
        assert_eq!(OtpPurpose::of(next).expect("ours"), OtpPurpose::AccountLink);
    }
    let error = paywall
        .link_account(&PaywallMasterpass::account_link(session(SESSION), None))
        .await;
    let error = error.expect_err("over");
    let next = error.challenge().expect("the new session");
    assert_eq!(
        (next.session().expose(), next.token()),
        ("new-session", None)
    );

    let yes = answer(RENEWED, &response("5001", NEW));
    let (paywall, _server) = answering(&yes).await;
    let sent = paywall.send_otp(&link).await.expect("sent");
    let purpose = OtpPurpose::of(sent.challenge());
    assert_eq!(purpose.expect("ours"), OtpPurpose::AccountLink);

    // It may have been linked.
    let unclear = yes.replace(r#""Result":true"#, r#""Result":false"#);
    let (paywall, _server) = answering(&unclear).await;
    let error = paywall
        .link_account(&PaywallMasterpass::account_link(session(SESSION), None))
        .await;
    let error = error.expect_err("unclear");
    let next = error.challenge().expect("what was renewed");
    assert_eq!(parts(next), ("new-session", "new-token"));
    assert_eq!(OtpPurpose::of(next).expect("ours"), OtpPurpose::AccountLink);
}
