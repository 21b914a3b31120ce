//! `FIDELITY` says what is known about Paywall and what is assumed, with every number of it.

use std::time::Duration;

/// How long a session lives. Assumed.
pub(super) const SESSION_LIFETIME: Duration = Duration::from_secs(30 * 60);

/// How long an OTP lives, and its token with it. Assumed.
pub(super) const LIFETIME: Duration = Duration::from_secs(180);

/// How long the next OTP has to wait. Assumed.
pub(super) const RESEND_WAIT: Duration = Duration::from_secs(30);

/// How often an OTP is sent again. Assumed.
pub(super) const RESENDS_ALLOWED: u8 = 3;

/// How many wrong codes are answered as wrong; after them the token is dead. Assumed.
pub(super) const WRONG_CODES_ALLOWED: u8 = 3;

/// How many digits a code has. Assumed.
pub(super) const CODE_LENGTH: usize = 6;

/// How many characters a code may have. Assumed.
pub(super) const CODE_LONGEST: usize = 20;

/// How many digits a token has, like the documented samples.
pub(super) const TOKEN_LENGTH: usize = 32;

/// Every behaviour of the fake.
pub(super) const FIDELITY: &str = include_str!("fidelity.md");

/// The operations, by their path below `/api/paywall/masterpass`.
pub(super) const SESSION: &str = "session";
pub(super) const LINK: &str = "merchant/link";
pub(super) const RESEND: &str = "otp/resend";
pub(super) const VERIFY: &str = "otp/verify";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_name_the_numbers_that_are_used() {
        let named = |text: &str| FIDELITY.contains(text);
        assert!(named(&format!(
            "{} minutes",
            SESSION_LIFETIME.as_secs() / 60
        )));
        assert!(named(&format!("after {} seconds", LIFETIME.as_secs())));
        assert!(named(&format!("within {} seconds", RESEND_WAIT.as_secs())));
        assert!(named(&format!("more than {CODE_LONGEST} characters")));
        assert_eq!(
            (RESENDS_ALLOWED, WRONG_CODES_ALLOWED, CODE_LENGTH),
            (3, 3, 6)
        );
        assert!(named("again three times") && named("three wrong codes") && named("six digits"));
    }
}
