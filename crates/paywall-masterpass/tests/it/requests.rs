//! The exact request of all four calls, and what never becomes one.

use onay_core::{Dispatch, ErrorKind, OtpChallenge, OtpSender, OtpVerifier};
use onay_paywall_masterpass::{Keys, OtpPurpose, PaywallMasterpass, ReferenceCode, UserId};

use crate::support::{
    SESSION, SUCCESS, TOKEN, answering, challenge, code, open_session, session, token,
};

#[tokio::test]
async fn every_call_is_one_post_with_both_keys_and_the_bytes_of_the_page() {
    let (paywall, server) = answering(SUCCESS).await;
    let request = open_session();
    // What the calls make of this answer is another test's business.
    let _ = paywall.open_session(&request).await;
    let request = request.force_3d(true).phone_verified_by_merchant(false);
    let shown = format!("{request:?}");
    assert!(
        !shown.contains("order-1") && !shown.contains("user-1"),
        "{shown}"
    );
    let _ = paywall.open_session(&request).await;
    let _ = paywall
        .link_account(&PaywallMasterpass::account_link(session(SESSION), None))
        .await;
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
    let opened = OtpChallenge::new(session("s-1"));
    let foreign = challenge().with_provider("acme");
    let strange = challenge().with_state("another provider's");
    for challenge in [opened, foreign, strange] {
        let sent = paywall.send_otp(&challenge).await.map(drop);
        let verified = paywall.verify_otp(&challenge, &code("1")).await.map(drop);
        for result in [sent, verified] {
            let error = result.expect_err("unsupported");
            assert_eq!(error.kind(), ErrorKind::Unsupported);
            assert_eq!(error.dispatch(), Dispatch::NotSent);
        }
    }
    let long = code(&"1".repeat(21));
    let error = paywall
        .verify_otp(&challenge(), &long)
        .await
        .expect_err("too long");
    assert_eq!(
        (error.kind(), error.subject().map(|named| named.name())),
        (ErrorKind::InvalidInput, Some("code"))
    );
    for text in ["", " ", "order\n1"] {
        let reference = ReferenceCode::parse(text).map(drop);
        let user = UserId::parse(text).map(drop);
        for (result, argument) in [(reference, "reference"), (user, "user")] {
            let error = result.expect_err(text);
            assert_eq!(error.kind(), ErrorKind::InvalidInput);
            assert_eq!(error.subject().map(|named| named.name()), Some(argument));
        }
    }
    assert_eq!(server.connections(), 0);
    let longest = code(&"1".repeat(20));
    let _ = paywall.verify_otp(&challenge(), &longest).await;
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn send_otp_links_the_account_first_and_resends_with_a_token() {
    let (paywall, server) = answering(SUCCESS).await;
    let link = PaywallMasterpass::account_link(session(SESSION), None).for_caller("caller");
    let sent = paywall.send_otp(&link).await.expect("linked");
    assert!(sent.challenge().caller().is_some() && sent.challenge().token().is_some());
    paywall.send_otp(sent.challenge()).await.expect("sent");
    let requests = server.requests();
    for (request, path) in requests.iter().zip(["merchant/link", "otp/resend"]) {
        let post = format!("POST /api/paywall/masterpass/{path} HTTP/1.1");
        assert_eq!(request.line, post);
    }
    let error = paywall.link_account(sent.challenge()).await;
    assert_eq!(error.expect_err("linked").kind(), ErrorKind::Unsupported);
}

#[tokio::test]
async fn other_keys_go_out_with_every_call() {
    let (old, server) = answering(SUCCESS).await;
    let keys = Keys::parse("test-key-2", "test-client-2").expect("keys");
    let new = old.with_credentials(&keys).expect("another");
    let _ = new.open_session(&open_session()).await;
    let _ = new.send_otp(&challenge()).await;
    let _ = new.verify_otp(&challenge(), &code("1")).await;
    let _ = old.send_otp(&challenge()).await;
    let requests = server.requests();
    let keys = requests
        .iter()
        .map(|request| request.header("apikeyprivate"));
    let [two, one] = ["test-key-2", "test-private-key"].map(Some);
    assert_eq!(keys.collect::<Vec<_>>(), [two, two, two, one]);
}
