//! A callback is accepted when its signature is right, and refused with a reason in every other case.

#![expect(
    clippy::disallowed_methods,
    reason = "tests compare what the provider wrote"
)]

use super::*;

const HASH: &str = "k14%2FbsJpS8jmNObpZ%2FRIKnFSauBL57oP6AB%2FHeVVIEA%3D";
const SIGNED: &str =
    "callback_id=ORDER0001&merchant_oid=PT123456789&status=success&total_amount=3456";

fn credentials() -> Credentials {
    Credentials::parse("123456", "K3yForTests-0001", "S4ltForTests-001").expect("credentials")
}

fn verified(body: &str) -> Result<Payment, Error> {
    verify_callback(body.as_bytes(), &credentials())
}

/// A callback with this status, rightly signed.
fn signed(status: &str, amount: &str) -> String {
    let signed = Signed::Callback {
        callback_id: "ORDER0001",
        merchant_oid: "PT123456789",
        status,
        total_amount: amount,
    };
    let hash = signed.token(&credentials());
    let hash = hash
        .replace('+', "%2B")
        .replace('/', "%2F")
        .replace('=', "%3D");
    format!(
        "hash={hash}&callback_id=ORDER0001&merchant_oid=PT123456789&status={status}&total_amount={amount}"
    )
}

#[test]
fn a_signed_callback_is_a_payment() {
    let rest = "payment_amount=3456&payment_type=card&currency=TL&merchant_id=123456&test_mode=1";
    let payment = verified(&format!("hash={HASH}&{SIGNED}&{rest}")).expect("paid");
    assert_eq!(payment.callback_id(), "ORDER0001");
    assert_eq!(payment.merchant_oid(), "PT123456789");
    assert_eq!(payment.total_amount(), 3456);
    let unsigned = payment.unsigned();
    let texts = [
        unsigned.payment_amount(),
        unsigned.payment_type(),
        unsigned.currency(),
        unsigned.merchant_id(),
    ];
    let texts = texts.map(|text| text.map(ProviderText::expose));
    assert_eq!(texts, ["3456", "card", "TL", "123456"].map(Some));
    assert!(unsigned.test_mode());
    let shown = format!("{unsigned:?}");
    assert!(
        !shown.contains("card") && shown.contains("test_mode: true"),
        "{shown}"
    );
    let bare = verified(&format!("{SIGNED}&hash={HASH}")).expect("paid");
    assert_eq!(bare.unsigned(), &UnsignedFields::default());
    // What a log needs, and no customer's name.
    assert_eq!(
        format!("{payment:?}"),
        "Payment { merchant_oid: \"PT123456789\", total_amount: 3456, .. }"
    );
}

#[test]
fn one_changed_byte_is_not_this_merchants() {
    let body = format!("hash={HASH}&{SIGNED}");
    for (from, to) in [
        ("ORDER0001", "ORDER0002"),
        ("PT123456789", "PT123456780"),
        ("total_amount=3456", "total_amount=3457"),
        ("status=success", "status=succesS"),
        ("k14", "k15"),
    ] {
        let error = verified(&body.replace(from, to)).expect_err(to);
        assert_eq!(error.kind(), ErrorKind::Credentials, "{to}");
    }
    for at in 0..SIGNED.len() {
        for to in ["0", "9", "A", "z"] {
            let mut changed = SIGNED.to_owned();
            changed.replace_range(at..=at, to);
            let result = verified(&format!("hash={HASH}&{changed}"));
            assert!(changed == SIGNED || result.is_err(), "{changed}");
        }
    }
    let other = Credentials::parse("123456", "K3yForTests-0002", "S4ltForTests-001");
    let error = verify_callback(body.as_bytes(), &other.expect("credentials"));
    assert_eq!(
        error.expect_err("another key").kind(),
        ErrorKind::Credentials
    );
}

/// The signature cannot tell these apart, so the key to deduplicate by must not either.
#[test]
fn a_shifted_border_has_the_same_key() {
    let body = format!("hash={HASH}&{SIGNED}");
    let shifted = body.replace(
        "callback_id=ORDER0001&merchant_oid=PT123456789",
        "callback_id=ORDER000&merchant_oid=1PT123456789",
    );
    let (first, second) = (
        verified(&body).expect("paid"),
        verified(&shifted).expect("signed"),
    );
    assert_ne!(first.merchant_oid(), second.merchant_oid());
    assert_eq!(first.idempotency_key(), second.idempotency_key());
}

#[test]
fn what_is_not_signed_cannot_hide_a_payment() {
    let odd = format!("hash={HASH}&{SIGNED}&payment_type=Kart%FD&x[]=1&x[]=2&test_mode=yes");
    let payment = verified(&odd).expect("paid");
    assert_eq!(
        payment.unsigned().payment_type().map(ProviderText::expose),
        Some("Kart\u{fffd}")
    );
    assert!(payment.unsigned().test_mode(), "no clear no");
}

