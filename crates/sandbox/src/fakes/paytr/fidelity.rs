//! `FIDELITY` says what is known about PayTR Link and what is assumed, with every number of it.

use std::time::Duration;

use crate::mask::Mask;

/// How long an id is, as in the documented sample `NB2Zlz3`.
pub(super) const ID_LENGTH: usize = 7;

/// How many digits follow `PT` in the number of an order. Assumed.
pub(super) const OID_DIGITS: usize = 12;

/// How many digits a price or a count may have. Assumed.
pub(super) const LONGEST_PRICE: usize = 12;

/// How many characters a callback link may have. Assumed.
pub(super) const LONGEST_CALLBACK_LINK: usize = 2_048;

/// How long a callback that was not answered with `OK` waits before each repetition. Assumed.
pub(super) const REPEATS: &[Duration] = &[
    Duration::from_secs(60),
    Duration::from_secs(5 * 60),
    Duration::from_secs(15 * 60),
    Duration::from_secs(60 * 60),
    Duration::from_secs(6 * 60 * 60),
    Duration::from_secs(24 * 60 * 60),
];

/// What the journal keeps of a callback.
pub(super) const CALLBACK_MASKS: &[(&str, Mask)] = &[
    ("hash", Mask::Hidden),
    ("merchant_oid", Mask::Fingerprint),
    ("status", Mask::Word),
    ("total_amount", Mask::Word),
    ("payment_amount", Mask::Word),
    ("payment_type", Mask::Word),
    ("currency", Mask::Word),
    ("callback_id", Mask::Fingerprint),
    ("merchant_id", Mask::Word),
    ("test_mode", Mask::Word),
];

/// The operations, by their names in the path.
pub(super) const CREATE: &str = "create";
pub(super) const SMS: &str = "send-sms";
pub(super) const EMAIL: &str = "send-email";
pub(super) const DELETE: &str = "delete";

/// Every behaviour of the fake.
pub(super) const FIDELITY: &str = include_str!("fidelity.md");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::callbacks::post::PATIENCE;

    #[test]
    fn the_rows_name_the_numbers_that_are_used() {
        let named = |text: &str| FIDELITY.contains(text);
        assert!(named(&format!("{} seconds", PATIENCE.as_secs())));
        assert!(named(&format!("PT and {OID_DIGITS} digits")));
        assert!(named(&format!("at most {LONGEST_PRICE} digits")));
        assert_eq!((ID_LENGTH, LONGEST_CALLBACK_LINK), (7, 2_048));
        let minutes: Vec<_> = REPEATS.iter().map(|it| it.as_secs() / 60).collect();
        assert_eq!(minutes, [1, 5, 15, 60, 360, 1_440]);
        assert!(named("after 1, 5 and 15 minutes and 1, 6 and 24 hours"));
        assert!(named("seven letters and digits") && named("2,048 characters"));
    }
}
