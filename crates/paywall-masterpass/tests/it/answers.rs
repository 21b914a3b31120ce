//! Every documented answer, and everything else that could come instead.

use std::time::{Duration, UNIX_EPOCH};

use onay_core::{Delivery, Error, ErrorKind, Gsm, OtpSender, OtpVerifier};
use onay_paywall_masterpass::{CodeSender, OpenSession};
use onay_testkit::{Behaviour, SocketServer};

use crate::support::{FAILURE, SESSION, SUCCESS, answering, challenge, code, paywall, session};

/// An answer like the documented one, with this inner verdict.
pub(crate) fn inner(result: &str, exception: &str, status: u16) -> String {
    format!(
        r#"{{"ErrorCode":0,"Result":true,"Message":"","Body":{{"Session":{{"SessionRenewed":false,"SessionId":"{SESSION}"}},"Masterpass":{{"Result":{result},"Exception":{exception},"StatusCode":{status}}}}}}}"#
    )
}

pub(crate) async fn sent(json: &str) -> Result<onay_core::OtpSent, Error> {
    let (paywall, server) = answering(json).await;
    let result = paywall.send_otp(&challenge()).await;
    assert_eq!(server.requests().len(), 1);
    result
}

pub(crate) async fn checked(json: &str) -> Result<onay_core::OtpVerified, Error> {
    let (paywall, server) = answering(json).await;
    let result = paywall.verify_otp(&challenge(), &code("123456")).await;
    assert_eq!(server.requests().len(), 1);
    result
}

#[tokio::test]
async fn the_documented_failure_is_refused_although_the_outer_verdict_says_yes() {
    let error = sent(FAILURE).await.expect_err("refused");
    assert_eq!(error.kind(), ErrorKind::Refused);
    assert_eq!(error.delivery(), Delivery::Refused);
    assert_eq!(error.code(), Some("TOKEN_IS_NOT_VALID"));
    assert_eq!(error.message(), Some("Token geçersiz."));
    assert_eq!(
        (error.http_status(), error.provider()),
        (Some(200), Some("paywall-masterpass"))
    );
    assert!(error.challenge().is_none(), "nothing was renewed");
}

#[tokio::test]
async fn the_documented_success_gives_the_new_token() {
    let sent = sent(SUCCESS).await.expect("sent");
    let token = sent.challenge().token().expect("a token");
    assert_eq!(token.reveal(), "b1b9baa4018d4f17b1fd85592344b09a");
    assert_eq!(sent.challenge().session().reveal(), SESSION, "not renewed");
    assert_eq!(sent.reference(), Some("100005844114"));
    assert_eq!(
        (sent.resend_after(), sent.expires_at()),
        (None, None),
        "nobody says"
    );
}

/// The same two fixtures over an HTTP server that is not ours.
#[tokio::test]
async fn the_fixtures_mean_the_same_over_wiremock() {
    for (fixture, expected) in [
        (SUCCESS, Ok("b1b9baa4018d4f17b1fd85592344b09a")),
        (FAILURE, Err("TOKEN_IS_NOT_VALID")),
    ] {
        let server = wiremock::MockServer::start().await;
        wiremock::Mock::given(wiremock::matchers::path(
            "/api/paywall/masterpass/otp/resend",
        ))
        .respond_with(wiremock::ResponseTemplate::new(200).set_body_string(fixture))
        .expect(1)
        .mount(&server)
        .await;
        let result = paywall(&server.uri()).send_otp(&challenge()).await;
        match (&result, expected) {
            (Ok(sent), Ok(token)) => {
                assert_eq!(sent.challenge().token().expect("a token").reveal(), token);
            }
            (Err(error), Err(code)) => {
                assert_eq!(
                    (error.code(), error.delivery()),
                    (Some(code), Delivery::Refused)
                );
            }
            _ => panic!("{result:?}"),
        }
    }
}