#[test]
#[rustfmt::skip]
fn every_malformed_callback_has_a_word_of_its_own() {
    let good = format!("hash={HASH}&{SIGNED}");
    let with_hash = |hash: &str| format!("hash={hash}&{SIGNED}");
    let (hex, other, unpadded) = ("a".repeat(64), "x".repeat(64), HASH.replace("%3D", ""));
    let raw = HASH.replace("%2F", "/").replace("%3D", "=").replacen('N', "+", 1);
    for (body, field, reason) in [
        (String::new(), "hash", "paytr_field_missing"),
        (SIGNED.to_owned(), "hash", "paytr_field_missing"),
        (with_hash(""), "hash", "paytr_field_missing"),
        (with_hash(&hex), "hash", "paytr_hash_hex"),
        (with_hash(&other), "hash", "paytr_hash_no_base64"),
        (with_hash(&unpadded), "hash", "paytr_hash_unpadded"),
        (with_hash("AAAA"), "hash", "paytr_hash_no_base64"),
        (with_hash(&raw), "hash", "paytr_hash_raw_plus"),
        (format!("hash={HASH}&{good}"), "body", "paytr_field_twice"),
        (format!("{good}&status=success"), "body", "paytr_field_twice"),
        (format!("{good}&currency=TL&currency=EUR"), "body", "paytr_field_twice"),
        (format!("{{\"hash\":\"{HASH}\"}}"), "body", "paytr_body_json"),
        ("--border\r\nContent-Disposition: form-data".to_owned(), "body", "paytr_body_multipart"),
        (format!("{good}&x={}", "a".repeat(20_000)), "body", "paytr_body_too_long"),
        (good.replace("callback_id=ORDER0001&", ""), "callback_id", "paytr_field_missing"),
        (good.replace("ORDER0001", ""), "callback_id", "paytr_field_missing"),
        (good.replace("total_amount", "amount"), "total_amount", "paytr_field_missing"),
    ] {
        let error = verified(&body).expect_err(&body);
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{body:.80}");
        let named = error.subject().map(|subject| subject.name());
        let why = error.reason().map(|reason| reason.id());
        assert_eq!((named, why), (Some(field), Some(reason)), "{body:.80}");
        assert_eq!(error.provider(), Some("paytr-link"));
    }
}

#[test]
fn signed_is_not_yet_paid() {
    let error = verified(&signed("failed", "3456")).expect_err("no success");
    assert_eq!(
        (error.kind(), error.provider_text()),
        (ErrorKind::Refused, Some(&ProviderText::new("failed")))
    );
    for amount in ["12x", "-1", "%2B1", "99999999999999999999"] {
        let body = signed("success", &amount.replace("%2B", "+"));
        let body = body.replace("total_amount=+", "total_amount=%2B");
        let error = verified(&body).expect_err(amount);
        assert_eq!(
            error.subject().map(|subject| subject.name()),
            Some("total_amount"),
            "{amount}"
        );
    }
    verified(&signed("success", "1")).expect("paid");
}

#[test]
fn only_a_clear_no_is_no_test() {
    for (rest, expected) in [
        ("", false),
        ("&test_mode=0", false),
        ("&test_mode=", false),
        ("&test_mode=00", true),
    ] {
        let payment = verified(&format!("hash={HASH}&{SIGNED}{rest}")).expect("paid");
        assert_eq!(payment.unsigned().test_mode(), expected, "{rest}");
    }
}

#[test]
fn a_callback_of_the_iframe_that_is_sent_again_as_a_links_has_the_same_key() {
    let fields = "status=success&total_amount=3456";
    let signed = Signed::IframeCallback {
        merchant_oid: "ORDER0001PT1",
        status: "success",
        total_amount: "3456",
    };
    let hash = signed.token(&credentials());
    let body = |ids: &str| {
        form_urlencoded::Serializer::new(format!("{ids}&{fields}"))
            .append_pair("hash", &hash)
            .finish()
    };
    let own = body("merchant_oid=ORDER0001PT1");
    let own = crate::verify_iframe_callback(own.as_bytes(), &credentials()).expect("paid");
    let links = verified(&body("callback_id=ORDER0001&merchant_oid=PT1")).expect("PayTR signed it");
    assert_eq!(links.idempotency_key(), own.merchant_oid());
}

#[test]
fn a_callback_of_the_iframe_is_named_and_read_by_its_own_function() {
    let signed = Signed::IframeCallback {
        merchant_oid: "ORDER0001",
        status: "success",
        total_amount: "3456",
    };
    let form = |token: &str| {
        form_urlencoded::Serializer::new(String::new())
            .append_pair("hash", token)
            .append_pair("merchant_oid", "ORDER0001")
            .append_pair("status", "success")
            .append_pair("total_amount", "3456")
            .append_pair("payment_type", "card")
            .finish()
    };
    let body = form(&signed.token(&credentials()));
    let error = verified(&body).expect_err("no link");
    assert_eq!(error.reason(), Some(IFRAME));
    let payment = crate::verify_iframe_callback(body.as_bytes(), &credentials()).expect("paid");
    assert_eq!(
        (payment.merchant_oid(), payment.total_amount()),
        ("ORDER0001", 3456)
    );
    let payment_type = payment.unsigned().payment_type();
    assert_eq!(payment_type.map(ProviderText::expose), Some("card"));
    let changed = body.replace("3456", "3457");
    for result in [
        crate::verify_iframe_callback(changed.as_bytes(), &credentials()).map(drop),
        crate::verify_iframe_callback(format!("hash={HASH}&{SIGNED}").as_bytes(), &credentials())
            .map(drop),
    ] {
        assert_eq!(result.expect_err("foreign").kind(), ErrorKind::Credentials);
    }
    let error = verified(&changed).expect_err("foreign");
    assert_ne!(error.reason(), Some(IFRAME), "nothing proves it");
}

#[test]
fn both_keys_are_taken_while_one_rotates() {
    let body = format!("hash={HASH}&{SIGNED}");
    let new = Credentials::parse("123456", "K3yForTests-0002", "S4ltForTests-002");
    let new = new.expect("credentials");
    let error = verify_callback(body.as_bytes(), &new).expect_err("the old key");
    assert_eq!(error.kind(), ErrorKind::Credentials);
    let both = new.with_previous(&credentials());
    verify_callback(body.as_bytes(), &both).expect("paid");
    verify_callback(body.as_bytes(), &credentials().with_previous(&both)).expect("paid");
}
