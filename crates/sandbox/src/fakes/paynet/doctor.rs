//! `Problem` says what is wrong with a call, how Paynet answers it and how to mend it.

use std::fmt;

use axum::http::StatusCode;

use super::answer::Response;
use super::code::ReturnCode;
use super::otps::Checked;
use crate::body::BodyProblem;

/// What is wrong with a call that Paynet refuses before it looks at any OTP.
///
/// `Display` is the doctor's word: what is wrong and how to mend it. It holds no key, no code and
/// no number, and is never part of Paynet's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    UnknownPath,
    Method,
    NoAuthorization,
    NotBasic,
    KeyBase64,
    KeyOfBrowser,
    KeyLive,
    KeyEmpty,
    KeyWithColon,
    KeyWithStrangeSigns,
    KeyUnknown,
    Body(BodyProblem),
    NumberLength(usize),
    NumberNotMobile,
    NumberWithOtherSigns,
}

impl Problem {
    /// What Paynet says.
    pub(super) fn response(&self) -> Response {
        let (status, kind, code) = match self {
            Self::UnknownPath => (
                StatusCode::NOT_FOUND,
                "invalid_request_error",
                ReturnCode::BadRequest,
            ),
            Self::Method => (
                StatusCode::METHOD_NOT_ALLOWED,
                "invalid_request_error",
                ReturnCode::BadRequest,
            ),
            Self::NoAuthorization
            | Self::NotBasic
            | Self::KeyBase64
            | Self::KeyOfBrowser
            | Self::KeyLive
            | Self::KeyEmpty
            | Self::KeyWithColon
            | Self::KeyWithStrangeSigns
            | Self::KeyUnknown => (
                StatusCode::UNAUTHORIZED,
                "authorization_error",
                ReturnCode::Unauthorized,
            ),
            Self::Body(_)
            | Self::NumberLength(_)
            | Self::NumberNotMobile
            | Self::NumberWithOtherSigns => (
                StatusCode::BAD_REQUEST,
                "invalid_request_error",
                ReturnCode::BadRequest,
            ),
        };
        Response::error(status, kind, code)
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
                "there is nothing at this path: the base URL ends in /paynet, \
                 and /v1/card/send_otp or /v1/card/check_otp follows"
            }
            Self::Method => "the method is not POST; Paynet takes POST alone",
            Self::NoAuthorization => {
                "the Authorization header is missing; \
                 Paynet wants the word Basic, a blank and the secret key"
            }
            Self::NotBasic => {
                "the Authorization header does not start with Basic and a blank; \
                 Paynet wants them before the secret key"
            }
            Self::KeyBase64 => {
                "the key is base64-encoded; Paynet wants the secret key itself, verbatim"
            }
            Self::KeyOfBrowser => {
                "this is the key for browsers (pbk_…); Paynet wants the secret key (sck_…) here"
            }
            Self::KeyLive => {
                "this is a live key (sck_… without test): never use one here; \
                 take any key that starts with sck_test_"
            }
            Self::KeyEmpty => {
                "the key ends after sck_test_; anything may follow, but something has to"
            }
            Self::KeyWithColon => {
                "there is a colon in the key; \
                 Paynet wants the secret key alone, without user or colon"
            }
            Self::KeyWithStrangeSigns => {
                "the key has a sign that no key has: \
                 only letters, digits and _ - / + = follow sck_test_"
            }
            Self::KeyUnknown => {
                "this is no secret key of Paynet; \
                 the sandbox takes any key that starts with sck_test_"
            }
            Self::Body(problem) => return problem.fmt(f),
            Self::NumberLength(digits) => {
                return write!(
                    f,
                    "user_gsm has {digits} digits; Paynet wants 10, starting with 5"
                );
            }
            Self::NumberNotMobile => {
                "user_gsm has 10 digits but does not start with 5, as mobile numbers do"
            }
            Self::NumberWithOtherSigns => {
                "user_gsm has signs other than digits; \
                 Paynet wants 10 digits, starting with 5, without +90 or blanks"
            }
        };
        f.write_str(word)
    }
}

/// The doctor's word on a call that came too early.
pub(super) const STILL_RUNNING: &str =
    "an OTP of this session and number is still running; wait until otp_expire before the next";

/// The doctor's word on an answer in XML.
pub(super) const XML_ANSWER: &str =
    "the Accept header is missing or does not allow JSON, so the answer is XML";

/// The doctor's word on a code that was checked, unless it was right.
pub(super) fn on_code(checked: Checked) -> Option<&'static str> {
    let word = match checked {
        Checked::Right => return None,
        Checked::Wrong {
            in_case_alone: false,
        } => "the code is wrong",
        Checked::Wrong {
            in_case_alone: true,
        } => "the code differs in upper and lower case alone; send it verbatim",
        Checked::TooManyWrong => {
            "too many wrong codes came before; \
             not even the right one counts until a new OTP is sent"
        }
        Checked::Used => "the code was right, but it was used before",
        Checked::Expired => "the OTP has run out, by the virtual clock",
        Checked::NeverSent => "no OTP was sent for this session and number under this key",
    };
    Some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_names_the_field() {
        assert_eq!(
            Problem::Body(BodyProblem::Missing("otp_code")).to_string(),
            "otp_code is missing"
        );
        assert_eq!(
            Problem::NumberLength(11).to_string(),
            "user_gsm has 11 digits; Paynet wants 10, starting with 5"
        );
    }

    #[test]
    fn the_answer_depends_on_whose_fault_it_is() {
        assert_eq!(Problem::KeyLive.response().status, StatusCode::UNAUTHORIZED);
        assert_eq!(
            Problem::Body(BodyProblem::Empty("otp_code"))
                .response()
                .status,
            StatusCode::BAD_REQUEST
        );
        assert_eq!(
            Problem::Method.response().status,
            StatusCode::METHOD_NOT_ALLOWED
        );
        assert_eq!(
            Problem::UnknownPath.response().status,
            StatusCode::NOT_FOUND
        );
    }
}
