//! `Problem` says what is wrong with a call, how Paywall answers it and how to mend it.

use std::fmt;

use axum::http::StatusCode;

use super::answer::Response;
use super::exception::Exception;
use super::operation::Operation;
use super::otps::TokenProblem;
use super::request::{CODE, TOKEN};
use super::session::{Entered, NoSession};
use crate::body::BodyProblem;

/// What is wrong with a call.
///
/// `Display` is the doctor's word: what is wrong and how to mend it. It holds no key, no token, no
/// session, no code and no number, and is never part of Paywall's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    UnknownPath,
    Method,
    NoKey(&'static str),
    EmptyKey(&'static str),
    Body(BodyProblem),
    PhoneSpelling,
    PhoneNotMobile,
    CodeTooLong,
    Session(NoSession),
    Token(TokenProblem),
}

impl Problem {
    /// What Paywall says.
    pub(super) fn response(
        &self,
        operation: Option<Operation>,
        entered: Option<&Entered>,
    ) -> Response {
        match (self.refusal(), operation) {
            (Ok(exception), Some(operation)) => Response::refused(operation, entered, exception),
            (Err(status), _) => Response::turned_away(status),
            // Never so: without an operation the path is unknown, and nothing else is looked at.
            (Ok(_), None) => Response::turned_away(StatusCode::NOT_FOUND),
        }
    }

    /// What Masterpass says, or how Paywall turns the call away.
    fn refusal(&self) -> Result<Exception, StatusCode> {
        let exception = match self {
            Self::UnknownPath => return Err(StatusCode::NOT_FOUND),
            Self::Method => return Err(StatusCode::METHOD_NOT_ALLOWED),
            Self::NoKey(_) | Self::EmptyKey(_) => return Err(StatusCode::UNAUTHORIZED),
            Self::Body(BodyProblem::Missing(TOKEN) | BodyProblem::Empty(TOKEN)) => {
                Exception::TokenRequired
            }
            Self::Body(BodyProblem::Missing(CODE) | BodyProblem::Empty(CODE)) => {
                Exception::CodeRequired
            }
            Self::CodeTooLong => Exception::CodeTooLong,
            Self::Body(_)
            | Self::PhoneSpelling
            | Self::PhoneNotMobile
            | Self::Session(_)
            | Self::Token(TokenProblem::NotForLink) => Exception::ValidationFailed,
            Self::Token(TokenProblem::Unknown | TokenProblem::OfOtherSession) => {
                Exception::TokenNotValid
            }
            Self::Token(TokenProblem::Replaced | TokenProblem::Used) => Exception::TokenAlreadyUsed,
            Self::Token(TokenProblem::Expired | TokenProblem::TooManyWrong) => {
                Exception::TokenExpired
            }
            Self::Token(TokenProblem::TooEarly { .. }) => Exception::TooEarly,
            Self::Token(TokenProblem::LimitReached) => Exception::LimitReached,
            Self::Token(TokenProblem::WrongCode) => Exception::CodeNotValid,
        };
        Ok(exception)
    }
}

impl From<BodyProblem> for Problem {
    fn from(problem: BodyProblem) -> Self {
        Self::Body(problem)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self {
            Self::UnknownPath => {
                "there is nothing at this path: the base URL ends in /paywall, and \
                 /api/paywall/masterpass follows with /session, /merchant/link, /otp/resend or \
                 /otp/verify"
            }
            Self::Method => "the method is not POST; all that is faked of Paywall takes POST alone",
            Self::NoKey(header) => return write!(f, "the {header} header is missing"),
            Self::EmptyKey(header) => return write!(f, "the {header} header is empty"),
            Self::Body(problem) => return problem.fmt(f),
            Self::PhoneSpelling => {
                "UserPhone is a mobile number in another spelling; Paywall wants 905…: \
                 12 digits, with 90 in front and without + or blanks"
            }
            Self::PhoneNotMobile => {
                "UserPhone is no Turkish mobile number; Paywall wants 905…, 12 digits"
            }
            Self::CodeTooLong => "OtpCode has more than 20 characters",
            Self::Session(NoSession::Unknown) => {
                "no such session was opened with these keys, or so long ago that it is forgotten"
            }
            Self::Session(NoSession::Replaced) => {
                "this session was renewed: an earlier answer said SessionRenewed and brought \
                 the SessionId to go on with"
            }
            Self::Token(problem) => return problem.fmt(f),
        };
        f.write_str(word)
    }
}

impl fmt::Display for TokenProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self {
            Self::Unknown => "no OTP was sent under this token with these keys",
            Self::OfOtherSession => {
                "the token is good, but it belongs to another session; \
                 send it with the session that asked for its OTP"
            }
            Self::Replaced => {
                "this token is old: a resend answered a new one, which has to take its place"
            }
            Self::Used => "the OTP of this token was verified before; a token is good for one",
            Self::Expired => "the OTP of this token has run out, by the virtual clock",
            Self::TooManyWrong => {
                "too many wrong codes came before; \
                 not even the right one counts until the account is linked anew"
            }
            Self::TooEarly { seconds } => {
                return write!(
                    f,
                    "the last OTP was sent a moment ago; wait {seconds} s before the next"
                );
            }
            Self::LimitReached => {
                "the OTP was sent again as often as it may be; link the account anew"
            }
            Self::NotForLink => {
                "ForLinkToMerchant is missing or false; \
                 this OTP is for linking an account, so it has to be true"
            }
            Self::WrongCode => "the code is wrong",
        };
        f.write_str(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_required_has_its_own_exception() {
        for (field, exception) in [
            (TOKEN, Exception::TokenRequired),
            (CODE, Exception::CodeRequired),
            ("SessionId", Exception::ValidationFailed),
        ] {
            for problem in [BodyProblem::Missing(field), BodyProblem::Empty(field)] {
                assert_eq!(Problem::Body(problem).refusal(), Ok(exception), "{field}");
            }
            let no_text = Problem::Body(BodyProblem::NoText(field));
            assert_eq!(no_text.refusal(), Ok(Exception::ValidationFailed));
        }
    }

    #[test]
    fn whoever_came_too_early_hears_how_long_to_wait() {
        let problem = Problem::Token(TokenProblem::TooEarly { seconds: 12 });
        assert_eq!(
            problem.to_string(),
            "the last OTP was sent a moment ago; wait 12 s before the next"
        );
    }
}
