//! Fuzz targets: answers and settings, given any bytes.
//!
//! With every test run they get random bytes and the inputs in `__fuzz__` for a moment, with `cargo xtask soak fuzz` for
//! longer; `cargo bolero test` runs one under libFuzzer.

use std::sync::LazyLock;

use onay_core::{Delivery, ErrorKind};
use onay_http::reqwest::Url;
use onay_http::{HttpClient, Said, Verdict};
use onay_testkit::printed;
use serde_json::Value;

use crate::code::Call;
use crate::wire::Envelope;
use crate::{PaynetBuilder, verdict};

/// One client for all: making one takes milliseconds.
static CLIENT: LazyLock<HttpClient> = LazyLock::new(|| HttpClient::new().expect("a client"));

/// Only a return code that says so is a yes, and no other code may stand beside it.
#[test]
fn answer() {
    bolero::check!().for_each(|input: &[u8]| {
        let Some((first, body)) = input.split_first() else {
            return;
        };
        // As the HTTP client reads it: an object, and what is not UTF-8 is replaced.
        let body = String::from_utf8_lossy(body);
        if !body.trim_ascii_start().starts_with('{') {
            return;
        }
        let Ok(envelope) = serde_json::from_str::<Envelope>(&body) else {
            return;
        };
        let status = 100 + 2 * u16::from(*first);
        let codes = envelope.return_codes(status);
        // What nobody looks at may be a number that no reader of all fields takes.
        let Ok(json) = serde_json::from_str::<Value>(&body) else {
            return;
        };
        for (call, accepted) in [
            (Call::SendOtp, &["0", "100"][..]),
            (Call::CheckOtp, &["0"][..]),
        ] {
            if verdict::of(call, codes, envelope.names_error()) != Verdict::Yes {
                continue;
            }
            assert!(codes.iter().all(|code| match code {
                Said::Nothing => true,
                Said::This(code) => accepted.contains(code),
                Said::Nonsense => false,
            }));
            let stands = |field: &str| match json.get(field) {
                Some(Value::String(text)) => accepted.contains(&text.as_str()),
                Some(Value::Number(number)) => accepted.contains(&number.to_string().as_str()),
                _ => false,
            };
            assert!(stands("code") || stands("result_code"), "{json}");
            let error = json.get("type").unwrap_or(&Value::Null);
            assert!(error.is_null() || error == "", "{json}");
            // Whatever else stands there is no second code that nobody read.
            let status = status.to_string();
            for field in ["code", "result_code"] {
                let is_none = match json.get(field) {
                    None | Some(Value::Null) => true,
                    Some(Value::String(text)) => text.trim().is_empty() || *text == status,
                    Some(Value::Number(number)) => number.to_string() == status,
                    Some(_) => false,
                };
                assert!(is_none || stands(field), "{json}");
            }
        }
        let is_read = envelope.expiry().is_some();
        assert!(!is_read || envelope.into_expiry_text().is_some());
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
                assert_eq!(error.delivery(), Delivery::NotSent);
                assert!(!printed(&error).contains("kanarya"), "{error:?}");
                assert!(error.field().is_some() && error.provider() == Some("paynet"));
            }
        }
    });
}

/// Whether an address is on this host, as a URL parser sees it.
fn is_on(base: &str, host: &str) -> bool {
    let url = Url::parse(base).expect("a URL");
    url.host_str().map(|host| host.trim_end_matches('.')) == Some(host)
}
