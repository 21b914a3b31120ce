//! Fuzz targets: answers and settings, given any bytes.
//!
//! With every test run they get random bytes and the inputs in `__fuzz__` for a moment, with `cargo xtask soak fuzz` for
//! longer; `cargo bolero test` runs one under libFuzzer.

use std::sync::LazyLock;

use onay_core::{Dispatch, ErrorKind, Operation};
use onay_http::reqwest::Url;
use onay_http::{Field, HttpClient, Object, Verdict};
use onay_testkit::printed;

use crate::wire::Envelope;
use crate::{PaynetBuilder, verdict};

/// One client for all: making one takes milliseconds.
static CLIENT: LazyLock<HttpClient> = LazyLock::new(|| HttpClient::new().expect("a client"));

/// Only a return code that says so is a yes, and no other code may stand beside it.
#[test]
fn answer() {
    bolero::check!().for_each(|input: &[u8]| {
        let body = String::from_utf8_lossy(input.get(1..).unwrap_or_default());
        let Some(object) = Object::parse(body.trim_ascii()) else {
            return;
        };
        let envelope = Envelope(object);
        let codes = [envelope.result_code(), envelope.code()];
        for (operation, accepted) in [
            (Operation::SEND_OTP, &["0", "100"][..]),
            (Operation::VERIFY_OTP, &["0"][..]),
        ] {
            if verdict::of_codes(operation, &codes, envelope.names_error()) != Verdict::Yes {
                continue;
            }
            assert!(!envelope.names_error());
            assert!(codes.iter().any(|code| !code.is_absent()));
            assert!(codes.iter().all(|code| match code {
                Field::Absent => true,
                Field::Value(code) => accepted.iter().any(|accepted| code.is(accepted)),
                Field::Malformed => false,
            }));
        }
        let is_read = envelope.expiry().is_some();
        assert!(!is_read || envelope.expiry_text().is_some());
    });
}

/// Settings make a client or are refused by name, and no key is ever shown.
#[test]
fn settings() {
    bolero::check!().for_each(|input: &[u8]| {
        let text = String::from_utf8_lossy(input);
        let mut values = text.split('\n').map(str::to_owned);
        let environment = values.next();
        // Whatever the key is, it can be told from anything else that is printed.
        let key = values.next().map(|key| format!("{key}kanarya-Q7"));
        let base = values.next();
        let builder = PaynetBuilder::from_lookup(|name| match name {
            "PAYNET_ENV" => environment.clone(),
            "PAYNET_SECRET_KEY" => key.clone(),
            "PAYNET_BASE_URL" => base.clone(),
            _ => None,
        });
        let built = builder.and_then(|builder| {
            assert!(!format!("{builder:?}").contains("kanarya"));
            builder.http_client(CLIENT.clone()).build()
        });
        match built {
            Ok(paynet) => {
                assert!(!format!("{paynet:?}").contains("kanarya"));
                assert!(key.is_some_and(|key| !key.contains(char::is_whitespace)));
                let environment = environment.unwrap_or_default();
                assert!(["test", "live", "sandbox"].contains(&environment.as_str()));
                let is_live =
                    base.is_some_and(|base| !base.is_empty() && is_on(&base, "api.paynet.com.tr"));
                assert!(environment == "live" || !is_live, "live by accident");
            }
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Config, "{error:?}");
                assert_eq!(error.dispatch(), Dispatch::NotSent);
                assert!(!printed(&error).contains("kanarya"), "{error:?}");
                assert!(error.subject().is_some() && error.provider() == Some("paynet"));
            }
        }
    });
}

/// Whether an address is on this host, as a URL parser sees it.
fn is_on(base: &str, host: &str) -> bool {
    let url = Url::parse(base).expect("a URL");
    url.host_str().map(|host| host.trim_end_matches('.')) == Some(host)
}
