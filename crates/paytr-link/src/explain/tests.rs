//! The known answers, and every usual mistake made on purpose.

use serde_json::Value;

use super::*;

fn vectors() -> Value {
    let text = include_str!("../../tests/fixtures/vectors.json");
    serde_json::from_str(text).expect("JSON")
}

fn text<'a>(value: &'a Value, place: &str) -> &'a str {
    value
        .pointer(place)
        .and_then(Value::as_str)
        .expect("a text")
}

fn credentials(vector: &Value) -> Credentials {
    Credentials::parse(
        text(vector, "/merchant_id"),
        text(vector, "/merchant_key"),
        text(vector, "/merchant_salt"),
    )
    .expect("credentials")
}

fn signed(vector: &Value) -> Signed<'_> {
    let field = |name: &str| text(vector, &format!("/fields/{name}"));
    match text(vector, "/call") {
        "send-sms" => Signed::SendSms {
            id: field("id"),
            cell_phone: field("cell_phone"),
        },
        "send-email" => Signed::SendEmail {
            id: field("id"),
            email: field("email"),
        },
        "delete" => Signed::Delete { id: field("id") },
        "callback" => Signed::Callback {
            callback_id: field("callback_id"),
            merchant_oid: field("merchant_oid"),
            status: field("status"),
            total_amount: field("total_amount"),
        },
        _ if field("link_type") == "product" => Signed::CreateProduct {
            name: field("name"),
            price: field("price"),
            currency: field("currency"),
            max_installment: field("max_installment"),
            lang: field("lang"),
            min_count: field("min_count"),
        },
        _ => Signed::CreateCollection {
            name: field("name"),
            price: field("price"),
            currency: field("currency"),
            max_installment: field("max_installment"),
            lang: field("lang"),
            email: field("email"),
        },
    }
}

fn named<'a>(vectors: &'a Value, name: &str) -> &'a Value {
    let good = vectors["good"].as_array().expect("a list");
    let found = good.iter().find(|vector| vector["name"] == name);
    found.expect("a vector of this name")
}

#[test]
fn every_good_vector_is_our_token() {
    let vectors = vectors();
    let good = vectors["good"].as_array().expect("a list");
    assert_eq!(good.len(), 10);
    for vector in good {
        let (credentials, posted) = (credentials(vector), signed(vector));
        let signer = credentials.signer();
        assert_eq!(signer.parts(&posted).concat(), text(vector, "/message"));
        assert_eq!(
            signer.token(&posted),
            text(vector, "/token"),
            "{}",
            vector["name"]
        );
        let found = explain_token(&credentials, &posted, text(vector, "/token"));
        assert_eq!(found, TokenFinding::Right);
    }
}

#[test]
fn every_wrong_vector_is_explained_with_its_mistake() {
    let vectors = vectors();
    let wrong = vectors["wrong"].as_array().expect("a list");
    assert_eq!(wrong.len(), 5);
    for vector in wrong {
        let like = named(&vectors, text(vector, "/like"));
        let found = explain_token(&credentials(like), &signed(like), text(vector, "/token"));
        let TokenFinding::Mistake(mistake) = found else {
            panic!("{} is not explained", vector["name"]);
        };
        assert_eq!(mistake.to_string(), text(vector, "/mistake"));
        assert!(!format!("{mistake:?}").contains("555"));
    }
}

#[test]
fn every_usual_mistake_is_named() {
    let vectors = vectors();
    let sms = named(&vectors, "sms");
    let (credentials, posted) = (credentials(sms), signed(sms));
    let (key, salt) = (credentials.key().reveal(), credentials.salt().reveal());
    let sign = |key: &str, parts: &[&str]| {
        let signer = Signer::new("123456", key, salt).expect("a signer");
        STANDARD.encode(signer.code(parts))
    };
    let (id, phone) = ("NB2Zlz3", "05551234567");
    let right = sign(key, &[id, "123456", phone, salt]);
    let raw = STANDARD.decode(&right).expect("base64");
    let nibbles = raw.iter().flat_map(|byte| [byte >> 4, byte & 0x0f]);
    let hex: String = nibbles
        .filter_map(|nibble| char::from_digit(u32::from(nibble), 16))
        .collect();
    let hex = hex.to_uppercase();
    for (token, expected) in [
        (right.clone(), None),
        (
            sign(key, &[id, "123456", phone]),
            Some("merchant_salt left out"),
        ),
        (hex, Some("hex instead of base64")),
        (
            right.trim_end_matches('=').to_owned(),
            Some("base64 without its padding"),
        ),
        (
            format!("{right}\n"),
            Some("blanks or a newline around the token"),
        ),
        (
            sign(key, &[id, "123456", "+905551234567", salt]),
            Some("cell_phone signed as +905551234567, posted as 05551234567"),
        ),
        (
            sign(key, &["NB2Zlz3 ", "123456", phone, salt]),
            Some("id signed as \"NB2Zlz3 \", posted as \"NB2Zlz3\""),
        ),
        (
            sign(&format!("{key}\n"), &[id, "123456", phone, salt]),
            Some("merchant_key with a newline at its end"),
        ),
        (
            sign(key, &[id, "123456", phone, &format!("{salt}\n")]),
            Some("merchant_salt with a newline at its end"),
        ),
        (
            sign(key, &[phone, salt, "123456", id]),
            Some("the right parts in another order"),
        ),
    ] {
        let found = explain_token(&credentials, &posted, &token);
        match (found, expected) {
            (TokenFinding::Right, None) => {}
            (TokenFinding::Mistake(mistake), Some(expected)) => {
                assert_eq!(mistake.to_string(), expected);
            }
            (found, expected) => panic!("{found:?} instead of {expected:?}"),
        }
    }
    let unknown = explain_token(&credentials, &posted, &sign("another-key", &[id]));
    assert_eq!(unknown, TokenFinding::Unknown);
}

#[test]
fn an_address_in_another_case_is_named() {
    let vectors = vectors();
    let credentials = credentials(named(&vectors, "e-mail"));
    let posted = Signed::SendEmail {
        id: "NB2Zlz3",
        email: "Musteri@Example.com",
    };
    let lower = Signed::SendEmail {
        id: "NB2Zlz3",
        email: "musteri@example.com",
    };
    let token = lower.token(&credentials);
    let found = explain_token(&credentials, &posted, &token);
    let TokenFinding::Mistake(mistake) = found else {
        panic!("{found:?}");
    };
    assert!(
        mistake
            .to_string()
            .starts_with("email signed as musteri@example.com")
    );
}
