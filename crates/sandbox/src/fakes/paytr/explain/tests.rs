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

/// What is signed before the salt for that product, the mistake in it, and a word of its words.
const PRODUCTS: &str = "
| signed | mistake | word |
| Çiçek & Böcek14.45TL1product1 | price_in_lira | price |
| Çiçek & Böcek14,45TL1product1 | price_in_lira | price |
| Çiçek & Böcek1445TL1productundefined1 | signed_as_nothing | lang |
| Çiçek & Böcek1445TL1producttr1 | other_lang | lang |
| Çiçek &amp; Böcek1445TL1product1 | html_escaped | name |
| %C3%87i%C3%A7ek+%26+B%C3%B6cek1445TL1product1 | percent_encoded | name |
| Çiçek & Böcek1445TRY1product1 | other_currency | currency |
| Çiçek & Böcek1445TL1product | field_left_out | min_count |
| Çiçek & Böcek1445TL1productmusteri@example.com | other_link_type | email |
| Çiçek & Böcek1445TL1product1musteri@example.com | both_link_types | min_count |
| 123456Çiçek & Böcek1445TL1product1 | merchant_id_signed | merchant_id |
| 1445Çiçek & BöcekTL1product1 | order | order |
";

/// The same of that text message, with all of the words.
const MESSAGES: &str = "
| signed | mistake | words |
| NB2Zlz31234565551234567 | phone_spelling | cell_phone signed as 555*****67, posted as 0555*****67 |
| NB2Zlz3123456+905551234567 | phone_spelling | cell_phone signed as +90555*****67, posted as 0555*****67 |
| NB2Zlz31234560555 123 45 67 | phone_spelling | cell_phone signed as 0555 *** ** 67, posted as 0555*****67 |
| 05551234567NB2Zlz3123456 | recipient_first | the recipient before id and merchant_id |
| 123456NB2Zlz305551234567 | merchant_id_first | merchant_id before id |
| NB2Zlz3123456 | field_left_out | cell_phone left out |
| NB2Zlz305551234567 | field_left_out | merchant_id left out |
| nb2zlz312345605551234567 | other_case | id signed in other upper and lower case than posted |
| NB2Zlz3 12345605551234567 | blanks_added | id signed with a blank or line break, without which it was posted |
| NB2Zlz305551234567123456 | order | the right texts in another order |
";

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
fn a_mistake_in_a_text_is_named() {
    let tables = [
        (SignedCall::CreateProduct, PRODUCT, PRODUCTS),
        (SignedCall::SendSms, SMS, MESSAGES),
    ];
    for (call, posted, table) in tables {
        for [signed, id, words] in rows(table) {
            let mistake = mistake(call, posted, &over(&format!("{signed}{SALT}")));
            assert_eq!(mistake.id(), id, "{mistake}");
            assert!(mistake.english().contains(words), "{mistake}");
            assert_ne!(mistake.english(), mistake.turkish());
        }
    }
    let posted = [("id", " NB2Zlz3 "), ("merchant_id", "123456")];
    let trimmed = mistake(
        SignedCall::Delete,
        &posted,
        &over(&format!("NB2Zlz3123456{SALT}")),
    );
    assert_eq!(trimmed.id(), "blanks_dropped");
    let posted = [("id", "A&amp;B"), ("merchant_id", "123456")];
    let token = over(&format!("A&B123456{SALT}"));
    let unescaped = mistake(SignedCall::Delete, &posted, &token);
    assert_eq!(unescaped.id(), "html_unescaped");
    let collection = over(&format!("Çiçek & Böcek1445TL1product{SALT}"));
    let left_out = mistake(SignedCall::CreateCollection, PRODUCT, &collection);
    assert_eq!(left_out.english(), "email left out");
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
    let named = include_str!("search.rs").split("self.check(\"").skip(1);
    for id in named.filter_map(|rest| rest.split('"').next()) {
        assert!(rows::<3>(MISTAKES).any(|[known, ..]| known == id), "{id}");
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
