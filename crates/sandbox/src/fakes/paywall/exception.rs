//! The exceptions of Masterpass, as far as the fake uses them: what each says, and with which status.

use axum::http::StatusCode;

use super::fidelity::RESEND;
use crate::table::rows;

/// What is said with a code of no table. Assumed.
const REFUSED: &str = "İşlem reddedildi.";

/// Prose for people; only that of `TOKEN_IS_NOT_VALID` is known.
pub(super) fn message(code: &str) -> &'static str {
    let mut known = rows(include_str!("exceptions.md"));
    let found = known.find(|[known, _]| *known == code);
    found.map_or(REFUSED, |[_, message]| message)
}

/// The status inside the envelope, and the words for it.
pub(super) fn status(code: &str, operation: &str) -> (StatusCode, &'static str) {
    match code {
        "TOKEN_IS_REQUIRED"
        | "OTP_CODE_IS_REQUIRED"
        | "OTP_CODE_MAX_LENGTH_EXCEEDED"
        | "VALIDATION_FAILED" => (StatusCode::BAD_REQUEST, "BadRequest"),
        "TOKEN_IS_NOT_VALID" if operation == RESEND => (StatusCode::NOT_FOUND, "NotFound"),
        _ => (StatusCode::UNAUTHORIZED, "Unauthorized"),
    }
}
