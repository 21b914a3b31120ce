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
fn a_mistake_with_the_secrets_is_named_at_every_call() {
    for call in [
        SignedCall::CreateProduct,
        SignedCall::CreateCollection,
        SignedCall::SendSms,
        SignedCall::SendEmail,
        SignedCall::Delete,
    ] {
        let posted = [PRODUCT, SMS].concat();
        let case = Case {
            secrets: SECRETS,
            call,
            posted: &posted,
            token: "",
        };
        let text = case.texts().concat();
        let with = |key: &str, salt: &str| sign(key, &[&text, salt]);
        let digest = Sha256::digest(format!("{text}{SALT}").as_bytes());
        let quoted = format!("\"{KEY}\"");
        for (token, id) in [
            (with(KEY, ""), "salt_left_out"),
            (with(KEY, &SALT.repeat(2)), "salt_twice"),
            (with(SALT, KEY), "secrets_swapped"),
            (with(KEY, KEY), "key_for_salt"),
            (with(SALT, SALT), "salt_for_key"),
            (sign(KEY, &[SALT, &text]), "salt_first"),
            (with(&quoted, SALT), "quotes_around_secret"),
            (with(KEY, &format!("'{SALT}'")), "quotes_around_secret"),
            (with(&format!("{KEY}\n"), SALT), "secret_ends_blank"),
            (with(KEY, &format!("{SALT}\n")), "secret_ends_blank"),
            (
                with(&format!("{KEY}\r\n"), &format!("{SALT}\r\n")),
                "secret_ends_blank",
            ),
            (sign(&format!("{text}{SALT}"), &[KEY]), "hmac_arguments"),
            (STANDARD.encode(digest), "no_hmac"),
        ] {
            let mistake = mistake(call, &posted, &token);
            assert_eq!(mistake.id(), id, "{call:?}: {mistake}");
            for secret in [KEY, SALT, token.as_str(), "1234567"] {
                assert!(!mistake.english().contains(secret) && !mistake.turkish().contains(secret));
            }
        }
        assert_eq!(
            explain(SECRETS, call, &posted, &with(KEY, SALT)),
            Finding::Right
        );
        let other = explain(SECRETS, call, &posted, &with("another-key", SALT));
        assert!(matches!(other, Finding::Unknown(_)), "{other:?}");
    }
}

#[test]
fn a_mistake_in_the_encoding_is_named() {
    // Over this id, the token has a + and a /.
    let ids = (0..10_000).map(|number| format!("AA{number:05}"));
    let right = |id: &str| over(&format!("{id}123456{SALT}"));
    let mut ids = ids.filter(|id| right(id).contains('+') && right(id).contains('/'));
    let id = ids.next().expect("an id");
    let posted = [("id", id.as_str()), ("merchant_id", "123456")];
    let right = right(&id);
    let digest = STANDARD.decode(&right).expect("base64");
    let hex = crate::tenant::hex_start(&digest, digest.len());
    for (token, id) in [
        (hex.clone(), "hex"),
        (hex.to_uppercase(), "hex"),
        (STANDARD.encode(&hex), "base64_of_hex"),
        (right.replace('=', ""), "padding"),
        (right.replace('+', "-").replace('/', "_"), "url_safe"),
        (right.replace('+', " "), "plus"),
        (right.replace('=', "%3D"), "encoded_twice"),
        (right.replace('/', "%2f"), "encoded_twice"),
        (format!("{right}\n"), "blanks_around"),
        (format!("b'{right}'"), "python_bytes"),
        (format!("\"{right}\""), "quotes_around_token"),
    ] {
        assert_eq!(mistake(SignedCall::Delete, &posted, &token).id(), id);
    }
}

#[test]
fn a_text_signed_in_another_form_is_named() {
    for (signed, words) in [
        (
            "NB2Zlz31234565551234567",
            "cell_phone signed as 555*****67, posted as 0555*****67",
        ),
        (
            "NB2Zlz3123456+905551234567",
            "cell_phone signed as +90555*****67, posted as 0555*****67",
        ),
        (
            "NB2Zlz31234560555 123 45 67",
            "cell_phone signed as 0555 *** ** 67, posted as 0555*****67",
        ),
        (
            "05551234567NB2Zlz3123456",
            "the recipient before id and merchant_id",
        ),
        ("123456NB2Zlz305551234567", "merchant_id before id"),
        ("NB2Zlz3123456", "cell_phone left out"),
        ("NB2Zlz305551234567", "merchant_id left out"),
        (
            "nb2zlz312345605551234567",
            "id signed in other upper and lower case than posted",
        ),
        (
            "NB2Zlz3 12345605551234567",
            "id signed with a blank or line break, without which it was posted",
        ),
        (
            "NB2Zlz305551234567123456",
            "the right texts in another order",
        ),
    ] {
        let mistake = mistake(SignedCall::SendSms, SMS, &over(&format!("{signed}{SALT}")));
        assert_eq!(mistake.english(), words);
    }
    let posted = [("id", " NB2Zlz3 "), ("merchant_id", "123456")];
    let trimmed = mistake(
        SignedCall::Delete,
        &posted,
        &over(&format!("NB2Zlz3123456{SALT}")),
    );
    assert_eq!(trimmed.id(), "blanks_dropped");
    let collection = over(&format!("Çiçek & Böcek1445TL1product{SALT}"));
    let left_out = mistake(SignedCall::CreateCollection, PRODUCT, &collection);
    assert_eq!(left_out.english(), "email left out");
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
