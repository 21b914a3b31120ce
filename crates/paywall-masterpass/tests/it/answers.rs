//! What each answer becomes: the documented ones, and one for each decision of the verdict.

#![expect(
    clippy::disallowed_methods,
    reason = "tests compare what the provider wrote"
)]

use std::time::{Duration, UNIX_EPOCH};

use onay_core::ErrorKind::{self, ActionRequired, Refused, Unreadable, Upstream, WrongCode};
use onay_core::{
    Dispatch, Error, OtpSender, OtpSent, OtpVerifier, ProviderText, Reference, WebAddress,
};
use onay_paywall_masterpass::{CodeSender, PaywallMasterpass};
use onay_testkit::{Behaviour, SocketServer, printed};

use crate::support::{
    FAILURE, SESSION, SUCCESS, answering, challenge, code, open_session, parts, paywall, phone,
    printable, said, session,
};

/// An answer like the documented one, with this inner verdict.
fn inner(result: &str, exception: &str, status: u16) -> String {
    format!(
        r#"{{"ErrorCode":0,"Result":true,"Message":"","Body":{{"Session":{{"SessionRenewed":false,"SessionId":"{SESSION}"}},"Masterpass":{{"Result":{result},"Exception":{exception},"StatusCode":{status}}}}}}}"#
    )
}

async fn sent(json: &str) -> Result<OtpSent, Error> {
    let (paywall, _server) = answering(json).await;
    paywall.send_otp(&challenge()).await
}

async fn checked(json: &str) -> Result<(), Error> {
    let (paywall, _server) = answering(json).await;
    let checked = paywall.verify_otp(&challenge(), &code("123456")).await;
    checked.map(drop)
}

/// The error that a send and a check make of the same answer.
async fn both_fail(status: u16, body: &str, kind: ErrorKind) {
    let server = SocketServer::start(Behaviour::answer(status, "text/html", body)).await;
    let paywall = paywall(&server.url());
    let sent = paywall.send_otp(&challenge()).await.map(drop);
    let checked = paywall.verify_otp(&challenge(), &code("1")).await.map(drop);
    for result in [sent, checked] {
        let error = result.expect_err(body);
        assert_eq!(error.kind(), kind, "{status} {body}");
        assert_eq!(error.dispatch(), kind.usual_dispatch(), "{status} {body}");
        assert_eq!(error.http_status(), Some(status));
    }
}

#[tokio::test]
async fn the_documented_failure_is_refused_although_the_outer_verdict_says_yes() {
    let error = sent(FAILURE).await.expect_err("refused");
    assert_eq!(error.kind(), Refused);
    assert_eq!(error.dispatch(), Dispatch::Refused);
    assert_eq!(printable(&error), Some("TOKEN_IS_NOT_VALID"));
    assert_eq!(said(&error), Some("Token geçersiz."));
    assert_eq!(
        (error.http_status(), error.provider()),
        (Some(200), Some("paywall-masterpass"))
    );
    assert!(error.challenge().is_none(), "nothing was renewed");
}

#[tokio::test]
async fn the_documented_success_gives_the_new_token() {
    let sent = sent(SUCCESS).await.expect("sent");
    let token = "b1b9baa4018d4f17b1fd85592344b09a";
    assert_eq!(
        parts(sent.challenge()),
        (SESSION, token),
        "the session stays"
    );
    assert_eq!(
        sent.reference().map(Reference::as_str),
        Some("100005844114")
    );
    assert_eq!((sent.resend(), sent.expiry()), (None, None));
}

