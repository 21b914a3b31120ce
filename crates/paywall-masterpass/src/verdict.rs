//! The order of decisions: a response has three verdicts, and the outer one says yes to refusals too.
//!
//! 1. `TOKEN_ALREADY_USED`, as exception or as response code: refused.
//! 2. An exception with a code, or `StatusCode` neither 200 nor 202: refused, with the exception's
//!    code.
//! 3. To a call that sends: `5001` or `5008`, sent; `0000`, done without another code.
//!    To a call that checks: `0000` with `IsVerified` not false, approved; `5001` or `5008`, another
//!    code is wanted; `5010`, 3-D Secure is wanted.
//! 4. Anything else: refused with that code.
//!
//! The order is that of the vendor's own code. Two things come before it:
//!
//! - A response that says nothing is unclear: the HTTP status decides.
//! - A response that says yes and says no, or is malformed where it decides, is contradictory: never a yes
//!   and, with any HTTP status, never a certain no. Such are an accepted response code under a bad
//!   status, beside an exception, or within an outer verdict with `Result` other than true or
//!   `ErrorCode` other than 0; an exception under a good status that names no code, or one that means
//!   yes; a code with a blank at its end or of another type; a good `StatusCode` outside and a bad one
//!   in `Result`, or the other way round, without an exception that is known; `IsVerified` true beside
//!   a refusal of the code; a `Body`, `Masterpass`, `Result` or `Exception` that is neither an object
//!   nor empty.

use std::borrow::Cow;

use onay_core::{ErrorKind, Meaning, Operation, ProviderCode, Reason};
use onay_http::Field::{self, Absent, Malformed, Value};

use crate::code::{self, CODES};
use crate::wire::{Envelope, Exception, Masterpass, Outcome};

macro_rules! reasons {
    ($($name:ident = $id:literal, $english:literal, $turkish:literal;)+) => {
        $(const $name: Reason = Reason::new(concat!("masterpass_", $id), $english, $turkish);)+
    };
}

reasons! {
    MALFORMED = "malformed", "the response is malformed in places", "yanıt yer yer bozuk";
    IS_VERIFIED = "malformed_is_verified", "IsVerified is neither true nor false", "IsVerified ne true ne false";
    INNER = "inner_contradiction", "the inner verdict contradicts itself", "iç sonuç kendisiyle çelişiyor";
    OUTER = "outer_contradiction", "the outer verdict contradicts itself", "dış sonuç kendisiyle çelişiyor";
    OUTER_RESULT = "malformed_outer_result", "the outer verdict is neither true nor false", "dış sonuç ne true ne false";
    NO_VERDICT = "no_verdict", "the response has no verdict", "yanıtta sonuç yok";
    OUTER_NO = "outer_no", "the inner verdict says yes, the outer one says no", "iç sonuç kabul, dış sonuç ret bildiriyor";
    OUTER_ERROR = "outer_error", "the inner verdict says yes, the outer error code says no", "iç sonuç kabul, dış hata kodu ret bildiriyor";
    NO_INNER = "no_inner_verdict", "the response has no inner verdict", "yanıtta iç sonuç yok";
    NO_RESULT = "no_inner_result", "the inner verdict has no result", "iç sonuçta Result yok";
    NO_CODE = "no_response_code", "the inner verdict has no response code", "iç sonuçta yanıt kodu yok";
    BAD_CODE = "malformed_response_code", "the response code is malformed", "yanıt kodu bozuk";
    BAD_EXCEPTION = "malformed_exception", "the exception's code is malformed", "istisna kodu bozuk";
    NO_STATUS = "no_inner_status", "the inner verdict has no status code", "iç sonuçta durum kodu yok";
    BAD_STATUS = "malformed_inner_status", "the inner status code is malformed", "iç durum kodu bozuk";
    CODE_AND_STATUS = "code_against_status", "the response code says yes, the inner status says no", "yanıt kodu kabul, iç durum kodu ret bildiriyor";
    CODE_AND_EXCEPTION = "code_against_exception", "the response code says yes, the exception says no", "yanıt kodu kabul, istisna ret bildiriyor";
}

/// What a response comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ruling {
    /// With this accepted response code, where the inner verdict says yes.
    Yes(Option<ProviderCode>),
    /// With the code that says why, where there is one.
    No(ErrorKind, Option<ProviderCode>),
    /// Neither, and why not.
    Unclear(Reason),
    /// Both, or malformed, and how.
    Contradictory(Reason),
}

