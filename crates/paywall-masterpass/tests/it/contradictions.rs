//! Answers that say yes and no at once: never a yes, and under no HTTP status a certain no.

use onay_core::{Delivery, Error, ErrorKind, OtpSender, OtpVerifier};
use onay_testkit::{Behaviour, SocketServer};

use crate::answers::{checked, inner, sent};
use crate::support::{challenge, code, paywall};

#[tokio::test]
async fn verdicts_that_contradict_each_other_are_maybe_sent() {
    let yes = inner(r#"{"ResponseCode":"5001","Token":"t2"}"#, "null", 200);
    let yes = yes.replace("\"Result\":true", "\"Result\":false");
    let error = sent(&yes).await.expect_err("unclear");
    assert_eq!(
        (error.kind(), error.delivery()),
        (ErrorKind::Unreadable, Delivery::MaybeSent)
    );
    let next = error.challenge().expect("the new token is not lost");
    assert_eq!(next.token().expect("a token").reveal(), "t2");
    let approved = inner(r#"{"ResponseCode":"0000"}"#, "null", 200);
    let approved = approved.replace("\"Result\":true", "\"Result\":false");
    let error = checked(&approved).await.expect_err("unclear");
    assert_eq!(error.kind(), ErrorKind::Unreadable);
}

/// An outer no with this body.
fn outer(body: &str) -> String {
    format!(r#"{{"Result":false,"Body":{body}}}"#)
}

#[tokio::test]
async fn a_verified_code_is_no_certain_no() {
    for json in [
        inner(r#"{"ResponseCode":"4711","IsVerified":true}"#, "null", 200),
        inner(r#"{"ResponseCode":"1409","IsVerified":true}"#, "null", 200),
        inner(
            r#"{"IsVerified":true}"#,
            r#"{"Code":"OTP_IS_NOT_VALID"}"#,
            401,
        ),
    ] {
        let server = SocketServer::start(Behaviour::answer(401, "application/json", &json)).await;
        let paywall = paywall(&server.url());
        let checked = paywall.verify_otp(&challenge(), &code("123456")).await;
        let error = checked.expect_err("no yes");
        assert_eq!(error.kind(), ErrorKind::Unreadable, "{json}");
        assert_eq!(error.delivery(), Delivery::MaybeSent, "{json}");
    }
}

/// What the answers of one HTTP status become, of a send and of a check.
async fn under(status: u16, json: &str) -> [Error; 2] {
    let server = SocketServer::start(Behaviour::answer(status, "application/json", json)).await;
    let paywall = paywall(&server.url());
    [
        paywall.send_otp(&challenge()).await.expect_err("no yes"),
        paywall
            .verify_otp(&challenge(), &code("123456"))
            .await
            .expect_err("no yes"),
    ]
}

#[tokio::test]
async fn a_contradiction_is_no_certain_no_under_any_http_status() {
    let yes = inner(r#"{"ResponseCode":"0000"}"#, "null", 200);
    let within = |from: &str, to: &str| {
        let json = yes.replace(from, to);
        assert_ne!(json, yes);
        json
    };
    for json in [
        within("\"Result\":true", "\"Result\":false"),
        within("\"Result\":true", "\"Result\":[]"),
        within("\"Result\":true", "\"Result\":true,\"Result\":true"),
        within("\"ErrorCode\":0", "\"ErrorCode\":1409"),
        within("\"Message\":\"\"", "\"Message\":\"\\ud83d\""),
        within("\"0000\"", "\"0000 \""),
        within("\"0000\"", "[\"0000\"]"),
        within("200", "400"),
        within("200", "null"),
        within("\"0000\"", "\"0000\",\"StatusCode\":401"),
        within("\"0000\"", "\"0000\",\"StatusCode\":[]"),
        outer(r#"[{"ResponseCode":"0000"}]"#),
        outer(r#"{"Masterpass":[{"ResponseCode":"0000"}]}"#),
        within("\"Exception\":null", "\"Exception\":{}"),
        within("\"Exception\":null", "\"Exception\":{\"Code\":\"0000\"}"),
    ] {
        for (status, kind) in [
            (200, ErrorKind::Unreadable),
            (302, ErrorKind::Unreadable),
            (400, ErrorKind::Unreadable),
            (401, ErrorKind::Unreadable),
            (403, ErrorKind::Unreadable),
            (409, ErrorKind::Unreadable),
            (429, ErrorKind::Unreadable),
            (408, ErrorKind::Upstream),
            (500, ErrorKind::Upstream),
        ] {
            for error in under(status, &json).await {
                assert_eq!(error.kind(), kind, "{status} {json}");
                assert_eq!(error.delivery(), Delivery::MaybeSent, "{status} {json}");
            }
        }
    }
}

/// A code that says yes to some call beats no HTTP status; a code that says no does.
#[tokio::test]
async fn only_a_clear_no_beats_trouble_upstream() {
    for (json, sent, checked) in [
        (
            inner("null", r#"{"Code":"5001"}"#, 200),
            ErrorKind::Upstream,
            ErrorKind::Upstream,
        ),
        (
            inner("null", r#"{"Code":"0000"}"#, 200),
            ErrorKind::Upstream,
            ErrorKind::Upstream,
        ),
        (
            inner(r#"{"ResponseCode":"5008"}"#, "null", 200),
            ErrorKind::Upstream,
            ErrorKind::Upstream,
        ),
        (
            inner(r#"{"ResponseCode":"0000","IsVerified":false}"#, "null", 200),
            ErrorKind::Upstream,
            ErrorKind::Upstream,
        ),
        (
            inner("null", r#"{"Code":"OTP_IS_NOT_VALID"}"#, 401),
            ErrorKind::WrongCode,
            ErrorKind::WrongCode,
        ),
    ] {
        let kinds = under(500, &json).await.map(|error| error.kind());
        assert_eq!(kinds, [sent, checked], "{json}");
    }
}
