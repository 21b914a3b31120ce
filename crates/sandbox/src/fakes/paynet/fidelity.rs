//! `FIDELITY` says what is known about Paynet and what is assumed, with every number of it.

use std::time::Duration;

/// How long an OTP lives, and how long the next one has to wait. Assumed.
pub(super) const LIFETIME: Duration = Duration::from_secs(180);

/// How many wrong codes are answered as wrong; after them no code is looked at any more. Assumed.
pub(super) const WRONG_CODES_ALLOWED: u8 = 3;

/// How long a code is, as in the documented sample `ART2`. Assumed.
pub(super) const CODE_LENGTH: usize = 4;

/// The letters of a code, without those that are mistaken for digits. Assumed.
pub(super) const CODE_LETTERS: &[u8] = b"ACDEFGHJKLMNPQRTUVWXY";

/// The digits of a code, without those that are mistaken for letters. Assumed.
pub(super) const CODE_DIGITS: &[u8] = b"23456789";

/// Every behaviour of the fake.
pub(super) const FIDELITY: &str = include_str!("fidelity.md");

/// The operation that sends, by its name in the path.
pub(super) const SEND: &str = "send_otp";

/// The operation that checks, by its name in the path.
pub(super) const CHECK: &str = "check_otp";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_name_the_numbers_that_are_used() {
        let named = |text: &str| FIDELITY.contains(text);
        assert!(named(&format!("{} seconds", LIFETIME.as_secs())));
        assert_eq!((WRONG_CODES_ALLOWED, CODE_LENGTH), (3, 4));
        assert!(named("three wrong codes") && named("a code of four letters"));
    }
}
