//! Fuzz targets: answers, callbacks, amounts and addresses, given any bytes.
//!
//! With every test run they get random bytes and the inputs in `__fuzz__` for a moment, with `cargo xtask soak fuzz` for
//! longer; `cargo bolero test` runs one under libFuzzer.

use std::sync::LazyLock;

use onay_core::ErrorKind;
use onay_http::reqwest::Url;
use onay_http::{Object, Verdict};
use onay_testkit::printed;
use serde_json::Value;

use crate::callback_link::CallbackLink;
use crate::wire::{CREATES, Envelope};
use crate::{Credentials, Currency, Money, ProductLink, verdict, verify_callback};

static CREDENTIALS: LazyLock<Credentials> = LazyLock::new(|| {
    Credentials::parse("123456", "K3yForTests-0001", "S4ltForTests-001").expect("credentials")
});

/// Only the word itself is a success.
#[test]
fn answer() {
    bolero::check!().for_each(|body: &[u8]| {
        // As the HTTP client reads it: an object, and what is not UTF-8 is replaced.
        let body = String::from_utf8_lossy(body);
        if !body.trim_ascii_start().starts_with('{') {
            return;
        }
        let Ok(envelope) = Object::parse(&body).map(Envelope).ok_or(()) else {
            return;
        };
        assert!(envelope.reasons().all(|reason| !reason.trim().is_empty()));
        // A field that is not read may be a number that no reader of all fields takes.
        let Ok(json) = serde_json::from_str::<Value>(&body) else {
            return;
        };
        let status = json.get("status").and_then(Value::as_str);
        match verdict::of(CREATES, &envelope, 200).0 {
            Verdict::Yes => {
                assert_eq!(status, Some("success"));
                for field in ["reason", "err_msg", "err_no"] {
                    let is_none = match &json[field] {
                        Value::Null => true,
                        Value::String(text) => matches!(text.trim(), "" | "0"),
                        other => other == 0,
                    };
                    assert!(is_none, "{json}");
                }
            }
            Verdict::No(_) => assert!(matches!(status, Some("error" | "failed")), "{json}"),
            Verdict::Unclear(_) => {
                let is_none = json["status"].is_null() || status == Some("");
                assert!(is_none, "{json}");
            }
            _ => assert!(!matches!(status, Some("error" | "failed")), "{json}"),
        }
    });
}

/// Only what was signed with the key gets through, and that is in the corpus.
#[test]
fn callback() {
    bolero::check!().for_each(|body: &[u8]| match verify_callback(body, &CREDENTIALS) {
        Ok(payment) => {
            assert_eq!(payment.idempotency_key(), "ORDER0001PT123456789");
            assert_eq!(payment.total_amount(), 3456);
            assert!(!format!("{payment:?}").contains("ORDER0001"));
        }
        Err(error) => {
            let shown = printed(&error);
            assert!(
                !shown.contains("ORDER0001") && !shown.contains("PT123456789"),
                "{shown}"
            );
            assert!(!shown.contains("ForTests"), "{shown}");
        }
    });
}

/// An amount that is read is the amount that stands there: written and read again, it is the same.
#[test]
fn money() {
    bolero::check!().for_each(|input: &[u8]| {
        let text = String::from_utf8_lossy(input);
        match text.parse::<Money>() {
            Ok(money) => {
                assert!(money.minor() > 0);
                let written = money.to_string();
                assert_eq!(written.parse::<Money>().expect(&written), money);
                // The digits are those of the text, with no more than zeros added.
                let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                let digits = digits.parse::<u128>().expect("digits");
                let minor = u128::from(money.minor());
                let scales = [100, 10, 1].map(|scale| digits * scale);
                assert!(scales.contains(&minor), "{text}");
            }
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::InvalidInput);
            }
        }
    });
}

/// A callback address is posted as it stands, so the URL that PayTR reads has to be the one that was
/// checked; and a time that is taken has its documented form.
#[test]
fn terms() {
    bolero::check!().for_each(|input: &[u8]| {
        let text = String::from_utf8_lossy(input);
        if let Ok(callback) = CallbackLink::parse(&text, "ORDER0001") {
            assert_eq!(callback.link, text);
            let url = Url::parse(&text).expect("a URL");
            assert!(matches!(url.scheme(), "http" | "https"), "{text}");
            assert!(
                url.username().is_empty() && url.password().is_none(),
                "{text}"
            );
            assert!(url.port().is_none() || callback.is_loopback, "{text}");
            assert_ne!(url.host_str(), Some("localhost"));
        }
        if let Ok(callback) = CallbackLink::parse("https://shop.example.com/", &text) {
            assert!(callback.id.bytes().all(|byte| byte.is_ascii_alphanumeric()));
            assert!((1..=64).contains(&callback.id.len()));
        }
        let price = Money::new(1445, Currency::Tl).expect("a price");
        match ProductLink::new(&text, price, 1) {
            Ok(link) => {
                assert!(!text.contains(char::is_control));
                assert!((4..=200).contains(&text.trim().chars().count()));
                assert!(!format!("{link:?}").contains(text.trim()) || text.trim().len() < 8);
            }
            Err(error) => assert_eq!(error.subject().map(|subject| subject.name()), Some("name")),
        }
        let product = ProductLink::new("Buket", price, 1).expect("a product");
        if let Ok(link) = product.expires_at(&text) {
            let shape: String = text
                .chars()
                .map(|c| if c.is_ascii_digit() { '0' } else { c })
                .collect();
            assert_eq!(shape, "0000-00-00 00:00:00", "{text}");
            assert_eq!(link.terms.expiry, text);
        }
    });
}
