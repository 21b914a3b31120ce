//! Tokens and sessions rotate, and nothing is lost: not on a yes, not on a no.

use onay_core::{ErrorKind, Gsm, OtpChallenge, OtpSender, OtpVerifier};
use onay_paywall_masterpass::{OpenSession, OtpPurpose};

use crate::support::{SESSION, TOKEN, answering, challenge, code, session, token};

/// An answer with this session and this inner verdict.
fn answer(session: &str, masterpass: &str) -> String {
    format!(
        r#"{{"Result":true,"ErrorCode":0,"Body":{{"Session":{session},"Masterpass":{masterpass}}}}}"#
    )
}

const RENEWED: &str = r#"{"SessionRenewed":true,"SessionId":"new-session"}"#;
const SENT: &str = r#"{"Result":{"ResponseCode":"5001","Token":"new-token"},"StatusCode":200}"#;
const REFUSED: &str =
    r#"{"Result":null,"Exception":{"Code":"TOKEN_IS_NOT_VALID"},"StatusCode":404}"#;

fn parts(challenge: &OtpChallenge) -> (&str, &str) {
    let token = challenge.token().expect("a token");
    (challenge.session().reveal(), token.reveal())
}

#[tokio::test]
async fn a_yes_adopts_token_and_session() {
    let (paywall, _server) = answering(&answer(RENEWED, SENT)).await;
    let sent = paywall.send_otp(&challenge()).await.expect("sent");
    assert_eq!(parts(sent.challenge()), ("new-session", "new-token"));
}

#[tokio::test]
async fn a_no_hands_the_renewed_session_on() {
    let (paywall, _server) = answering(&answer(RENEWED, REFUSED)).await;
    let sent = paywall.send_otp(&challenge()).await.expect_err("refused");
    let checked = paywall
        .verify_otp(&challenge(), &code("1"))
        .await
        .expect_err("refused");
    for error in [sent, checked] {
        assert_eq!(error.kind(), ErrorKind::Refused);
        let next = error.challenge().expect("the new session");
        assert_eq!(parts(next), ("new-session", TOKEN));
    }
    let error = paywall
        .link_account(&session(SESSION))
        .await
        .expect_err("refused");
    let next = error.challenge().expect("the new session");
    assert_eq!(next.session().reveal(), "new-session");
    assert!(next.token().is_none());
}

#[tokio::test]
async fn an_expired_token_hands_the_renewed_session_on_too() {
    let over = r#"{"Exception":{"Code":"TOKEN_HAS_EXPIRED"},"StatusCode":401}"#;
    let (paywall, _server) = answering(&answer(RENEWED, over)).await;
    let error = paywall
        .verify_otp(&challenge(), &code("1"))
        .await
        .expect_err("over");
    assert_eq!(error.kind(), ErrorKind::Expired);
    assert_eq!(
        error
            .challenge()
            .expect("the new session")
            .session()
            .reveal(),
        "new-session"
    );
}

#[tokio::test]
async fn a_session_that_was_not_renewed_stays_the_callers() {
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
        let (paywall, _server) = answering(&answer(session, SENT)).await;
        let sent = paywall.send_otp(&challenge()).await.expect("sent");
        assert_eq!(parts(sent.challenge()), (SESSION, "new-token"), "{session}");
        let (paywall, _server) = answering(&answer(session, REFUSED)).await;
        let error = paywall.send_otp(&challenge()).await.expect_err("refused");
        assert!(error.challenge().is_none(), "{session}");
    }
}