#[tokio::test]
async fn the_typed_answer_says_who_sends() {
    for (response, sender) in [
        ("5001", Some(CodeSender::Bank)),
        ("5008", Some(CodeSender::Masterpass)),
        ("0000", None),
    ] {
        let json = inner(&format!(r#"{{"ResponseCode":"{response}"}}"#), "null", 200);
        let (paywall, _server) = answering(&json).await;
        let resent = paywall.resend(&challenge()).await.expect("sent");
        assert_eq!(resent.sender(), sender);
        assert_eq!(
            resent.challenge(),
            &challenge(),
            "no new token: the old one stays"
        );
    }
}

#[tokio::test]
async fn an_approval_is_ok() {
    let json = inner(
        r#"{"RetrievalReferenceNumber":"100","IsVerified":true,"Url3d":null,"CardUniqueNumber":"card-1","Token":"t2","ResponseCode":"0000"}"#,
        "null",
        200,
    );
    let (paywall, _server) = answering(&json).await;
    let verified = paywall
        .verify(&challenge(), &code("1"))
        .await
        .expect("approved");
    assert_eq!(verified.reference(), Some("100"));
    assert_eq!(verified.card_unique_number(), Some("card-1"));
    assert!(!format!("{verified:?}").contains("card-1"));
    checked(&json).await.expect("approved");
}

#[tokio::test]
async fn a_wrong_code_leaves_the_challenge_as_it_is() {
    let json = inner(
        "null",
        r#"{"Level":"Unauthorized","Code":"OTP_IS_NOT_VALID","Message":"OTP geçersiz."}"#,
        401,
    );
    for json in [
        json.clone(),
        json.replace("\"Result\":true", "\"Result\":false"),
    ] {
        let error = checked(&json).await.expect_err("wrong");
        assert_eq!(
            (error.kind(), error.delivery()),
            (ErrorKind::WrongCode, Delivery::Refused)
        );
        assert_eq!(error.challenge(), Some(&challenge()));
    }
}

#[tokio::test]
async fn another_code_wanted_is_no_approval() {
    for response in ["5001", "5008"] {
        let json = inner(
            &format!(r#"{{"ResponseCode":"{response}","Token":"t2","IsVerified":true}}"#),
            "null",
            200,
        );
        let error = checked(&json).await.expect_err("not yet");
        assert_eq!(error.kind(), ErrorKind::ActionRequired);
        assert_eq!(error.code(), Some(response));
        let next = error.challenge().expect("a challenge");
        assert_eq!(next.token().expect("a token").reveal(), "t2");
        assert_eq!(error.action_url(), None);
    }
}

#[tokio::test]
async fn three_d_secure_wanted_names_it_and_carries_its_address() {
    let url = "https://3d.example.com/?token=canary";
    let json = inner(
        &format!(r#"{{"ResponseCode":"5010","Token":"t2","Url3d":"{url}"}}"#),
        "null",
        200,
    );
    for error in [
        sent(&json).await.expect_err("3-D"),
        checked(&json).await.expect_err("3-D"),
    ] {
        assert_eq!(
            (error.kind(), error.code()),
            (ErrorKind::ActionRequired, Some("5010"))
        );
        assert!(error.message().expect("a message").contains("3-D Secure"));
        assert_eq!(error.action_url(), Some(url));
        assert!(!onay_testkit::printed(&error).contains("canary"));
    }
}

#[tokio::test]
async fn three_d_secure_stays_wanted_although_its_address_is_none() {
    for url in [r"https://x/\u001b]0;pwned\u0007", "javascript:alert(1)"] {
        let result = format!(r#"{{"ResponseCode":"5010","Token":"t2","Url3d":"{url}"}}"#);
        let error = checked(&inner(&result, "null", 200)).await;
        let error = error.expect_err("3-D");
        assert_eq!(
            (error.kind(), error.code(), error.action_url()),
            (ErrorKind::ActionRequired, Some("5010"), None)
        );
        let next = error.challenge().expect("a challenge");
        assert_eq!(next.token().expect("a token").reveal(), "t2");
    }
}

#[tokio::test]
async fn what_is_no_verdict_is_unreadable() {
    for json in [
        "",
        "<html>Access Restricted</html>",
        "{\"Result\":tr",
        "[]",
        "null",
        "{}",
        r#"{"Result":true,"Body":""}"#,
        r#"{"Result":true,"Body":null}"#,
        r#"{"Result":true,"Body":{"Masterpass":null}}"#,
    ] {
        for error in [
            sent(json).await.expect_err("no verdict"),
            checked(json).await.expect_err("no verdict"),
        ] {
            assert_eq!(error.kind(), ErrorKind::Unreadable, "{json}");
            assert_eq!(error.delivery(), Delivery::MaybeSent, "{json}");
        }
    }
}

#[tokio::test]
async fn the_http_status_speaks_too() {
    let yes = inner(r#"{"ResponseCode":"0000"}"#, "null", 200);
    for (status, body, kind) in [
        (301, "", ErrorKind::Refused),
        (400, "", ErrorKind::Refused),
        (401, "", ErrorKind::Credentials),
        (403, "<html></html>", ErrorKind::Credentials),
        (404, "not here", ErrorKind::Refused),
        (500, "", ErrorKind::Upstream),
        (503, yes.as_str(), ErrorKind::Upstream),
        (401, yes.as_str(), ErrorKind::Unreadable),
        (302, yes.as_str(), ErrorKind::Unreadable),
        (401, FAILURE, ErrorKind::Refused),
        (500, FAILURE, ErrorKind::Refused),
        (400, yes.as_str(), ErrorKind::Unreadable),
        (404, FAILURE, ErrorKind::Refused),
    ] {
        let server = SocketServer::start(Behaviour::answer(status, "text/html", body)).await;
        let paywall = paywall(&server.url());
        let error = paywall
            .verify_otp(&challenge(), &code("1"))
            .await
            .expect_err("no yes");
        assert_eq!(error.kind(), kind, "{status} {body:.20}");
        assert_eq!(error.http_status(), Some(status));
    }
}

#[tokio::test]
async fn a_session_is_opened() {
    let gsm = Gsm::parse("0555 000 00 42").expect("a number");
    let request = OpenSession::new("order-1", "user-1", gsm);
    for (expiry, seconds) in [
        ("2017-07-17T15:30:15", Some(1_500_294_615)),
        ("2017-07-17T15:30:15.0000000+03:00", Some(1_500_294_615)),
        ("birazdan", None),
    ] {
        let json = format!(
            r#"{{"ErrorCode":0,"Result":true,"Body":{{"SessionId":"{SESSION}","SessionExpiryDate":"{expiry}"}}}}"#
        );
        let (paywall, _server) = answering(&json).await;
        let opened = paywall.open_session(&request).await.expect("opened");
        assert_eq!(opened.session(), &session(SESSION));
        let expected = seconds.map(|seconds| UNIX_EPOCH + Duration::from_secs(seconds));
        assert_eq!(opened.expires_at(), expected);
    }
    for (json, kind) in [
        (
            r#"{"Result":false,"ErrorCode":17,"Message":"olmadı","Body":null}"#,
            ErrorKind::Refused,
        ),
        (
            r#"{"Result":true,"ErrorCode":0,"Body":null}"#,
            ErrorKind::Unreadable,
        ),
        (
            r#"{"Result":true,"ErrorCode":0,"Body":{"SessionId":""}}"#,
            ErrorKind::Unreadable,
        ),
        (r#"{"Body":{"SessionId":"s"}}"#, ErrorKind::Unreadable),
    ] {
        let (paywall, _server) = answering(json).await;
        let error = paywall
            .open_session(&request)
            .await
            .expect_err("not opened");
        assert_eq!(error.kind(), kind, "{json}");
    }
}

#[tokio::test]
async fn an_account_link_has_everything_to_go_on() {
    let json = inner(
        r#"{"RetrievalReferenceNumber":"100","ResponseCode":"5001","Token":"t1","CardIssuerName":"Test Bank","MaskedPan":"5406 67** **** 0009"}"#,
        "null",
        202,
    );
    let (paywall, _server) = answering(&json).await;
    let link = paywall
        .link_account(&session(SESSION))
        .await
        .expect("linked");
    assert_eq!(link.challenge().token().expect("a token").reveal(), "t1");
    assert_eq!(link.sender(), CodeSender::Bank);
    assert_eq!(link.reference(), Some("100"));
    assert_eq!(link.card_issuer(), Some("Test Bank"));
    assert_eq!(link.masked_pan(), Some("5406 67** **** 0009"));
    for result in [
        r#"{"ResponseCode":"5001"}"#,
        r#"{"ResponseCode":"5001","Token":""}"#,
        r#"{"ResponseCode":"0000","Token":"t1"}"#,
    ] {
        let (paywall, _server) = answering(&inner(result, "null", 202)).await;
        let error = paywall
            .link_account(&session(SESSION))
            .await
            .expect_err("no proof");
        assert_eq!(error.kind(), ErrorKind::Unreadable, "{result}");
    }
}
