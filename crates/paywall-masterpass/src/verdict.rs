//! The order of decisions: three verdicts stand in an answer, and the outer one lies.
//!
//! 1. `TOKEN_ALREADY_USED`, as exception or as response code: refused.
//! 2. An exception with a code, or `StatusCode` neither 200 nor 202: refused, with the exception's
//!    code.
//! 3. To a call that sends: `5001` or `5008`, sent; `0000`, done without another code.
//!    To a call that checks: `0000` with `IsVerified` not false, approved; `5001` or `5008`, another
//!    code is wanted; `5010`, 3-D Secure is wanted.
//! 4. Anything else: refused with that code.
//!
//! The order is that of the vendor's own code. Where an answer contradicts itself (an accepted code
//! under a bad status, an exception without a code under a good one) or says nothing, nobody can
//! tell: it is unclear, which is never a yes and never a certain no.

use onay_core::ErrorKind;

use crate::code::{self, ResponseCode};
use crate::wire::{Envelope, Masterpass, Outcome};

/// What an answer comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ruling<'a> {
    /// With this accepted response code.
    Yes(&'a str),
    /// With the code that says why, where there is one.
    No(ErrorKind, Option<&'a str>),
    /// Neither, and why not.
    Unclear(&'static str),
}

/// What comes of a call that has a code sent: link, resend.
pub(crate) fn of_sending(envelope: &Envelope) -> Ruling<'_> {
    let accepted = [code::SENT_BY_BANK, code::SENT_BY_MASTERPASS, code::DONE];
    decide(envelope, &accepted, |code, _| Ruling::Yes(code))
}

/// What comes of a call that has a code checked. Only `0000` approves.
pub(crate) fn of_checking(envelope: &Envelope) -> Ruling<'_> {
    decide(envelope, &[code::DONE], |code, outcome| {
        if outcome.is_verified == Some(false) {
            Ruling::No(ErrorKind::Refused, Some(code))
        } else {
            Ruling::Yes(code)
        }
    })
}

/// What the outer envelope says by itself: all that `/session` has.
pub(crate) fn of_envelope(envelope: &Envelope) -> Ruling<'_> {
    let code = envelope.error_code.as_deref().filter(|code| *code != "0");
    match (envelope.result, code) {
        (Some(true), None) => Ruling::Yes(code::DONE),
        (Some(false), code) => Ruling::No(ErrorKind::Refused, code),
        (Some(true), Some(_)) => Ruling::Unclear("the outer verdict contradicts itself"),
        (None, _) => Ruling::Unclear("the answer has no verdict"),
    }
}

fn decide<'a>(
    envelope: &'a Envelope,
    accepted: &[&str],
    accept: impl FnOnce(&'a str, &'a Outcome) -> Ruling<'a>,
) -> Ruling<'a> {
    let body = envelope.body.as_ref();
    let Some(masterpass) = body.and_then(|body| body.masterpass.as_ref()) else {
        return match of_envelope(envelope) {
            Ruling::Yes(_) => Ruling::Unclear("the answer has no inner verdict"),
            no => no,
        };
    };
    if let Some(ruling) = before_response_code(masterpass, accepted) {
        return ruling;
    }
    let Some(outcome) = &masterpass.result else {
        return Ruling::Unclear("the inner verdict has no result");
    };
    let Some(code) = filled(outcome.response_code.as_ref()) else {
        return Ruling::Unclear("the inner verdict has no response code");
    };
    if code.trim() != code || code.contains(char::REPLACEMENT_CHARACTER) {
        // It is not an unknown no: it may have been a yes.
        return Ruling::Unclear("the response code is damaged");
    }
    if !accepted.contains(&code) {
        return Ruling::No(ResponseCode::refusal(code), Some(code));
    }
    match accept(code, outcome) {
        Ruling::Yes(_) if envelope.result == Some(false) => {
            Ruling::Unclear("the inner verdict says yes, the outer one says no")
        }
        ruling => ruling,
    }
}

/// The first two decisions.
fn before_response_code<'a>(masterpass: &'a Masterpass, accepted: &[&str]) -> Option<Ruling<'a>> {
    let exception = masterpass.exception.as_ref();
    let exception_code = exception.and_then(|exception| filled(exception.code.as_ref()));
    let outcome = masterpass.result.as_ref();
    let response_code = outcome.and_then(|outcome| filled(outcome.response_code.as_ref()));
    if [exception_code, response_code].contains(&Some(code::TOKEN_USED)) {
        return Some(Ruling::No(ErrorKind::Expired, Some(code::TOKEN_USED)));
    }
    // The page says it stands in `Result`, every sample has it outside.
    let inside = outcome.and_then(|outcome| outcome.status_code.as_deref());
    let status = masterpass.status_code.as_deref().or(inside);
    if let Some(code) = exception_code {
        return Some(Ruling::No(kind(code, status), Some(code)));
    }
    let is_accepted = response_code.is_some_and(|code| accepted.contains(&code));
    match status {
        None => Some(Ruling::Unclear("the inner verdict has no status code")),
        Some("200" | "202") if exception.is_some() => {
            Some(Ruling::Unclear("the inner verdict contradicts itself"))
        }
        Some("200" | "202") => None,
        Some(status) if is_upstream(status) => Some(Ruling::No(ErrorKind::Upstream, response_code)),
        Some(_) if is_accepted => Some(Ruling::Unclear(
            "the response code says yes, the inner status says no",
        )),
        Some(_) => {
            let kind = response_code.map_or(ErrorKind::Refused, ResponseCode::refusal);
            Some(Ruling::No(kind, response_code))
        }
    }
}

/// A code that nobody knows, under a status of trouble, is trouble upstream.
fn kind(code: &str, status: Option<&str>) -> ErrorKind {
    let unknown = ResponseCode::find(code).is_none();
    if unknown && status.is_some_and(is_upstream) {
        return ErrorKind::Upstream;
    }
    ResponseCode::refusal(code)
}

/// A timeout or a server error: a message may have gone out.
fn is_upstream(status: &str) -> bool {
    status == "408" || (status.len() == 3 && status.starts_with('5'))
}

pub(crate) fn filled(text: Option<&String>) -> Option<&str> {
    text.map(String::as_str).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests;
