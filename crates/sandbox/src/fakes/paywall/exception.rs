//! `Exception` is an exception of Masterpass, as far as the fake uses them.

use axum::http::StatusCode;

use super::operation::Operation;

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

impl Exception {
    const ALL: [Self; 10] = [
        Self::TokenRequired,
        Self::TokenNotValid,
        Self::TokenExpired,
        Self::TokenAlreadyUsed,
        Self::CodeRequired,
        Self::CodeTooLong,
        Self::CodeNotValid,
        Self::TooEarly,
        Self::LimitReached,
        Self::ValidationFailed,
    ];

    /// The exception of this code, if the fake knows it.
    pub(super) fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.code() == code)
    }

    pub(super) fn code(self) -> &'static str {
        match self {
            Self::TokenRequired => "TOKEN_IS_REQUIRED",
            Self::TokenNotValid => "TOKEN_IS_NOT_VALID",
            Self::TokenExpired => "TOKEN_HAS_EXPIRED",
            Self::TokenAlreadyUsed => "TOKEN_ALREADY_USED",
            Self::CodeRequired => "OTP_CODE_IS_REQUIRED",
            Self::CodeTooLong => "OTP_CODE_MAX_LENGTH_EXCEEDED",
            Self::CodeNotValid => "OTP_IS_NOT_VALID",
            Self::TooEarly => "ERROR_CALLED_OTP_SERVICE_ONE_MORE_TIME_BEFORE_TIMEOUT_EXPIRED",
            Self::LimitReached => "ERR_YOU_CAN_NOT_CALL_OTP_SERVICE_ONE_MORE_TIME",
            Self::ValidationFailed => "VALIDATION_FAILED",
        }
    }

    /// Prose for people; only that of `TOKEN_IS_NOT_VALID` is known.
    pub(super) fn message(self) -> &'static str {
        match self {
            Self::TokenRequired => "Token zorunludur.",
            Self::TokenNotValid => "Token geçersiz.",
            Self::TokenExpired => "Token süresi doldu.",
            Self::TokenAlreadyUsed => "Token daha önce kullanıldı.",
            Self::CodeRequired => "Tek kullanımlık şifre zorunludur.",
            Self::CodeTooLong => "Tek kullanımlık şifre çok uzun.",
            Self::CodeNotValid => "Tek kullanımlık şifre geçersiz.",
            Self::TooEarly => "Yeni bir tek kullanımlık şifre için henüz çok erken.",
            Self::LimitReached => "Daha fazla tek kullanımlık şifre gönderilemez.",
            Self::ValidationFailed => "İstek doğrulanamadı.",
        }
    }

    /// The status inside the envelope, and the words for it.
    pub(super) fn status(self, operation: Operation) -> (StatusCode, &'static str) {
        match (self, operation) {
            (
                Self::TokenRequired
                | Self::CodeRequired
                | Self::CodeTooLong
                | Self::ValidationFailed,
                _,
            ) => (StatusCode::BAD_REQUEST, "BadRequest"),
            (Self::TokenNotValid, Operation::Resend) => (StatusCode::NOT_FOUND, "NotFound"),
            _ => (StatusCode::UNAUTHORIZED, "Unauthorized"),
        }
    }
}
