//! Every usual mistake, made with other means than those that find it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::super::signature::token as sign;
use super::*;

const KEY: &str = "K3yForTests-0001";
const SALT: &str = "S4ltForTests-001";
const SECRETS: Secrets<'_> = Secrets {
    key: KEY,
    salt: SALT,
};

const SMS: &[(&str, &str)] = &[
    ("merchant_id", "123456"),
    ("id", "NB2Zlz3"),
    ("cell_phone", "05551234567"),
];
const PRODUCT: &[(&str, &str)] = &[
    ("merchant_id", "123456"),
    ("name", "Çiçek & Böcek"),
    ("price", "1445"),
    ("currency", "TL"),
    ("max_installment", "1"),
    ("link_type", "product"),
    ("lang", ""),
    ("min_count", "1"),
    ("email", "musteri@example.com"),
];
const CALLBACK: &[(&str, &str)] = &[
    ("callback_id", "order17"),
    ("merchant_oid", "PT000000000042"),
    ("status", "success"),
    ("total_amount", "1445"),
];

fn over(text: &str) -> String {
    sign(KEY, &[text])
}

fn mistake(call: SignedCall, posted: &[(&str, &str)], token: &str) -> Mistake {
    match explain(SECRETS, call, posted, token) {
        Finding::Mistake(mistake) => mistake,
        other => panic!("{token}: {other:?}"),
    }
}

#[test]
fn a_mistake_in_a_product_is_named() {
    let of = |name: &str, price: &str, currency: &str, lang: &str, rest: &str| {
        over(&format!(
            "{name}{price}{currency}1product{lang}{rest}{SALT}"
        ))
    };
    let name = "Çiçek & Böcek";
    for (token, id, named) in [
        (of(name, "14.45", "TL", "", "1"), "price_in_lira", "price"),
        (of(name, "14,45", "TL", "", "1"), "price_in_lira", "price"),
        (
            of(name, "1445", "TL", "undefined", "1"),
            "signed_as_nothing",
            "lang",
        ),
        (of(name, "1445", "TL", "tr", "1"), "other_lang", "lang"),
        (
            of("Çiçek &amp; Böcek", "1445", "TL", "", "1"),
            "html_escaped",
            "name",
        ),
        (
            of(name, "1445", "TRY", "", "1"),
            "other_currency",
            "currency",
        ),
        (
            of(name, "1445", "TL", "", ""),
            "field_left_out",
            "min_count",
        ),
        (
            of(name, "1445", "TL", "", "musteri@example.com"),
            "other_link_type",
            "email",
        ),
        (
            of(name, "1445", "TL", "", "1musteri@example.com"),
            "both_link_types",
            "min_count",
        ),
        (
            of(&format!("123456{name}"), "1445", "TL", "", "1"),
            "merchant_id_signed",
            "merchant_id",
        ),
        (
            of("%C3%87i%C3%A7ek+%26+B%C3%B6cek", "1445", "TL", "", "1"),
            "percent_encoded",
            "name",
        ),
        (
            over(&format!("1445{name}TL1product1{SALT}")),
            "order",
            "order",
        ),
    ] {
        let Finding::Mistake(mistake) =
            explain(SECRETS, SignedCall::CreateProduct, PRODUCT, &token)
        else {
            panic!("{id} was not found");
        };
        assert_eq!(mistake.id(), id, "{mistake}");
        assert!(mistake.english().contains(named), "{mistake}");
        assert_ne!(mistake.english(), mistake.turkish());
    }
}

#[test]
fn a_mistake_with_the_secrets_is_named() {
    let text = "NB2Zlz312345605551234567";
    let digest = Sha256::digest(format!("{text}{SALT}").as_bytes());
    let right = over(&format!("{text}{SALT}"));
    for (token, id) in [
        (
            sign(&format!("\"{KEY}\""), &[text, SALT]),
            "quotes_around_secret",
        ),
        (sign(KEY, &[text, "'", SALT, "'"]), "quotes_around_secret"),
        (
            sign(&format!("{KEY}\n"), &[text, SALT]),
            "secret_ends_blank",
        ),
        (sign(SALT, &[text, KEY]), "secrets_swapped"),
        (sign(KEY, &[text, KEY]), "key_for_salt"),
        (sign(SALT, &[text, SALT]), "salt_for_key"),
        (sign(&format!("{text}{SALT}"), &[KEY]), "hmac_arguments"),
        (STANDARD.encode(digest), "no_hmac"),
        (right.replace('=', "%3D"), "encoded_twice"),
        (format!("b'{right}'"), "python_bytes"),
        (format!("\"{right}\""), "quotes_around_token"),
        (
            over(&format!("NB2Zlz31234560555 123 45 67{SALT}")),
            "phone_spelling",
        ),
        (
            over(&format!("05551234567NB2Zlz3123456{SALT}")),
            "recipient_first",
        ),
        (over(&format!("{SALT}123456NB2Zlz305551234567")), "order"),
    ] {
        let mistake = mistake(SignedCall::SendSms, SMS, &token);
        assert_eq!(mistake.id(), id, "{mistake}");
        for secret in [KEY, SALT, token.as_str(), "1234567"] {
            assert!(!mistake.english().contains(secret) && !mistake.turkish().contains(secret));
        }
    }
    assert_eq!(
        explain(SECRETS, SignedCall::SendSms, SMS, &right),
        Finding::Right
    );
    let other = sign("another-key", &[text, SALT]);
    let found = explain(SECRETS, SignedCall::SendSms, SMS, &other);
    assert!(matches!(found, Finding::Unknown(_)), "{found:?}");
}

#[test]
fn a_mistake_in_a_callback_is_named() {
    let of = |id: &str, salt: &str, amount: &str, end: &str| {
        over(&format!("{id}PT000000000042{salt}success{amount}{end}"))
    };
    for (token, id) in [
        (of("undefined", SALT, "1445", ""), "signed_as_nothing"),
        (of("", SALT, "1445", ""), "iframe_formula"),
        (of("order17", "", "1445", SALT), "salt_last"),
        (of("order17", SALT, "14.45", ""), "price_in_lira"),
        (of("order17", "", "1445", ""), "salt_left_out"),
        (of("order17", SALT, "1445", "").replace('+', " "), ""),
    ] {
        match explain(SECRETS, SignedCall::Callback, CALLBACK, &token) {
            Finding::Mistake(mistake) => assert!(mistake.id() == id || id.is_empty(), "{mistake}"),
            found => assert!(found == Finding::Right && id.is_empty(), "{id}: {found:?}"),
        }
    }
}

#[test]
fn every_mistake_has_its_words_in_both_languages() {
    let lines = MISTAKES.lines().count();
    assert_eq!(rows::<3>(MISTAKES).count() + 2, lines, "each line is a row");
    let sources = [include_str!("search.rs"), include_str!("../explain.rs")].concat();
    for [id, english, turkish] in rows(MISTAKES) {
        assert!(
            english != turkish && sources.contains(&format!("\"{id}\"")),
            "{id}"
        );
    }
}

#[test]
fn a_field_that_was_not_posted_is_named() {
    let posted = &SMS[..2];
    let found = mistake(SignedCall::SendSms, posted, &over("anything"));
    assert_eq!(
        found.english(),
        "cell_phone is missing, and the token is over it"
    );
    assert_eq!(format!("{SECRETS:?}"), "Secrets(..)");
}
