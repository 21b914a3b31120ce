//! Fuzz targets: answers, given any bytes.
//!
//! With every test run they get random bytes and the inputs in `__fuzz__` for a moment, with `cargo xtask soak fuzz` for
//! longer; `cargo bolero test` runs one under libFuzzer.

use onay_core::Operation;
use onay_http::{Field, Object, Verdict};

use crate::verdict;
use crate::wire::Envelope;

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