/// What comes of a call that has a code sent: link, resend.
pub(crate) fn of_sending(envelope: &Envelope<'_>) -> Ruling {
    let accepted = [code::SENT_BY_BANK, code::SENT_BY_MASTERPASS, code::DONE];
    decide(envelope, &accepted, |code, _| Ruling::Yes(Some(code)))
}

/// What comes of a call that has a code checked. Only `0000` approves.
pub(crate) fn of_checking(envelope: &Envelope<'_>) -> Ruling {
    let ruling = decide(envelope, &[code::DONE], |code, outcome| {
        match outcome.is_verified() {
            Absent | Value(true) => Ruling::Yes(Some(code)),
            Value(false) => Ruling::No(ErrorKind::Refused, Some(code)),
            Malformed => Ruling::Contradictory(IS_VERIFIED),
        }
    });
    let outcome = envelope.outcome();
    let is_verified = outcome.is_some_and(|outcome| outcome.is_verified() == Value(true));
    match ruling {
        // A code can be right and another one, or 3-D Secure, be wanted on top.
        Ruling::No(ErrorKind::Upstream | ErrorKind::ActionRequired, _) => ruling,
        Ruling::No(..) | Ruling::Unclear(_) if is_verified => Ruling::Contradictory(INNER),
        ruling => ruling,
    }
}

/// What the outer envelope says by itself: all that `/session` has.
pub(crate) fn of_envelope(envelope: &Envelope<'_>) -> Ruling {
    match envelope.result() {
        _ if envelope.body.is_malformed() => Ruling::Contradictory(MALFORMED),
        Value(true) if names_no_error(envelope) => Ruling::Yes(None),
        Value(false) => {
            let code = envelope.error_code().value().filter(|code| code != "0");
            Ruling::No(ErrorKind::Refused, code.map(|code| CODES.code(&code)))
        }
        Value(true) => Ruling::Contradictory(OUTER),
        Malformed => Ruling::Contradictory(OUTER_RESULT),
        Absent => Ruling::Unclear(NO_VERDICT),
    }
}

fn names_no_error(envelope: &Envelope<'_>) -> bool {
    matches!(envelope.error_code().as_deref(), Absent | Value("0"))
}

/// Why an inner yes is none, where the outer verdict says no.
fn taken_back(envelope: &Envelope<'_>) -> Option<Reason> {
    match envelope.result() {
        Value(false) => Some(OUTER_NO),
        Malformed => Some(OUTER_RESULT),
        Absent | Value(true) if names_no_error(envelope) => None,
        Absent | Value(true) => Some(OUTER_ERROR),
    }
}

