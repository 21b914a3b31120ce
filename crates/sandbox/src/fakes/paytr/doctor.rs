//! `Problem` says what is wrong with a call, how PayTR answers it and how to mend it.

use std::fmt;

use super::answer::{Response, WRONG_ID, WRONG_TOKEN};
use super::link::LinkProblem;
use crate::body::BodyProblem;

/// What is wrong with a call.
///
/// `Display` is the doctor's word: what is wrong and how to mend it. It holds no key, no token and
/// no full number, and is never part of PayTR's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    UnknownPath,
    Method,
    Body(BodyProblem),
    NoMerchant,
    UnknownMerchant,
    NoToken,
    /// A wrong token, with the word on it.
    Token(String),
    Field(FieldProblem),
    Link(LinkProblem),
}

impl Problem {
    /// What PayTR says.
    pub(super) fn response(&self) -> Response {
        match self {
            Self::UnknownPath => Response::not_found(),
            Self::Method
            | Self::Body(_)
            | Self::NoMerchant
            | Self::UnknownMerchant
            | Self::NoToken
            | Self::Token(_) => Response::refusal(WRONG_TOKEN),
            Self::Field(problem) => Response::refusal(&problem.sentence()),
            Self::Link(_) => Response::refusal(WRONG_ID),
        }
    }
}

impl From<BodyProblem> for Problem {
    fn from(problem: BodyProblem) -> Self {
        Self::Body(problem)
    }
}

impl From<FieldProblem> for Problem {
    fn from(problem: FieldProblem) -> Self {
        Self::Field(problem)
    }
}

impl From<LinkProblem> for Problem {
    fn from(problem: LinkProblem) -> Self {
        Self::Link(problem)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self {
            Self::UnknownPath => {
                "there is nothing at this path: the base URL ends in /paytr, and \
                 /odeme/api/link/ with create, send-sms, send-email or delete follows"
            }
            Self::Method => "the method is not POST; PayTR Link takes POST alone",
            Self::Body(problem) => return problem.fmt(f),
            Self::NoMerchant => "merchant_id is missing or empty",
            Self::UnknownMerchant => {
                "no merchant of this merchant_id is registered here; the sandbox knows 100001, \
                 and PUT /api/v1/tenants/paytr/MERCHANT_ID registers another one with its key \
                 and salt"
            }
            Self::NoToken => "paytr_token is missing or empty",
            Self::Token(word) => word,
            Self::Field(problem) => return problem.fmt(f),
            Self::Link(problem) => problem.as_str(),
        };
        f.write_str(word)
    }
}

/// The doctor's word on a call to delete that did not delete everything.
pub(super) const NOT_ALL_DELETED: &str =
    "some of these links never were, or were deleted before: see failed_deletes";

/// A field that is not as documented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FieldProblem {
    field: &'static str,
    turkish: &'static str,
    english: &'static str,
}

impl FieldProblem {
    pub(super) fn new(field: &'static str, turkish: &'static str, english: &'static str) -> Self {
        Self {
            field,
            turkish,
            english,
        }
    }

    pub(super) fn missing(field: &'static str) -> Self {
        Self::new(field, "gönderilmedi", "is missing")
    }

    /// What PayTR says.
    fn sentence(self) -> String {
        format!("{} {}.", self.field, self.turkish)
    }
}

impl fmt::Display for FieldProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.field, self.english)
    }
}