#[tokio::test]
async fn an_empty_new_token_keeps_the_old_one() {
    for token in ["\"\"", "null", "\"not one\"", "{}", "[]"] {
        let result =
            format!(r#"{{"Result":{{"ResponseCode":"5001","Token":{token}}},"StatusCode":200}}"#);
        let (paywall, _server) = answering(&answer("null", &result)).await;
        let sent = paywall.send_otp(&challenge()).await.expect("sent");
        assert_eq!(sent.challenge(), &challenge(), "{token}");
    }
}

#[tokio::test]
async fn the_purpose_survives_every_rotation() {
    let link = OtpPurpose::AccountLink.challenge(session(SESSION), token(TOKEN));
    let (paywall, _server) = answering(&answer(RENEWED, SENT)).await;
    let sent = paywall.send_otp(&link).await.expect("sent");
    assert_eq!(
        OtpPurpose::of(sent.challenge()).expect("ours"),
        OtpPurpose::AccountLink
    );
    let (paywall, _server) = answering(&answer(RENEWED, REFUSED)).await;
    let error = paywall.send_otp(&link).await.expect_err("refused");
    let next = error.challenge().expect("the new session");
    assert_eq!(OtpPurpose::of(next).expect("ours"), OtpPurpose::AccountLink);
}

#[tokio::test]
async fn only_what_asks_for_another_code_replaces_the_token() {
    for (response, token) in [
        ("0000", TOKEN),
        ("1409", TOKEN),
        ("4711", TOKEN),
        ("5010", "t9"),
    ] {
        let result = format!(
            r#"{{"Result":{{"ResponseCode":"{response}","Token":"t9"}},"StatusCode":200}}"#
        );
        let (paywall, _server) = answering(&answer(RENEWED, &result)).await;
        let next = match paywall.send_otp(&challenge()).await {
            Ok(sent) => sent.into_challenge(),
            Err(error) => error.challenge().expect("the new session").clone(),
        };
        assert_eq!(parts(&next), ("new-session", token), "{response}");
    }
}

#[tokio::test]
async fn an_answer_that_is_malformed_in_places_loses_nothing() {
    let whole = answer(RENEWED, SENT);
    for (from, to) in [
        (r#""Result":true"#, r#""Result":true,"Result":true"#),
        (
            r#""Token":"new-token""#,
            r#""Token":"new-token","token":"new-token""#,
        ),
        (r#""Token""#, r#""Description":1e400,"Token""#),
        (r#""Token""#, r#""Description":"\ud83d","Token""#),
    ] {
        let json = whole.replacen(from, to, 1);
        assert_ne!(json, whole);
        let (paywall, _server) = answering(&json).await;
        let error = paywall.send_otp(&challenge()).await.expect_err("malformed");
        assert_eq!(error.kind(), ErrorKind::Unreadable, "{to}");
        let next = error.challenge().expect("what was renewed");
        assert_eq!(parts(next), ("new-session", "new-token"), "{to}");
    }
}

/// The new session and the new token stand in the very answer that quotes them.
#[tokio::test]
async fn what_an_answer_renews_is_hidden_in_its_own_error() {
    let session = r#"{"SessionRenewed":true,"SessionId":"yeni-oturum-kanarya"}"#;
    let quoted = "oturum yeni-oturum-kanarya jeton jetonkanaryaxyz kart kartkanaryaxyz";
    for response in ["5010", "1409", "4711", quoted] {
        for exception in ["null", r#"{"Code":"CARD_NOT_FOUND"}"#, "{}"] {
            for session in [session, &session.replace("true", "false")] {
                let result = format!(
                    r#"{{"ResponseCode":"{response}","Token":"jetonkanaryaxyz","CardUniqueNumber":"kartkanaryaxyz","Description":"{quoted}"}}"#
                );
                let inner =
                    format!(r#"{{"Result":{result},"Exception":{exception},"StatusCode":200}}"#);
                let (paywall, _server) = answering(&answer(session, &inner)).await;
                let error = paywall.verify_otp(&challenge(), &code("123456")).await;
                let error = error.expect_err("no yes");
                let shown = onay_testkit::printed(&error);
                assert!(!shown.contains("kanarya"), "{shown}");
                if session.contains("true") {
                    let next = error.challenge().expect("the new session");
                    assert_eq!(next.session().reveal(), "yeni-oturum-kanarya");
                }
            }
        }
    }
}

#[tokio::test]
async fn an_opened_session_is_hidden_in_its_own_error() {
    let json = r#"{"Result":false,"ErrorCode":"oturumkanaryaxyz","Message":"oturum oturumkanaryaxyz","Body":{"SessionId":"oturumkanaryaxyz"}}"#;
    let (paywall, _server) = answering(json).await;
    let gsm = Gsm::parse("0555 000 00 42").expect("a number");
    let request = OpenSession::new("order-1", "user-1", gsm);
    let error = paywall.open_session(&request).await.expect_err("refused");
    let shown = onay_testkit::printed(&error);
    assert!(!shown.contains("kanarya"), "{shown}");
    assert_eq!(
        (error.code(), error.message()),
        (Some("***"), Some("oturum ***"))
    );
}

#[tokio::test]
async fn an_unclear_link_keeps_its_purpose() {
    let unclear = answer(RENEWED, SENT).replace(r#""Result":true"#, r#""Result":false"#);
    let (paywall, _server) = answering(&unclear).await;
    let error = paywall
        .link_account(&session(SESSION))
        .await
        .expect_err("unclear");
    let next = error.challenge().expect("what was renewed");
    assert_eq!(parts(next), ("new-session", "new-token"));
    assert_eq!(OtpPurpose::of(next).expect("ours"), OtpPurpose::AccountLink);
}
