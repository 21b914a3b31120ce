//! The exact request of all four calls, and what never becomes one.

use onay_core::{Delivery, ErrorKind, Gsm, OtpChallenge, OtpSender, OtpVerifier};
use onay_paywall_masterpass::{OpenSession, OtpPurpose};
use wiremock::matchers::{body_json, header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::support::{
    SESSION, SUCCESS, TOKEN, answering, challenge, code, paywall, session, token,
};

fn gsm() -> Gsm {
    Gsm::parse("0555 000 00 42").expect("a number")
}

#[tokio::test]
async fn the_documented_resend_request_goes_out_with_both_keys() {
    let sample: serde_json::Value =
        serde_json::from_str(include_str!("../fixtures/otp_resend.request.json")).expect("JSON");
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/api/paywall/masterpass/otp/resend"))
        .and(header("apikeyprivate", "test-private-key"))
        .and(header("apiclientprivate", "test-private-client"))
        .and(header("content-type", "application/json"))
        .and(body_json(&sample))
        .respond_with(ResponseTemplate::new(200).set_body_string(SUCCESS))
        .expect(1)
        .mount(&server)
        .await;
    paywall(&server.uri())
        .send_otp(&challenge())
        .await
        .expect("sent");
}

#[tokio::test]
async fn every_call_is_one_post_with_the_bytes_of_the_page() {
    let (paywall, server) = answering(SUCCESS).await;
    let request = OpenSession::new("order-1", "user-1", gsm());
    // What the calls make of this answer is another test's business.
    let _ = paywall.open_session(&request).await;
    let _ = paywall.link_account(&session(SESSION)).await;
    let _ = paywall.send_otp(&challenge()).await;
    let _ = paywall.verify_otp(&challenge(), &code("012345")).await;
    let link = OtpPurpose::AccountLink.challenge(session(SESSION), token(TOKEN));
    let _ = paywall.verify_otp(&link, &code("012345")).await;
    let sent: Vec<(String, String)> = server
        .requests()
        .iter()
        .map(|request| (request.line.clone(), request.text()))
        .collect();
    let post = |path: &str| format!("POST /api/paywall/masterpass/{path} HTTP/1.1");
    let verify = |flag: bool| {
        format!(
            r#"{{"OtpToken":"{TOKEN}","OtpCode":"012345","ForLinkToMerchant":{flag},"SessionId":"{SESSION}"}}"#
        )
    };
    let open = r#"{"ReferenceCode":"order-1","UserId":"user-1","UserPhone":"905550000042"}"#;
    assert_eq!(
        sent,
        [
            (post("session"), open.to_owned()),
            (
                post("merchant/link"),
                format!(r#"{{"SessionId":"{SESSION}"}}"#)
            ),
            (
                post("otp/resend"),
                format!(r#"{{"OtpToken":"{TOKEN}","SessionId":"{SESSION}"}}"#)
            ),
            (post("otp/verify"), verify(false)),
            (post("otp/verify"), verify(true)),
        ]
    );
}

#[tokio::test]
async fn what_cannot_be_served_never_leaves() {
    let (paywall, server) = answering(SUCCESS).await;
    let paynet = OtpChallenge::for_gsm(session("s-1"), gsm());
    let opened = OtpChallenge::for_session(session("s-1"));
    let noted = challenge().with_note("somebody else's");
    for challenge in [paynet, opened, noted] {
        let sent = paywall.send_otp(&challenge).await.expect_err("unsupported");
        let verified = paywall
            .verify_otp(&challenge, &code("1"))
            .await
            .expect_err("unsupported");
        for error in [sent, verified] {
            assert_eq!(error.kind(), ErrorKind::Unsupported);
            assert_eq!(error.delivery(), Delivery::NotSent);
        }
    }
    let long = code(&"1".repeat(21));
    let error = paywall
        .verify_otp(&challenge(), &long)
        .await
        .expect_err("too long");
    assert_eq!(
        (error.kind(), error.field()),
        (ErrorKind::InvalidInput, Some("code"))
    );
    for (reference, user) in [("", "user-1"), ("order-1", " "), ("order\n1", "user-1")] {
        let request = OpenSession::new(reference, user, gsm());
        let error = paywall.open_session(&request).await.expect_err("empty");
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
    }
    assert_eq!(server.connections(), 0);
    let longest = code(&"1".repeat(20));
    paywall
        .verify_otp(&challenge(), &longest)
        .await
        .expect_err("another code is wanted");
    assert_eq!(server.requests().len(), 1);
}
