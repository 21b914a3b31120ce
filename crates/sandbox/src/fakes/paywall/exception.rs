//! `Exception` is an exception of Masterpass, as far as the fake uses them.

use axum::http::StatusCode;

use super::fidelity::RESEND;

/// An exception of Masterpass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exception {
    TokenRequired,
    TokenNotValid,
    TokenExpired,
    TokenAlreadyUsed,
    CodeRequired,
    CodeTooLong,
    CodeNotValid,
    TooEarly,
    LimitReached,
    ValidationFailed,
}

use Exception as E;

/// Each with its code and its message: prose for people, of which only that of `TOKEN_IS_NOT_VALID` is
/// known.
const ALL: [(Exception, &str, &str); 10] = [
    (E::TokenRequired, "TOKEN_IS_REQUIRED", "Token zorunludur."),
    (E::TokenNotValid, "TOKEN_IS_NOT_VALID", "Token geçersiz."),
    (E::TokenExpired, "TOKEN_HAS_EXPIRED", "Token süresi doldu."),
    (
        E::TokenAlreadyUsed,
        "TOKEN_ALREADY_USED",
        "Token daha önce kullanıldı.",
    ),
    (
        E::CodeRequired,
        "OTP_CODE_IS_REQUIRED",
        "Tek kullanımlık şifre zorunludur.",
    ),
    (
        E::CodeTooLong,
        "OTP_CODE_MAX_LENGTH_EXCEEDED",
        "Tek kullanımlık şifre çok uzun.",
    ),
    (
        E::CodeNotValid,
        "OTP_IS_NOT_VALID",
        "Tek kullanımlık şifre geçersiz.",
    ),
    (
        E::TooEarly,
        "ERROR_CALLED_OTP_SERVICE_ONE_MORE_TIME_BEFORE_TIMEOUT_EXPIRED",
        "Yeni bir tek kullanımlık şifre için henüz çok erken.",
    ),
    (
        E::LimitReached,
        "ERR_YOU_CAN_NOT_CALL_OTP_SERVICE_ONE_MORE_TIME",
        "Daha fazla tek kullanımlık şifre gönderilemez.",
    ),
    (
        E::ValidationFailed,
        "VALIDATION_FAILED",
        "İstek doğrulanamadı.",
    ),
];

impl Exception {
    /// The exception of this code, if the fake knows it.
    pub(super) fn of_code(code: &str) -> Option<Self> {
        let found = ALL.iter().find(|(_, known, _)| *known == code);
        found.map(|(exception, ..)| *exception)
    }

    /// Its code and its message.
    pub(super) fn words(self) -> (&'static str, &'static str) {
        let found = ALL.iter().find(|(known, ..)| *known == self);
        found.map_or(("", ""), |(_, code, message)| (code, message))
    }

    /// The status inside the envelope, and the words for it.
    pub(super) fn status(self, operation: &str) -> (StatusCode, &'static str) {
        match self {
            E::TokenRequired | E::CodeRequired | E::CodeTooLong | E::ValidationFailed => {
                (StatusCode::BAD_REQUEST, "BadRequest")
            }
            E::TokenNotValid if operation == RESEND => (StatusCode::NOT_FOUND, "NotFound"),
            _ => (StatusCode::UNAUTHORIZED, "Unauthorized"),
        }
    }
}
