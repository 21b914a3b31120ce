//! The order of decisions: three verdicts stand in an answer, and the outer one lies.
//!
//! 1. `TOKEN_ALREADY_USED`, as exception or as response code: refused.
//! 2. `StatusCode` neither 200 nor 202, or an exception: refused, with the exception's code.
//! 3. To a call that sends: `5001` or `5008`, sent; `0000`, done without another code.
//!    To a call that checks: `0000` with `IsVerified` not false, approved; `5001` or `5008`, another
//!    code is wanted; `5010`, 3-D Secure is wanted.
//! 4. Anything else: refused with that code.
//!
//! Where the answer contradicts itself or says nothing, nobody can tell: it is unclear, which is
//! never a yes and never a certain no. (The order is that of the vendor's own code.)

use onay_core::ErrorKind;

use crate::code::{self, ResponseCode};
use crate::wire::{Envelope, Masterpass, Outcome};

/// What an answer comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict<'a> {
    /// With this accepted response code.
    Yes(&'a str),
    /// With the code that says why, where there is one.
    No(ErrorKind, Option<&'a str>),
    /// Neither, and why not.
    Unclear(&'static str),
}

/// What comes of a call that has a code sent: link, resend.
pub(crate) fn of_sending(envelope: &Envelope) -> Verdict<'_> {
    decide(envelope, |code, _| match code {
        code::SENT_BY_BANK | code::SENT_BY_MASTERPASS | code::DONE => Verdict::Yes(code),
        _ => Verdict::No(ResponseCode::refusal(code), Some(code)),
    })
}

/// What comes of a call that has a code checked. Only `0000` approves.
pub(crate) fn of_checking(envelope: &Envelope) -> Verdict<'_> {
    decide(envelope, |code, outcome| match code {
        code::DONE if outcome.is_verified == Some(false) => {
            Verdict::No(ErrorKind::Refused, Some(code))
        }
        code::DONE => Verdict::Yes(code),
        _ => Verdict::No(ResponseCode::refusal(code), Some(code)),
    })
}

/// What the outer envelope says by itself: all that `/session` has.
pub(crate) fn of_envelope(envelope: &Envelope) -> Verdict<'_> {
    let code = envelope.error_code.as_deref().filter(|code| *code != "0");
    match (envelope.result, code) {
        (Some(true), None) => Verdict::Yes(code::DONE),
        (Some(false), code) => Verdict::No(ErrorKind::Refused, code),
        (None, Some(code)) => Verdict::No(ErrorKind::Refused, Some(code)),
        (Some(true), Some(_)) => Verdict::Unclear("the outer verdict contradicts itself"),
        (None, None) => Verdict::Unclear("the answer has no verdict"),
    }
}

fn decide<'a>(
    envelope: &'a Envelope,
    last: impl FnOnce(&'a str, &'a Outcome) -> Verdict<'a>,
) -> Verdict<'a> {
    let body = envelope.body.as_ref();
    let Some(masterpass) = body.and_then(|body| body.masterpass.as_ref()) else {
        return match of_envelope(envelope) {
            Verdict::Yes(_) => Verdict::Unclear("the answer has no inner verdict"),
            no => no,
        };
    };
    if let Some(no) = refused_by_masterpass(masterpass) {
        return no;
    }
    let Some(outcome) = &masterpass.result else {
        return Verdict::Unclear("the inner verdict has no result");
    };
    let Some(code) = filled(outcome.response_code.as_deref()) else {
        return Verdict::Unclear("the inner verdict has no response code");
    };
    match last(code, outcome) {
        Verdict::Yes(_) if envelope.result == Some(false) => {
            Verdict::Unclear("the inner verdict says yes, the outer one says no")
        }
        verdict => verdict,
    }
}

/// The first two decisions.
fn refused_by_masterpass(masterpass: &Masterpass) -> Option<Verdict<'_>> {
    let exception = masterpass.exception.as_ref();
    let exception_code = exception.and_then(|exception| filled(exception.code.as_deref()));
    let outcome = masterpass.result.as_ref();
    let response_code = outcome.and_then(|outcome| filled(outcome.response_code.as_deref()));
    if [exception_code, response_code].contains(&Some(code::TOKEN_USED)) {
        return Some(Verdict::No(ErrorKind::Expired, Some(code::TOKEN_USED)));
    }
    let status = masterpass.status_code.as_deref();
    let good = matches!(status, Some("200" | "202"));
    if let Some(code) = exception_code {
        return Some(Verdict::No(kind(code, status), Some(code)));
    }
    match status {
        None => Some(Verdict::Unclear("the inner verdict has no status code")),
        Some(_) if good && exception.is_some() => {
            Some(Verdict::Unclear("the inner verdict contradicts itself"))
        }
        Some(_) if good => None,
        Some(_) => {
            let code = response_code.filter(|code| *code != code::DONE);
            let kind = kind(code.unwrap_or_default(), status);
            Some(Verdict::No(kind, code))
        }
    }
}

/// A code that nobody knows, under an inner 5xx, is trouble upstream: a message may have gone out.
fn kind(code: &str, status: Option<&str>) -> ErrorKind {
    let broken = status.is_some_and(|status| status.len() == 3 && status.starts_with('5'));
    match ResponseCode::refusal(code) {
        ErrorKind::Refused if broken && ResponseCode::find(code).is_none() => ErrorKind::Upstream,
        kind => kind,
    }
}

fn filled(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests;
