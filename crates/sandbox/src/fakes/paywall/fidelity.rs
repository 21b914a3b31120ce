//! `FIDELITY` says what is known about Paywall and what is assumed, with every number of it.

use std::time::Duration;

use crate::fidelity::Row;

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
pub(super) const FIDELITY: &[Row] = &[
    Row::documented(
        None,
        "Wants the headers `apikeyprivate` and `apiclientprivate` on every call",
        DOCS,
    ),
    Row::documented(
        None,
        "Answers in the envelope `{ErrorCodeType, ErrorMessage, ErrorCode, Result, Message, Body}`, within a session with `Body.Session` and `Body.Masterpass`",
        DOCS,
    ),
    Row::documented(
        Some(SESSION),
        "Wants `ReferenceCode`, `UserId` and `UserPhone` as `905` and nine digits; knows `Force3D` and `PhoneVerifiedByMerchant`",
        OPENING,
    ),
    Row::documented(
        Some(SESSION),
        "Answers a flat body of `SessionId` and `SessionExpiryDate`",
        OPENING,
    ),
    Row::documented(
        Some(LINK),
        "Wants `SessionId`; answers ResponseCode 5001, a token and the card, with StatusCode 202 and `Accepted`",
        LINKING,
    ),
    Row::documented(
        Some(RESEND),
        "Wants `OtpToken` and `SessionId`; answers ResponseCode 5001 and a new token, with StatusCode 200",
        RESENDING,
    ),
    Row::documented(
        Some(RESEND),
        "Answers a failure with `Result` true and `ErrorCode` 0; only the Exception, `Masterpass.Result` null and the StatusCode tell: 404 for `TOKEN_IS_NOT_VALID`",
        RESENDING,
    ),
    Row::documented(
        Some(VERIFY),
        "Wants `OtpToken`, `OtpCode`, `SessionId` and, for an OTP that links an account, `ForLinkToMerchant` true",
        VERIFYING,
    ),
    Row::documented(
        Some(VERIFY),
        "Answers the right code with ResponseCode 0000, `IsVerified` true and a token, with StatusCode 200",
        VERIFYING,
    ),
    Row::documented(
        Some(VERIFY),
        "Answers a failure with `Result` false, `ErrorCode` 1 and StatusCode 401, and with a renewed session where there is one",
        VERIFYING,
    ),
    observed(
        None,
        "Reads JSON, with field names in PascalCase or in any other case, as the vendor's .NET client posts camelCase",
    ),
    observed(
        None,
        "Names the reason of a refusal in `Exception.Code`, with codes that the vendor's client knows",
    ),
    observed(
        None,
        "Hands out another token with a refusal: ResponseCode 5001 where another OTP is wanted, 5010 where 3-D Secure is; a fault asks for it",
    ),
    observed(
        None,
        "Writes `SessionExpiryDate` in Istanbul time without an offset",
    ),
    Row::assumed(
        None,
        "Takes any two keys that are not empty; a key that is missing or empty: HTTP 401, `Result` false, `ErrorCode` 1, no body in the envelope",
    ),
    Row::assumed(
        None,
        "Refuses another method with HTTP 405 and an unknown path with HTTP 404, in the same shape",
    ),
    Row::assumed(
        None,
        "Looks at the path first, then the method, the keys, the body and its fields, the session, which is renewed then, the token and the code",
    ),
    Row::assumed(None, "Answers every other refusal with HTTP 200"),
    Row::assumed(
        None,
        "Refuses a field that is missing, empty, null or wrongly typed, a malformed number, a body that is no JSON object or not declared as JSON with `VALIDATION_FAILED`, or `TOKEN_IS_REQUIRED` and `OTP_CODE_IS_REQUIRED` where those are missing",
    ),
    Row::assumed(
        None,
        "Answers a call that is wrong in itself with StatusCode 400 and `Body.Session` null",
    ),
    Row::assumed(
        None,
        "Answers every refusal but that of a resend with `Result` false and `ErrorCode` 1",
    ),
    Row::assumed(
        None,
        "Answers a refusal with `CorrelationId` null, and with 401 and `Unauthorized` where nothing else is said here",
    ),
    Row::assumed(
        None,
        "The message of every Exception but `TOKEN_IS_NOT_VALID`",
    ),
    Row::assumed(
        None,
        "Draws sessions, tokens and reference numbers in the form of the documented samples, and names their BuildId",
    ),
    Row::assumed(
        None,
        "A refusal that a fault asks for: the code in `Exception.Code`, in the session that the call brings; an unknown code is SANDBOX_UNKNOWN_CODE",
    ),
    Row::assumed(
        Some(RESEND),
        "A token that a fault rotates is refused with 5010, and the code that is on its way belongs to the new token",
    ),
    Row::assumed(
        Some(VERIFY),
        "A token that a fault rotates is refused with 5001 and `IsVerified` false, and a new code is sent under the new token",
    ),
    Row::assumed(None, "Ignores fields that it does not know"),
    Row::assumed(None, "Takes doubled slashes in a path for single ones"),
    Row::assumed(
        None,
        "Dates every answer with the virtual time, in the `Date` header",
    ),
    Row::assumed(
        None,
        "Lets a session live for 30 minutes; the next call renews it, whether it succeeds or is refused, and its tokens are good in the new one",
    ),
    Row::assumed(
        None,
        "Adds `SessionExpiryDate` to `Body.Session` where the session was renewed, and there alone",
    ),
    Row::assumed(
        None,
        "Refuses a session that is unknown or was renewed with `VALIDATION_FAILED`",
    ),
    Row::assumed(
        None,
        "Keeps sessions apart: the token of another one, even of the same phone, is `TOKEN_IS_NOT_VALID`",
    ),
    Row::assumed(
        None,
        "Answers `TOKEN_HAS_EXPIRED` where an OTP has run out, after 180 seconds",
    ),
    Row::assumed(
        None,
        "Answers `TOKEN_ALREADY_USED` where a token was verified, and where a resend replaced it",
    ),
    Row::assumed(
        None,
        "Sends a code of six digits, which may start with zeros; the text of the message",
    ),
    Row::assumed(
        Some(LINK),
        "Sends an OTP for every call, with a token of its own; earlier ones stay good, and an account can be linked again",
    ),
    Row::assumed(
        Some(LINK),
        "The Description is the documented one of a resend; issuer and masked number of the card are made up",
    ),
    Row::assumed(
        Some(RESEND),
        "Answers a call within 30 seconds of the last OTP with `ERROR_CALLED_OTP_SERVICE_ONE_MORE_TIME_BEFORE_TIMEOUT_EXPIRED`, sends nothing and keeps the token",
    ),
    Row::assumed(
        Some(RESEND),
        "Sends an OTP again three times, then answers `ERR_YOU_CAN_NOT_CALL_OTP_SERVICE_ONE_MORE_TIME`",
    ),
    Row::assumed(Some(RESEND), "Counts wrong codes anew for the new token"),
    Row::assumed(
        Some(VERIFY),
        "Answers a wrong code with `OTP_IS_NOT_VALID`, and the token stays; after three wrong codes it is dead, which `TOKEN_HAS_EXPIRED` says",
    ),
    Row::assumed(
        Some(VERIFY),
        "Answers a call without `ForLinkToMerchant` true with `VALIDATION_FAILED` and looks at no code",
    ),
    Row::assumed(
        Some(VERIFY),
        "Refuses a code of more than 20 characters with `OTP_CODE_MAX_LENGTH_EXCEEDED`",
    ),
    Row::assumed(
        Some(VERIFY),
        "The Description, the card's number, and the token of the answer, which no later call here takes",
    ),
];

/// The operations, by their path below `/api/paywall/masterpass`.
pub(super) const SESSION: &str = "session";
pub(super) const LINK: &str = "merchant/link";
pub(super) const RESEND: &str = "otp/resend";
pub(super) const VERIFY: &str = "otp/verify";

const DOCS: &str = "developer.paywall.one, Masterpass entegrasyonu";
const OPENING: &str = "developer.paywall.one, Masterpass entegrasyonu, 1";
const VERIFYING: &str = "developer.paywall.one, Masterpass entegrasyonu, 5";
const RESENDING: &str = "developer.paywall.one, Masterpass entegrasyonu, 6";
const LINKING: &str = "developer.paywall.one, Masterpass entegrasyonu, 7";
const CLIENT: &str = "github.com/paywallone/PaywallJsSdk.Public";

const fn observed(operation: Option<&'static str>, behaviour: &'static str) -> Row {
    Row::observed(operation, behaviour, CLIENT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_name_the_numbers_that_are_used() {
        let named = |text: &str| FIDELITY.iter().any(|row| row.behaviour.contains(text));
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