fn decide(
    envelope: &Envelope<'_>,
    accepted: &[&str],
    accept: impl FnOnce(ProviderCode, &Outcome<'_>) -> Ruling,
) -> Ruling {
    let masterpass = match &envelope.masterpass {
        Value(masterpass) => masterpass,
        Malformed => return Ruling::Contradictory(MALFORMED),
        Absent => {
            return match of_envelope(envelope) {
                Ruling::Yes(_) => Ruling::Contradictory(NO_INNER),
                no => no,
            };
        }
    };
    if let Some(ruling) = before_response_code(masterpass, accepted) {
        return ruling;
    }
    let outcome = match &masterpass.result {
        Value(outcome) => outcome,
        Absent => return Ruling::Contradictory(NO_RESULT),
        Malformed => return Ruling::Contradictory(MALFORMED),
    };
    match outcome.response_code() {
        Absent => Ruling::Contradictory(NO_CODE),
        Malformed => Ruling::Contradictory(BAD_CODE),
        Value(code) if !is_one_of(&code, accepted) => Ruling::No(refusal(&code), Some(code)),
        Value(code) => match (accept(code, outcome), taken_back(envelope)) {
            (Ruling::Yes(_), Some(reason)) => Ruling::Contradictory(reason),
            (ruling, _) => ruling,
        },
    }
}

/// The first two decisions. None where the inner status is good and no exception stands beside it.
fn before_response_code(masterpass: &Masterpass<'_>, accepted: &[&str]) -> Option<Ruling> {
    let response = masterpass.result.as_ref();
    let response = response.and_then(Outcome::response_code);
    let may_be_yes = match &response {
        Absent => false,
        Value(code) => is_one_of(code, accepted),
        Malformed => true,
    };
    let status = status(masterpass);
    let exception = &masterpass.exception;
    match exception.as_ref().and_then(Exception::code) {
        Value(code) => return Some(of_exception(code, &response, may_be_yes, status)),
        Malformed => return Some(Ruling::Contradictory(BAD_EXCEPTION)),
        Absent if is_used(&response) => {
            return Some(Ruling::No(ErrorKind::Expired, response.value()));
        }
        Absent => {}
    }
    let has_exception = !exception.is_absent();
    Some(match status {
        Err(reason) => Ruling::Contradictory(reason),
        Ok(None) if may_be_yes => Ruling::Contradictory(NO_STATUS),
        Ok(None) => Ruling::Unclear(NO_STATUS),
        Ok(Some(status)) if is_good(&status) && has_exception => Ruling::Contradictory(INNER),
        Ok(Some(status)) if is_good(&status) => return None,
        Ok(Some(status)) if is_upstream(&status) => {
            Ruling::No(ErrorKind::Upstream, response.value())
        }
        Ok(_) if response.is_malformed() => Ruling::Contradictory(BAD_CODE),
        Ok(_) if may_be_yes => Ruling::Contradictory(CODE_AND_STATUS),
        Ok(_) => {
            let code = response.value();
            let kind = code.as_ref().map_or(ErrorKind::Refused, refusal);
            Ruling::No(kind, code)
        }
    })
}

/// What an exception with this code comes to. It is a no, unless the response says yes too.
fn of_exception(
    code: ProviderCode,
    response: &Field<ProviderCode>,
    may_be_yes: bool,
    status: Status<'_>,
) -> Ruling {
    // An unknown code, under a status of trouble, is trouble upstream.
    let kind = match (code.row(), status) {
        (None, Ok(Some(status))) if is_upstream(&status) => ErrorKind::Upstream,
        (None, Err(reason)) => return Ruling::Contradictory(reason),
        _ => refusal(&code),
    };
    if may_be_yes && kind != ErrorKind::Upstream {
        Ruling::Contradictory(CODE_AND_EXCEPTION)
    } else if code::is_yes(&code) {
        Ruling::Contradictory(INNER)
    } else if code.is(code::TOKEN_USED) || is_used(response) {
        Ruling::No(ErrorKind::Expired, Some(CODES.code(code::TOKEN_USED)))
    } else {
        Ruling::No(kind, Some(code))
    }
}

/// How a code is read when it says no.
fn refusal(code: &ProviderCode) -> ErrorKind {
    match code.row().map(|row| row.meaning(Operation::VERIFY_OTP)) {
        Some(Meaning::No(kind)) => kind,
        _ => ErrorKind::Refused,
    }
}

fn is_one_of(code: &ProviderCode, codes: &[&str]) -> bool {
    codes.iter().any(|one| code.is(one))
}

fn is_used(response: &Field<ProviderCode>) -> bool {
    matches!(response, Value(code) if code.is(code::TOKEN_USED))
}

/// The inner status code, where there is one, or why it cannot be told.
type Status<'a> = Result<Option<Cow<'a, str>>, Reason>;

/// The page says that the inner status code stands in `Result`, every sample has it outside.
fn status<'a>(masterpass: &Masterpass<'a>) -> Status<'a> {
    let inside = match &masterpass.result {
        Value(outcome) => number(outcome.status_code())?,
        Absent | Malformed => None,
    };
    Ok(match (number(masterpass.status_code())?, inside) {
        (Some(outside), Some(inside)) if is_good(&outside) != is_good(&inside) => {
            return Err(INNER);
        }
        (Some(_), Some(inside)) if is_upstream(&inside) => Some(inside),
        (outside, inside) => outside.or(inside),
    })
}

fn number(status: Field<Cow<'_, str>>) -> Status<'_> {
    match status {
        Absent => Ok(None),
        Value(status) if status.bytes().all(|byte| byte.is_ascii_digit()) => Ok(Some(status)),
        Value(_) | Malformed => Err(BAD_STATUS),
    }
}

fn is_good(status: &str) -> bool {
    matches!(status, "200" | "202")
}

/// A timeout or a server error: a message may have gone out.
fn is_upstream(status: &str) -> bool {
    status == "408" || (status.len() == 3 && status.starts_with('5'))
}

#[cfg(test)]
mod tests;
