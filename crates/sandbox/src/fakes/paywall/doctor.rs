//! `Problem` says what is wrong with a call: how Paywall refuses it, and how to mend it.

use std::borrow::Cow;

use axum::http::StatusCode;

use super::otps::TokenProblem;
use super::request::{CODE, TOKEN};
use super::session::NoSession;
use crate::body::BodyProblem;

/// What is wrong with a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    /// The exception of Masterpass, or with what Paywall turns the call away before it asks Masterpass.
    pub(super) refusal: Result<&'static str, StatusCode>,
    /// What is wrong and how to mend it. It holds no key, no token, no session, no code and no number,
    /// and is never part of Paywall's answer.
    pub(super) doctor: Cow<'static, str>,
}

impl Problem {
    pub(super) fn new(exception: &'static str, doctor: impl Into<Cow<'static, str>>) -> Self {
        Self {
            refusal: Ok(exception),
            doctor: doctor.into(),
        }
    }

    pub(super) fn turned_away(status: StatusCode, doctor: impl Into<Cow<'static, str>>) -> Self {
        Self {
            refusal: Err(status),
            doctor: doctor.into(),
        }
    }
}

impl From<BodyProblem> for Problem {
    fn from(problem: BodyProblem) -> Self {
        let exception = match problem {
            BodyProblem::Missing(TOKEN) | BodyProblem::Empty(TOKEN) => "TOKEN_IS_REQUIRED",
            BodyProblem::Missing(CODE) | BodyProblem::Empty(CODE) => "OTP_CODE_IS_REQUIRED",
            _ => "VALIDATION_FAILED",
        };
        Self::new(exception, problem.to_string())
    }
}

impl From<NoSession> for Problem {
    fn from(problem: NoSession) -> Self {
        let doctor = match problem {
            NoSession::Unknown => {
                "no such session was opened with these keys, or so long ago that it is forgotten"
            }
            NoSession::Replaced => {
                "this session was renewed: an earlier answer said SessionRenewed and brought \
                 the SessionId to go on with"
            }
        };
        Self::new("VALIDATION_FAILED", doctor)
    }
}

impl From<TokenProblem> for Problem {
    fn from(problem: TokenProblem) -> Self {
        let (exception, doctor) = match problem {
            TokenProblem::Unknown => (
                "TOKEN_IS_NOT_VALID",
                "no OTP was sent under this token with these keys",
            ),
            TokenProblem::OfOtherSession => (
                "TOKEN_IS_NOT_VALID",
                "the token is good, but it belongs to another session; \
                 send it with the session that asked for its OTP",
            ),
            TokenProblem::Replaced => (
                "TOKEN_ALREADY_USED",
                "this token is old: a resend answered a new one, which has to take its place",
            ),
            TokenProblem::Used => (
                "TOKEN_ALREADY_USED",
                "the OTP of this token was verified before; a token is good for one",
            ),
            TokenProblem::Expired => (
                "TOKEN_HAS_EXPIRED",
                "the OTP of this token has run out, by the virtual clock",
            ),
            TokenProblem::TooManyWrong => (
                "TOKEN_HAS_EXPIRED",
                "too many wrong codes came before; \
                 not even the right one counts until the account is linked anew",
            ),
            TokenProblem::TooEarly { seconds } => {
                let doctor =
                    format!("the last OTP was sent a moment ago; wait {seconds} s before the next");
                return Self::new(
                    "ERROR_CALLED_OTP_SERVICE_ONE_MORE_TIME_BEFORE_TIMEOUT_EXPIRED",
                    doctor,
                );
            }
            TokenProblem::LimitReached => (
                "ERR_YOU_CAN_NOT_CALL_OTP_SERVICE_ONE_MORE_TIME",
                "the OTP was sent again as often as it may be; link the account anew",
            ),
            TokenProblem::NotForLink => (
                "VALIDATION_FAILED",
                "ForLinkToMerchant is missing or false; \
                 this OTP is for linking an account, so it has to be true",
            ),
            TokenProblem::WrongCode => ("OTP_IS_NOT_VALID", "the code is wrong"),
        };
        Self::new(exception, doctor)
    }
}