#[tokio::test]
async fn the_typed_answer_says_who_sends() {
    for (response, sender) in [
        ("5001", Some(CodeSender::Bank)),
        ("5008", Some(CodeSender::Masterpass)),
        ("0000", None),
    ] {
        let result = format!(r#"{{"ResponseCode":"{response}","RetrievalReferenceNumber":"100"}}"#);
        let (paywall, _server) = answering(&inner(&result, "null", 200)).await;
        let resent = paywall.resend(&challenge()).await.expect("sent");
        assert_eq!(resent.reference().map(Reference::as_str), Some("100"));
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
    assert_eq!(verified.challenge(), &challenge());
    assert_eq!(verified.reference().map(Reference::as_str), Some("100"));
    let card = verified.card_unique_number().map(ProviderText::expose);
    assert_eq!(card, Some("card-1"));
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
            (error.kind(), error.dispatch()),
            (WrongCode, Dispatch::Refused)
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
        assert_eq!(error.kind(), ActionRequired);
        assert_eq!(printable(&error), Some(response));
        let next = error.challenge().expect("a challenge");
        assert_eq!(parts(next), (SESSION, "t2"));
        assert_eq!(error.action(), None);
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
    for result in [sent(&json).await.map(drop), checked(&json).await] {
        let error = result.expect_err("3-D");
        assert_eq!(
            (error.kind(), printable(&error)),
            (ActionRequired, Some("5010"))
        );
        assert!(error.to_string().contains("3-D Secure"));
        assert_eq!(error.action().map(WebAddress::as_str), Some(url));
        assert!(!printed(&error).contains("canary"));
    }
}

#[tokio::test]
async fn three_d_secure_stays_wanted_although_its_address_is_none() {
    for url in [r"https://x/\u001b]0;pwned\u0007", "javascript:alert(1)"] {
        let result = format!(r#"{{"ResponseCode":"5010","Token":"t2","Url3d":"{url}"}}"#);
        let error = checked(&inner(&result, "null", 200)).await;
        let error = error.expect_err("3-D");
        assert_eq!(
            (error.kind(), printable(&error), error.action()),
            (ActionRequired, Some("5010"), None)
        );
        let next = error.challenge().expect("a challenge");
        assert_eq!(parts(next), (SESSION, "t2"));
    }
}

#[tokio::test]
async fn the_http_status_speaks_too() {
    let yes = inner(r#"{"ResponseCode":"0000"}"#, "null", 200);
    for (status, body, kind) in [
        (200, "{}", Unreadable),
        (200, r#"{"Result":true,"Body":""}"#, Unreadable),
        (
            200,
            r#"{"Result":true,"Body":{"Masterpass":null}}"#,
            Unreadable,
        ),
        (503, &yes, Upstream),
        (401, &yes, Unreadable),
        (302, &yes, Unreadable),
        (401, FAILURE, Refused),
        (500, FAILURE, Refused),
    ] {
        both_fail(status, body, kind).await;
    }
    // A code that says no outranks the status; one that says yes to some call does not.
    for (json, kind) in [
        (
            inner("null", r#"{"Code":"OTP_IS_NOT_VALID"}"#, 401),
            WrongCode,
        ),
        (inner("null", r#"{"Code":"5001"}"#, 200), Upstream),
        (inner("null", r#"{"Code":"0000"}"#, 200), Upstream),
        (inner(r#"{"ResponseCode":"5008"}"#, "null", 200), Upstream),
    ] {
        both_fail(500, &json, kind).await;
    }
}

/// Each would be a certain no by its status, and each may have been a yes.
#[tokio::test]
async fn what_says_yes_and_no_may_have_sent_under_any_status() {
    let yes = inner(r#"{"ResponseCode":"0000"}"#, "null", 200);
    for (from, to) in [
        ("\"Result\":true", "\"Result\":false"),
        ("\"Result\":true", "\"Result\":true,\"Result\":true"),
        ("\"ErrorCode\":0", "\"ErrorCode\":1409"),
        ("\"0000\"", "[\"0000\"]"),
        ("200", "400"),
        ("\"Exception\":null", "\"Exception\":{}"),
    ] {
        let json = yes.replacen(from, to, 1);
        assert_ne!(json, yes);
        for (status, kind) in [(200, Unreadable), (401, Unreadable), (500, Upstream)] {
            both_fail(status, &json, kind).await;
        }
    }
}

#[tokio::test]
async fn a_session_is_opened() {
    let request = open_session();
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
        assert_eq!(opened.expiry().and_then(onay_core::Wait::at), expected);
        let link = opened.account_link();
        assert_eq!((link.phone(), link.token()), (Some(&phone()), None));
    }
    for (json, kind) in [
        (
            r#"{"Result":false,"ErrorCode":17,"Message":"olmadı","Body":null}"#,
            Refused,
        ),
        (r#"{"Result":true,"ErrorCode":0,"Body":null}"#, Unreadable),
        (
            r#"{"Result":true,"ErrorCode":0,"Body":{"SessionId":""}}"#,
            Unreadable,
        ),
        (r#"{"Body":{"SessionId":"s"}}"#, Unreadable),
    ] {
        let (paywall, _server) = answering(json).await;
        let error = paywall
            .open_session(&request)
            .await
            .expect_err("not opened");
        let code = json.contains("17").then_some("17");
        assert_eq!((error.kind(), printable(&error)), (kind, code), "{json}");
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
        .link_account(&PaywallMasterpass::account_link(session(SESSION), None))
        .await
        .expect("linked");
    assert_eq!(parts(link.challenge()), (SESSION, "t1"));
    assert_eq!(link.sender(), CodeSender::Bank);
    assert_eq!(link.reference().map(Reference::as_str), Some("100"));
    assert_eq!(
        link.card_issuer().map(ProviderText::expose),
        Some("Test Bank")
    );
    assert_eq!(
        link.masked_pan().map(ProviderText::expose),
        Some("5406 67** **** 0009")
    );
    for result in [
        r#"{"ResponseCode":"5001"}"#,
        r#"{"ResponseCode":"5001","Token":""}"#,
        r#"{"ResponseCode":"0000","Token":"t1"}"#,
    ] {
        let (paywall, _server) = answering(&inner(result, "null", 202)).await;
        let error = paywall
            .link_account(&PaywallMasterpass::account_link(session(SESSION), None))
            .await
            .expect_err("no proof");
        assert_eq!(error.kind(), Unreadable, "{result}");
    }
}
