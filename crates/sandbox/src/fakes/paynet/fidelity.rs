//! `FIDELITY` says what is known about Paynet and what is assumed, with every number of it.

use std::time::Duration;

use crate::fidelity::Row;

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
pub(super) const FIDELITY: &[Row] = &[
    Row::documented(None, "Takes POST alone, for every call", DOCS),
    Row::documented(
        None,
        "Wants the secret key verbatim after `Authorization: Basic`, not base64-encoded",
        DOCS,
    ),
    Row::documented(
        None,
        "Takes and answers `application/json; charset=UTF-8`",
        DOCS,
    ),
    Row::documented(
        None,
        "Takes forms too, in either usual encoding",
        "doc.paynet.com.tr, FAQ",
    ),
    Row::documented(
        None,
        "Answers a refusal with a status other than 200 as `{type, message, code, result_code}`, where `code` is the HTTP status",
        "doc.paynet.com.tr, http-status-kodlar",
    ),
    Row::documented(
        Some(SEND),
        "Wants `user_gsm` and `otp_session_id`; the merchant chooses the session",
        SENDING,
    ),
    Row::documented(
        Some(SEND),
        "Answers `otp_expire`, `code` 0 and `message`; the time has seven fraction digits and +03:00",
        SENDING,
    ),
    Row::documented(
        Some(SEND),
        "`otp_expire` is when the OTP runs out and also before which the call is not to be repeated",
        SENDING,
    ),
    Row::documented(
        Some(CHECK),
        "Wants `user_gsm` with ten digits starting with 5, `otp_session_id` and `otp_code`",
        CHECKING,
    ),
    Row::documented(
        Some(CHECK),
        "Answers the right code with `code` 0 and `message`",
        CHECKING,
    ),
    Row::assumed(
        None,
        "Takes any key of the form `sck_test_…` and refuses every other one: HTTP 401, `authorization_error`, result_code 7",
    ),
    Row::assumed(
        None,
        "Refuses a missing, empty or wrongly typed field, a malformed number, a body that is neither a JSON object nor a form, or not declared as such: HTTP 400, `invalid_request_error`, result_code 11",
    ),
    Row::assumed(
        None,
        "Refuses another method with HTTP 405 and an unknown path with HTTP 404: `invalid_request_error`, result_code 11",
    ),
    Row::assumed(
        None,
        "Looks at the path first, then the method, the key, the content type and the fields",
    ),
    Row::assumed(
        None,
        "Answers in XML, with the same fields in a `response` element, where the `Accept` header is absent or does not allow JSON",
    ),
    Row::assumed(None, "Ignores fields that it does not know"),
    Row::assumed(None, "Takes doubled slashes in a path for single ones"),
    Row::assumed(
        None,
        "Writes the documented name of the code into the `message` of a refusal",
    ),
    Row::assumed(
        None,
        "Dates every answer with the virtual time, in the `Date` header",
    ),
    Row::assumed(
        None,
        "Asks nothing of the caller's IP address, although Paynet wants it registered",
    ),
    Row::assumed(
        Some(SEND),
        "Wants ten digits starting with 5 in `user_gsm`, as documented for `check_otp`",
    ),
    Row::assumed(Some(SEND), "Lets an OTP live for 180 seconds"),
    Row::assumed(
        Some(SEND),
        "Sends a code of four letters and digits, like the documented sample `ART2`, without signs that look alike",
    ),
    Row::assumed(
        Some(SEND),
        "Answers a call before `otp_expire` with `code` 5 and the running `otp_expire`, and sends nothing, even if the code was used meanwhile",
    ),
    Row::assumed(
        Some(SEND),
        "Keeps sessions apart: the same number under another session is another OTP",
    ),
    Row::assumed(Some(SEND), "The text of the message"),
    Row::assumed(
        Some(CHECK),
        "Answers a wrong code with `code` 1, upper and lower case being different",
    ),
    Row::assumed(
        Some(CHECK),
        "Answers with `code` 6 after three wrong codes, even to the right code",
    ),
    Row::assumed(
        Some(CHECK),
        "Answers an expired or used code, and a session and number that were never sent one, with `code` 12",
    ),
    Row::assumed(
        None,
        "A refusal that a fault asks for: `code` and the documented name of it with HTTP 200; 7 with HTTP 401 and 11 with HTTP 400, as above; an unknown code is 9999",
    ),
    Row::assumed(
        Some(CHECK),
        "Looks at expiry first, then at use, then at the count of wrong codes, then at the code",
    ),
];

/// The operation that sends, by its name in the path.
pub(super) const SEND: &str = "send_otp";

/// The operation that checks, by its name in the path.
pub(super) const CHECK: &str = "check_otp";

const DOCS: &str = "doc.paynet.com.tr";
const SENDING: &str = "doc.paynet.com.tr, OTP Gönderme";
const CHECKING: &str = "doc.paynet.com.tr, OTP Kontrol";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_name_the_numbers_that_are_used() {
        let named = |text: &str| FIDELITY.iter().any(|row| row.behaviour.contains(text));
        assert!(named(&format!("{} seconds", LIFETIME.as_secs())));
        assert_eq!((WRONG_CODES_ALLOWED, CODE_LENGTH), (3, 4));
        assert!(named("three wrong codes") && named("a code of four letters"));
    }
}
