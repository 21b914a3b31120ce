//! The exact request of all four calls, and what never becomes one.

use onay_core::{Delivery, ErrorKind, OtpChallenge, OtpSender, OtpVerifier};
use onay_paywall_masterpass::{OpenSession, OtpPurpose};

use crate::support::{SESSION, SUCCESS, TOKEN, answering, challenge, code, gsm, session, token};

#[tokio::test]
async fn every_call_is_one_post_with_both_keys_and_the_bytes_of_the_page() {
    let (paywall, server) = answering(SUCCESS).await;
    let request = OpenSession::new("order-1", "user-1", gsm());
    // What the calls make of this answer is another test's business.
    let _ = paywall.open_session(&request).await;
    let request = request.force_3d(true).phone_verified_by_merchant(false);
    assert_eq!(
        format!("{request:?}"),
        "OpenSession { gsm: Gsm(+90 555 *** ** 42), force_3d: Some(true), phone_verified_by_merchant: Some(false), .. }"
    );
    let _ = paywall.open_session(&request).await;
    let _ = paywall.link_account(&session(SESSION)).await;
    let _ = paywall.send_otp(&challenge()).await;
    let _ = paywall.verify_otp(&challenge(), &code("012345")).await;
    let link = OtpPurpose::AccountLink.challenge(session(SESSION), token(TOKEN));
    let _ = paywall.verify_otp(&link, &code("012345")).await;
    let open = r#"{"ReferenceCode":"order-1","UserId":"user-1","UserPhone":"905550000042"}"#;
    let with_flags = open.replace('}', r#","Force3D":true,"PhoneVerifiedByMerchant":false}"#);
    let verify = |flag: bool| {
        format!(
            r#"{{"OtpToken":"{TOKEN}","OtpCode":"012345","ForLinkToMerchant":{flag},"SessionId":"{SESSION}"}}"#
        )
    };
    let resend = include_str!("../fixtures/otp_resend.request.json");
    let expected = [
        ("session", open.to_owned()),
        ("session", with_flags),
        ("merchant/link", format!(r#"{{"SessionId":"{SESSION}"}}"#)),
        ("otp/resend", resend.split_whitespace().collect()),
        ("otp/verify", verify(false)),
        ("otp/verify", verify(true)),
    ];
    let requests = server.requests();
    assert_eq!(requests.len(), expected.len());
    for (request, (path, body)) in requests.iter().zip(expected) {
        let post = format!("POST /api/paywall/masterpass/{path} HTTP/1.1");
        assert_eq!((&request.line, &request.text()), (&post, &body));
        for (header, value) in [
            ("apikeyprivate", "test-private-key"),
            ("apiclientprivate", "test-private-client"),
            ("content-type", "application/json"),
        ] {
            assert_eq!(request.header(header), Some(value), "{path}");
        }
    }
}

#[tokio::test]
async fn what_cannot_be_served_never_leaves() {
    let (paywall, server) = answering(SUCCESS).await;
    let opened = OtpChallenge::for_session(session("s-1"));
    let foreign = challenge().with_note("another provider's");
    for challenge in [opened, foreign] {
        let sent = paywall.send_otp(&challenge).await.map(drop);
        let verified = paywall.verify_otp(&challenge, &code("1")).await.map(drop);
        for result in [sent, verified] {
            let error = result.expect_err("unsupported");
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
    let _ = paywall.verify_otp(&challenge(), &longest).await;
    assert_eq!(server.requests().len(), 1);
}
